import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../simulations/kernel/faults.ts';
import type { Operation } from '../../../simulations/kernel/history.ts';
import { type LeaderChosen, operationVersion } from '../../../simulations/models/replication/history.ts';
import type { ReplicationKnobs } from '../../../simulations/models/replication/knobs.ts';
import type { Run } from '../../../simulations/run/execute.ts';
import { nemesis } from './nemesis.ts';
import { crash, cut, MS, metric, runReplication, S, status, violated } from './run-replication.ts';

const LOAD = { clients: 3, keyPerWrite: true, operations: 60, mix: { read: 0, write: 1 } };

/** What the first promotion said: where the chosen log ended. */
function chosen(run: Run): LeaderChosen {
  return run.record.notes.find(({ name }) => name === 'leader.chosen')!.data as LeaderChosen;
}

const acknowledged = (run: Run): readonly Operation[] =>
  run.record.operations.filter(({ f, outcome }) => f === 'write' && outcome === 'ok');

const lsnOf = (operation: Operation): number => operationVersion(operation)!.lsn;

describe('replication: asynchronous failover', () => {
  it.each([
    ['lag 200 ms', { lagMin: 200 * MS, lagMax: 200 * MS }],
    ['lag 50 to 400 ms, 4 followers', { lagMin: 50 * MS, lagMax: 400 * MS, followers: 4 }],
    ['lag 200 ms, applied 500 ms later', { lagMin: 200 * MS, lagMax: 200 * MS, applyDelay: 500 * MS }],
    ['no lag', { lagMin: 0, lagMax: 0 }],
  ] as const)('loses exactly the acknowledged tail after the chosen log (%s, 20 seeds)', (_title, knobs) => {
    let lost = 0;
    for (let seed = 1; seed <= 20; seed++) {
      const run = runReplication({
        seed,
        knobs,
        workload: LOAD,
        faults: [crash('n1', 1 * S, 1 * S)],
        durationUs: 6 * S,
      });
      const { leader, positions } = chosen(run);
      const tail = acknowledged(run).filter((write) => {
        return operationVersion(write)!.epoch === 1 && lsnOf(write) > positions[leader]!.lsn;
      });
      expect(metric(run, 'rpo')).toBe(tail.length);
      const verdict = run.verdicts.find(({ id }) => id === 'no-lost-acknowledged-write')!.verdict;
      const told = verdict.status === 'violated' ? verdict.witness.operations : [];
      expect([...told].sort((a, b) => a - b)).toEqual(tail.map(({ id }) => id));
      lost += tail.length;
    }
    expect(lost > 20).toBe(knobs.lagMax > 0);
  });

  it('loses more with more lag: about lag times write rate', () => {
    const losses = [0, 100, 200, 400].map((lagMs) => {
      let sum = 0;
      for (let seed = 1; seed <= 10; seed++) {
        const knobs = { lagMin: lagMs * MS, lagMax: lagMs * MS };
        const run = runReplication({ seed, knobs, workload: LOAD, faults: [crash('n1', 1 * S, 1 * S)] });
        const rate = acknowledged(run).filter(({ completedAt }) => completedAt < 1 * S).length;
        sum += metric(run, 'rpo')! - (rate * lagMs) / 1000;
      }
      return sum / 10;
    });
    for (const difference of losses) expect(Math.abs(difference)).toBeLessThan(2.5);
  });

  it('rewinds the old leader to the fork point when it returns, and the copies agree again', () => {
    const knobs = { lagMin: 200 * MS, lagMax: 200 * MS };
    const run = runReplication({ knobs, workload: LOAD, faults: [crash('n1', 1 * S, 1 * S)], durationUs: 8 * S });
    const rewound = run.record.notes.find(({ name }) => name === 'wal.rewound')!;
    const { leader, positions } = chosen(run);
    expect(rewound.host).toBe('n1');
    expect((rewound.data as { to: number }).to).toBe(positions[leader]!.lsn);
    expect(status(run, 'convergence')).toBe('ok');
  });

  it('loses nothing when the leader is back before the monitor suspects it', () => {
    const knobs = { lagMin: 200 * MS, lagMax: 200 * MS };
    const run = runReplication({ knobs, workload: LOAD, faults: [crash('n1', 1 * S, 100 * MS)] });
    expect(run.record.notes.filter(({ name }) => name === 'leader.chosen')).toEqual([]);
    expect(violated(run)).toEqual([]);
    expect(status(run, 'no-lost-acknowledged-write')).toBe('ok');
  });
});

