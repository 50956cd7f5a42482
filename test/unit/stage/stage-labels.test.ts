import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StagePacket } from '../../../simulations/export/picture/packets.ts';
import { ringLayout, STAGE } from '../../../simulations/export/picture/ring.ts';
import { runIndex } from '../../../simulations/export/picture/run-index.ts';
import { placeWords } from '../../../simulations/export/picture/stage-labels.ts';
import { placePackets } from '../../../simulations/export/picture/stage-packets.ts';
import { wordPx } from '../../../simulations/export/picture/strata-paths.ts';
import { runOf } from '../../helpers/scenarios.ts';

const word = (key: string, at: readonly [number, number], needed = false) => ({ key, at, text: 'v5', needed });

describe('words beside messages', () => {
  test('stand to the right of their glyph, or to the left where a host is in the way', () => {
    const at = [200, 100] as const;
    expect(placeWords([word('m', at)], { glyphs: [at], hosts: [] })[0]).toMatchObject({
      at: [209, 103.6],
      anchor: 'start',
    });
    const blocked = placeWords([word('m', at)], { glyphs: [at], hosts: [[225, 100]] });
    expect(blocked[0]).toMatchObject({ at: [191, 103.6], anchor: 'end' });
  });

  test('are left out without room, unless they are needed', () => {
    const at = [200, 100] as const;
    const hosts = [180, 220].flatMap((x) => [85, 100, 115].map((y) => [x, y] as const));
    expect(placeWords([word('m', at)], { glyphs: [at], hosts })).toEqual([]);
    expect(placeWords([word('m', at, true)], { glyphs: [at], hosts })).toHaveLength(1);
  });

  test('never cover each other and stay on the stage (up to 60 messages)', () => {
    const point = fc.tuple(fc.integer({ min: 0, max: STAGE.width }), fc.integer({ min: 0, max: STAGE.height }));
    fc.assert(
      fc.property(fc.array(point, { maxLength: 60 }), (points) => {
        const placed = placeWords(
          points.map((at, index) => word(String(index), at)),
          { glyphs: points, hosts: [] },
        );
        const boxes = placed.map(({ at: [x, y], anchor, text }) => {
          const left = anchor === 'start' ? x : x - wordPx(text);
          return { left, right: left + wordPx(text), top: y - 8.6, bottom: y + 1.4 };
        });
        for (const [index, a] of boxes.entries()) {
          expect(a.left).toBeGreaterThanOrEqual(0);
          expect(a.right).toBeLessThanOrEqual(STAGE.width);
          for (const b of boxes.slice(index + 1)) {
            // Rounded to a tenth, neighbours may touch.
            const meet =
              a.left + 0.2 < b.right && b.left + 0.2 < a.right && a.top + 0.2 < b.bottom && b.top + 0.2 < a.bottom;
            expect(meet).toBe(false);
          }
        }
      }),
    );
  });
});

test('of messages held at one place one says so, the one that carries something', () => {
  const run = runOf('zab-stale-read', 'local');
  const { hosts } = runIndex(run);
  const layout = ringLayout(hosts, []);
  const packet = { from: 0, to: 1, type: '', part: 0.5, over: false, held: true, duplicate: false, lostAt: undefined };
  const wordsAt = (others: readonly Partial<StagePacket>[]) => {
    const packets = others.map((other, at) => ({ ...packet, key: String(at), label: undefined, ...other }));
    return placePackets({ run, packets, tear: undefined, place: (host) => layout.at[host]! }).words.map(
      ({ text }) => text,
    );
  };
  expect(wordsAt([{}, { label: 'v2' }])).toEqual(['v2 held']);
  expect(wordsAt([{}, {}, {}])).toEqual(['held']);
  expect(wordsAt([{}, { part: 0.2 }])).toEqual(['held', 'held']);
  expect(wordsAt([{ label: 'v1' }, { label: 'v2' }])).toEqual(['v1 held', 'v2 held']);
});
