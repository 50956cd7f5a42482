/** What is used of gifenc 1.0, which comes without types. */
declare module 'gifenc' {
  /** Red, green and blue, 0 to 255. */
  export type GifColour = readonly [red: number, green: number, blue: number];

  /** At most so many colours for pixels in RGBA, nearest ones merged first. */
  export function quantize(rgba: Uint8ClampedArray, coloursMax: number): GifColour[];
  /** The position of the nearest colour for each pixel. */
  export function applyPalette(rgba: Uint8ClampedArray, palette: readonly GifColour[]): Uint8Array;
  export function GIFEncoder(): GifEncoder;

  export interface GifEncoder {
    writeFrame(indices: Uint8Array, width: number, height: number, options: GifFrameOptions): void;
    finish(): void;
    bytes(): Uint8Array<ArrayBuffer>;
  }

  export interface GifFrameOptions {
    /** Of the first picture: for all. */
    readonly palette?: readonly GifColour[];
    /** In milliseconds; kept in hundredths of a second. */
    readonly delay: number;
    readonly transparent?: boolean;
    readonly transparentIndex?: number;
    /** 1: the picture stays in place under the next. */
    readonly dispose: number;
  }
}
