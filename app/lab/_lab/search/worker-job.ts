/** What a worker of one task answers: any number of other messages, then `done` or `failed`. */
type Answer = { readonly type: 'done' | 'progress' } | { readonly type: 'failed'; readonly message: string };

/**
 * Gives a worker its only task and ends it with its last answer. A worker that breaks or does not load answers `failed`. Returns what
 * ends it at once; after that it says nothing more.
 */
export function startJob<A extends Answer>(
  worker: Worker,
  task: unknown,
  onAnswer: (answer: A | Extract<Answer, { type: 'failed' }>) => void,
): () => void {
  const end = () => worker.terminate();
  worker.onmessage = ({ data }: MessageEvent<A>) => {
    if (data.type !== 'progress') end();
    onAnswer(data);
  };
  worker.onerror = (event) => {
    end();
    onAnswer({ type: 'failed', message: event.message || 'The worker did not start.' });
  };
  worker.postMessage(task);
  return end;
}
