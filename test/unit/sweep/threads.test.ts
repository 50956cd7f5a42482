import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { runJob, spawnThread } from '../../../simulations/cli/threads.ts';
import { type Spawn, SweepPool } from '../../../simulations/index.ts';
import { job, stateOf } from './fixtures.ts';

const expected = JSON.stringify(stateOf({ from: 1, to: 60 }));

/** Like `spawnThread`, but the first `deaths` threads end at their first message. */
function withDeaths(deaths: number): { spawn: Spawn; spawned: () => number } {
  let spawned = 0;
  const spawn: Spawn = (listener) => {
    spawned++;
    if (spawned > deaths) return spawnThread(listener);
    const code = "require('node:worker_threads').parentPort.on('message', () => process.exit(7))";
    const worker = new Worker(code, { eval: true });
    worker.on('exit', (status) => listener.onDeath(`exit status ${status}`));
    return { post: (message) => worker.postMessage(message), terminate: () => void worker.terminate() };
  };
  return { spawn, spawned: () => spawned };
}

test.each([0, 1, 2])(
  'real worker threads give what this thread gives when %d of them die (60 seeds, 2 workers)',
  async (deaths) => {
    const { spawn, spawned } = withDeaths(deaths);
    const pool = new SweepPool(spawn, 2);
    try {
      const ended = await runJob(pool, job(60), {});
      expect(ended.how).toBe('finished');
      expect(JSON.stringify(ended.state)).toBe(expected);
      expect(spawned()).toBe(2 + deaths);
    } finally {
      pool.close();
    }
  },
);

test('threads that all die end the sweep with the seeds and the reason', async () => {
  const pool = new SweepPool(withDeaths(100).spawn, 1);
  const ended = await runJob(pool, job(60), {});
  expect(ended).toMatchObject({
    how: 'broken',
    message: 'seeds 1 to 25 ended 3 workers, the last with: exit status 7',
  });
});

test('a signal interrupts a sweep on threads, and what it has is enough to go on from', async () => {
  const interrupt = new AbortController();
  const first = new SweepPool(spawnThread, 1);
  const ended = await runJob(first, job(60), { signal: interrupt.signal, onProgress: () => interrupt.abort() });
  expect(ended).toMatchObject({ how: 'interrupted', state: { next: 26 } });
  const second = new SweepPool(spawnThread, 2);
  const rest = await runJob(second, job(60), { begun: ended.state });
  for (const pool of [first, second]) pool.close();
  expect(JSON.stringify(rest.state)).toBe(expected);
});

test('a signal that came before the start, and a handler that throws, end the sweep at once', async () => {
  const pool = new SweepPool(spawnThread, 1);
  const ended = await runJob(pool, job(60), { signal: AbortSignal.abort() });
  expect(ended).toMatchObject({ how: 'interrupted', state: { next: 1 } });
  const full = () => {
    throw new Error('disk full');
  };
  await expect(runJob(pool, job(60), { onProgress: full })).rejects.toThrow('disk full');
  pool.close();
});
