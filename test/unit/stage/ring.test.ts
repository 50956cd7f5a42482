import { describe, expect, test } from 'vitest';
import type { Cut } from '../../../simulations/export/picture/lane-order.ts';
import { progress } from '../../../simulations/export/picture/packets.ts';
import { partingOf, ringLayout, STAGE } from '../../../simulations/export/picture/ring.ts';

const hosts = [
  { shape: 'client' },
  ...Array.from({ length: 5 }, () => ({ shape: 'replica' }) as const),
  { shape: 'client' },
] as const;
const cut: Cut = {
  id: 'c',
  sides: [
    [0, 1, 2],
    [3, 4, 5, 6],
  ],
  fromUs: 0,
  untilUs: 1,
  oneWay: false,
};

describe('ring', () => {
  test('five replicas stand on the ring, clients outside, at the bottom left and right', () => {
    const { at, ring } = ringLayout(hosts, [cut]);
    expect(ring).toEqual([1, 2, 3, 4, 5]);
    for (const host of ring) {
      expect(Math.hypot(at[host]![0] - STAGE.centre[0], at[host]![1] - STAGE.centre[1])).toBeCloseTo(STAGE.radius, 6);
    }
    expect([at[0], at[6]]).toEqual([
      [28, 282],
      [372, 282],
    ]);
  });

  test('the first side of a cut stands to the left, the line parts it from all others', () => {
    const layout = ringLayout(hosts, [cut]);
    const parting = partingOf(layout, cut.sides)!;
    expect(parting.side).toEqual([-1, -1, -1, 1, 1, 1, 1]);
    for (const [host, side] of parting.side.entries()) {
      const [x, y] = layout.at[host]!;
      const distance = (x - parting.from[0]) * parting.across[0] + (y - parting.from[1]) * parting.across[1];
      expect(Math.sign(distance)).toBe(side);
    }
    expect(parting.from[1]).toBeLessThan(parting.to[1]);
  });

  test('a side that is no arc of the ring cannot be torn off', () => {
    const layout = ringLayout(hosts, [cut]);
    expect(
      partingOf(layout, [
        [1, 3],
        [2, 4, 5],
      ]),
    ).toBeUndefined();
    expect(partingOf(layout, [[1, 2, 3, 4, 5]])).toBeUndefined();
  });

  test('two replicas can be parted, although the middle between them says no direction', () => {
    const two = [{ shape: 'replica' }, { shape: 'replica' }] as const;
    const layout = ringLayout(two, []);
    expect(partingOf(layout, [[0], [1]])!.side).toEqual([-1, 1]);
  });
});

describe('packets', () => {
  test('a held message flies half, waits, and flies the rest (10 ms flight, 18 ms held)', () => {
    const packet = { sentUs: 0, arrivesUs: 28_000, heldUs: 18_000 };
    expect([2500, 5000, 14_000, 23_000, 25_500, 28_000].map((us) => progress(packet, us))).toEqual([
      { part: 0.25, held: false },
      { part: 0.5, held: false },
      { part: 0.5, held: true },
      { part: 0.5, held: false },
      { part: 0.75, held: false },
      { part: 1, held: false },
    ]);
  });
});
