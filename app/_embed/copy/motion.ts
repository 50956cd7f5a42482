import { canvasOf, imageOf } from './raster.ts';
import type { Drawing, PictureRange, PictureSource } from './source.ts';

/** A wider picture is scaled down. */
const WIDTH_MAX = 880;

/** A picture that moves: a canvas on which any instant can be drawn. Its sides are even, as video wants them. */
export interface Motion {
  readonly canvas: HTMLCanvasElement;
  draw(us: number): Promise<void>;
  /** What is drawn now, as RGBA. */
  pixels(): ArrayBuffer;
}

export interface MotionOptions {
  readonly source: PictureSource;
  readonly range: PictureRange;
  readonly drawing: Drawing;
}

export function motionOf(options: MotionOptions): Promise<Motion> {
  return options.drawing === 'stage' ? stageMotion(options) : sweepMotion(options);
}

/** The instants of so many pictures: the last is the end of the stretch. */
export function instantsOf({ fromUs, toUs }: PictureRange, count: number): readonly number[] {
  return Array.from({ length: count }, (_, at) => Math.round(fromUs + ((toUs - fromUs) * (at + 1)) / count));
}

function canvasFor(image: HTMLImageElement) {
  const scale = Math.min(1, WIDTH_MAX / image.naturalWidth);
  const even = (length: number) => 2 * Math.round((length * scale) / 2);
  return { scale, ...canvasOf(even(image.naturalWidth), even(image.naturalHeight), { read: true }) };
}

/** The stage: drawn anew for every picture. */
async function stageMotion({ source, range }: MotionOptions): Promise<Motion> {
  const { canvas, context } = canvasFor(await imageOf(await source.svg(range, 'stage', range.fromUs)));
  const { width, height } = canvas;
  return {
    canvas,
    draw: async (us) => context.drawImage(await imageOf(await source.svg(range, 'stage', us)), 0, 0, width, height),
    pixels: () => context.getImageData(0, 0, width, height).data.buffer,
  };
}

/** Below the axis of an exported diagram, in its px. */
const FIELD_TOP = 62;

/** The space-time diagram: drawn once, with what has not happened yet covered. */
async function sweepMotion({ source, range }: MotionOptions): Promise<Motion> {
  const svg = await source.svg(range, 'space-time');
  const field = new DOMParser().parseFromString(svg, 'image/svg+xml').querySelector('#field rect');
  const length = (name: string) => Number(field?.getAttribute(name) ?? 0);
  const [left, width, bottom] = [length('x'), length('width'), length('height')];
  const image = await imageOf(svg);
  const { canvas, context, scale } = canvasFor(image);
  const draw = (us: number) => {
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.drawImage(image, 0, 0);
    const now = left + (width * (us - range.fromUs)) / (range.toUs - range.fromUs);
    context.fillStyle = '#ffffff';
    // Past the field's end stand marks of verdicts.
    context.fillRect(now, FIELD_TOP, image.naturalWidth - now, bottom - FIELD_TOP);
    if (us < range.toUs) {
      context.fillStyle = '#12181b';
      context.fillRect(now, FIELD_TOP, 1, bottom - FIELD_TOP);
    }
  };
  return {
    canvas,
    draw: async (us) => draw(us),
    pixels: () => context.getImageData(0, 0, canvas.width, canvas.height).data.buffer,
  };
}
