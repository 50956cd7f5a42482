import { applyPalette, GIFEncoder, type GifColour, quantize } from 'gifenc';

/** GIF tables hold 256 colours: these, and one that is never drawn and stands for "as before". */
const COLOURS_MAX = 255;

export interface GifOptions {
  /** In px, at most 65,535. */
  readonly width: number;
  readonly height: number;
  /** Pictures (RGBA) from which the colours of all are taken. */
  readonly samples: readonly Uint8ClampedArray[];
}

/** Writes an animated GIF that repeats for ever, picture by picture: none is kept but the last. */
export interface GifWriter {
  /** Adds a picture (RGBA, `width` by `height`), shown for so many hundredths of a second. */
  add(pixels: Uint8ClampedArray, delayCs: number): void;
  /** The whole file; nothing can be added after it. */
  finish(): Uint8Array<ArrayBuffer>;
}

export function gifWriter({ width, height, samples }: GifOptions): GifWriter {
  const colours = quantize(joined(samples), COLOURS_MAX);
  const unchanged = colours.length;
  const palette: readonly GifColour[] = [...colours, [0, 0, 0]];
  const gif = GIFEncoder();
  let before: Uint8Array | undefined;
  return {
    add: (pixels, delayCs) => {
      const indices = applyPalette(pixels, colours);
      const frame = { delay: delayCs * 10, transparent: true, transparentIndex: unchanged, dispose: 1 };
      if (before === undefined) gif.writeFrame(indices, width, height, { ...frame, palette });
      else gif.writeFrame(differing(indices, before, unchanged), width, height, frame);
      before = indices;
    },
    finish: () => {
      gif.finish();
      return gif.bytes();
    },
  };
}

/** What is as before becomes long runs of one position, which pack well. */
function differing(now: Uint8Array, before: Uint8Array, unchanged: number): Uint8Array {
  return now.map((index, at) => (index === before[at] ? unchanged : index));
}

function joined(samples: readonly Uint8ClampedArray[]): Uint8ClampedArray {
  const whole = new Uint8ClampedArray(samples.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const sample of samples) {
    whole.set(sample, at);
    at += sample.length;
  }
  return whole;
}
