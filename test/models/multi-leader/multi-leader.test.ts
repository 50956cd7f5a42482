import { describe, expect, it } from 'vitest';
import { diskOf } from '../../../simulations/models/multi-leader/history.ts';
import type { MultiLeaderKnobs } from '../../../simulations/models/multi-leader/knobs.ts';
import type { Run } from '../../../simulations/run/execute.ts';
import { crash, cut, MS, metric, onDisk, restore, runMultiLeader, S, status, violated } from './run-multi-leader.ts';

const vectorOf = (run: Run, region: string) => diskOf(run.record.end.process(region)!.disk).vector;
const many = (knobs: Partial<MultiLeaderKnobs>, options: object = {}, seeds = 10): readonly Run[] =>
  Array.from({ length: seeds }, (_, index) => runMultiLeader({ knobs, seed: index + 1, digest: false, ...options }));
const sharing = (runs: readonly Run[], property: string): number =>
  runs.filter((run) => status(run, property) === 'violated').length;

/** Two regions, one item added on each side of a cut. */
const twoAdds = {
  workload: {
    script: {
      a: [{ f: 'put', value: 'apples', atUs: 300 * MS }],
      b: [{ f: 'put', value: 'bread', atUs: 320 * MS }],
    },
  },
  faults: [cut([['eu'], ['us']], 200 * MS, 500 * MS)],
};
/** us writes after it has heard of eu's write. */
const oneAfterTheOther = {
  workload: {
    script: {
      a: [{ f: 'put', value: 'apples', atUs: 300 * MS }],
      b: [{ f: 'put', value: 'bread', atUs: 450 * MS }],
    },
  },
};

describe('multi-leader: two regions, one add each while they are cut off', () => {
  it.each([
    ['lww-wall', 1, 'violated'],
    ['lww-hlc', 1, 'violated'],
    ['siblings', 2, 'ok'],
    ['or-set', 2, 'ok'],
  ] as const)('%s ends with %i of the two items, and both regions with the same', (resolve, items, lost) => {
    const run = runMultiLeader({ ...twoAdds, knobs: { regions: 2, resolve, skew: 200 * MS } });
    expect(onDisk(run, 'eu')).toHaveLength(items);
    expect(onDisk(run, 'us')).toEqual(onDisk(run, 'eu'));
    expect(status(run, 'convergence')).toBe('ok');
    expect(status(run, 'no-acked-add-lost')).toBe(lost);
    expect(metric(run, 'discarded')).toBe(2 - items);
    expect(metric(run, 'available-in-cut')).toBe(1);
    expect(run.witnessed['concurrent-adds-in-cut']).toBe(true);
  });

  it.each([
    ['lww-wall', ['apples'], 'violated'],
    ['lww-hlc', ['apples', 'bread'], 'ok'],
  ] as const)(
    '%s: a later write that had seen the first, by a clock 400 ms behind it, leaves %j',
    (resolve, items, wins) => {
      const run = runMultiLeader({ ...oneAfterTheOther, knobs: { regions: 2, resolve, skew: 200 * MS } });
      expect(onDisk(run, 'us')).toEqual(items);
      expect(status(run, 'later-write-wins')).toBe(wins);
    },
  );

  it('with clocks that agree last write wins keeps a later write', () => {
    const run = runMultiLeader({ ...oneAfterTheOther, knobs: { regions: 2, resolve: 'lww-wall', skew: 0 } });
    expect(onDisk(run, 'eu')).toEqual(['apples', 'bread']);
  });
});

