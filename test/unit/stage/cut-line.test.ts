import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutLine, nearestLink } from '../../../app/_stage/layout/cut-line.ts';
import type { Point } from '../../../simulations/index.ts';

const hosts = ['n1', 'n2', 'n3', 'n4'];
/** A square: n1 and n2 on the left, n3 and n4 on the right. */
const corners: readonly Point[] = [
  [0, 0],
  [0, 100],
  [100, 0],
  [100, 100],
];
const every = new Set(hosts.flatMap((_, a) => hosts.flatMap((__, b) => (a === b ? [] : [a * 4 + b]))));
const ground = { hosts, links: every, place: (host: number) => corners[host]! };

describe('a stroke', () => {
  test('through the middle parts the cluster; the side to its left comes first', () => {
    expect(cutLine(ground, [50, 120], [50, -20])).toMatchObject({
      sides: [
        ['n1', 'n2'],
        ['n3', 'n4'],
      ],
      whole: true,
    });
    expect(cutLine(ground, [50, -20], [50, 120])!.sides[0]).toEqual(['n3', 'n4']);
  });

  test('across one link cuts its two hosts from each other and leaves the others alone', () => {
    const cut = cutLine(ground, [50, -10], [50, 10])!;
    expect(cut).toEqual({ sides: [['n3'], ['n1']], cut: [[0, 2]], whole: false });
  });

  test('across no link cuts nothing', () => {
    expect(cutLine(ground, [-50, -50], [-20, 150])).toBeUndefined();
    expect(cutLine({ ...ground, links: new Set() }, [50, 120], [50, -20])).toBeUndefined();
  });

  const point = fc.tuple(fc.integer({ min: -30, max: 130 }), fc.integer({ min: -30, max: 130 }));
  test('never has a host on both sides or an empty side, and cuts only links between its sides', () => {
    fc.assert(
      fc.property(point, point, (from, to) => {
        const cut = cutLine(ground, from, to);
        if (cut === undefined) return;
        const [left, right] = cut.sides;
        expect(left.length).toBeGreaterThan(0);
        expect(right.length).toBeGreaterThan(0);
        expect(left.filter((host) => right.includes(host))).toEqual([]);
        if (cut.whole) expect(left.length + right.length).toBe(hosts.length);
        for (const [a, b] of cut.cut) expect(left.includes(hosts[a]!)).not.toBe(left.includes(hosts[b]!));
      }),
    );
  });

  test('drawn the other way has the same sides, exchanged', () => {
    // Points on a line between hosts lie on neither side.
    const odd = fc
      .tuple(fc.integer({ min: -30, max: 130 }), fc.integer({ min: -30, max: 130 }))
      .map(([x, y]): Point => [x + 0.37, y + 0.61]);
    fc.assert(
      fc.property(odd, odd, (from, to) => {
        fc.pre(from[0] !== to[0] || from[1] !== to[1]);
        const [there, back] = [cutLine(ground, from, to), cutLine(ground, to, from)];
        expect(back?.sides.toReversed()).toEqual(there?.sides);
      }),
    );
  });
});

describe('a link under the pointer', () => {
  test('is found within 12 px, the nearer host first', () => {
    expect(nearestLink(ground, [30, 11])).toEqual(['n1', 'n3']);
    expect(nearestLink(ground, [70, 11])).toEqual(['n3', 'n1']);
    expect(nearestLink(ground, [50, 13])).toBeUndefined();
  });
});
