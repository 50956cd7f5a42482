import { describe, expect, test } from 'vitest';
import {
  answerOf,
  execute,
  type Fault,
  gradeChallenge,
  isRight,
  mismatchesOf,
  type Predict,
  type Run,
  resolveRun,
  type Scenario,
} from '../../../simulations/index.ts';
import { runOf, scenarios } from '../../helpers/scenarios.ts';

const byId = (id: string): Scenario => scenarios.find((one) => one.id === id)!;

/** A run that starts from a challenge, with a script of one's own and whatever else is changed. */
function tried(
  scenario: Scenario,
  faults: readonly Fault[],
  more: { readonly seed?: number; readonly set?: Readonly<Record<string, string | number | boolean>> } = {},
): Run {
  const resolved = resolveRun({
    model: scenario.model,
    scenario,
    variant: scenario.challenge!.variant,
    faults,
    ...more,
  });
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems));
  return execute({ ...resolved.input, history: false });
}

const grade = (scenario: Scenario, run: Run) => gradeChallenge(run, scenario, scenario.challenge!);
const missed = (scenario: Scenario, run: Run) => {
  const { find, limits } = grade(scenario, run);
  return {
    find: find.filter(({ met }) => !met).length,
    limits: limits.filter(({ met }) => !met).map((one) => one.title),
  };
};

const cutOff: Fault = {
  id: 'cut-1',
  action: {
    do: 'cut',
    sides: [
      ['a', 'r2'],
      ['r1', 'r3', 'r4', 'r5', 'b'],
    ],
    oneWay: false,
  },
  when: { atUs: 495_000 },
  forUs: 65_000,
};
const ahead = (target: string, offsetUs: number, atUs: number, forUs: number): Fault => ({
  id: 'clock-1',
  action: { do: 'clock', target, offsetUs, driftPpm: 0 },
  when: { atUs },
  forUs,
});
const zombie = byId('tombstone-zombie');

/** A solution of every challenge that can be solved. */
const solutions: Readonly<Record<string, readonly Fault[]>> = {
  'quorum-read-inversion': [cutOff],
  'feed-quorum-staleness': [ahead('r1', 2_000_000, 1_000_000, 3_000_000)],
  'async-failover-orders': [
    {
      id: 'forget-2',
      action: { do: 'restore', target: 'n2', backupAtUs: 0 },
      when: { atUs: 1_480_000 },
      forUs: 100_000,
    },
    {
      id: 'forget-3',
      action: { do: 'restore', target: 'n3', backupAtUs: 0 },
      when: { atUs: 1_480_000 },
      forUs: 100_000,
    },
    { id: 'crash-1', action: { do: 'crash', target: 'n1' }, when: { atUs: 1_490_000 }, forUs: 1_300_000 },
  ],
  'cart-multiregion': [
    {
      id: 'cut-1',
      action: { do: 'cut', sides: [['eu'], ['us']], oneWay: false },
      when: { atUs: 2_000_000 },
      forUs: 10_000_000,
    },
  ],
  'profile-stale-read': [
    { id: 'pause-1', action: { do: 'pause', target: 'n1' }, when: { atUs: 5_510_000 }, forUs: 1_500_000 },
  ],
  'tombstone-zombie': [...zombie.faults, ahead('*', 30_000_000, 5_000_000, 6_000_000)],
};

describe('challenges', () => {
  const challenged = scenarios.filter(({ challenge }) => challenge !== undefined);

  test('there are at least three that can be solved and one that cannot', () => {
    const possible = challenged.filter(({ challenge }) => challenge!.possible);
    expect(possible.map(({ id }) => id).sort()).toEqual(Object.keys(solutions).sort());
    expect(possible.length).toBeGreaterThanOrEqual(3);
    expect(challenged.length).toBeGreaterThan(possible.length);
  });

  test.each(Object.keys(solutions))('%s: the start is not solved, the solution is, within every limit', (id) => {
    const scenario = byId(id);
    const start = scenario.challenge!.faults === 'none' ? [] : scenario.faults;
    expect(grade(scenario, tried(scenario, start)).solved).toBe(false);
    const { solved, limits } = grade(scenario, tried(scenario, solutions[id]!));
    expect(limits.filter(({ met }) => !met)).toEqual([]);
    expect(solved).toBe(true);
  });

  test('a run that shows it with a crash, which is not allowed, does not solve it', () => {
    const scenario = byId('quorum-read-inversion');
    const run = tried(scenario, scenario.faults);
    expect(missed(scenario, run)).toEqual({
      find: 0,
      limits: ['At most 1 fault', 'Only these faults: cut, slow, loss, duplicate'],
    });
    expect(grade(scenario, run).solved).toBe(false);
  });

  test('a run that shows it with fewer votes does not solve it', () => {
    const scenario = byId('feed-quorum-staleness');
    const run = tried(scenario, solutions[scenario.id]!, { set: { readQuorum: 1, writeQuorum: 1 } });
    expect(missed(scenario, run)).toEqual({ find: 0, limits: ['No knob turned'] });
    expect(grade(scenario, run).limits.find(({ met }) => !met)!.found).toBe('Read quorum, Write quorum turned');
  });

  test('a violation of another kind does not solve it', () => {
    const scenario = byId('feed-quorum-staleness');
    const run = tried(scenario, scenario.faults);
    expect(run.verdicts.find(({ id }) => id === 'linearizable')!.verdict.status).toBe('violated');
    expect(missed(scenario, run).find).toBe(1);
  });

  test('a longer outage with a shorter grace does not solve it', () => {
    const run = tried(zombie, zombie.faults, { set: { gcGrace: '10 s' } });
    expect(missed(zombie, run)).toEqual({ find: 0, limits: ['No knob turned'] });
  });

  test('the same violation after another workload does not solve it', () => {
    const scenario = byId('quorum-read-inversion');
    const resolved = resolveRun({ model: scenario.model, scenario, faults: [cutOff] });
    if (!resolved.ok) throw new Error('does not resolve');
    const run = execute({ ...resolved.input, durationUs: resolved.input.durationUs - 1, history: false });
    expect(missed(scenario, run).limits).toEqual(['The same workload for the same time']);
  });

  test('the impossible one: no seed of 60 shows it without a fault; fewer votes do, and are refused', () => {
    const scenario = byId('quorum-freshness');
    expect(scenario.challenge!.possible).toBe(false);
    for (let seed = 1; seed <= 60; seed++)
      expect(missed(scenario, tried(scenario, [], { seed })).find, `seed ${seed}`).toBe(1);
    const fewer = tried(scenario, [], { set: { readQuorum: 1, writeQuorum: 1 } });
    expect(missed(scenario, fewer)).toEqual({ find: 0, limits: ['No knob turned'] });
  });

  test('a challenge that its starting run solves is a problem of the file', () => {
    const scenario = byId('quorum-read-inversion');
    const easy: Scenario = {
      ...scenario,
      challenge: { ...scenario.challenge!, faults: 'scenario', limits: { locked: 'all', seedLocked: false } },
    };
    const said = mismatchesOf(runOf(scenario.id, 'off'), easy, easy.variants[0]!).map(({ sentence }) => sentence);
    expect(said).toEqual([expect.stringContaining('challenge.find: found what the starting run shows already')]);
  });
});

