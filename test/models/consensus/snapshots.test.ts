import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../simulations/kernel/faults.ts';
import { consensus } from '../../../simulations/models/consensus/index.ts';
import { knobs } from '../../../simulations/models/consensus/knobs.ts';
import { restartsOf } from '../../../simulations/models/consensus/recovery.ts';
import type { Run } from '../../../simulations/run/execute.ts';
import { readKnobs } from '../../../simulations/run/resolve.ts';
import { describeProblem, type Problem } from '../../../simulations/scenario/scenario.ts';
import { MS, runConsensus, S, violated } from './run-consensus.ts';

const workload = { clients: 3, operations: 60, keys: ['x', 'y'] };
const notes = (run: Run, name: string) => run.record.notes.filter((note) => note.name === name);
const metric = (run: Run, name: string) => run.metrics.find(({ id }) => id === name)?.value;
const crash = (atUs: number, forUs?: number): Fault => ({
  id: `crash-${atUs}`,
  action: { do: 'crash', target: 'r3' },
  when: { atUs },
  ...(forUs !== undefined && { forUs }),
});

describe.each(['raft', 'paxos', 'zab'] as const)('%s: how often snapshots are taken', (protocol) => {
  const at = (snapshotEvery: number) =>
    runConsensus({ knobs: { protocol, servers: 3, read: 'log', snapshotEvery }, workload, durationUs: 5 * S });

  test('0: never, and every log holds everything', () => {
    const run = at(0);
    expect(notes(run, 'snapshot.taken')).toEqual([]);
    expect(metric(run, 'log-kept')).toBe(metric(run, 'committed'));
    expect(metric(run, 'log-kept')).toBeGreaterThanOrEqual(180);
  });

  test('1: after each entry, and the store is the same', () => {
    const run = at(1);
    expect(notes(run, 'snapshot.taken').length).toBeGreaterThan(3 * 90);
    expect(metric(run, 'log-kept')).toBeLessThanOrEqual(1);
    expect(violated(run)).toEqual([]);
  });
});

test('0 is called off: a link may say so, and an error offers it', () => {
  const read = (snapshotEvery: string | number) => {
    const problems: Problem[] = [];
    const values = readKnobs(consensus, { snapshotEvery }, problems);
    return { value: values.snapshotEvery, problem: problems.map(describeProblem).join() };
  };
  expect(knobs.snapshotEvery.spec.zero).toBe('off');
  expect(read('off').value).toBe(0);
  expect(read('64').value).toBe(64);
  expect(read(-1).problem).toMatch(/snapshotEvery: found -1; allowed: a whole number from 0 to 10000, or off/);
});

describe('a restart', () => {
  const away = (knob: { readonly snapshotEvery: number }, faults: readonly Fault[]) =>
    runConsensus({ knobs: { servers: 3, read: 'log', ...knob }, workload, faults, durationUs: 6 * S });

  test('carries out again what the server had carried out after its snapshot: all of it, where there is none', () => {
    const faults = [crash(1 * S, 100 * MS), crash(2 * S, 100 * MS)];
    const run = away({ snapshotEvery: 0 }, faults);
    const before = (us: number) =>
      notes(run, 'entry.applied')
        .filter(({ host, atUs }) => host === 'r3' && atUs < us)
        .map(({ data }) => data);
    const last = (us: number) => Math.max(...before(us).map((data) => (data as { index: number }).index));
    const [first, second] = restartsOf(run.record);
    expect([first!.replayed, second!.replayed]).toEqual([last(1_100 * MS), last(2_100 * MS)]);
    expect(first!.replayed).toBeGreaterThan(10);
    expect(second!.replayed).toBeGreaterThan(first!.replayed);
    expect(metric(run, 'replayed-at-restart')).toBe(second!.replayed);
    expect(metric(away({ snapshotEvery: 8 }, faults), 'replayed-at-restart')).toBeLessThanOrEqual(8 - 1 + 3);
  });

  test('is over when the server has what the others had when it came back', () => {
    const run = away({ snapshotEvery: 0 }, [crash(1 * S, 500 * MS)]);
    const [{ atUs, catchUpUs }] = restartsOf(run.record) as [ReturnType<typeof restartsOf>[number]];
    const applied = (host: string, untilUs: number) =>
      notes(run, 'entry.applied')
        .filter((note) => note.host === host && note.atUs <= untilUs)
        .map(({ data }) => (data as { index: number }).index)
        .at(-1)!;
    expect(atUs).toBe(1_500 * MS);
    const target = Math.max(applied('r1', atUs - 1), applied('r2', atUs - 1));
    expect(applied('r3', atUs + catchUpUs!)).toBeGreaterThanOrEqual(target);
    expect(applied('r3', atUs + catchUpUs! - 1)).toBeLessThan(target);
  });

  test('of a server that stays away is none, and without a crash nothing is measured', () => {
    expect(restartsOf(away({ snapshotEvery: 8 }, [crash(1 * S)]).record)).toEqual([]);
    expect(metric(away({ snapshotEvery: 8 }, []), 'replayed-at-restart')).toBeUndefined();
  });
});

test.each([
  ['raft', 'election-safety', 'at most one leader in a term'],
  ['paxos', 'ballot-safety', 'at most one leader with a ballot'],
  ['zab', 'epoch-safety', 'at most one leader in an epoch'],
] as const)('%s: what is promised of leaders is said in its own word (%s)', (protocol, id, title) => {
  const { verdicts } = runConsensus({ knobs: { protocol }, workload });
  const safety = verdicts.filter(({ title: one }) => one.startsWith('at most one leader'));
  expect(safety.map((verdict) => [verdict.id, verdict.title, verdict.verdict.status])).toEqual([[id, title, 'ok']]);
});
