import { formatLink, loadScenario, type RunInput, resolveRun, type ScenarioData } from '../../simulations/index.ts';

/**
 * A scenario whose run has about 700 steps a second: four clients that never rest, and every kind of fault, each for a share of
 * the run. 295 seconds give 211,217 steps.
 */
export function longScenario(seconds: number): ScenarioData {
  const at = (share: number) => `${Math.round(seconds * share * 1000)} ms`;
  const fault = (share: number, long: number, what: Readonly<Record<string, unknown>>) => ({
    ...what,
    at: at(share),
    for: at(long),
  });
  return {
    id: 'long-run',
    title: 'A long run',
    model: 'quorum',
    claim: 'A diagram of a long run is as quick as one of a short run.',
    finding: 'It is measured, not claimed.',
    knobs: { lossRatio: 0.001, duplicateRatio: 0.001, replicas: 5, readQuorum: 3, writeQuorum: 3 },
    workload: { clients: 4, keys: ['x', 'y', 'z'], operations: Math.ceil((seconds * 1000) / 60) },
    faults: [
      fault(0.1, 0.02, { id: 'crash-r2', do: 'crash', target: 'r2' }),
      fault(0.2, 0.03, {
        id: 'halves',
        do: 'cut',
        sides: [
          ['a', 'b', 'r1', 'r2'],
          ['r3', 'r4', 'r5', 'c', 'd'],
        ],
      }),
      fault(0.3, 0.03, {
        id: 'thirds',
        do: 'cut',
        sides: [
          ['a', 'b', 'r1', 'r2'],
          ['r3', 'r4'],
          ['r5', 'c', 'd'],
        ],
      }),
      fault(0.4, 0.03, {
        id: 'one-way',
        do: 'cut',
        sides: [
          ['a', 'b', 'r1', 'r2'],
          ['r3', 'r4', 'r5', 'c', 'd'],
        ],
        oneWay: true,
      }),
      fault(0.5, 0.02, { id: 'pause-r3', do: 'pause', target: 'r3' }),
      fault(0.6, 0.2, { id: 'skew-r4', do: 'clock', target: 'r4', offset: '300 ms', driftPpm: 20_000 }),
      fault(0.7, 0.001, { id: 'crash-r5', do: 'crash', target: 'r5' }),
      fault(0.8, 0.01, { id: 'slow-r1', do: 'slow', from: 'r1', to: '*', extra: '18 ms' }),
    ],
    duration: at(1),
    seed: 1,
    decisions: [],
    variants: [{ id: 'only', title: 'As it is', part: 'broken', set: {}, expect: {} }],
    witness: 'stale-read',
    cost: { text: 'None.', metrics: [] },
  };
}

/** The input of a long run. */
export function longInput(seconds: number): RunInput {
  const loaded = loadScenario(JSON.stringify(longScenario(seconds)));
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  const resolved = resolveRun({ model: loaded.scenario.model, scenario: loaded.scenario });
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems));
  return resolved.input;
}

/** The address at which the lab opens a long run. */
export function longLink(seconds: number, window?: { readonly fromUs: number; readonly toUs: number }): string {
  return formatLink({
    model: 'quorum',
    scenario: 'long-run',
    file: longScenario(seconds),
    set: {},
    view: window ?? {},
  });
}
