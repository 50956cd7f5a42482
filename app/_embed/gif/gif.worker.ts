import { type GifWriter, gifWriter } from './gif.ts';

/** What the page sends, in this order: the size with sample pictures for the colours, the pictures, the end. Pictures are RGBA. */
export type ToGifWorker =
  | {
      readonly type: 'start';
      readonly width: number;
      readonly height: number;
      readonly samples: readonly ArrayBuffer[];
    }
  | { readonly type: 'picture'; readonly pixels: ArrayBuffer; readonly delayCs: number }
  | { readonly type: 'finish' };

/** What comes back: leave to send the next picture, or the file. */
export type FromGifWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'file'; readonly bytes: Uint8Array<ArrayBuffer> };

let writer: GifWriter | undefined;

self.onmessage = ({ data }: MessageEvent<ToGifWorker>) => {
  self.postMessage(answer(data));
};

function answer(data: ToGifWorker): FromGifWorker {
  switch (data.type) {
    case 'start': {
      const samples = data.samples.map((sample) => new Uint8ClampedArray(sample));
      writer = gifWriter({ width: data.width, height: data.height, samples });
      return { type: 'ready' };
    }
    case 'picture':
      writer?.add(new Uint8ClampedArray(data.pixels), data.delayCs);
      return { type: 'ready' };
    case 'finish':
      return { type: 'file', bytes: writer?.finish() ?? new Uint8Array() };
  }
}
