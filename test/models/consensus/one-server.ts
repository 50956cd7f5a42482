import type { Effect, Environment, Message, ProcessEvent, Snapshot } from '../../../simulations/kernel/behavior.ts';
import type { ConsensusKnobs } from '../../../simulations/models/consensus/knobs.ts';
import { settingsOf } from '../../../simulations/models/consensus/topology.ts';
import type { Chart } from '../../../simulations/statechart/chart.ts';
import { compiledBehavior } from '../../../simulations/statechart/compiled.ts';
import { DEFAULTS } from './run-consensus.ts';

/** One server without a world: what it answers, and in which state it ends. `r1` of so many servers; its disk confirms when asked to, or at once. */
export function oneServer<Context>(chart: Chart, options: OneServer) {
  const { knobs, disk, self = 'r1', syncs = true } = options;
  const settings = settingsOf({ ...DEFAULTS, servers: 3, ...knobs });
  const behavior = compiledBehavior('server', chart);
  const input = { settings, server: self };
  const sent: { readonly to: string; readonly message: Message }[] = [];
  const notes: { readonly name: string; readonly data: unknown }[] = [];
  const writes: Effect[] = [];
  let snapshot: Snapshot = behavior.initial(input);
  const react = (event: ProcessEvent, from = ''): void => {
    const environment: Environment = { self, host: self, from, clockUs: options.clockUs?.() ?? 1_000_000 };
    const output: { effects: readonly Effect[] } = { effects: [] };
    snapshot = behavior.react(snapshot, event, environment, output);
    for (const effect of output.effects) {
      if (effect.type === 'send') sent.push(effect);
      if (effect.type === 'note') notes.push(effect);
      if (effect.type !== 'disk.persist') continue;
      writes.push(effect);
      if (syncs) react({ type: 'disk.persisted', token: effect.token });
    }
    // A message to itself arrives at once.
    for (const { to, message } of output.effects.filter((effect) => effect.type === 'send')) {
      if (to === self) react(message as ProcessEvent, self);
    }
  };
  if (disk === undefined) react({ type: 'process.started' });
  else {
    snapshot = behavior.recover(input, disk);
    react({ type: 'process.restarted' });
  }
  return {
    react,
    sent,
    notes,
    writes,
    to: (server: string): readonly Message[] => sent.filter(({ to }) => to === server).map(({ message }) => message),
    state: (): string => snapshot.state,
    context: (): Context => snapshot.context as Context,
  };
}

export interface OneServer {
  readonly knobs: Partial<ConsensusKnobs>;
  readonly disk?: unknown;
  readonly self?: string;
  /** False: writes to disk stay open. */
  readonly syncs?: boolean;
  readonly clockUs?: () => number;
}