describe('replication: semi-synchronous', () => {
  const bothGone = [crash('n2', 1 * S), crash('n3', 1 * S)];
  const semi = { mode: 'semi', syncAcks: 1 } as const;

  it('becomes asynchronous after degradeAfter, silently: writes go on and are on one disk', () => {
    const run = runReplication({ knobs: { ...semi, degradeAfter: 200 * MS }, workload: LOAD, faults: bothGone });
    const degraded = run.record.notes.find(({ name }) => name === 'semisync.degraded')!;
    const waiting = acknowledged(run).find(({ completedAt }) => completedAt >= degraded.atUs)!;
    expect(degraded.atUs - waiting.invokedAt).toBeGreaterThanOrEqual(200 * MS);
    expect(degraded.atUs - waiting.invokedAt).toBeLessThan(215 * MS);
    expect(metric(run, 'availability')).toBe(1);
    expect(violated(run)).toEqual(['acknowledged-durable']);
  });

  it('waits for followers again once they have caught up', () => {
    const faults = [crash('n2', 1 * S, 1 * S), crash('n3', 1 * S, 1 * S)];
    const run = runReplication({
      knobs: { ...semi, degradeAfter: 200 * MS },
      workload: LOAD,
      faults,
      durationUs: 8 * S,
    });
    const names = run.record.notes.map(({ name }) => name).filter((name) => name.startsWith('semisync'));
    expect(names).toEqual(['semisync.degraded', 'semisync.restored']);
  });

  it('with degradeAfter 0 stops writing when the followers are gone, and acknowledges nothing that is on one disk', () => {
    const run = runReplication({ knobs: { ...semi, degradeAfter: 0 }, workload: LOAD, faults: bothGone });
    expect(acknowledged(run).filter(({ completedAt }) => completedAt > 1_050 * MS)).toEqual([]);
    expect(acknowledged(run).length).toBeGreaterThan(20);
    expect(violated(run)).toEqual([]);
  });

  it('with one follower left goes on, and commits at the price of a round trip and two flushes', () => {
    const knobs = { ...semi, degradeAfter: 0, latencyMin: 10 * MS, latencyMax: 10 * MS, lagMin: 0, lagMax: 0 };
    const run = runReplication({ knobs, workload: LOAD, faults: [crash('n3', 1 * S)] });
    // There and back for the client, there and back for the entry, and 2 ms on each of the two disks.
    expect(metric(run, 'commit-p50')).toBe(44 * MS);
    expect(metric(run, 'availability')).toBe(1);
    const alone = runReplication({ knobs: { ...knobs, mode: 'async' }, workload: LOAD });
    expect(metric(alone, 'commit-p50')).toBe(22 * MS);
  });
});

describe('replication: faults of every kind, 6 in 4 seconds, seeds 1 to 40', () => {
  const workload = { clients: 2, keys: ['x', 'y'], operations: 60, thinkMaxUs: 120 * MS };
  const sweep = (knobs: Partial<ReplicationKnobs>): readonly Run[] =>
    Array.from({ length: 40 }, (_, index) =>
      runReplication({
        seed: index + 1,
        knobs: { degradeAfter: 0, ...knobs },
        workload,
        faults: nemesis(index + 1, { untilUs: 4 * S, count: 6 }),
        durationUs: 9 * S,
        digest: false,
      }),
    );

  it.each([
    ['semi, 1 of 2', { mode: 'semi' }],
    ['semi, 2 of 4', { mode: 'semi', followers: 4, syncAcks: 2 }],
    ['semi, acknowledged when applied', { mode: 'semi', ackPoint: 'applied' }],
    ['sync', { mode: 'sync' }],
  ] as const)(
    'freshest promotion loses nothing, keeps one leader, and leader reads are linearizable (%s)',
    (_title, knobs) => {
      const runs = sweep(knobs);
      expect(runs.flatMap(violated)).toEqual([]);
      for (const property of [
        'no-lost-acknowledged-write',
        'acknowledged-durable',
        'follower-prefix',
        'linearizable',
      ]) {
        expect(runs.filter((run) => status(run, property) === 'ok').length, property).toBe(runs.length);
      }
      expect(runs.filter((run) => status(run, 'one-unfenced-leader') === 'ok').length).toBeGreaterThan(20);
    },
  );

  it('asynchronous replication keeps one leader and a follower a prefix, and loses writes in some', () => {
    const bad = sweep({ lagMin: 50 * MS, lagMax: 100 * MS }).map(violated);
    expect(bad.filter((ids) => ids.includes('no-lost-acknowledged-write')).length).toBeGreaterThan(5);
    for (const property of ['one-unfenced-leader', 'follower-prefix', 'acknowledged-durable']) {
      expect(bad.flat()).not.toContain(property);
    }
  });
});

