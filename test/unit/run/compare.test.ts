import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { compareRuns, execute, type Run, type RunRequest, resolveRun } from '../../../simulations/index.ts';
import { differencesOf, withDifference } from '../../../simulations/run/compare-inputs.ts';
import { runOf, scenarios } from '../../helpers/scenarios.ts';

const scenario = scenarios.find(({ id }) => id === 'quorum-read-inversion')!;

function run(request: Omit<RunRequest, 'model'> = {}): Run {
  const resolved = resolveRun({ model: 'quorum', scenario, ...request });
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems));
  return execute(resolved.input);
}

const without = (id: string) => scenario.faults.filter((fault) => fault.id !== id);

describe('two runs (quorum-read-inversion, seed 2012)', () => {
  let [off, blocking]: Run[] = [];
  beforeAll(() => {
    [off, blocking] = [run({ variant: 'off' }), run({ variant: 'blocking' })];
  });

  test('off and blocking share 175 steps and part where only blocking sends repairs', () => {
    const { sharedSteps, divergence, sentence } = compareRuns(off!, blocking!, { names: ['"off"', '"blocking"'] });
    expect(sharedSteps).toBe(175);
    expect(divergence).toMatchObject({ kind: 'handler', because: [{ name: 'readRepair', a: 'off', b: 'blocking' }] });
    expect(sentence).toBe(
      'At 620.348 ms the same event makes r1/read-a6 send ReadReply to a in "off" and send Repair to r2, r3, r4 and r5 in "blocking". Read repair is off in "off" and blocking in "blocking".',
    );
    const cause = divergence!.cause!;
    expect(blocking!.timeline!.step(cause)).toMatchObject({ process: 'r1/read-a6', atUs: 620_348 });
    expect(off!.timeline!.step(cause).message).toEqual(blocking!.timeline!.step(cause).message);
  });

  test('every shared step is the same on both sides, and the next is not', () => {
    const { sharedSteps } = compareRuns(off!, blocking!);
    for (const step of [0, 1, 50, sharedSteps - 1]) {
      const { effects: _a, ...one } = off!.timeline!.step(step);
      const { effects: _b, ...other } = blocking!.timeline!.step(step);
      expect(one).toEqual(other);
    }
    expect(off!.timeline!.step(sharedSteps)).not.toEqual(blocking!.timeline!.step(sharedSteps));
  });

  test('a run compared with itself shares all of its steps and differs in nothing', () => {
    const again = run({ variant: 'off' });
    const comparison = compareRuns(off!, again);
    expect(comparison).toMatchObject({
      differences: [],
      sharedSteps: off!.events,
      divergence: undefined,
      steps: { only: { a: [], b: [] }, moved: [] },
      operations: [],
    });
    expect(comparison.sentence).toContain('they are the same run');
    expect(comparison.metrics.filter(({ delta }) => delta !== 0)).toEqual([]);
    expect(comparison.steps.counterpart(300, 'a')).toBe(300);
    expect(comparison.steps.counterpart(off!.events, 'a')).toBeUndefined();
  });

  test('comparing the other way round gives the mirror image', () => {
    const [there, back] = [compareRuns(off!, blocking!), compareRuns(blocking!, off!)];
    expect(back.sharedSteps).toBe(there.sharedSteps);
    expect([back.steps.only.b, back.steps.only.a]).toEqual([there.steps.only.a, there.steps.only.b]);
    const mirrored = back.steps.moved.map(([a, b]) => [b, a]).sort(([a], [b]) => a! - b!);
    expect(mirrored).toEqual(there.steps.moved);
    expect(back.metrics.map(({ delta }) => delta! + 0)).toEqual(there.metrics.map(({ delta }) => -delta! + 0));
    expect(back.divergence!.atUs).toBe(there.divergence!.atUs);
  });

  test('the verdicts and the two operations that come to something else stand side by side', () => {
    const { verdicts, operations } = compareRuns(off!, blocking!);
    expect(verdicts.filter(({ a, b }) => a?.status !== b?.status).map(({ id }) => id)).toContain('linearizable');
    expect(operations.map(({ client, nth, a, b }) => [client, nth, a?.output, b?.output])).toEqual([
      ['a', 6, 'a:5', null],
      ['b', 5, 'b:4', 'a:5'],
    ]);
  });

  test('leaves the view of the end where it stood', () => {
    const stood = off!.record.end.step;
    compareRuns(off!, blocking!);
    expect(off!.record.end.step).toBe(stood);
  });

  test.each([
    [
      'a fault that is in one script only',
      { faults: without('cut') },
      'fault',
      'The fault cut (cut a r1 r2 | r3 r4 r5 b) begins at 632 ms in the first run and not in the second run.',
    ],
    [
      'a timer set to another time',
      { set: { requestTimeout: 60_000 } },
      'timer',
      'The timer request of a, set at 492 ms, fires at 582 ms in the first run and fires at 552 ms in the second run. Client timeout is 90 ms in the first run and 60 ms in the second run.',
    ],
    [
      'a slower disk',
      { set: { persistTime: 5_000 } },
      'disk',
      'The write of r1 to disk, begun at 29.922 ms, ends at 31.922 ms in the first run and ends at 34.922 ms in the second run. Time to persist is 2 ms in the first run and 5 ms in the second run.',
    ],
    [
      'another seed',
      { seed: 7 },
      'message',
      'Write from a to r1, sent at 20 ms, arrives at 29.922 ms in the first run and arrives at 32.695 ms in the second run. The seeds differ, 2012 and 7, so chance decides otherwise.',
    ],
    [
      'another quorum',
      { set: { readQuorum: 2 } },
      'handler',
      'At 93.046 ms the same event makes r5/read-b1 send ReadReply to b in the second run, which it does not in the first run. Read quorum is 3 in the first run and 2 in the second run.',
    ],
    [
      'more replicas',
      { set: { replicas: 7 } },
      'start',
      'At 0 ms r1/antiEntropy started in the first run and not in the second run. Replicas is 5 in the first run and 7 in the second run.',
    ],
  ] as const)('%s is told as what sets the runs apart', (_title, change, kind, sentence) => {
    const comparison = compareRuns(off!, run({ variant: 'off', ...change }));
    expect(comparison.divergence?.kind).toBe(kind);
    expect(comparison.sentence).toBe(sentence);
  });

  test('a run that lasts less long ends, and the other goes on', () => {
    const { input } = off!;
    const { divergence, sharedSteps } = compareRuns(off!, execute({ ...input, durationUs: 1_000_000 }));
    expect(divergence).toMatchObject({ kind: 'end', steps: { a: sharedSteps, b: undefined } });
    expect(divergence!.sentence).toBe('The second run ends at 1 s; the first run goes on.');
    expect(sharedSteps).toBe(off!.timeline!.stepsUntil(1_000_000));
  });

  test('a schedule that loses one message is told as that message, and only what follows from it differs', () => {
    const pinned = scenarioWith({
      messages: [{ from: 'r5', to: 'r1', type: 'RRead', nth: 1, delayUs: 4_000, lost: true }],
    });
    const { divergence, differences } = compareRuns(off!, pinned);
    expect(differences).toMatchObject([{ kind: 'schedule', a: undefined, b: '1 choices pinned' }]);
    expect(divergence!.kind).toBe('message');
    expect(divergence!.sentence).toMatch(
      /^RRead from r5 to r1, sent at .* arrives at .* in the first run and is lost at .* \(chance\) in the second run\.$/,
    );
  });

  test('of four differences the one is named that alone makes the runs part there', () => {
    const other = run({
      variant: 'blocking',
      set: { antiEntropyEvery: '500 ms', requestTimeout: 60_000 },
      faults: without('cut'),
    });
    const { differences, divergence, sentence } = compareRuns(off!, other);
    expect(differences.map(({ name }) => name).sort()).toEqual([
      'antiEntropyEvery',
      'cut',
      'readRepair',
      'requestTimeout',
    ]);
    expect(divergence!.because.map(({ name }) => name)).toEqual(['antiEntropyEvery']);
    expect(sentence).toContain('Of 4 differences, this one is enough.');
  });

  test('a knob that nothing asks about makes no difference, and that is said', () => {
    const { divergence, sentence } = compareRuns(off!, run({ variant: 'off', set: { hintTtl: '2 h' } }));
    expect(divergence).toBeUndefined();
    expect(sentence).toMatch(/It made no difference: all 506 steps are equal\.$/);
  });

  function scenarioWith(schedule: Run['input']['schedule']): Run {
    return execute({ ...off!.input, schedule });
  }
});

