import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Model, models } from '../../simulations/index.ts';
import type {
  Behavior,
  Effect,
  Environment,
  Output,
  ProcessEvent,
  Snapshot,
} from '../../simulations/kernel/behavior.ts';
import { InvariantError } from '../../simulations/kernel/invariant.ts';
import type { Value } from '../../simulations/kernel/value.ts';
import { executeWith } from '../../simulations/run/execute.ts';
import { resolveRun } from '../../simulations/run/resolve.ts';
import { compiledBehavior } from '../../simulations/statechart/compiled.ts';
import { interpretedBehavior, stockTransition } from '../../simulations/statechart/interpreted.ts';
import { scenarios } from '../helpers/scenarios.ts';
import { Twins } from '../helpers/twins.ts';

interface Corpus {
  readonly inputs: Value[];
  readonly events: { readonly event: ProcessEvent; readonly environment: Environment }[];
}

/** Everything that the processes of each role were started with and reacted to, in all scenarios of a model. */
function corpusOf(model: Model): ReadonlyMap<string, Corpus> {
  const corpus = new Map<string, Corpus>(Object.keys(model.charts).map((role) => [role, { inputs: [], events: [] }]));
  for (const scenario of scenarios.filter((one) => one.model === model.id)) {
    for (const variant of scenario.variants) {
      const resolved = resolveRun({ model: model.id, scenario, variant: variant.id });
      if (!resolved.ok) throw new Error('a shipped scenario does not resolve');
      executeWith({ ...resolved.input, history: false, digest: false, checks: false }, (role, chart): Behavior => {
        const behavior = compiledBehavior(role, chart);
        const { inputs, events } = corpus.get(role)!;
        return {
          ...behavior,
          initial(input) {
            if (inputs.length < 500) inputs.push(input);
            return behavior.initial(input);
          },
          react(snapshot, event, environment, output) {
            if (events.length < 20_000) events.push({ event, environment: { ...environment } });
            return behavior.react(snapshot, event, environment, output);
          },
        };
      });
    }
  }
  return corpus;
}

/** Both forms through the same events; says where they part. A throw counts as an outcome that both must share. */
function compare(
  compiled: Behavior,
  interpreted: Behavior,
  input: Value,
  sequence: readonly Corpus['events'][number][],
): string | undefined {
  const twins = new Twins();
  let [fast, slow] = [compiled.initial(input), interpreted.initial(input)];
  for (const { event, environment } of sequence) {
    const [fastOutput, slowOutput]: [Output, Output] = [{ effects: [] }, { effects: [] }];
    const fastNext = outcome(() => compiled.react(fast, event, environment, fastOutput));
    const slowNext = outcome(() => interpreted.react(slow, event, environment, slowOutput));
    const [a, b] = [seen(fastNext, fastOutput.effects), seen(slowNext, slowOutput.effects)];
    if (!twins.same(a, b)) return `apart on ${JSON.stringify([event, a, b])}`;
    if (fastNext === undefined || slowNext === undefined) return undefined;
    [fast, slow] = [fastNext, slowNext];
    if (fast.done) [fast, slow] = [compiled.initial(input), interpreted.initial(input)];
  }
  return undefined;
}

/** A handler that meets an impossible event may refuse it by throwing: then the sequence ends, in both forms at once. */
function outcome(react: () => Snapshot): Snapshot | undefined {
  try {
    return react();
  } catch (error) {
    if (error instanceof TypeError || error instanceof InvariantError) return undefined;
    throw error;
  }
}

function seen(snapshot: Snapshot | undefined, effects: readonly Effect[]): unknown {
  return snapshot === undefined ? 'refused' : [snapshot.state, snapshot.done, snapshot.context, effects];
}

const SEQUENCES = 500;
const LENGTH = 200;
const STOCK_EVENTS = 4_000;

describe.each(models.map((model) => [model.id, model] as const))('%s', (_id, model) => {
  const corpus = corpusOf(model);
  test.each(Object.keys(model.charts))(
    'the chart of %s does the same compiled and through xstate on 100,000 events in random order',
    (role) => {
      const { inputs, events } = corpus.get(role)!;
      expect(events.length, 'no scenario exercises this role').toBeGreaterThan(0);
      const chart = model.charts[role]!;
      const [compiled, interpreted] = [compiledBehavior(role, chart), interpretedBehavior(role, chart)];
      const stock = interpretedBehavior(role, chart, stockTransition);
      let count = 0;
      fc.assert(
        fc.property(
          fc.constantFrom(...inputs),
          fc.array(fc.constantFrom(...events), { minLength: LENGTH, maxLength: LENGTH }),
          (input, sequence) => {
            count += sequence.length;
            // The function that xstate publishes takes four times as long as the method that it calls; a few thousand events of it will do.
            const apart =
              compare(compiled, interpreted, input, sequence) ??
              (count <= STOCK_EVENTS ? compare(interpreted, stock, input, sequence) : undefined);
            if (apart !== undefined) throw new Error(apart);
          },
        ),
        { numRuns: SEQUENCES, seed: 97, endOnFailure: true },
      );
      expect(count).toBe(SEQUENCES * LENGTH);
    },
    180_000,
  );
});

test('what compares the two forms tells values apart by content, kind and order of fields', () => {
  const twins = new Twins();
  const shared = { log: [1, 2] };
  expect(twins.same({ a: shared, b: [null] }, { a: { log: [1, 2] }, b: [null] })).toBe(true);
  for (const [a, b] of [
    [{ a: shared }, { a: { log: [1, 3] } }],
    [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ],
    [{ a: 1 }, { a: 1, b: undefined }],
    [[], {}],
    [null, {}],
  ]) {
    expect(twins.same(a, b), JSON.stringify([a, b])).toBe(false);
  }
});
