// The thread of one measurement. Plain JavaScript, since a thread starts without the loader of the thread that started it.
import { parentPort } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

register();
const { measureHere } = await import('./bench.ts');
const port = /** @type {import('node:worker_threads').MessagePort} */ (parentPort);
port.on('message', (request) => port.postMessage(measureHere(request)));