describe('matching events', () => {
  test('a message is its channel and number, however it ends: lost in one run, delivered in the other, it is the same one', () => {
    const [off, whole] = [run({ variant: 'off' }), run({ variant: 'off', faults: without('cut') })];
    const { steps } = compareRuns(off, whole);
    const lost = steps.moved.filter(
      ([a, b]) => off.timeline!.step(a).lostTo === 'cut' && whole.timeline!.step(b).kind === 'deliver',
    );
    expect(lost.length).toBeGreaterThan(0);
    for (const [a, b] of lost) {
      const [one, other] = [off.timeline!.step(a), whole.timeline!.step(b)];
      expect([one.fromHost, one.to, one.message!.type]).toEqual([other.fromHost, other.to, other.message!.type]);
    }
  });

  test.each([
    ['overtaken by the second', 400_000, true],
    ['still on its way at the end', 3_000_000, false],
  ])(
    'messages are numbered in the order in which they were sent: a first RRead %s (%d us) stays the first',
    (_how, delayUs, arrives) => {
      const plain = run({ variant: 'off', faults: [] });
      const schedule = { messages: [{ from: 'r1', to: 'r4', type: 'RRead', nth: 1, delayUs }] };
      const late = execute({ ...plain.input, schedule });
      const { steps } = compareRuns(plain, late);
      const reads = Array.from({ length: plain.events }, (_, step) => plain.timeline!.step(step)).filter(
        ({ kind, message, fromHost, host }) =>
          kind === 'deliver' && message?.type === 'RRead' && fromHost === 'r1' && host === 'r4',
      );
      const sent = reads.slice(0, 2).map(({ index, sentUs }) => {
        const twin = steps.counterpart(index, 'a');
        return [sentUs, twin === undefined ? undefined : late.timeline!.step(twin).sentUs];
      });
      expect(sent).toEqual([
        [reads[0]!.sentUs, arrives ? reads[0]!.sentUs : undefined],
        [reads[1]!.sentUs, reads[1]!.sentUs],
      ]);
    },
  );

  test('counterparts are each other’s, every step is matched or on one side only, on 30 pairs of random seeds and variants', () => {
    const variants = scenario.variants.map(({ id }) => id);
    const side = fc.record({ variant: fc.constantFrom(...variants), seed: fc.nat(10_000) });
    fc.assert(
      fc.property(side, side, (one, other) => {
        const [a, b] = [run(one), run(other)];
        const { steps, sharedSteps } = compareRuns(a, b);
        const aloneA = new Set(steps.only.a);
        for (let step = 0; step < a.events; step++) {
          const twin = steps.counterpart(step, 'a');
          expect(twin === undefined).toBe(aloneA.has(step));
          if (twin !== undefined) expect(steps.counterpart(twin, 'b')).toBe(step);
        }
        expect(a.events - steps.only.a.length).toBe(b.events - steps.only.b.length);
        expect(sharedSteps).toBeLessThanOrEqual(Math.min(a.events, b.events));
      }),
      { numRuns: 30, seed: 11 },
    );
  });
});

