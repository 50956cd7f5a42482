import { describe, expect, test } from 'vitest';
import { makeFrame } from '../../../app/_stage/layout/frame.ts';
import { foldedAs, movedTo, orderOf, shownAs } from '../../../app/lab/_lab/panes/lane-list.ts';
import { type LaneView, laneGroups, PLAIN_LANES } from '../../../simulations/export/picture/lane-view.ts';
import { lanesOf, laneY } from '../../../simulations/export/picture/lanes.ts';
import { messagePaths } from '../../../simulations/export/picture/message-paths.ts';
import { focus, runToy } from './toy-model.ts';

const run = runToy({ a: [{ f: 'write', to: 'r1', atUs: 20_000, value: 1 }], b: [] });
const idsOf = (view: LaneView) => lanesOf(run, 'lab', 0, view).lanes.map(({ id }) => id);

describe('lanes of a view', () => {
  test('hosts of one role are a group; one alone is none', () => {
    expect(laneGroups(run)).toEqual([
      { id: 'client', hosts: ['a', 'b'] },
      { id: 'replica', hosts: ['r1', 'r2', 'r3'] },
    ]);
  });

  test('a lane can be moved, hidden and folded with those of its role, in any combination', () => {
    expect(idsOf(PLAIN_LANES)).toEqual(['a', 'r1', 'r2', 'r3', 'b']);
    const moved = movedTo(run, PLAIN_LANES, 'b', 0);
    expect(idsOf(moved)).toEqual(['b', 'a', 'r1', 'r2', 'r3']);
    const hidden = shownAs(run, moved, 'r2', false);
    expect(idsOf(hidden)).toEqual(['b', 'a', 'r1', 'r3']);
    expect(orderOf(run, hidden)).toEqual(['b', 'a', 'r1', 'r2', 'r3']);
    expect(idsOf(foldedAs(hidden, 'replica', true))).toEqual(['b', 'a', 'r1-r3']);
    expect(idsOf(foldedAs(foldedAs(hidden, 'replica', true), 'replica', false))).toEqual(idsOf(hidden));
  });

  test('the last lane in view cannot be hidden', () => {
    const view = ['a', 'b', 'r1', 'r2', 'r3'].reduce((before, id) => shownAs(run, before, id, false), PLAIN_LANES);
    expect(idsOf(view)).toEqual(['r3']);
  });

  test('hosts of a folded lane stand one under the other within its pitch', () => {
    const lanes = lanesOf(run, 'lab', 0, foldedAs(PLAIN_LANES, 'replica', true));
    const hosts = lanes.lanes.find(({ id }) => id === 'r1-r3')!.hosts;
    const ys = hosts.map((host) => laneY(lanes, host, 0, (us) => us));
    expect(ys).toEqual([...ys].sort((a, b) => a - b));
    expect(new Set(ys).size).toBe(3);
    expect(ys.at(-1)! - ys[0]!).toBeLessThan(lanes.pitch);
  });

  test('messages of a hidden host, and those within a folded lane, are no arrows', () => {
    const arrows = (lanes: LaneView) =>
      messagePaths(
        makeFrame({
          run,
          focus,
          size: 'lab',
          fromUs: 0,
          untilUs: 300_000,
          width: 836,
          selectedStep: undefined,
          witness: undefined,
          lanes,
          id: 't',
        }),
      ).count;
    expect(arrows(PLAIN_LANES)).toBe(2);
    expect(arrows({ ...PLAIN_LANES, folded: ['replica'] })).toBe(2);
    expect(arrows({ ...PLAIN_LANES, hidden: ['r1'] })).toBe(0);
  });

  test('lanes move together until they fit, and no closer than 24 px; with room enough they stand as they like', () => {
    const plain = lanesOf(run, 'lab', 0);
    const tight = lanesOf(run, 'lab', 0, PLAIN_LANES, plain.bottom - 40);
    expect(tight.pitch).toBeLessThan(plain.pitch);
    expect(tight.bottom).toBeLessThanOrEqual(plain.bottom - 40 + 2);
    expect(lanesOf(run, 'lab', 0, PLAIN_LANES, 10).pitch).toBe(24);
    expect(lanesOf(run, 'lab', 0, PLAIN_LANES, plain.bottom)).toEqual(plain);
  });
});
