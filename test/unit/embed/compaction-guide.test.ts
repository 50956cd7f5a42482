import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { COMPACTION, compactionOf, keptBound, SNAPSHOT_EVERY } from '../../../app/_embed/compaction.ts';
import { loadMeasured, rateIn } from '../../../app/_static/measured.ts';
import { execute, type Fault, type Run, resolveRun } from '../../../simulations/index.ts';
import { runOf, scenarios } from '../../helpers/scenarios.ts';

/** The guide as one line of text. */
const guide = readFileSync('content/guides/compaction-bounds-growth.mdx', 'utf8').replaceAll(/\s+/g, ' ');

const metric = (run: Run, name: string) => run.metrics.find(({ id }) => id === name)!.value;
const status = (run: Run, property: string) => run.verdicts.find(({ id }) => id === property)?.verdict.status;
const indexOf = (data: unknown) => (data as { index: number }).index;
const ms = (us: number) => (us / 1000).toLocaleString('en-US', { maximumFractionDigits: 1 });

test('every rate of the guide is the recorded one', () => {
  const tag = /<Rate scenario="(.+?)" variant="(.+?)" property="(.+?)">(.+?)<\/Rate>/g;
  const rates = [...guide.matchAll(tag)];
  expect(rates).toHaveLength(2);
  for (const [, scenario, variant, property, text] of rates) {
    const { count, of } = rateIn(loadMeasured(scenario!)!, variant!, property!)!;
    expect(text).toBe(`${count.toLocaleString('en-US')} of ${of.toLocaleString('en-US')}`);
  }
});

describe('figure 1: a follower comes back at 4 s', () => {
  const [never, often] = ['never', 'often'].map((variant) => runOf('raft-compaction', variant)) as [Run, Run];
  const applied = (run: Run, host: string, fromUs: number, untilUs: number) =>
    run.record.notes
      .filter((note) => note.name === 'entry.applied' && note.host === host)
      .filter(({ atUs }) => atUs >= fromUs && atUs < untilUs)
      .map(({ data }) => indexOf(data));

  test('without snapshots it carries out what it had, then what it has missed, and every log holds all of it in the end', () => {
    const before = Math.max(...applied(never, 'r2', 0, 4_000_000));
    const others = Math.max(...['r1', 'r3'].flatMap((host) => applied(never, host, 0, 4_000_000)));
    expect(metric(never, 'replayed-at-restart')).toBe(before);
    expect(guide).toContain(`carries out the ${before} entries that it had carried out before the crash`);
    expect(guide).toContain(`then the ${others - before} that it has missed`);
    const [first] = applied(never, 'r2', 4_000_000, 6_000_000);
    expect(first).toBe(1);
    expect(guide).toContain(`${metric(never, 'log-kept')} entries in each log at the end`);
  });

  test('with snapshots it gets one, and carries out nothing twice', () => {
    const installed = often.record.notes.filter(({ name }) => name === 'snapshot.installed');
    expect(installed).toHaveLength(1);
    const { host, atUs, data } = installed[0]!;
    expect(host).toBe('r2');
    expect(guide).toContain(`replaced its first ${indexOf(data)} by a snapshot`);
    expect(guide).toContain(`has installed at ${ms(atUs)} ms`);
    expect(metric(often, 'replayed-at-restart')).toBe(0);
    expect([status(never, 'log-bounded'), status(often, 'log-bounded')]).toEqual(['violated', 'ok']);
  });

  test('a quarter of the operations reads, and the answers to the prediction', () => {
    const { operations } = never.record;
    const writes = operations.filter(({ f }) => f === 'write').length;
    expect(operations).toHaveLength(360);
    expect(Math.abs(writes - 270)).toBeLessThan(6);
    expect(metric(never, 'log-kept')).toBe(361);
  });
});

