// The worker thread of a sweep. Plain JavaScript, since Node starts a thread with nothing else.
import { parentPort } from 'node:worker_threads';
import { compiled } from './compiled.js';

const { serveSweep } = await import(await compiled('index.ts'));
const port = /** @type {import('node:worker_threads').MessagePort} */ (parentPort);
port.on(
  'message',
  serveSweep((/** @type {unknown} */ message) => port.postMessage(message)),
);