describe('multi-leader: the network (3 regions, OR-set, seeds 1 to 10)', () => {
  const rough = { lossRatio: 0.15, duplicateRatio: 0.2, reorderRatio: 0.3, resolve: 'or-set' } as const;
  const faults = [cut([['ap'], ['eu', 'us']], 200 * MS, 500 * MS)];

  it.each(['mesh', 'ring', 'star'] as const)(
    'a %s with lost, repeated and overtaken batches and a cut breaks nothing',
    (topology) => {
      const runs = many({ ...rough, topology }, { faults, durationUs: 12 * S });
      expect(runs.flatMap(violated)).toEqual([]);
      expect(runs.every((run) => status(run, 'convergence') === 'ok')).toBe(true);
      const vectors = runs.map((run) => JSON.stringify(['eu', 'us', 'ap'].map((name) => vectorOf(run, name).eu)));
      expect(vectors.every((text) => new Set(JSON.parse(text)).size === 1)).toBe(true);
    },
  );

  it('a mesh that applies on arrival delivers an answer before the question; ring and star do not; causal delivery holds it back', () => {
    const jumpy = { resolve: 'or-set', jitter: 200 * MS, delivery: 'arrival' } as const;
    const load = { workload: { thinkMinUs: 1 * MS, thinkMaxUs: 20 * MS } };
    expect(sharing(many({ ...jumpy, topology: 'mesh' }, load), 'causal-delivery')).toBeGreaterThan(1);
    expect(sharing(many({ ...jumpy, topology: 'ring' }, load), 'causal-delivery')).toBe(0);
    expect(sharing(many({ ...jumpy, topology: 'star' }, load), 'causal-delivery')).toBe(0);
    expect(sharing(many({ ...jumpy, topology: 'mesh', delivery: 'causal' }, load), 'causal-delivery')).toBe(0);
  });

  it('one cut link stops a ring, and a mesh goes on around it only where it need not', () => {
    const cutOff = { faults: [cut([['ap'], ['us']], 0)], durationUs: 3 * S };
    const ends = (['ring', 'mesh'] as const).map((topology) => {
      const run = runMultiLeader({ knobs: { resolve: 'or-set', topology }, ...cutOff });
      return [vectorOf(run, 'ap').us ?? 0, vectorOf(run, 'ap').eu ?? 0].map((count) => count > 0);
    });
    expect(ends).toEqual([
      [false, false],
      [false, true],
    ]);
  });

  it('a region is isolated while a receiver is silent, then drains, then accepts', () => {
    const states = new Set<string>();
    runMultiLeader({
      knobs: { resolve: 'or-set' },
      faults: [cut([['ap'], ['eu', 'us']], 200 * MS, 900 * MS)],
      visit: (world) => {
        const { state } = world.process('ap')!.snapshot;
        if ([...states].at(-1) !== state) states.add(state);
      },
    });
    expect([...states]).toEqual(['accepting', 'isolated', 'draining']);
  });
});

describe('multi-leader: a region that crashes or comes back from a backup', () => {
  it.each(['mesh', 'ring', 'star'] as const)(
    '%s: a crash loses nothing that was acknowledged, seeds 1 to 10',
    (topology) => {
      const runs = many(
        { resolve: 'siblings', data: 'register', topology },
        { faults: [crash('us', 300 * MS, 200 * MS)], durationUs: 8 * S },
      );
      expect(runs.flatMap(violated)).toEqual([]);
      expect(runs.every((run) => (metric(run, 'convergence-time') ?? 0) < 800 * MS)).toBe(true);
    },
  );

  it.each(['mesh', 'ring', 'star'] as const)(
    '%s: a backup of half a second ago is filled up from the others before the region serves, seeds 1 to 10',
    (topology) => {
      const faults = [restore('us', 200 * MS, 700 * MS, 100 * MS)];
      const runs = many({ resolve: 'or-set', topology }, { faults, durationUs: 8 * S });
      expect(runs.every((run) => run.witnessed['state-taken'])).toBe(true);
      expect(runs.every((run) => status(run, 'convergence') === 'ok')).toBe(true);
      // What nobody had heard of yet is lost with the disk; nothing else may be.
      const unheard = ['no-acked-add-lost', 'no-resurrection'];
      expect(runs.flatMap(violated).filter((id) => !unheard.includes(id))).toEqual([]);
    },
  );

  it('what nobody else had heard of is gone with the disk, and the checker says so', () => {
    const run = runMultiLeader({
      knobs: { regions: 2, resolve: 'or-set' },
      workload: { script: { b: [{ f: 'put', value: 'bread', atUs: 300 * MS, via: 'us' }] } },
      faults: [cut([['eu'], ['us']], 200 * MS, 800 * MS), restore('us', 100 * MS, 500 * MS, 100 * MS)],
    });
    expect(status(run, 'no-acked-add-lost')).toBe('violated');
    expect(onDisk(run, 'us')).toEqual([]);
  });

  it('while it catches up it serves nobody, and a cut keeps it waiting', () => {
    const run = runMultiLeader({
      knobs: { regions: 2, resolve: 'or-set', requestTimeout: 100 * MS },
      workload: { script: { b: [{ f: 'put', value: 'bread', atUs: 600 * MS, via: 'us' }] } },
      faults: [crash('us', 200 * MS, 100 * MS), cut([['eu'], ['us']], 100 * MS, 900 * MS)],
    });
    expect(run.record.operations[0]?.outcome).toBe('info');
    expect(run.record.end.process('us')!.snapshot.state).toBe('accepting');
  });
});