describe('replication: beyond the assumptions', () => {
  it('two followers whose disks forget, and then the leader: what semi-synchronous replication had promised is lost', () => {
    const forget = (target: string): Fault => ({
      id: `restore-${target}`,
      action: { do: 'restore', target, backupAtUs: 0 },
      when: { atUs: 1_000 * MS },
      forUs: 100 * MS,
    });
    const faults = [forget('n2'), forget('n3'), crash('n1', 1_010 * MS)];
    const run = runReplication({ knobs: { mode: 'semi', degradeAfter: 0 }, workload: LOAD, faults });
    expect(status(run, 'no-lost-acknowledged-write')).toBe('violated');
    expect(metric(run, 'rpo')).toBe(acknowledged(run).filter(({ completedAt }) => completedAt < 1_010 * MS).length);
  });
});

describe('replication: the failover monitor', () => {
  it('cannot tell a cut from a crash: the old leader fences itself when its lease runs out, before there is another', () => {
    const faults = [
      cut(
        [
          ['n1', 'a'],
          ['n2', 'n3', 'm1', 'b'],
        ],
        1 * S,
        1_500 * MS,
      ),
    ];
    const run = runReplication({ workload: { clients: 2, operations: 80 }, faults });
    const fenced = run.record.notes.find(({ name }) => name === 'leader.fenced')!;
    const active = run.record.notes.find(({ name }) => name === 'leader.active')!;
    expect(fenced.host).toBe('n1');
    expect(fenced.atUs).toBeLessThan(active.atUs);
    expect(status(run, 'one-unfenced-leader')).toBe('ok');
  });

  it('promotes somebody after a crash of its own in the middle of it (semi, seeds 1 to 20)', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const monitorCrash = { predicate: 'leader-suspected', afterUs: seed * 5 * MS };
      const run = runReplication({
        seed,
        knobs: { mode: 'semi', degradeAfter: 0 },
        workload: { clients: 2, operations: 120 },
        faults: [
          crash('n1', 1 * S),
          { id: 'crash-m1', action: { do: 'crash', target: 'm1' }, when: monitorCrash, forUs: 200 * MS },
        ],
        durationUs: 8 * S,
      });
      expect(status(run, 'leader-replaced')).toBe('ok');
      expect(violated(run)).toEqual([]);
      const after = acknowledged(run).filter(({ completedAt }) => completedAt > 4 * S);
      expect(after.length).toBeGreaterThan(3);
    }
  });

  it('takes longer when it waits longer: the outage is suspectAfter, one heartbeat to be sure, and the election', () => {
    const outage = (suspectAfter: number): number => {
      const run = runReplication({
        knobs: { suspectAfter },
        workload: LOAD,
        faults: [crash('n1', 1 * S)],
        durationUs: 9 * S,
      });
      return metric(run, 'rto')!;
    };
    for (const suspectAfter of [300 * MS, 1 * S, 3 * S]) {
      expect(outage(suspectAfter) - suspectAfter).toBeGreaterThan(50 * MS);
      expect(outage(suspectAfter) - suspectAfter).toBeLessThan(250 * MS);
    }
  });
});

describe('replication: a run without faults', () => {
  it('keeps every promise with reads at the leader (every mode, seeds 1 to 20)', () => {
    for (const mode of ['async', 'semi', 'sync'] as const) {
      for (let seed = 1; seed <= 20; seed++) {
        const run = runReplication({ seed, knobs: { mode, contract: 'linearizable' }, workload: { keys: ['x', 'y'] } });
        expect(violated(run)).toEqual([]);
        expect(status(run, 'contract-kept')).toBe('ok');
      }
    }
  });

  it('behaves the same through xstate as compiled (seed 7, faults of every kind)', () => {
    const options = {
      seed: 7,
      knobs: { mode: 'semi', routing: 'token', duplicateRatio: 0.1, lossRatio: 0.03 },
      workload: { clients: 3, keys: ['x', 'y'] },
      faults: nemesis(7, { untilUs: 3 * S, count: 8 }),
    } as const;
    expect(runReplication({ ...options, interpreter: 'xstate' }).digest).toBe(runReplication(options).digest);
  });
});
