import { describe, expect, test } from 'vitest';
import { quorum } from '../../../simulations/models/quorum/index.ts';
import { shrinking } from '../../../simulations/models/quorum/shrink.ts';
import { execute, workloadDraw } from '../../../simulations/run/execute.ts';
import { repairsOf } from '../../../simulations/search/shrink/goal.ts';
import { pinned, recordedIn, without } from '../../../simulations/search/shrink/recorded.ts';
import { scenarios } from '../../helpers/scenarios.ts';
import { requestOf, violating } from './shrunk.ts';

describe.each(violating)('%s, %s', (id, variant) => {
  const { input } = requestOf(id, variant);
  const run = execute(input);

  test('the choices of a run, pinned, give the same run without any chance', () => {
    const schedule = { messageUs: 77, diskUs: 77, ...pinned(recordedIn(run)) };
    const replay = execute({ ...input, schedule, faults: input.faults.filter(({ action }) => action.do !== 'slow') });
    const { operations } = run.record;
    const told = (one: (typeof operations)[number]) => [one.client, one.f, one.outcome, one.output, one.completedAt];
    expect(replay.record.operations.map(told)).toEqual(operations.map(told));
  });

  test('operations written out give the same operations at the same times', () => {
    const { model, knobs, workload, seed } = input;
    const { operations, workload: workloadOf } = model.shrinking!;
    const written = operations({
      ...{ knobs: knobs as never, workload, draw: workloadDraw(seed) },
      operations: run.record.operations,
    });
    const again = execute({ ...input, workload: model.workload.parse(workloadOf(written, workload)), history: false });
    expect(again.digest).toBe(run.digest);
    expect(again.record.operations).toEqual(run.record.operations);
  });
});

test('pins are counted anew when operations go: the third RWrite becomes the first', () => {
  const { input } = requestOf('quorum-read-inversion', 'off');
  const run = execute(input);
  const recorded = recordedIn(run);
  const last = recorded.messages
    .filter(({ type, from, to }) => type === 'RWrite' && from === 'r4' && to === 'r1')
    .at(-1)!;
  const gone = new Set(run.record.operations.map(({ id }) => id).filter((id) => id !== last.operation));
  const { messages } = without(pinned(recorded), recorded, gone);
  const pins = messages!.filter(({ type, from, to }) => type === 'RWrite' && from === 'r4' && to === 'r1');
  expect(last.nth).toBeGreaterThan(1);
  expect(pins).toEqual([expect.objectContaining({ nth: 1, delayUs: last.delayUs })]);
});

describe('quorum: smaller systems with the same claim', () => {
  const knobs = Object.fromEntries(Object.entries(quorum.knobs).map(([name, knob]) => [name, knob.default]));
  const smaller = (set: object) => shrinking.smaller({ ...knobs, ...set } as never, {}).map((system) => system.set);
  test.each([
    [
      'majorities stay majorities',
      { replicas: 5, readQuorum: 3, writeQuorum: 3 },
      [
        [3, 2, 2],
        [4, 3, 3],
      ],
    ],
    ['one stays one, all stay all', { replicas: 4, readQuorum: 1, writeQuorum: 4 }, [[3, 1, 3]]],
    [
      'one and one never overlap',
      { replicas: 5, readQuorum: 1, writeQuorum: 1 },
      [
        [3, 1, 1],
        [4, 1, 1],
      ],
    ],
    ['other numbers were chosen for reasons of their own', { replicas: 6, readQuorum: 2, writeQuorum: 4 }, []],
    ['three is the least', { replicas: 3, readQuorum: 2, writeQuorum: 2 }, []],
  ])('%s: %j', (_title, set, expected) => {
    expect(smaller(set).map(({ replicas, readQuorum, writeQuorum }) => [replicas, readQuorum, writeQuorum])).toEqual(
      expected,
    );
  });
});

test('repairs: one decision before two, fixed before compared; two decisions apart only down the line', () => {
  const feed = scenarios.find(({ id }) => id === 'feed-quorum-staleness')!;
  const paths = (variant: number) =>
    repairsOf(feed, feed.variants[variant]!).map(({ steps }) => steps.map(({ id }) => id).join(' '));
  expect(paths(0)).toEqual(['majority', 'majority write-back']);
  expect(paths(1)).toEqual(['write-back', 'guess']);
  expect(repairsOf(feed, feed.variants[0]!).at(-1)!.steps.at(-1)!.set).toEqual({
    ...{ readQuorum: 2, writeQuorum: 2 },
    readRepair: 'blocking',
  });
});