describe('figure 2 and the table of restarts', () => {
  test.each(SNAPSHOT_EVERY.filter((every) => every > 0))(
    'one snapshot in %i entries: no log and no restart exceeds the bound, and the bound is nearly reached',
    (every) => {
      const { keptMost, replayedMost } = compactionOf(every);
      const bound = keptBound(every)!;
      expect(bound).toBe(every - 1 + COMPACTION.clients);
      expect(keptMost).toBeLessThanOrEqual(bound);
      expect(keptMost).toBeGreaterThanOrEqual(bound - 1);
      expect(replayedMost).toBeLessThanOrEqual(bound);
    },
  );

  test('without snapshots the log grows by the rate of the clients: within 5 % at each second of the figure', () => {
    const { kept, entriesPerSecond } = compactionOf(0);
    for (let second = 1; second <= 5; second++) {
      const { entries } = kept.findLast(({ sinceStartUs }) => sinceStartUs <= second * 1e6)!;
      expect(Math.abs(entries / (1 + entriesPerSecond * second) - 1)).toBeLessThan(0.05);
    }
  });

  test('a restart carries out at least 20 times less with a snapshot in 128 entries or fewer; the figures of the text', () => {
    const without = compactionOf(0).replayedMost;
    const factor = (every: number) => Math.floor(without / compactionOf(every).replayedMost);
    expect(factor(128)).toBeGreaterThanOrEqual(20);
    expect(guide).toContain(`the last restart carries out ${without.toLocaleString('en-US')} entries again`);
    expect(guide).toContain(
      `no restart carries out more than ${compactionOf(32).replayedMost}, which is ${factor(32)} times less; with one in 128 it is ${factor(128)} times less`,
    );
    expect(guide).toContain(`${compactionOf(0).committed.toLocaleString('en-US')} entries each`);
    expect(guide).toContain(`restarts ${COMPACTION.restarts} times, ${COMPACTION.awayMs} ms each time`);
    const slowestUs = Math.max(...SNAPSHOT_EVERY.map((every) => compactionOf(every).catchUpUsMost));
    expect(guide).toContain(`over within ${Math.ceil(slowestUs / 1000)} ms, with snapshots and without`);
  });
});

test('figure 3: write 5 at index 7 and again at index 10, and a read returns what had been overwritten', () => {
  const [keys, sessions] = ['keys', 'sessions'].map((variant) => runOf('raft-snapshot-sessions', variant)) as [
    Run,
    Run,
  ];
  const twice = keys.verdicts.find(({ id }) => id === 'exactly-once')!.verdict;
  expect(twice).toMatchObject({ status: 'violated', witness: { operations: [5] } });
  expect(twice.sentence).toMatch(/at index 7 .* at index 10/);
  const { operations } = keys.record;
  expect([operations[7]!.client, operations[10]!.client]).toEqual(['b', 'b']);
  expect(operations[10]!.output).toBe(operations[5]!.input);
  expect([status(keys, 'linearizable'), status(keys, 'no-lost-acknowledged-write')]).toEqual(['violated', 'ok']);
  expect(sessions.record.operations[10]!.output).toBe(operations[7]!.input);
});

test('the challenge: a crash of 40 ms at 2,100 ms needs a snapshot, one at 2,000 ms does not', () => {
  const scenario = scenarios.find(({ id }) => id === 'raft-compaction')!;
  const installedBy = (atUs: number) => {
    const faults: Fault[] = [{ id: 'x', action: { do: 'crash', target: 'r2' }, when: { atUs }, forUs: 40_000 }];
    const resolved = resolveRun({ model: scenario.model, scenario, variant: 'often', faults });
    if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems));
    const { notes } = execute({ ...resolved.input, history: false }).record;
    const taken = notes.find(
      ({ name, host, atUs: at }) => name === 'snapshot.taken' && host === 'r1' && at > 2_000_000,
    );
    return { installed: notes.filter(({ name }) => name === 'snapshot.installed').length, takenUs: taken!.atUs };
  };
  const solved = installedBy(2_100_000);
  expect(solved.installed).toBe(1);
  expect(guide).toContain(`r1 takes its snapshot at ${ms(solved.takenUs)} ms`);
  expect(installedBy(2_000_000).installed).toBe(0);
});