describe('predictions', () => {
  const asked = (id: string) => {
    const { predict } = byId(id);
    const run = runOf(id, predict!.variant ?? byId(id).variants[0]!.id);
    const answered = answerOf(run, predict!);
    if (!answered.ok) throw new Error(JSON.stringify(answered.problems));
    return { predict: predict!, answer: answered.answer, run };
  };

  test('a choice: only the option that the run shows is right', () => {
    const { predict, answer } = asked('quorum-read-inversion');
    if (predict.kind !== 'choice') throw new Error('not a choice');
    const right = predict.options.filter(({ id }) => isRight(predict, answer, { kind: 'choice', option: id }));
    expect(right.map(({ id }) => id)).toEqual(['inversion']);
  });

  test('a choice follows the run: with blocking write-back another option is right', () => {
    const { predict } = asked('quorum-read-inversion');
    expect(answerOf(runOf('quorum-read-inversion', 'blocking'), predict)).toEqual({
      ok: true,
      answer: { kind: 'choice', option: 'linearizable' },
    });
  });

  test('a number is right up to the tolerance and wrong just beyond it', () => {
    const { predict, answer } = asked('quorum-freshness');
    if (predict.kind !== 'number' || answer.kind !== 'number') throw new Error('not a number');
    const slack = predict.within * (predict.max - predict.min);
    for (const [off, right] of [
      [0, true],
      [slack - 1, true],
      [slack + 1, false],
      [-slack + 1, true],
      [-slack - 1, false],
    ] as const) {
      const value = answer.metric.value + off;
      expect(isRight(predict, answer, { kind: 'number', value }), `off by ${off}`).toBe(right);
    }
  });

  test('an order is right only as a whole, and a neighbour swapped makes it wrong', () => {
    const { predict, answer } = asked('feed-quorum-staleness');
    if (answer.kind !== 'order') throw new Error('not an order');
    const right = answer.items.map(({ id }) => id);
    expect(right).toEqual(['written', 'shown-new', 'shown-old', 'gave-up']);
    expect(isRight(predict, answer, { kind: 'order', items: right })).toBe(true);
    for (let at = 1; at < right.length; at++) {
      const swapped = right.with(at, right[at - 1]!).with(at - 1, right[at]!);
      expect(isRight(predict, answer, { kind: 'order', items: swapped }), swapped.join(' ')).toBe(false);
    }
    expect(isRight(predict, answer, { kind: 'order', items: right.slice(1) })).toBe(false);
  });

  test('an answer of another kind is never right', () => {
    const { predict, answer } = asked('quorum-read-inversion');
    expect(isRight(predict, answer, { kind: 'number', value: 0 })).toBe(false);
  });

  test.each<readonly [string, (predict: Predict) => Predict, string]>([
    [
      'quorum-read-inversion',
      (predict) => (predict.kind === 'choice' ? { ...predict, options: predict.options.slice(0, 1) } : predict),
      'predict.options: found no option that is so',
    ],
    [
      'quorum-read-inversion',
      (predict) =>
        predict.kind === 'choice'
          ? { ...predict, options: [...predict.options, { ...predict.options[1]!, id: 'twin' }] }
          : predict,
      'predict.options: found inversion and twin at once',
    ],
    [
      'quorum-freshness',
      (predict) => (predict.kind === 'number' ? { ...predict, max: 1000 } : predict),
      'predict.metric: found write-p999',
    ],
    [
      'feed-quorum-staleness',
      (predict) =>
        predict.kind === 'order'
          ? { ...predict, items: predict.items.map((item) => ({ ...item, at: predict.items[0]!.at })) }
          : predict,
      'predict.items: found shown-old at the same step',
    ],
  ])('%s: a question that the run does not answer is a problem of the file', (id, change, says) => {
    const scenario = { ...byId(id), predict: change(byId(id).predict!) };
    const variant = scenario.variants.find((one) => one.id === (scenario.predict.variant ?? scenario.variants[0]!.id))!;
    const said = mismatchesOf(runOf(id, variant.id), scenario, variant).map(({ sentence }) => sentence);
    expect(said).toEqual([expect.stringContaining(says)]);
  });
});
