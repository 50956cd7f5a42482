import { serveSweep, type ToWorker } from '../../simulations/index.ts';
import { serveTasks } from './serve-tasks.ts';

const receive = serveSweep((message) => self.postMessage(message));

serveTasks<ToWorker>((message) => (message.type === 'job' ? message.job.request.model : undefined), receive);
