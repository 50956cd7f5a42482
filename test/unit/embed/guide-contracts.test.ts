import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { AFTER_MS, LAGS, lackingAt, longestAt, ROUND_TRIP_MS, ROUTES, readsBy } from '../../../app/_embed/contracts.ts';
import { durability, FAILOVER, PARTS } from '../../../app/_embed/durability.ts';
import { loadMeasured, rateIn } from '../../../app/_static/measured.ts';
import type { Operation, Run } from '../../../simulations/index.ts';
import { status } from '../../helpers/model-runs.ts';
import { runOf } from '../../helpers/scenarios.ts';

/** The guide as one line of text, without its line breaks. */
const guide = readFileSync('content/guides/explicit-consistency-contract.mdx', 'utf8').replaceAll(/\s+/g, ' ');

const lsn = ({ version }: Operation) => (version as { readonly lsn: number }).lsn;
const readAt = (run: Run, client: string, atUs: number) =>
  run.record.operations.find(({ f, client: by, invokedAt }) => f === 'read' && by === client && invokedAt === atUs)!;
const seconds = (us: number, digits: number) => (us / 1e6).toFixed(digits);

describe('guide to contracts: the profile page', () => {
  const none = runOf('profile-stale-read', 'unspecified');
  const session = runOf('profile-stale-read', 'session');
  const sticky = runOf('profile-stale-read', 'sticky');

  test('without a contract user a reads the old, the new and the old name, and b goes back to the old photo', () => {
    const names = [2_700_000, 2_850_000, 2_950_000].map((atUs) => lsn(readAt(none, 'a', atUs)));
    expect(names[0]).toBe(names[2]);
    expect(names[1]).toBeGreaterThan(names[0]!);
    const [photo, name, again] = [2_500_000, 2_780_000, 2_880_000].map((atUs) => lsn(readAt(none, 'b', atUs)));
    expect(name).toBeGreaterThan(photo!);
    expect(again).toBeLessThan(photo!);
    expect(guide).toContain('broken by b at 2.9 s, by a at 2.95 s');
  });

  test('with a token the same read waits for the lag', () => {
    const { invokedAt, completedAt } = readAt(session, 'a', 2_700_000);
    expect(guide).toContain(
      `answers at ${seconds(completedAt, 1)} s, ${seconds(completedAt - invokedAt, 1)} s later, with the new name`,
    );
    expect(lsn(readAt(session, 'a', 2_700_000))).toBe(4);
  });

  test('the verdicts of the table: not linearizable and converged in both runs, and only the token keeps the contract', () => {
    for (const run of [none, session]) {
      expect(status(run, 'linearizable')).toBe('violated');
      expect(status(run, 'convergence')).toBe('ok');
    }
    expect([none, session, sticky].map((run) => status(run, 'contract-kept'))).toEqual(['unknown', 'ok', 'violated']);
    expect(status(sticky, 'monotonic-reads')).toBe('ok');
    const three = [2_700_000, 2_850_000, 2_950_000].map((atUs) => lsn(readAt(sticky, 'a', atUs)));
    expect(new Set(three)).toEqual(new Set([1]));
  });

  test('the failover takes LSN 5: without a contract the next read is old, with a token it fails', () => {
    const [write] = none.record.operations.filter(({ f, invokedAt }) => f === 'write' && invokedAt === 5_480_000);
    expect(lsn(write!)).toBe(5);
    const crashUs = 5_520_000;
    expect(guide).toContain(`the leader crashes ${Math.round((crashUs - write!.completedAt) / 1000)} ms later`);
    expect(lsn(readAt(none, 'a', 6_500_000))).toBe(4);
    expect(readAt(session, 'a', 6_500_000).outcome).toBe('fail');
  });

  test('the bound beside the zeros is that of the recorded seeds', () => {
    const measured = loadMeasured('profile-stale-read')!;
    expect(measured.seeds).toBe(10_000);
    for (const [variant, property] of [
      ['session', 'read-your-writes'],
      ['session', 'monotonic-reads'],
      ['sticky', 'monotonic-reads'],
    ] as const) {
      const rate = rateIn(measured, variant, property)!;
      expect(rate.count, `${variant} ${property}`).toBe(0);
      expect(guide).toContain(`0 of 10,000 leaves at most ${Math.ceil(rate.high * 10_000)} in 10,000`);
    }
  });
});

describe('guide to contracts: what each route costs', () => {
  test.each(['any', 'sticky'] as const)(
    '%s: the share of reads that miss the own write is that of the lags alone',
    (route) => {
      for (const { ms, missed } of readsBy(route)) expect(missed, `${ms} ms`).toBeCloseTo(lackingAt(ms), 9);
    },
  );

  test.each(['leader', 'token'] as const)('%s: no read misses its own write or goes back', (route) => {
    for (const { missed, wentBack } of readsBy(route)) expect([missed, wentBack]).toEqual([0, 0]);
  });

  test('with a token the slowest read takes what is left of the lag, to within a round trip', () => {
    for (const { ms, slowestUs } of readsBy('token')) {
      expect(slowestUs / 1000).toBeLessThanOrEqual(longestAt(ms) + ROUND_TRIP_MS);
      expect(slowestUs / 1000).toBeGreaterThan(longestAt(ms) - 10);
    }
    expect(guide).toContain(`${seconds(readsBy('token')[0]!.slowestUs, 1)} s at worst`);
    expect(LAGS).toEqual({ nearMs: 50, farMs: 2000 });
  });

  test('reads anywhere go back in 1/3 × 2/3 of the pairs, always the same node in none', () => {
    const at = AFTER_MS.indexOf(300);
    expect(readsBy('any')[at]!.wentBack).toBeCloseTo(2 / 9, 9);
    for (const { wentBack } of readsBy('sticky')) expect(wentBack).toBe(0);
    expect(guide).toContain('that is 1/3 × 2/3');
  });

  test('without a wait every route has the same median', () => {
    const at = AFTER_MS.indexOf(300);
    for (const route of ROUTES) expect(Math.round(readsBy(route)[at]!.medianUs / 1000)).toBe(12);
  });
});

describe(`guide to contracts: what an acknowledgement promises (${FAILOVER.seeds} seeds)`, () => {
  const rows = durability();

  test.each(rows.map((row) => [row.when.name, row] as const))(
    '%s: latency and loss are what the parts add up to',
    (_, row) => {
      expect(Math.abs(row.commitP50Us / 1000 - row.when.commitMs)).toBeLessThan(1);
      expect(Math.abs(row.lost - row.when.lost)).toBeLessThan(0.6);
      if (row.when.lost === 0) expect(row.lost).toBe(0);
    },
  );

  test('the text says what the table shows, and the parts are those of the scenario', () => {
    const [async, degrading, semi, sync] = rows;
    expect(guide).toContain(
      `takes ${Math.round(semi!.commitP50Us / 1000)} ms instead of ${Math.round(async!.commitP50Us / 1000)}`,
    );
    expect(degrading!.lost).toBeGreaterThan(3);
    expect(sync!.answered).toBeLessThan(semi!.answered);
    expect(guide).toContain(`one write every ${PARTS.writeEveryMs} ms`);
    expect(guide).toContain(`The same crash on ${FAILOVER.seeds} seeds`);
  });
});
