import { describe, expect, it } from 'vitest';
import type { StepView, WorldView } from '../../../simulations/kernel/view.ts';
import { quorum } from '../../../simulations/models/quorum/index.ts';
import { crash, cut, MS, runQuorum, S } from './run-quorum.ts';

/** A run in which every kind of message is sent and every kind of step happens. */
const BUSY = {
  knobs: {
    replicas: 5,
    readQuorum: 3,
    writeQuorum: 3,
    spares: 1,
    readRepair: 'blocking',
    hintAfter: 30 * MS,
    hintEvery: 100 * MS,
    antiEntropyEvery: 150 * MS,
    requestTimeout: 150 * MS,
    gcGrace: 400 * MS,
    lossRatio: 0.05,
    duplicateRatio: 0.05,
  },
  workload: { clients: 3, operations: 20, keys: ['x', 'y'], mix: { read: 3, write: 2, delete: 1 } },
  faults: [
    crash('r2', 300 * MS, 300 * MS),
    { id: 'pause-1', action: { do: 'pause', target: 'r4' }, when: { atUs: 500 * MS }, forUs: 50 * MS },
    cut([['minority'], ['majority']], 800 * MS, 200 * MS),
  ],
  seed: 7,
  durationUs: 2 * S,
} as const;
const busy = runQuorum(BUSY);
const { operations } = busy.record;
const focus = quorum.focus(operations, 'x');

describe('quorum: pictures and narration of one busy run (n=5, seed 7)', () => {
  it('every message has its mark', () => {
    expect(Object.keys(busy.record.messages).filter((type) => quorum.messages[type] === undefined)).toEqual([]);
    expect(Object.keys(busy.record.messages).sort()).toEqual(Object.keys(quorum.messages).sort());
  });

  it('every step is one plain sentence', () => {
    const kinds = new Set<string>();
    const visit = (_world: WorldView, step: StepView): void => {
      kinds.add(step.kind);
      const sentence = quorum.narrate(step, focus);
      expect(sentence).toMatch(/^[A-Za-z0-9].*\.$/);
      expect(sentence).not.toMatch(/undefined|NaN|null|\[object|(read|write|delete)-[a-z]\d/);
    };
    runQuorum({ ...BUSY, visit });
    expect(kinds.size).toBe(11);
  });

  it('with the world at hand it says when an answer is stale', () => {
    const stale: string[] = [];
    const visit = (world: WorldView, step: StepView): void => {
      if (step.kind !== 'deliver' || step.message?.type !== 'RRead') return;
      const sentence = quorum.narrate(step, { ...focus, world });
      if (sentence.includes('(stale)')) stale.push(sentence);
    };
    runQuorum({ ...BUSY, visit });
    expect(stale[0]).toMatch(
      /^r\d answered read \d+ of x with (version \d+|nothing|a tombstone, version \d+) \(stale\)\.$/,
    );
  });

  it('the scene has every host once, what it holds, and its own words', () => {
    const visit = (world: WorldView, step: StepView): void => {
      if (step.index % 7 !== 0) return;
      const scene = quorum.scene(world, focus);
      expect(scene.nodes.map(({ host }) => host)).toEqual(['r1', 'r2', 'r3', 'r4', 'r5', 's1', 'a', 'b', 'c']);
      expect(scene.text).not.toMatch(/undefined|NaN/);
      for (const { gauge } of scene.nodes) expect(gauge === undefined || gauge.have <= gauge.need).toBe(true);
    };
    runQuorum({ ...BUSY, visit });
  });

  it('versions are numbered by the order of their writes, deletes included', () => {
    const writes = operations.filter(({ f, key }) => f !== 'read' && key === 'x');
    const known = writes.flatMap((write, index) => {
      const mark = quorum.versionOf(write, focus);
      return mark === undefined ? [] : [[mark.rank, index + 1]];
    });
    expect(known.length).toBeGreaterThan(3);
    for (const [rank, position] of known) expect(rank).toBe(position);
    expect(quorum.keys(operations).toSorted()).toEqual(['x', 'y']);
  });
});

describe('quorum: workload and knobs', () => {
  it('every field of the workload has a default', () => {
    expect(quorum.workload.safeParse({}).success).toBe(true);
    expect(quorum.workload.safeParse({ typo: 1 }).success).toBe(false);
  });

  it('impossible quorums are explained', () => {
    const values = Object.fromEntries(Object.entries(quorum.knobs).map(([name, knob]) => [name, knob.default]));
    expect(quorum.constraints(values)).toEqual([]);
    expect(quorum.constraints({ ...values, readQuorum: 4 }).map(([knob]) => knob)).toEqual(['readQuorum']);
    expect(quorum.constraints({ ...values, sloppyQuorum: true }).map(([knob]) => knob)).toEqual(['sloppyQuorum']);
  });

  it('a variant that repairs shares the luck of one that does not until their messages differ', () => {
    const ends = (['off', 'async'] as const).map((readRepair) => {
      const run = runQuorum({ knobs: { readRepair, antiEntropyEvery: 0, hintAfter: 0 }, seed: 11 });
      return run.record.operations.map(({ invokedAt, completedAt }) => [invokedAt, completedAt]);
    });
    expect(ends[0]).toEqual(ends[1]);
  });
});
