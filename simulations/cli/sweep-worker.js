// The worker thread of a sweep. Plain JavaScript, since a thread starts without the loader of the thread that started it.
import { parentPort } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

register();
const { serveSweep } = await import('../index.ts');
const port = /** @type {import('node:worker_threads').MessagePort} */ (parentPort);
port.on(
  'message',
  serveSweep((message) => port.postMessage(message)),
);