describe('multi-leader: counters (3 regions, one cut off, seeds 1 to 10)', () => {
  const base = { data: 'counter', limit: 20 } as const;
  const options = {
    workload: { mix: { read: 1, put: 4, del: 0 }, operations: 15 },
    faults: [cut([['ap'], ['eu', 'us']], 100 * MS, 600 * MS)],
    durationUs: 6 * S,
  };

  it('a PN-counter is exact and exceeds the limit; escrow is exact and does not; a plain number is wrong', () => {
    const [counter, escrow, plain] = (['pn-counter', 'escrow', 'lww-hlc'] as const).map((resolve) =>
      many({ ...base, resolve }, options),
    );
    expect(sharing(counter!, 'counter-exact')).toBe(0);
    expect(sharing(counter!, 'limit-never-exceeded')).toBeGreaterThan(7);
    expect(sharing(escrow!, 'counter-exact') + sharing(escrow!, 'limit-never-exceeded')).toBe(0);
    expect(sharing(plain!, 'counter-exact')).toBe(10);
    expect([...counter!, ...escrow!].every((run) => status(run, 'available-when-cut') === 'ok')).toBe(true);
  });

  it('rights that are handed over let a busy region go on past its share', () => {
    const workload = {
      script: { a: Array.from({ length: 12 }, (_, index) => ({ f: 'put', atUs: 300 * MS * (index + 1) })) },
    };
    const ends = [true, false].map((transferRights) => {
      const run = runMultiLeader({
        knobs: { ...base, resolve: 'escrow', limit: 12, transferRights },
        workload,
        durationUs: 6 * S,
      });
      return [onDisk(run, 'eu'), metric(run, 'refused')];
    });
    expect(ends[1]).toEqual([4, 8]);
    expect(ends[0]![0]).toBeGreaterThan(8);
  });
});

describe('multi-leader: deleted registers', () => {
  const story = {
    workload: {
      script: {
        a: [{ f: 'del', atUs: 600 * MS }],
        b: [{ f: 'put', value: 'old', atUs: 300 * MS }],
      },
    },
    faults: [cut([['eu'], ['us']], 200 * MS, 1 * S)],
  };
  const end = (knobs: Partial<MultiLeaderKnobs>) =>
    runMultiLeader({ ...story, knobs: { regions: 2, data: 'register', skew: 0, ...knobs } });

  it('last write wins: a tombstone outlives the cut and the older write stays deleted', () => {
    const run = end({ resolve: 'lww-wall', gcGrace: 60 * S });
    expect([onDisk(run, 'eu'), onDisk(run, 'us')]).toEqual([null, null]);
    expect(violated(run).filter((id) => id !== 'no-acked-add-lost')).toEqual([]);
  });

  it('last write wins: a tombstone purged during the cut lets the older write back in', () => {
    const run = end({ resolve: 'lww-wall', gcGrace: 300 * MS });
    expect([onDisk(run, 'eu'), onDisk(run, 'us')]).toContain('old');
    expect(status(run, 'no-resurrection')).toBe('violated');
  });

  it('siblings: a write that the delete had not seen stays, whatever the clocks say', () => {
    const run = end({ resolve: 'siblings' });
    expect([onDisk(run, 'eu'), onDisk(run, 'us')]).toEqual(['old', 'old']);
    expect(violated(run)).toEqual([]);
  });

  it('siblings: two blind writes through one region stand side by side until a reader writes', () => {
    const run = runMultiLeader({
      knobs: { regions: 2, data: 'register', resolve: 'siblings' },
      workload: {
        script: {
          a: [{ f: 'put', value: 'one', atUs: 100 * MS, via: 'eu' }],
          b: [{ f: 'put', value: 'two', atUs: 120 * MS, via: 'eu' }],
          c: [
            { f: 'read', atUs: 300 * MS, via: 'us' },
            { f: 'put', value: 'three', atUs: 400 * MS, via: 'us' },
            { f: 'read', atUs: 600 * MS, via: 'us' },
          ],
        },
      },
    });
    const [, , first, , last] = run.record.operations;
    expect((first!.version as { siblings: number }).siblings).toBe(2);
    expect([last!.output, (last!.version as { siblings: number }).siblings]).toEqual(['three', 1]);
    expect(violated(run)).toEqual([]);
  });
});

describe('multi-leader: clients', () => {
  it('a request that arrives twice is taken once', () => {
    const run = runMultiLeader({
      knobs: { data: 'counter', resolve: 'pn-counter' },
      workload: { mix: { read: 0, put: 1, del: 0 } },
      faults: [
        { id: 'twice', action: { do: 'duplicate', from: 'clients', to: 'regions', ratio: 1 }, when: { atUs: 0 } },
      ],
    });
    expect(onDisk(run, 'eu')).toBe(60);
    expect(status(run, 'counter-exact')).toBe('ok');
  });

  it('what was acknowledged was on disk: a crash in between leaves the outcome unknown', () => {
    const run = runMultiLeader({
      knobs: { resolve: 'or-set', persistTime: 50 * MS, requestTimeout: 300 * MS },
      workload: { script: { a: [{ f: 'put', value: 'apples', atUs: 100 * MS }] } },
      faults: [crash('eu', 120 * MS, 10 * MS)],
    });
    expect(run.record.operations[0]?.outcome).toBe('info');
    expect(['eu', 'us', 'ap'].map((name) => onDisk(run, name))).toEqual([[], [], []]);
  });
});
