import type { FromGifWorker, ToGifWorker } from '../gif/gif.worker.ts';
import type { AnimationSeconds } from './animation-length.ts';
import { canvasOf, imageOf } from './raster.ts';
import type { Drawing, PictureRange, PictureSource } from './source.ts';

/** Hundredths of a second that a picture stands: twelve and a half a second. */
const DELAY_CS = 8;
/** The last picture stands longer, so that the end can be read. */
const LAST_CS = 200;
/** A wider picture is scaled down. */
const WIDTH_MAX = 880;

export interface AnimateOptions {
  readonly source: PictureSource;
  readonly range: PictureRange;
  readonly drawing: Drawing;
  readonly seconds: AnimationSeconds;
  readonly signal: AbortSignal;
  /** Share of the work that is done, 0 to 1. */
  onProgress(share: number): void;
}

/** A stretch of a run as an animated GIF. Rejects with `AbortError` when cancelled, and with words for the reader when it fails. */
export async function animate(options: AnimateOptions): Promise<Blob> {
  const { range, seconds, signal, onProgress } = options;
  const count = Math.round((seconds * 100) / DELAY_CS);
  const timeOf = (at: number) => Math.round(range.fromUs + ((range.toUs - range.fromUs) * (at + 1)) / count);
  const motion = await (options.drawing === 'stage' ? stageMotion(options) : sweepMotion(options));
  const { width, height } = motion;
  const worker = gifWorker(signal);
  try {
    const samples: ArrayBuffer[] = [];
    for (const at of [0, Math.floor(count / 2), count - 1]) samples.push(await motion.pixelsAt(timeOf(at)));
    await worker.ask({ type: 'start', width, height, samples });
    for (let at = 0; at < count; at++) {
      signal.throwIfAborted();
      const pixels = await motion.pixelsAt(timeOf(at));
      await worker.ask({ type: 'picture', pixels, delayCs: at === count - 1 ? LAST_CS : DELAY_CS }, [pixels]);
      onProgress((at + 1) / count);
    }
    const answer = await worker.ask({ type: 'finish' });
    if (answer.type !== 'file') throw new Error('the GIF was not finished');
    return new Blob([answer.bytes], { type: 'image/gif' });
  } finally {
    worker.stop();
  }
}

/** A picture that moves: its pixels (RGBA) at an instant. */
interface Motion {
  readonly width: number;
  readonly height: number;
  pixelsAt(us: number): Promise<ArrayBuffer>;
}

function canvasFor(image: HTMLImageElement) {
  const scale = Math.min(1, WIDTH_MAX / image.naturalWidth);
  return { scale, ...canvasOf(image.naturalWidth * scale, image.naturalHeight * scale, { read: true }) };
}

/** The stage: drawn anew for every picture. */
async function stageMotion({ source, range }: AnimateOptions): Promise<Motion> {
  const first = await imageOf(await source.svg(range, 'stage', range.fromUs));
  const { canvas, context } = canvasFor(first);
  const { width, height } = canvas;
  return {
    width,
    height,
    pixelsAt: async (us) => {
      const image = await imageOf(await source.svg(range, 'stage', us));
      context.drawImage(image, 0, 0, width, height);
      return context.getImageData(0, 0, width, height).data.buffer;
    },
  };
}

/** Below the axis of an exported diagram, in its px. */
const FIELD_TOP = 62;

/** The space-time diagram: drawn once, with what has not happened yet covered. */
async function sweepMotion({ source, range }: AnimateOptions): Promise<Motion> {
  const svg = await source.svg(range, 'space-time');
  const field = new DOMParser().parseFromString(svg, 'image/svg+xml').querySelector('#field rect');
  const length = (name: string) => Number(field?.getAttribute(name) ?? 0);
  const [left, width, bottom] = [length('x'), length('width'), length('height')];
  const image = await imageOf(svg);
  const { canvas, context, scale } = canvasFor(image);
  return {
    width: canvas.width,
    height: canvas.height,
    pixelsAt: async (us) => {
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
      return context.getImageData(0, 0, canvas.width, canvas.height).data.buffer;
    },
  };
}

/** One question at a time; cancelling ends the worker. */
function gifWorker(signal: AbortSignal) {
  const worker = new Worker(new URL('../gif/gif.worker.ts', import.meta.url), { type: 'module' });
  return {
    ask: (task: ToGifWorker, transfer: Transferable[] = []) =>
      new Promise<FromGifWorker>((resolve, reject) => {
        signal.throwIfAborted();
        const cancel = () => reject(signal.reason);
        signal.addEventListener('abort', cancel, { once: true });
        worker.onerror = (event) => reject(new Error(event.message || 'the GIF worker did not start'));
        worker.onmessage = ({ data }: MessageEvent<FromGifWorker>) => {
          signal.removeEventListener('abort', cancel);
          resolve(data);
        };
        worker.postMessage(task, transfer);
      }),
    stop: () => worker.terminate(),
  };
}
