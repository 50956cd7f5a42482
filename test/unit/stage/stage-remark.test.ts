import { describe, expect, test } from 'vitest';
import { ringLayout, STAGE } from '../../../simulations/export/picture/ring.ts';
import { remarkPlace } from '../../../simulations/export/picture/stage-remark.ts';
import { wordPx } from '../../../simulations/export/picture/strata-paths.ts';

const REMARK = 'us, follower, term 12';
const CLIENT = STAGE.client / 2;

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const meet = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

function boxOf({ x, y, anchor }: ReturnType<typeof remarkPlace>): Box {
  const width = wordPx(REMARK);
  const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
  return { left, right: left + width, top: y - 9, bottom: y + 3 };
}

describe.each([3, 5, 7])('around a ring of %i', (replicas) => {
  const hosts = [
    ...Array.from({ length: replicas }, () => ({ shape: 'replica' as const })),
    ...Array.from({ length: 4 }, () => ({ shape: 'client' as const })),
  ];
  const { at, outward } = ringLayout(hosts, []);
  const remarks = at.slice(0, replicas).map((place, host) => {
    const right = outward[host]![0] >= -0.05;
    const low = outward[host]![1] < -0.6 ? 2 : outward[host]![1] < 0.35 && !right ? -24 : 19;
    return {
      place,
      outward: outward[host]!,
      box: boxOf(remarkPlace(REMARK, { at: place, outward: outward[host]!, right, lineY: place[1] + low })),
    };
  });

  test('remarks stay within the picture and off their own host', () => {
    for (const { place, box } of remarks) {
      expect(box.left).toBeGreaterThanOrEqual(0);
      expect(box.right).toBeLessThanOrEqual(STAGE.width);
      expect(box.bottom).toBeLessThanOrEqual(STAGE.height);
      const [x, y] = place;
      expect(meet(box, { left: x - 12, right: x + 12, top: y - 12, bottom: y + 12 })).toBe(false);
    }
  });

  test('those of the lowest hosts keep clear of the clients', () => {
    const low = remarks.filter((remark) => remark.outward[1] > 0.75);
    expect(low.length).toBeGreaterThan(0);
    for (const { box } of low)
      for (const [x, y] of at.slice(replicas))
        expect(meet(box, { left: x - CLIENT, right: x + CLIENT, top: y - CLIENT, bottom: y + CLIENT })).toBe(false);
  });
});
