import { serveSweep, type ToWorker } from '../../simulations/index.ts';

const receive = serveSweep((message) => self.postMessage(message));

self.onmessage = ({ data }: MessageEvent<ToWorker>) => receive(data);
