import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gifWriter } from '../../../app/_embed/gif/gif.ts';
import { packLzw } from '../../../app/_embed/gif/lzw.ts';
import { paletteOf, UNCHANGED } from '../../../app/_embed/gif/palette.ts';

/** A reader of GIF's LZW, written from the specification: 256 clears, 257 ends. */
function unpackLzw(data: Uint8Array): Uint8Array {
  const out: number[] = [];
  let table: number[][] = [];
  let [at, bits] = [0, 9];
  let before: number[] | undefined;
  const clear = () => {
    table = Array.from({ length: 258 }, (_, byte) => [byte]);
    [bits, before] = [9, undefined];
  };
  const read = () => {
    let code = 0;
    for (let bit = 0; bit < bits; bit++, at++) code |= ((data[at >> 3]! >> (at & 7)) & 1) << bit;
    return code;
  };
  clear();
  for (;;) {
    if (at + bits > data.length * 8) throw new Error('the data end without an end code');
    const code = read();
    if (code === 257) return Uint8Array.from(out);
    if (code === 256) {
      clear();
      continue;
    }
    const entry = code < table.length ? table[code]! : [...before!, before![0]!];
    out.push(...entry);
    if (before !== undefined && table.length < 4096) table.push([...before, entry[0]!]);
    before = entry;
    if (table.length === 1 << bits && bits < 12) bits++;
  }
}

describe('LZW', () => {
  test('unpacks to what was packed, for any indices', () => {
    const flat = fc.array(fc.tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 1, max: 90 })), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 3000 }), flat.map(spread)), (indices) => {
        expect([...unpackLzw(packLzw(indices))]).toEqual([...indices]);
      }),
    );
  });

  test('starts over when all 4,096 codes are taken (100,000 indices without a pattern)', () => {
    let state = 7;
    const indices = Uint8Array.from({ length: 100_000 }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state >>> 24;
    });
    expect(Buffer.from(unpackLzw(packLzw(indices))).equals(Buffer.from(indices))).toBe(true);
  });
});

function spread(runs: readonly (readonly [number, number])[]): Uint8Array {
  return Uint8Array.from(runs.flatMap(([index, length]) => Array.from({ length }, () => index)));
}

/** A picture of one colour with a square of another, RGBA. */
function picture(width: number, height: number, square: { x: number; y: number; size: number }): Uint8ClampedArray {
  const pixels = new Uint8ClampedArray(width * height * 4);
  for (let at = 0; at < width * height; at++) {
    const [x, y] = [at % width, Math.floor(at / width)];
    const inside = x >= square.x && x < square.x + square.size && y >= square.y && y < square.y + square.size;
    pixels.set(inside ? [35, 112, 180, 255] : [255, 255, 255, 255], at * 4);
  }
  return pixels;
}

/** The pictures of a GIF as it stands after each, as palette positions; with the rectangle of each and its delay. */
function play(file: Uint8Array) {
  const u16 = (at: number) => file[at]! | (file[at + 1]! << 8);
  const [width, height] = [u16(6), u16(8)];
  const screen = new Uint8Array(width * height);
  const pictures: { indices: Uint8Array; box: readonly number[]; delayCs: number }[] = [];
  let [at, delayCs] = [13 + 768, 0];
  while (file[at] !== 0x3b) {
    if (file[at] === 0x21) {
      if (file[at + 1] === 0xf9) delayCs = u16(at + 4);
      at += 2;
    } else {
      const box = [u16(at + 1), u16(at + 3), u16(at + 5), u16(at + 7)] as const;
      at += 11;
      const data: number[] = [];
      for (; file[at] !== 0; at += file[at]! + 1) data.push(...file.subarray(at + 1, at + 1 + file[at]!));
      unpackLzw(Uint8Array.from(data)).forEach((index, place) => {
        if (index === UNCHANGED) return;
        screen[(box[1] + Math.floor(place / box[2])) * width + box[0] + (place % box[2])] = index;
      });
      pictures.push({ indices: screen.slice(), box, delayCs });
      at++;
      continue;
    }
    for (; file[at] !== 0; at += file[at]! + 1);
    at++;
  }
  return { width, height, pictures };
}

test('a GIF plays the pictures that were added, and keeps only what changed of each', () => {
  const [width, height] = [40, 30];
  const squares = [
    { x: 2, y: 3, size: 5 },
    { x: 4, y: 3, size: 5 },
    { x: 4, y: 3, size: 5 },
  ];
  const frames = squares.map((square) => picture(width, height, square));
  const palette = paletteOf(frames);
  const writer = gifWriter({ width, height, palette });
  frames.forEach((frame, at) => {
    writer.add(frame, at === 2 ? 200 : 8);
  });
  const file = writer.bytes();
  expect(Buffer.from(file.subarray(0, 6)).toString()).toBe('GIF89a');
  const { pictures, ...size } = play(file);
  expect(size).toEqual({ width, height });
  expect(pictures.map(({ delayCs }) => delayCs)).toEqual([8, 8, 200]);
  expect(pictures.map(({ box }) => box)).toEqual([
    [0, 0, 40, 30],
    [2, 3, 7, 5],
    [0, 0, 1, 1],
  ]);
  pictures.forEach(({ indices }, at) => {
    const colours = [...indices].map((index) => [...palette.colours.subarray(index * 3, index * 3 + 3)].join());
    const wanted = Array.from({ length: width * height }, (_, place) =>
      [...frames[at]!.subarray(place * 4, place * 4 + 3)].join(),
    );
    expect(colours).toEqual(wanted);
  });
});

test('a palette keeps the colours that are most of a picture exactly, and takes the nearest for the rest', () => {
  const pixels = new Uint8ClampedArray(4 * 600);
  // 300 colours, the first two on half of all pixels.
  for (let at = 0; at < 600; at++) {
    const colour = at % 2 === 0 ? (at % 4 === 0 ? [179, 48, 0] : [0, 106, 90]) : [(at * 8) % 256, (at >> 5) * 8, 128];
    pixels.set([...colour, 255], at * 4);
  }
  const { colours, nearest } = paletteOf([pixels]);
  const at = (index: number) => [...colours.subarray(index * 3, index * 3 + 3)];
  expect(at(nearest(179, 48, 0))).toEqual([179, 48, 0]);
  expect(at(nearest(0, 106, 90))).toEqual([0, 106, 90]);
  expect(at(nearest(176, 50, 3))).toEqual([179, 48, 0]);
  for (let red = 0; red < 256; red += 5) expect(nearest(red, 255 - red, 40)).toBeLessThan(UNCHANGED);
});
