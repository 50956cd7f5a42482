import { describe, expect, test } from 'vitest';
import { agesIn, agesOf, lookOf } from '../../../simulations/export/picture/ages.ts';
import { runIndex } from '../../../simulations/export/picture/run-index.ts';
import { strataInPieces, strataOf } from '../../../simulations/export/picture/strata.ts';
import type { Run } from '../../../simulations/run/execute.ts';
import { focus, runToy } from './toy-model.ts';

const writes = [
  { f: 'write', to: 'r1', atUs: 20_000, value: 1 },
  { f: 'write', to: 'r1', atUs: 100_000, value: 2 },
] as const;

function layers(run: Run, host: string) {
  const at = runIndex(run).hosts.findIndex(({ id }) => id === host);
  return strataOf(run, focus)[at]!.map(({ version, fromUs, untilUs }) => [version.label, fromUs, untilUs]);
}

describe('strata', () => {
  test('a stratum begins when the write is on disk, not when it arrives (10 ms link, 2 ms disk)', () => {
    const run = runToy({ a: writes });
    expect(layers(run, 'r1')).toEqual([
      ['v1', 32_000, 112_000],
      ['v2', 112_000, 300_000],
    ]);
    expect(layers(run, 'r2')).toEqual([]);
  });

  test('a crash before the disk is done keeps the old version, and the band is torn while the host is down', () => {
    const run = runToy({ a: writes }, [
      { id: 'c', action: { do: 'crash', target: 'r1' }, when: { atUs: 111_000 }, forUs: 50_000 },
    ]);
    expect(layers(run, 'r1')).toEqual([
      ['v1', 32_000, 111_000],
      ['v1', 161_000, 300_000],
    ]);
  });

  test('a restore puts back the disk as it was at the backup; at 0 it is empty', () => {
    const restore = (backupAtUs: number) =>
      runToy({ a: writes }, [
        { id: 'r', action: { do: 'restore', target: 'r1', backupAtUs }, when: { atUs: 200_000 }, forUs: 20_000 },
      ]);
    expect(layers(restore(50_000), 'r1').at(-1)).toEqual(['v1', 220_000, 300_000]);
    expect(layers(restore(0), 'r1').at(-1)).toEqual(['v2', 112_000, 200_000]);
  });

  test('a write that ends during a pause (of 100 ms) lays its band when the process learns of it', () => {
    const run = runToy({ a: writes }, [
      { id: 'p', action: { do: 'pause', target: 'r1' }, when: { atUs: 111_000 }, forUs: 100_000 },
    ]);
    expect(layers(run, 'r1')).toEqual([
      ['v1', 32_000, 211_000],
      ['v2', 211_000, 300_000],
    ]);
  });

  test('strata found in pieces for two foci are those found one by one, though the run is looked at in between', () => {
    const other = { ...focus, key: 'other' };
    const [pieces, whole] = [runToy({ a: writes }), runToy({ a: writes })];
    for (const _share of strataInPieces(pieces, [focus, other])) pieces.timeline!.worldAt(5);
    for (const one of [focus, other]) expect(strataOf(pieces, one)).toEqual(strataOf(whole, one));
  });

  test('finding the strata leaves the timeline where it stood (step 3)', () => {
    const run = runToy({ a: writes });
    const world = run.timeline!.worldAt(3);
    strataOf(run, focus);
    expect(world.step).toBe(3);
  });

  test('the newest version in view is new, the one before it previous, all others old, a tombstone hollow', () => {
    const ages = agesOf([{ rank: 3 }, { rank: 7 }, { rank: 7 }, { rank: 5 }]);
    expect([7, 5, 3].map((rank) => ages({ rank }))).toEqual(['new', 'prev', 'old']);
    expect(lookOf(ages, { rank: 7, deleted: true })).toBe('gone');
    const run = runToy({ a: writes });
    expect(agesIn(run, focus, 0, 90_000)({ rank: 1 })).toBe('new');
    expect(agesIn(run, focus, 0, 130_000)({ rank: 1 })).toBe('prev');
  });
});
