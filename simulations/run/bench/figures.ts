/** Named figures: rates a second in one thread, milliseconds, bytes, ratios, counts. */
export type Figures = Readonly<Record<string, number>>;

/** What a figure must reach. */
export interface Target {
  readonly figure: string;
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** The figures that are held to something. */
export const targets: readonly Target[] = [
  { figure: 'statechart.ratio', atLeast: 50 },
  { figure: 'engine.eventsPerSecond.bare', atLeast: 1_000_000 },
  { figure: 'engine.eventsPerSecond.history', atLeast: 500_000 },
  { figure: 'engine.handWrittenRatio', atMost: 1.5 },
  { figure: 'engine.bytesPerEvent', atMost: 150 },
  { figure: 'engine.seekMs.p99', atMost: 16 },
  { figure: 'explore.statesPerSecond', atLeast: 100_000 },
  { figure: 'sweep.secondsPer10000Seeds', atMost: 60 },
  // Raft, with five nodes.
  { figure: 'consensus.engine.eventsPerSecond.bare', atLeast: 1_000_000 },
  { figure: 'consensus.engine.eventsPerSecond.history', atLeast: 500_000 },
  { figure: 'consensus.engine.bytesPerEvent', atMost: 150 },
  { figure: 'consensus.engine.seekMs.p99', atMost: 16 },
  { figure: 'consensus.sweep.secondsPer10000Seeds', atMost: 60 },
];

/** Whether a figure is what it must be. */
export function isMet(target: Target, value: number): boolean {
  return value >= (target.atLeast ?? -Infinity) && value <= (target.atMost ?? Infinity);
}
