import type { FromGifWorker, ToGifWorker } from '../gif/gif.worker.ts';
import type { AnimationSeconds } from './animation-length.ts';
import { instantsOf, type MotionOptions, motionOf } from './motion.ts';

/** Hundredths of a second that a picture stands: twelve and a half a second. */
const DELAY_CS = 8;
/** The last picture stands longer, so that the end can be read. */
const LAST_CS = 200;

export interface AnimateOptions extends MotionOptions {
  readonly seconds: AnimationSeconds;
  readonly signal: AbortSignal;
  /** Share of the work that is done, 0 to 1. */
  onProgress(share: number): void;
}

/** A stretch of a run as an animated GIF. Rejects with `AbortError` when cancelled, and with words for the reader when it fails. */
export async function animate(options: AnimateOptions): Promise<Blob> {
  const { range, seconds, signal, onProgress } = options;
  const instants = instantsOf(range, Math.round((seconds * 100) / DELAY_CS));
  const motion = await motionOf(options);
  const { width, height } = motion.canvas;
  const pixelsAt = async (us: number) => {
    await motion.draw(us);
    return motion.pixels();
  };
  const worker = gifWorker(signal);
  try {
    const last = instants.length - 1;
    const samples: ArrayBuffer[] = [];
    for (const at of [0, Math.floor(instants.length / 2), last]) samples.push(await pixelsAt(instants[at]!));
    await worker.ask({ type: 'start', width, height, samples }, samples);
    for (const [at, us] of instants.entries()) {
      signal.throwIfAborted();
      const pixels = await pixelsAt(us);
      await worker.ask({ type: 'picture', pixels, delayCs: at === last ? LAST_CS : DELAY_CS }, [pixels]);
      onProgress((at + 1) / instants.length);
    }
    const answer = await worker.ask({ type: 'finish' });
    if (answer.type !== 'file') throw new Error('the GIF was not finished');
    return new Blob([answer.bytes], { type: 'image/gif' });
  } finally {
    worker.stop();
  }
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