describe('what differs in the inputs', () => {
  const inputs = (a: Run, b: Run) =>
    differencesOf(a.input, b.input).map(({ title, a: one, b: other, change }) => [title, one, other, change]);

  test('knobs in their units, faults with their times, seed and workload by path', () => {
    const shifted = {
      ...scenario,
      workload: JSON.parse(JSON.stringify(scenario.workload).replace('"atUs":60000', '"atUs":61000')),
    };
    const crash = { id: 'x', action: { do: 'crash' as const, target: 'r3' }, when: { atUs: 678_831 }, forUs: 125_000 };
    const other = run({
      scenario: shifted,
      variant: 'off',
      seed: 7,
      set: { latencyMax: 20_000, lossRatio: 0.05 },
      faults: [...without('cut'), crash],
    });
    expect(inputs(run({ variant: 'off' }), other)).toEqual([
      ['Seed', '2012', '7', 'seed 7'],
      ['Latency to', '14 ms', '20 ms', 'Latency to: 20 ms'],
      ['Message loss', '0 %', '5 %', 'Message loss: 5 %'],
      [
        'cut a r1 r2 | r3 r4 r5 b',
        'cut a r1 r2 | r3 r4 r5 b at 632 ms for 136 ms',
        undefined,
        'without cut a r1 r2 | r3 r4 r5 b',
      ],
      ['crash r3', undefined, 'crash r3 at 678.831 ms for 125 ms', 'crash r3 at 678.8 ms'],
      ['Workload, script.b[0].atUs', '60 ms', '61 ms', 'another workload'],
    ]);
  });

  test('taking every difference over, one by one, gives the other run (seeds 1 to 5)', () => {
    for (let seed = 1; seed <= 5; seed++) {
      const [a, b] = [
        run({ variant: 'off', seed }),
        run({ variant: 'async', seed: seed + 90, faults: without('cut') }),
      ];
      const differences = differencesOf(a.input, b.input);
      const taken = differences.reduce((input, difference) => withDifference(input, b.input, difference), a.input);
      expect(differencesOf(taken, b.input)).toEqual([]);
      expect(execute(taken).digest).toBe(b.digest);
    }
  });
});

test.each(
  scenarios.flatMap(({ id, variants }) =>
    variants.slice(1).map((variant) => [id, variants[0]!.id, variant.id] as const),
  ),
)('%s: %s and %s part because of what the variant decides, and the sentence says so', (id, first, other) => {
  const { divergence, differences, sentence } = compareRuns(runOf(id, first), runOf(id, other));
  expect(divergence!.because.length).toBeGreaterThan(0);
  for (const difference of divergence!.because) expect(differences).toContainEqual(difference);
  expect(sentence).toContain(divergence!.because[0]!.title);
});

test('an operation that only one run begins is called what the model calls it', () => {
  const cart = scenarios.find(({ id }) => id === 'cart-multiregion')!;
  const ran = (f: string) => {
    const workload = { keys: ['cart'], script: { a: [{ f, key: 'cart', atUs: 5_000 }] } };
    const resolved = resolveRun({ model: cart.model, scenario: { ...cart, workload } });
    if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems));
    return execute(resolved.input);
  };
  const { sentence } = compareRuns(ran('put'), ran('read'));
  expect(sentence).toMatch(/ begin an operation of cart .* begin a read of cart /);
});
