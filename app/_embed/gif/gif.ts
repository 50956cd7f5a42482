import { packLzw } from './lzw.ts';
import { type Palette, UNCHANGED } from './palette.ts';

export interface GifOptions {
  /** In px, at most 65,535. */
  readonly width: number;
  readonly height: number;
  readonly palette: Palette;
}

/** Writes an animated GIF 89a that repeats for ever. Of each picture only the rectangle that differs from the one before is kept. */
export interface GifWriter {
  /** Adds a picture (RGBA, `width` by `height`), shown for so many hundredths of a second. */
  add(pixels: Uint8ClampedArray, delayCs: number): void;
  /** The whole file. */
  bytes(): Uint8Array;
}

export function gifWriter({ width, height, palette }: GifOptions): GifWriter {
  const parts: Uint8Array[] = [headOf(width, height, palette)];
  let before: Uint8Array | undefined;
  return {
    add: (pixels, delayCs) => {
      const indices = new Uint8Array(width * height);
      for (let at = 0; at < indices.length; at++)
        indices[at] = palette.nearest(pixels[at * 4]!, pixels[at * 4 + 1]!, pixels[at * 4 + 2]!);
      const box = before === undefined ? { x: 0, y: 0, width, height } : changed(before, indices, width);
      parts.push(frameOf(cutOut(indices, before, box, width), box, delayCs));
      before = indices;
    },
    bytes: () => joined([...parts, Uint8Array.of(0x3b)]),
  };
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The smallest rectangle that holds every difference; one pixel when there is none. */
function changed(before: Uint8Array, now: Uint8Array, width: number): Box {
  let [left, right, top, bottom] = [width, -1, Infinity, -1];
  for (let at = 0; at < now.length; at++) {
    if (now[at] === before[at]) continue;
    const [x, y] = [at % width, Math.floor(at / width)];
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = y;
  }
  if (right < 0) return { x: 0, y: 0, width: 1, height: 1 };
  return { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/** The indices of a rectangle; what is as before becomes one long run, which packs well. */
function cutOut(now: Uint8Array, before: Uint8Array | undefined, box: Box, width: number): Uint8Array {
  const cut = new Uint8Array(box.width * box.height);
  for (let y = 0; y < box.height; y++) {
    for (let x = 0; x < box.width; x++) {
      const at = (box.y + y) * width + box.x + x;
      cut[y * box.width + x] = now[at] === before?.[at] ? UNCHANGED : now[at]!;
    }
  }
  return cut;
}

function headOf(width: number, height: number, { colours }: Palette): Uint8Array {
  const signature = [...'GIF89a'].map((letter) => letter.charCodeAt(0));
  // A table of 256 colours for all pictures, eight bits a channel.
  const screen = [...u16(width), ...u16(height), 0xf7, 0, 0];
  const repeat = [0x21, 0xff, 11, ...[...'NETSCAPE2.0'].map((letter) => letter.charCodeAt(0)), 3, 1, 0, 0, 0];
  return Uint8Array.of(...signature, ...screen, ...colours, ...repeat);
}

function frameOf(indices: Uint8Array, box: Box, delayCs: number): Uint8Array {
  // Left in place when the next picture comes; one position is transparent.
  const control = [0x21, 0xf9, 4, 0b101, ...u16(delayCs), UNCHANGED, 0];
  const descriptor = [0x2c, ...u16(box.x), ...u16(box.y), ...u16(box.width), ...u16(box.height), 0];
  return joined([Uint8Array.of(...control, ...descriptor, 8), inBlocks(packLzw(indices))]);
}

/** Data in blocks of at most 255 bytes, each behind its length; an empty one ends them. */
function inBlocks(data: Uint8Array): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (let at = 0; at < data.length; at += 255) {
    const block = data.subarray(at, at + 255);
    blocks.push(Uint8Array.of(block.length), block);
  }
  return joined([...blocks, Uint8Array.of(0)]);
}

function u16(value: number): readonly [number, number] {
  return [value & 0xff, value >> 8];
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
