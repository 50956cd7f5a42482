import { describe, expect, it } from 'vitest';
import type { StepView, WorldView } from '../../../simulations/kernel/view.ts';
import { multiLeader } from '../../../simulations/models/multi-leader/index.ts';
import type { MultiLeaderKnobs } from '../../../simulations/models/multi-leader/knobs.ts';
import { crash, cut, MS, runMultiLeader, S } from './run-multi-leader.ts';

/** A run in which every kind of message is sent and every kind of step happens. */
const BUSY = {
  knobs: {
    data: 'counter',
    resolve: 'escrow',
    limit: 30,
    lossRatio: 0.1,
    duplicateRatio: 0.1,
    reorderRatio: 0.2,
    requestTimeout: 150 * MS,
  } satisfies Partial<MultiLeaderKnobs>,
  workload: { clients: 4, operations: 20, keys: ['x', 'y'] },
  faults: [
    crash('us', 300 * MS, 300 * MS),
    { id: 'pause-1', action: { do: 'pause', target: 'ap' }, when: { atUs: 500 * MS }, forUs: 50 * MS },
    cut([['eu'], ['us', 'ap']], 800 * MS, 500 * MS),
  ],
  seed: 3,
  durationUs: 4 * S,
} as const;
const busy = runMultiLeader(BUSY);
const { operations } = busy.record;
const focus = multiLeader.focus(operations, 'x');

