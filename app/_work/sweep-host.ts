import {
  type FromWorker,
  type RunningSweep,
  type Spawn,
  type StopRule,
  type SweepHandlers,
  type SweepJob,
  SweepPool,
} from '../../simulations/index.ts';

export interface StartOptions {
  /** When to end before the last seed. Default: never. */
  readonly stop?: StopRule;
  /** Default: one fewer than the machine runs at once, so that the page keeps its own. */
  readonly workers?: number;
}

/**
 * Sweeps many seeds in Web Workers, beside the page. The job must resolve (`prepareJob` says what is wrong with it). The workers end
 * with the sweep. `state()` of what it returns adds up what has been shown so far; a handler may call it for live rates.
 */
export function startSweep(job: SweepJob, handlers: SweepHandlers, options: StartOptions = {}): RunningSweep {
  const pool = new SweepPool(spawnWebWorker, options.workers ?? Math.max(1, (navigator.hardwareConcurrency || 2) - 1));
  const running = pool.start(
    job,
    {
      ...handlers,
      onDone(state) {
        pool.close();
        handlers.onDone(state);
      },
      onError(message, state) {
        pool.close();
        handlers.onError(message, state);
      },
    },
    { stop: options.stop },
  );
  return {
    cancel() {
      running.cancel();
      pool.close();
    },
    state: () => running.state(),
  };
}

const spawnWebWorker: Spawn = ({ onMessage, onDeath }) => {
  const worker = new Worker(new URL('./sweep.worker.ts', import.meta.url), { type: 'module' });
  worker.onmessage = ({ data }: MessageEvent<FromWorker>) => onMessage(data);
  // A script that does not load gives an event without a message.
  worker.onerror = (event) => onDeath(event.message || 'the worker did not start');
  worker.onmessageerror = () => onDeath('an answer could not be read');
  return { post: (message) => worker.postMessage(message), terminate: () => worker.terminate() };
};
