import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../simulations/kernel/faults.ts';
import { consensus } from '../../../simulations/models/consensus/index.ts';
import type { ConsensusKnobs } from '../../../simulations/models/consensus/knobs.ts';
import { regionOf } from '../../../simulations/models/consensus/regions.ts';
import type { Run } from '../../../simulations/run/execute.ts';
import { MS, runConsensus, S } from './run-consensus.ts';

/** Regions 80 ms apart, 1 ms within one, 3 ms to the disk, nothing left to chance. */
const EXACT: Partial<ConsensusKnobs> = {
  servers: 3,
  regions: 3,
  regionRtt: 80 * MS,
  latencyMin: 1 * MS,
  latencyMax: 1 * MS,
  persistMin: 3 * MS,
  persistMax: 3 * MS,
  electionMin: 600 * MS,
  electionMax: 1_200 * MS,
  heartbeat: 200 * MS,
  retryAfter: 500 * MS,
};

const writes = Array.from({ length: 5 }, (_, at) => ({ f: 'write', atUs: (2 + at) * S, via: 'r2' }));
const scripts = { script: { a: writes, b: writes, c: writes } };
/** r2 stands for election long before the others. */
const schedule = { timers: [{ process: 'r2', timer: 'election', nth: 1, delayUs: 10 * MS }] };
const run = (more: Partial<Parameters<typeof runConsensus>[0]> = {}): Run =>
  runConsensus({ knobs: EXACT, workload: scripts, schedule, durationUs: 9 * S, ...more });
const metric = (of: Run, name: string) => of.metrics.find(({ id }) => id === name)?.value;

describe('servers and clients in three regions, 80 ms apart', () => {
  test('the region follows from the name, whoever else is there', () => {
    const hosts = ['r1', 'r2', 'r3', 'r4', 'r12', 'a', 'b', 'c', 'd'];
    expect(hosts.map((host) => regionOf(host, 3))).toEqual(['eu', 'us', 'ap', 'eu', 'ap', 'eu', 'us', 'ap', 'eu']);
    expect(new Set(hosts.map((host) => regionOf(host, 1)))).toEqual(new Set(['eu']));
  });

  test('beside the leader a write takes one round trip between regions and the disk, elsewhere two', () => {
    const metrics = ['eu', 'us', 'ap'].map((region) => metric(run(), `write-p50-${region}`));
    // Within a region a way takes 1 ms, between two of them 41 ms.
    expect(metrics).toEqual([(4 * 41 + 3) * MS, (2 * 1 + 2 * 41 + 3) * MS, (4 * 41 + 3) * MS]);
  });

  test('a picture says who is where; with one region it says nothing of it', () => {
    const remarks = (of: Run) => {
      const scene = consensus.scene(of.record.end, consensus.focus(of.record.operations, 'x'));
      return scene.nodes.map(({ host, remark }) => `${host}: ${remark}`);
    };
    expect(remarks(run())).toEqual([
      'r1: eu, follower, term 1',
      'r2: us, leader, term 1',
      'r3: ap, follower, term 1',
      'a: eu',
      'b: us',
      'c: ap',
    ]);
    expect(remarks(run({ knobs: { ...EXACT, regions: 1 } }))[1]).toBe('r2: leader, term 1');
  });

  test('with one region the distance between regions changes nothing, and no region is measured', () => {
    const [near, far] = [0, 10 * S].map((regionRtt) =>
      run({ knobs: { ...EXACT, regions: 1, regionRtt }, digest: true }),
    );
    expect(near!.digest).toBe(far!.digest);
    expect(near!.metrics.filter(({ id }) => /-(eu|us|ap)$/.test(id))).toEqual([]);
  });
});

describe('what is answered where a cut left no majority', () => {
  const cut = (sides: readonly (readonly string[])[]): Fault => ({
    id: 'cut',
    action: { do: 'cut', sides, oneWay: false },
    when: { atUs: 2_500 * MS },
    forUs: 2_400 * MS,
  });

  test('nothing, in the region that is alone, and its operations of other times do not count', () => {
    const alone = run({
      faults: [
        cut([
          ['r3', 'c'],
          ['r1', 'r2', 'a', 'b'],
        ]),
      ],
    });
    expect(metric(alone, 'available-in-cut')).toBe(0);
    expect(metric(alone, 'availability')).toBe(13 / 15);
  });

  test('nothing is measured where every client stays with a majority, or nothing is cut', () => {
    expect(metric(run({ faults: [cut([['r3'], ['r1', 'r2', 'a', 'b', 'c']])] }), 'available-in-cut')).toBeUndefined();
    expect(metric(run(), 'available-in-cut')).toBeUndefined();
  });

  test('reads at any server are answered there as well', () => {
    const reads = { script: { c: writes.map(({ atUs }) => ({ f: 'read', atUs })) } };
    const local = run({
      knobs: { ...EXACT, read: 'local' },
      workload: reads,
      faults: [
        cut([
          ['r3', 'c'],
          ['r1', 'r2'],
        ]),
      ],
    });
    expect(metric(local, 'available-in-cut')).toBe(1);
  });
});

test('a fault may name a region: everybody in it, clients too, and nobody where there are fewer regions', () => {
  const { end } = run().record;
  const named = (region: string) => consensus.targets[region]!(end);
  expect(['eu', 'us', 'ap', 'sa', 'af'].map(named)).toEqual([['r1', 'a'], ['r2', 'b'], ['r3', 'c'], [], []]);
});
