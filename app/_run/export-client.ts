import type { ExportAnswer, ExportTask } from '../_work/export.worker.ts';

/** A worker that writes exports, started with the first task. */
export interface ExportClient {
  /** Rejects when the worker fails: our own mistake, or the engine did not load. */
  ask(task: Omit<ExportTask, 'id'>): Promise<ExportAnswer>;
  /** Stops whatever is under way. */
  stop(): void;
}

interface Waiting {
  resolve(answer: ExportAnswer): void;
  reject(error: Error): void;
}

export function exportClient(): ExportClient {
  let worker: Worker | undefined;
  let asked = 0;
  const waiting = new Map<number, Waiting>();
  const fail = (message: string) => {
    for (const { reject } of waiting.values()) reject(new Error(message));
    waiting.clear();
    worker?.terminate();
    worker = undefined;
  };
  const start = () => {
    const started = new Worker(new URL('../_work/export.worker.ts', import.meta.url), { type: 'module' });
    started.onmessage = ({ data }: MessageEvent<ExportAnswer>) => {
      waiting.get(data.id)?.resolve(data);
      waiting.delete(data.id);
    };
    started.onerror = (event) => fail(event.message || 'the worker did not start');
    return started;
  };
  return {
    ask: (task) =>
      new Promise((resolve, reject) => {
        worker ??= start();
        const id = asked++;
        waiting.set(id, { resolve, reject });
        worker.postMessage({ ...task, id } satisfies ExportTask);
      }),
    stop: () => fail('stopped'),
  };
}
