import { describe, expect, test } from 'vitest';
import { type RingLayout, ringLayout, STAGE } from '../../../simulations/export/picture/ring.ts';
import { stageCuts } from '../../../simulations/export/picture/stage-cuts.ts';
import { placeOf, rimPart, tearOf } from '../../../simulations/export/picture/tear.ts';
import type { ActiveFault } from '../../../simulations/kernel/faults.ts';

const ids = ['a', 'r1', 'r2', 'r3', 'r4', 'r5', 'b'];
const hosts = ids.map((id) => ({ shape: id.startsWith('r') ? 'replica' : 'client' }) as const);
const layout: RingLayout = ringLayout(hosts, []);
const every = new Set(ids.flatMap((_, a) => ids.flatMap((__, b) => (a === b ? [] : [a * ids.length + b]))));
const indexes = (sides: readonly (readonly string[])[]) => sides.map((side) => side.map((id) => ids.indexOf(id)));
const cut = (sides: readonly (readonly string[])[], oneWay = false, id = 'c'): ActiveFault => ({
  fault: { id, action: { do: 'cut', sides, oneWay }, when: { atUs: 400_000 } },
  sinceUs: 400_000,
  sides,
});
const stage = { layout, hosts: ids, links: every };

describe('a cut as a tear', () => {
  test.each([
    [
      2,
      [
        ['a', 'r1', 'r2'],
        ['r3', 'r4', 'r5', 'b'],
      ],
    ],
    // An arc that passes the end of the ring.
    [
      2,
      [
        ['r5', 'r1', 'r2'],
        ['r3', 'r4'],
      ],
    ],
    [
      3,
      [
        ['r1', 'a'],
        ['r2', 'r3'],
        ['r4', 'r5', 'b'],
      ],
    ],
    [5, [['r1'], ['r2'], ['r3'], ['r4'], ['r5']]],
  ])('with %i sides slides that many pieces apart, each with its hosts', (count, sides) => {
    const tear = tearOf(layout, { id: 'c', sides: indexes(sides), oneWay: false })!;
    expect(tear.pieces).toHaveLength(count);
    expect(tear.apart).toBe(true);
    for (const [side, members] of sides.entries()) {
      for (const id of members) expect(tear.side[ids.indexOf(id)]).toBe(side);
    }
    const shifts = tear.pieces.map(({ shift }) => shift);
    for (const [at, [dx, dy]] of shifts.entries()) {
      for (const [ex, ey] of shifts.slice(at + 1)) expect(Math.hypot(dx - ex, dy - ey)).toBeGreaterThan(5);
    }
  });

  test('loses a message between any two of three pieces at the edge of its own, on the way and not at a host', () => {
    const sides = indexes([['r1'], ['r2', 'r3'], ['r4', 'r5']]);
    const tear = tearOf(layout, { id: 'c', sides, oneWay: false })!;
    for (const from of layout.ring) {
      for (const to of layout.ring) {
        const part = rimPart(
          [placeOf(layout, tear, from), placeOf(layout, tear, to)],
          tear.pieces[tear.side[from]!]!.rims,
        );
        if (tear.side[from] === tear.side[to]) continue;
        expect(part, `${ids[from]} to ${ids[to]}`).toBeGreaterThan(0);
        expect(part).toBeLessThan(1);
      }
    }
  });

  test('one way slides nothing: the line has barbs, and only what the first side sends stops at it', () => {
    const tear = tearOf(layout, {
      id: 'c',
      sides: indexes([
        ['r1', 'r2'],
        ['r3', 'r4', 'r5'],
      ]),
      oneWay: true,
    })!;
    expect(tear.apart).toBe(false);
    expect(tear.barbs).toMatch(/^M/);
    expect(tear.pieces.map(({ shift }) => shift)).toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect(tear.pieces.map(({ rims }) => rims.length)).toEqual([1, 0]);
  });

  test.each([
    ['leaves a replica alone', [['r1'], ['r2']], false],
    ['has sides that are no arcs', [['r1', 'r3'], ['r2', 'r4'], ['r5']], false],
    ['goes one way from a client', [['a'], ['r1', 'r2', 'r3', 'r4', 'r5']], true],
  ])('is no tear when the cut %s', (_, sides, oneWay) => {
    expect(tearOf(layout, { id: 'c', sides: indexes(sides), oneWay })).toBeUndefined();
  });
});

describe('the cuts in force', () => {
  const strokes = (path: string) => path.split('M').length - 1;

  test('that cannot tear the picture put two bars across each of their links, one with barbs when they go one way', () => {
    expect(strokes(stageCuts(stage, [cut([['r1'], ['r2']])]).bars)).toBe(2);
    expect(strokes(stageCuts(stage, [cut([['r1'], ['r2']], true)]).bars)).toBe(3);
    expect(strokes(stageCuts(stage, [cut([['a'], ['r1', 'r2']])]).bars)).toBe(4);
  });

  test('beside a tear only mark what the tear does not say', () => {
    const torn = cut(
      [
        ['r1', 'r2'],
        ['r3', 'r4', 'r5'],
      ],
      false,
      'torn',
    );
    const { tear, bars, note, torn: shown } = stageCuts(stage, [torn, cut([['r1'], ['r2']]), cut([['r2'], ['r3']])]);
    expect(tear?.pieces).toHaveLength(2);
    expect(shown?.fault.id).toBe('torn');
    expect(strokes(bars)).toBe(2);
    expect(note?.text).toBe('cut at 400 ms');
  });

  test('never mark a link that nobody uses', () => {
    expect(stageCuts({ ...stage, links: new Set() }, [cut([['r1'], ['r2']])]).bars).toBe('');
  });

  test('name one-way cuts as such, inside the picture', () => {
    const { note } = stageCuts(stage, [
      cut(
        [
          ['r1', 'r2'],
          ['r3', 'r4', 'r5'],
        ],
        true,
      ),
    ]);
    expect(note?.text).toBe('cut at 400 ms, one way');
    expect(note!.at[0]).toBeLessThan(STAGE.width);
  });
});