describe('multi-leader: pictures and narration of one busy run (n=3, seed 3)', () => {
  it('every message has its mark, and every mark its message', () => {
    expect(Object.keys(busy.record.messages).sort()).toEqual(Object.keys(multiLeader.messages).sort());
  });

  it('every step is one plain sentence', () => {
    const kinds = new Set<string>();
    const visit = (_world: WorldView, step: StepView): void => {
      kinds.add(step.kind);
      const sentence = multiLeader.narrate(step, focus);
      expect(sentence).toMatch(/^[A-Za-z0-9].*\.$/);
      expect(sentence).not.toMatch(/undefined|NaN|null|\[object/);
    };
    runMultiLeader({ ...BUSY, visit });
    expect(kinds.size).toBe(11);
  });

  it('the scene has every host once, a label for each packet, and both tables in words as well', () => {
    const visit = (world: WorldView, step: StepView): void => {
      if (step.index % 7 !== 0) return;
      const scene = multiLeader.scene(world, focus);
      expect(scene.nodes.map(({ host }) => host)).toEqual(['eu', 'us', 'ap', 'a', 'b', 'c', 'd']);
      expect(scene.packetLabels).toHaveLength(world.inFlight.length);
      expect(scene.text).not.toMatch(/undefined|NaN|\[object/);
      for (const panel of scene.panels ?? []) {
        if (panel.kind !== 'sheet') throw new Error('only sheets are drawn');
        expect(scene.text).toContain(panel.title);
        for (const { cells } of panel.rows) expect(cells).toHaveLength(panel.columns.length);
      }
    };
    runMultiLeader({ ...BUSY, visit });
  });

  it.each([
    ['cart', 'lww-wall'],
    ['cart', 'siblings'],
    ['cart', 'or-set'],
    ['register', 'lww-hlc'],
    ['register', 'siblings'],
    ['counter', 'pn-counter'],
  ] as const)('a %s by %s is told and drawn throughout a cut', (data, resolve) => {
    const visit = (world: WorldView, step: StepView): void => {
      expect(multiLeader.narrate(step, focus)).not.toMatch(/undefined|NaN|\[object/);
      if (step.index % 23 === 0) expect(multiLeader.scene(world, focus).text).not.toMatch(/undefined|NaN|\[object/);
    };
    runMultiLeader({ knobs: { data, resolve }, faults: [cut([['eu'], ['us', 'ap']], 200 * MS, 300 * MS)], visit });
  });

  it('while regions are apart the tables mark what differs and who lacks what', () => {
    let marked = 0;
    const visit = (world: WorldView): void => {
      if (world.nowUs < 400 * MS || world.nowUs > 450 * MS) return;
      for (const panel of multiLeader.scene(world, focus).panels ?? []) {
        if (panel.kind === 'sheet' && panel.rows.some(({ cells }) => cells.some((cell) => cell.marked))) marked++;
      }
    };
    const faults = [cut([['eu'], ['us'], ['ap']], 0, 600 * MS)];
    runMultiLeader({ knobs: { resolve: 'or-set', regions: 3 }, faults, visit });
    expect(marked).toBeGreaterThan(4);
  });

  it('updates are numbered in the order in which they began', () => {
    const updates = operations.filter(({ f, key }) => f !== 'read' && key === 'x');
    const known = updates.flatMap((update, index) => {
      const mark = multiLeader.versionOf(update, focus);
      return mark === undefined ? [] : [[mark.rank, index + 1]];
    });
    expect(known.length).toBeGreaterThan(3);
    for (const [rank, position] of known) expect(rank).toBe(position);
    expect(multiLeader.keys(operations).toSorted()).toEqual(['x', 'y']);
  });
});

describe('multi-leader: workload, knobs, series', () => {
  it('every field of the workload has a default', () => {
    expect(multiLeader.workload.safeParse({}).success).toBe(true);
    expect(multiLeader.workload.safeParse({ typo: 1 }).success).toBe(false);
  });

  it('a resolution that cannot hold the data is explained', () => {
    const values = Object.fromEntries(Object.entries(multiLeader.knobs).map(([name, knob]) => [name, knob.default]));
    const problems = (change: object) => multiLeader.constraints({ ...values, ...change }).map(([knob]) => knob);
    expect(problems({})).toEqual([]);
    expect(problems({ resolve: 'or-set', data: 'counter' })).toEqual(['data']);
    expect(problems({ resolve: 'siblings', data: 'counter' })).toEqual(['data']);
    expect(problems({ resolve: 'escrow', data: 'counter' })).toEqual(['limit']);
  });

  it('variants share the luck of their clients: operations begin and end at the same times', () => {
    const ends = (['lww-wall', 'or-set', 'siblings'] as const).map((resolve) => {
      const run = runMultiLeader({ knobs: { resolve }, seed: 11 });
      return run.record.operations.map(({ invokedAt, completedAt }) => [invokedAt, completedAt]);
    });
    expect(ends[1]).toEqual(ends[0]);
    expect(ends[2]).toEqual(ends[0]);
  });

  it('the series of writes that are not yet everywhere rises during a cut and ends at 0', () => {
    const run = runMultiLeader({
      knobs: { resolve: 'or-set' },
      faults: [cut([['eu'], ['us', 'ap']], 200 * MS, 600 * MS)],
    });
    const [level] = multiLeader.series!(run.record, run.input.knobs);
    if (level?.kind !== 'level') throw new Error('not a level');
    expect(Math.max(...level.changes.map(({ value }) => value))).toBeGreaterThan(10);
    expect(level.changes.at(-1)?.value).toBe(0);
  });

  it('a random mix that is written out as a script does the same', () => {
    const options = { knobs: { resolve: 'or-set' }, workload: { operations: 5 }, seed: 5 } as const;
    const run = runMultiLeader(options);
    const script = Object.fromEntries(
      ['a', 'b', 'c'].map((client) => [
        client,
        run.record.operations
          .filter((one) => one.client === client)
          .map(({ f, input, invokedAt }) => ({
            f: f === 'read' ? 'read' : f === 'append' ? 'put' : 'del',
            atUs: invokedAt,
            ...(input !== null && { value: input }),
          })),
      ]),
    );
    const again = runMultiLeader({ ...options, workload: { script } });
    const told = (one: typeof run) =>
      one.record.operations.map(({ client, f, input, output }) => [client, f, input, output]);
    expect(told(again)).toEqual(told(run));
  });
});
