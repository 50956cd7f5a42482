import type { Behavior, Effect, Environment, ProcessEvent, Snapshot } from '../../../kernel/behavior.ts';
import { invariant } from '../../../kernel/invariant.ts';
import type { Config, CoordinatorAt } from '../messages.ts';

/** A process that changes in place. `context.durable` is what its disk holds; checks and pictures find nothing in it. */
export interface Program {
  readonly context: Snapshot['context'];
  state: string;
  done: boolean;
}

/** For a role that has nothing on disk. */
export const NOTHING_DURABLE: Snapshot['context'] = { durable: null, volatile: null };

/** Makes a behavior of a program: where it begins, and what it does with an event. */
export function programBehavior<Input, P extends Program>(
  role: string,
  begin: (input: Input) => P,
  react: (program: P, event: ProcessEvent, environment: Environment, effects: Effect[]) => void,
): Behavior {
  return {
    role,
    initial: (input) => begin(input as Input),
    recover: () => invariant(false, 'programs by hand run without crashes', { role }) as never,
    react(snapshot, event, environment, output) {
      const effects: Effect[] = [];
      react(snapshot as unknown as P, event, environment, effects);
      output.effects = effects;
      return snapshot;
    },
  };
}

/** Stops on an event that runs without faults never have. */
export function unexpected(role: string, state: string, event: ProcessEvent): never {
  invariant(false, 'programs by hand know runs without faults only', { role, state, event: event.type });
}

/** Stops where the knobs ask for more than the programs by hand can do. */
export function checkConfig(config: Config, coordinatorAt: CoordinatorAt): void {
  const { version, sloppy, readRepair, mistake } = config;
  const atReplica = coordinatorAt === 'replica';
  const known = version === 'wall' && !sloppy && readRepair !== 'blocking' && mistake === 'none' && atReplica;
  const found = { version, sloppy, readRepair, mistake, coordinatorAt };
  invariant(known, 'programs by hand do wall clocks, strict quorums, coordinators on replicas, no write-back', found);
}
