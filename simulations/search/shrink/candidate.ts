import type { HostId } from '../../kernel/behavior.ts';
import type { Fault, FaultAction } from '../../kernel/faults.ts';
import { unreachable } from '../../kernel/invariant.ts';
import type { Schedule } from '../../kernel/schedule.ts';
import type { Seed } from '../../kernel/time.ts';
import type { Model, WrittenOperation } from '../../models/model.ts';
import { type RunInput, workloadDraw } from '../../run/execute.ts';

export type KnobSettings = Readonly<Record<string, string | number | boolean>>;

/** Another way to decide, as knobs on top of the candidate's own. It shrinks with the run, so that the two stay comparable. */
export interface Alternative {
  /** The variant of the source scenario, or a name made from the knob. */
  readonly id: string;
  readonly set: KnobSettings;
}

/** A run that may be smaller: everything that the shrinker changes. */
export interface Candidate {
  readonly knobs: Readonly<Record<string, unknown>>;
  /** Written out, rising by time; undefined when the model cannot write them out, and `workload` stays as it is. */
  readonly operations: readonly WrittenOperation[] | undefined;
  readonly workload: unknown;
  readonly faults: readonly Fault[];
  readonly schedule: Schedule | undefined;
  readonly seed: Seed;
  readonly durationUs: number;
  /** The way from the violating run to one that is repaired, one decision each; the last must stay as it was. Empty: none is known. */
  readonly alternatives: readonly Alternative[];
}

/** The candidate's workload in the form of a scenario file, durations in microseconds. */
export function workloadOf(model: Model, { operations, workload }: Candidate): unknown {
  return operations === undefined ? workload : model.shrinking!.workload(operations, workload);
}

/** The input of a candidate's run; with an alternative, of the run in which that is decided. */
export function inputOf(model: Model, candidate: Candidate, alternative?: Alternative): RunInput {
  const { knobs, faults, schedule, seed, durationUs, operations } = candidate;
  return {
    model,
    knobs: { ...knobs, ...alternative?.set },
    workload: operations === undefined ? candidate.workload : model.workload.parse(workloadOf(model, candidate)),
    faults,
    ...(schedule !== undefined && { schedule }),
    seed,
    durationUs,
  };
}

/** Whether the knobs of a candidate and of its alternatives are possible at all. */
export function isPossible(model: Model, { knobs, alternatives }: Candidate): boolean {
  return [{}, ...alternatives.map(({ set }) => set)].every((set) => {
    const values = { ...knobs, ...set };
    const known = Object.entries(model.knobs).every(([name, knob]) => knob.schema.safeParse(values[name]).success);
    return known && model.constraints(values as never).length === 0;
  });
}

/**
 * The candidate without what aims at hosts that it no longer has, and without what begins after its end. Undefined when operations are sent
 * to such a host, or an alternative lacks hosts that the candidate has.
 */
export function tidied(model: Model, candidate: Candidate): Candidate | undefined {
  const { durationUs, operations, schedule } = candidate;
  const begun = operations?.filter(({ atUs }) => atUs <= durationUs);
  const kept = { ...candidate, operations: begun?.length === operations?.length ? operations : begun };
  const known = new Set(hostsOf(inputOf(model, kept)));
  const isAway = (host: HostId | undefined) => host !== undefined && !known.has(host);
  if (begun?.some(({ via }) => isAway(via))) return undefined;
  for (const alternative of kept.alternatives) {
    const others = hostsOf(inputOf(model, kept, alternative));
    if (![...known].every((host) => others.includes(host))) return undefined;
  }
  const targets = new Set(['*', ...Object.keys(model.targets)]);
  const faults = kept.faults
    .filter(({ when }) => !('atUs' in when) || when.atUs <= durationUs)
    .flatMap((fault) => {
      const action = onHosts(fault.action, (host) => (known.has(host) || targets.has(host) ? host : undefined));
      return action === undefined ? [] : [{ ...fault, action }];
    });
  return { ...kept, faults, schedule: schedule === undefined ? undefined : scheduleOn(schedule, known) };
}

/** The hosts of a run, in order. */
export function hostsOf({ model, knobs, workload, seed }: RunInput): readonly HostId[] {
  return model.build({ knobs: knobs as never, workload, draw: workloadDraw(seed), seed }).hosts.map(({ id }) => id);
}

function scheduleOn(schedule: Schedule, known: ReadonlySet<HostId>): Schedule {
  const hostOf = (process: string) => process.split('/')[0]!;
  return {
    ...schedule,
    messages: schedule.messages?.filter(({ from, to }) => known.has(from) && known.has(to)),
    disks: schedule.disks?.filter(({ host }) => known.has(host)),
    timers: schedule.timers?.filter(({ process }) => known.has(hostOf(process))),
  };
}

/** A fault on other hosts; undefined when nothing is left of it. */
export function onHosts(action: FaultAction, rename: (host: HostId) => HostId | undefined): FaultAction | undefined {
  switch (action.do) {
    case 'cut': {
      const taken = new Set<HostId>();
      const sides = action.sides
        .map((side) =>
          side.flatMap((host) => {
            const name = rename(host);
            if (name === undefined || taken.has(name)) return [];
            taken.add(name);
            return [name];
          }),
        )
        .filter((side) => side.length > 0);
      return sides.length < 2 ? undefined : { ...action, sides };
    }
    case 'slow':
    case 'loss':
    case 'duplicate': {
      const [from, to] = [rename(action.from), rename(action.to)];
      return from === undefined || to === undefined || (from === to && from !== '*')
        ? undefined
        : { ...action, from, to };
    }
    case 'crash':
    case 'pause':
    case 'clock':
    case 'slowDisk':
    case 'restore': {
      const target = rename(action.target);
      return target === undefined ? undefined : { ...action, target };
    }
    default:
      return unreachable(action);
  }
}
