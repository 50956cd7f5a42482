import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Spawn, StopRule, SweepJob, SweepPool, SweepState } from '../index.ts';

/** Workers when nothing else is said: as many as the machine runs at once. */
export const WORKERS_DEFAULT = availableParallelism();

/** Room for short-lived objects. What a run makes dies with it: with more room than a thread has by default, little is copied before that. */
const YOUNG_GENERATION_MB = 96;

/** Starts a thread of our own; `script` beside this file. */
export function startThread(script: 'sweep-worker.js' | 'bench-worker.js'): Worker {
  // No options of this process, such as a loader: the worker brings its own.
  return new Worker(new URL(script, import.meta.url), {
    execArgv: [],
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
  });
}

/** Starts a worker thread for a sweep. */
export const spawnThread: Spawn = ({ onMessage, onDeath }) => {
  const worker = startThread('sweep-worker.js');
  worker.on('message', onMessage);
  worker.on('error', (error) => onDeath(error instanceof Error ? error.message : String(error)));
  worker.on('exit', (status) => onDeath(`exit status ${status}`));
  return {
    post: (message) => worker.postMessage(message),
    terminate: () => {
      void worker.terminate();
    },
  };
};

/** How a job on a pool ended, with what it has. */
export type Ended =
  | { readonly how: 'finished' | 'interrupted'; readonly state: SweepState }
  | { readonly how: 'broken'; readonly state: SweepState; readonly message: string };

export interface JobOptions {
  readonly stop?: StopRule;
  /** Where an earlier start broke off. */
  readonly begun?: SweepState;
  readonly signal?: AbortSignal;
  /** After each chunk: seeds that have run, of how many; `state` adds up what they showed. */
  readonly onProgress?: (ran: number, of: number, state: () => SweepState) => void;
}

/** Runs one job on a pool to its end, or until the signal. Rejects only with what `onProgress` throws. */
export function runJob(pool: SweepPool, job: SweepJob, options: JobOptions): Promise<Ended> {
  const { stop, begun, signal, onProgress } = options;
  return new Promise((resolve, reject) => {
    const running = pool.start(
      job,
      {
        onProgress: (ran, of) => {
          try {
            onProgress?.(ran, of, () => running.state());
          } catch (error) {
            running.cancel();
            reject(error);
          }
        },
        onDone: (state) => resolve({ how: 'finished', state }),
        onError: (message, state) => resolve({ how: 'broken', state, message }),
      },
      { stop, begun },
    );
    const interrupt = () => {
      running.cancel();
      resolve({ how: 'interrupted', state: running.state() });
    };
    if (signal?.aborted === true) interrupt();
    else signal?.addEventListener('abort', interrupt, { once: true });
  });
}
