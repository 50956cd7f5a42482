/** Colours of a GIF and the way from a pixel to its nearest. */
export interface Palette {
  /** 256 colours as red, green, blue; unused ones are black. The last is never drawn: it stands for "as before". */
  readonly colours: Uint8Array;
  /** Position of the colour nearest to one given in 0 to 255 a channel. */
  nearest(red: number, green: number, blue: number): number;
}

/** The position that stands for "as before". */
export const UNCHANGED = 255;

/** Channels are counted in steps of eight: finer differences are not seen. */
const bin = (red: number, green: number, blue: number) => ((red >> 3) << 10) | ((green >> 3) << 5) | (blue >> 3);
const BINS = 1 << 15;

/** The 255 most frequent colours of some pictures (RGBA). Diagrams are flat: beside their few colours only edges have others. */
export function paletteOf(samples: readonly Uint8ClampedArray[]): Palette {
  const counts = new Uint32Array(BINS);
  const sums = new Float64Array(BINS * 3);
  for (const pixels of samples) {
    for (let at = 0; at < pixels.length; at += 4) {
      const [red, green, blue] = [pixels[at]!, pixels[at + 1]!, pixels[at + 2]!];
      const key = bin(red, green, blue);
      counts[key]!++;
      sums[key * 3]! += red;
      sums[key * 3 + 1]! += green;
      sums[key * 3 + 2]! += blue;
    }
  }
  const used = [...counts.keys()].filter((key) => counts[key]! > 0);
  const chosen = used.sort((a, b) => counts[b]! - counts[a]! || a - b).slice(0, UNCHANGED);
  const colours = new Uint8Array(256 * 3);
  chosen.forEach((key, at) => {
    for (let channel = 0; channel < 3; channel++)
      colours[at * 3 + channel] = Math.round(sums[key * 3 + channel]! / counts[key]!);
  });
  return { colours, nearest: nearestIn(colours, Math.max(1, chosen.length)) };
}

function nearestIn(colours: Uint8Array, count: number): Palette['nearest'] {
  const known = new Int16Array(BINS).fill(-1);
  return (red, green, blue) => {
    const key = bin(red, green, blue);
    if (known[key]! >= 0) return known[key]!;
    let [best, least] = [0, Infinity];
    for (let at = 0; at < count; at++) {
      const [dr, dg, db] = [colours[at * 3]! - red, colours[at * 3 + 1]! - green, colours[at * 3 + 2]! - blue];
      const distance = dr * dr + dg * dg + db * db;
      if (distance < least) [best, least] = [at, distance];
    }
    known[key] = best;
    return best;
  };
}
