// The thread of one measurement. Plain JavaScript, since Node starts a thread with nothing else.
import { parentPort } from 'node:worker_threads';
import { compiled } from './compiled.js';

const { measureHere } = await import(await compiled('cli/bench.ts'));
const port = /** @type {import('node:worker_threads').MessagePort} */ (parentPort);
port.on('message', (request) => port.postMessage(measureHere(request)));
