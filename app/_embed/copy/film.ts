import { BufferTarget, CanvasSource, Output, Quality, WebMOutputFormat } from 'mediabunny';
import type { AnimateOptions } from './animate.ts';
import { instantsOf, motionOf } from './motion.ts';

const PICTURES_PER_SECOND = 25;
/** The last picture stands so long, so that the end can be read. */
const LAST_S = 2;

/** A stretch of a run as WebM (VP9), encoded by the browser. Rejects with `AbortError` when cancelled, and with words for the reader when it fails. */
export async function film(options: AnimateOptions): Promise<Blob> {
  const { range, seconds, signal, onProgress } = options;
  const instants = instantsOf(range, seconds * PICTURES_PER_SECOND);
  const motion = await motionOf(options);
  const target = new BufferTarget();
  const output = new Output({ format: new WebMOutputFormat(), target });
  const video = new CanvasSource(motion.canvas, { codec: 'vp9', quality: new Quality('high') });
  output.addVideoTrack(video, { frameRate: PICTURES_PER_SECOND });
  try {
    await output.start();
    for (const [at, us] of instants.entries()) {
      signal.throwIfAborted();
      await motion.draw(us);
      await video.add(at / PICTURES_PER_SECOND, 1 / PICTURES_PER_SECOND);
      onProgress((at + 1) / instants.length);
    }
    // Players go by when pictures begin: the end stands because it is there again.
    await video.add(seconds + LAST_S, 1 / PICTURES_PER_SECOND);
    await output.finalize();
  } catch (error) {
    await output.cancel();
    throw error;
  }
  if (target.buffer === null) throw new Error('the video was not finished');
  return new Blob([target.buffer], { type: 'video/webm' });
}
