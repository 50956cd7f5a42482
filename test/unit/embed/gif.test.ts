import fc from 'fast-check';
import { decode, decodeFrames } from 'modern-gif';
import { describe, expect, test } from 'vitest';
import { gifWriter } from '../../../app/_embed/gif/gif.ts';

const [WIDTH, HEIGHT] = [40, 30];
const PAPER = [255, 255, 255] as const;
const INK = [35, 112, 180] as const;
const RED = [180, 35, 24] as const;
type Colour = readonly [red: number, green: number, blue: number];
type Square = { readonly x: number; readonly y: number; readonly size: number; readonly colour: Colour };

/** Squares on paper, RGBA. */
function picture(squares: readonly Square[]): Uint8ClampedArray {
  const pixels = new Uint8ClampedArray(WIDTH * HEIGHT * 4);
  for (let at = 0; at < WIDTH * HEIGHT; at++) {
    const [x, y] = [at % WIDTH, Math.floor(at / WIDTH)];
    const over = squares.findLast((one) => x >= one.x && x < one.x + one.size && y >= one.y && y < one.y + one.size);
    pixels.set([...(over?.colour ?? PAPER), 255], at * 4);
  }
  return pixels;
}

function write(pictures: readonly Uint8ClampedArray[], delaysCs: readonly number[], samples = pictures): Uint8Array {
  const writer = gifWriter({ width: WIDTH, height: HEIGHT, samples });
  pictures.forEach((pixels, at) => {
    writer.add(pixels, delaysCs[at]!);
  });
  return writer.finish();
}

/** What another program's reader sees of a file: the pictures as they stand on the screen. */
function seen(file: Uint8Array) {
  return decodeFrames(file.slice()).map(({ data, delay }) => ({ pixels: [...data], delay }));
}

const square = fc.record({
  x: fc.integer({ min: 0, max: WIDTH }),
  y: fc.integer({ min: 0, max: HEIGHT }),
  size: fc.integer({ min: 1, max: 12 }),
  colour: fc.constantFrom<Colour>(INK, RED, [0, 0, 0], PAPER),
});

describe('animated GIF, read by another decoder', () => {
  test('any pictures of up to four flat colours come back exactly, with their delays', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.array(square, { maxLength: 4 }), fc.integer({ min: 2, max: 300 })), {
          minLength: 1,
          maxLength: 6,
        }),
        (frames) => {
          const pictures = frames.map(([squares]) => picture(squares));
          const delays = frames.map(([, delayCs]) => delayCs);
          expect(seen(write(pictures, delays))).toEqual(
            pictures.map((pixels, at) => ({ pixels: [...pixels], delay: delays[at]! * 10 })),
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  test('it states its size and repeats for ever', () => {
    const gif = decode(write([picture([])], [8]).slice());
    expect([gif.version, gif.width, gif.height, gif.looped, gif.loopCount]).toEqual(['89a', WIDTH, HEIGHT, true, 0]);
  });

  test('a picture like the one before it takes less than 100 bytes, another one more than 150', () => {
    const busy = picture(Array.from({ length: 12 }, (_, at) => ({ x: at * 3, y: at * 2, size: 3, colour: INK })));
    const sizes = [1, 2].map((count) => write(Array(count).fill(busy), [8, 8]).length);
    const many = picture(
      Array.from({ length: 60 }, (_, at) => ({
        x: (at * 7) % 40,
        y: (at * 11) % 30,
        size: 2,
        colour: at % 2 ? INK : RED,
      })),
    );
    expect(sizes[1]! - sizes[0]!).toBeLessThan(100);
    expect(write([busy, many], [8, 8]).length - sizes[0]!).toBeGreaterThan(150);
  });

  test('of 400 colours the most frequent stays as it is and no other is off by more than 16 of 255', () => {
    const pixels = picture([]);
    for (let at = 0; at < 400; at++) pixels.set([(at * 37) % 256, (at * 11) % 256, at % 256, 255], at * 4);
    const [first] = seen(write([pixels], [8]));
    expect(first!.pixels.slice(-4)).toEqual([...PAPER, 255]);
    const off = first!.pixels.map((value, at) => Math.abs(value - pixels[at]!));
    expect(Math.max(...off)).toBeLessThanOrEqual(16);
    expect(Math.max(...off)).toBeGreaterThan(0);
  });
});
