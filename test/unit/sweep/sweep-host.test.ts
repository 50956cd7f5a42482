import { afterEach, expect, test, vi } from 'vitest';
import { startSweep } from '../../../app/_work/sweep-host.ts';
import { type FromWorker, type SweepState, serveSweep, type ToWorker } from '../../../simulations/index.ts';
import { job, stateOf } from './fixtures.ts';

/** A Web Worker as far as the page sees it: answers later, takes only what can be cloned, and can be ended. */
class PageWorker {
  static all: PageWorker[] = [];
  onmessage: ((event: { data: FromWorker }) => void) | undefined;
  onerror: ((event: { message: string }) => void) | undefined;
  ended = false;
  readonly #receive = serveSweep((message) =>
    setTimeout(() => this.ended || this.onmessage?.({ data: structuredClone(message) })),
  );

  constructor(readonly url: URL) {
    PageWorker.all.push(this);
  }

  postMessage(message: ToWorker): void {
    this.#receive(structuredClone(message));
  }

  terminate(): void {
    this.ended = true;
  }
}

function page(hardwareConcurrency: number): void {
  PageWorker.all = [];
  vi.stubGlobal('Worker', PageWorker);
  vi.stubGlobal('navigator', { hardwareConcurrency });
}

afterEach(() => vi.unstubAllGlobals());

test.each([
  [1, 1],
  [2, 1],
  [4, 3],
  [64, 3],
])(
  'on a machine of %d a page sweeps 60 seeds with %d workers, to the same result, and ends them',
  async (cores, workers) => {
    page(cores);
    const progress: (readonly [number, number])[] = [];
    const state = await new Promise<SweepState>((resolve, reject) => {
      startSweep(job(60), {
        onProgress: (ran, of) => progress.push([ran, of]),
        onDone: resolve,
        onError: (message) => reject(new Error(message)),
      });
    });
    expect(JSON.stringify(state)).toBe(JSON.stringify(stateOf({ from: 1, to: 60 })));
    expect(progress.at(-1)).toEqual([60, 60]);
    expect(PageWorker.all.map(({ ended }) => ended)).toEqual(Array<boolean>(workers).fill(true));
    expect(String(PageWorker.all[0]!.url)).toMatch(/\/app\/_work\/sweep\.worker\.ts$/);
  },
);

test('a page that cancels hears nothing more, and its workers end', async () => {
  page(3);
  const handlers = { onDone: vi.fn(), onError: vi.fn() };
  const running = await new Promise<ReturnType<typeof startSweep>>((resolve) => {
    const started = startSweep(job(130), { ...handlers, onProgress: () => resolve(started) });
  });
  running.cancel();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(handlers.onDone).not.toHaveBeenCalled();
  expect(handlers.onError).not.toHaveBeenCalled();
  expect(PageWorker.all.every(({ ended }) => ended)).toBe(true);
  expect(running.state().next).toBe(26);
});

test('a worker script that does not load ends in a clear error', async () => {
  page(2);
  const message = new Promise<string>((resolve) => {
    startSweep(job(60), { onDone: () => resolve('done'), onError: resolve });
  });
  for (let at = 0; at < 3; at++) PageWorker.all[at]!.onerror!({ message: '' });
  expect(await message).toBe('seeds 1 to 25 ended 3 workers, the last with: the worker did not start');
});
