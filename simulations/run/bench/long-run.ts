import { invariant } from '../../kernel/invariant.ts';
import { Streams } from '../../kernel/random.ts';
import { seed } from '../../kernel/time.ts';
import { execute, type RunInput } from '../execute.ts';
import { busyRun, type Subject } from './busy-run.ts';
import type { Figures } from './figures.ts';
import type { Meter, Size } from './meter.ts';
import { percentile, type Stopwatch } from './rate.ts';

/** What keeping a long run costs, in bytes, and what looking at any moment of it costs. */
export function measureLongRun(subject: Subject, { now, heapBytes }: Meter, size: Size): Figures {
  const input: RunInput = { ...longRun(subject, size), checks: false };
  // What the first run leaves behind for good (tables of words, compiled code) is not part of the second.
  execute(input);
  const before = heapBytes();
  const kept = execute(input);
  const bytes = heapBytes() - before;
  const { timeline, events } = kept;
  invariant(timeline !== undefined && events >= size.keptEvents, 'a long run that is too short', { events });
  const seeks = looks(places('seek', size.looks, timeline.length), now, (step) => timeline.worldAt(step).step);
  const steps = looks(places('step', size.looks, timeline.length - 1), now, (step) => timeline.step(step).index);
  return {
    'engine.keptEvents': events,
    'engine.bytesPerEvent': bytes / events,
    'engine.seekMs.p50': percentile(seeks, 0.5),
    'engine.seekMs.p99': percentile(seeks, 0.99),
    'engine.stepMs.p50': percentile(steps, 0.5),
    'engine.stepMs.p99': percentile(steps, 0.99),
  };
}

function longRun(subject: Subject, { busyUs, keptEvents }: Size): RunInput {
  const short = busyRun(subject, busyUs);
  const { events } = execute({ ...short, history: false, digest: false, checks: false });
  return busyRun(subject, busyUs * Math.ceil((keptEvents * 1.05) / events));
}

/** Steps drawn from 0 to `last`. */
function places(name: string, count: number, last: number): readonly number[] {
  const streams = new Streams(seed(1));
  const stream = streams.stream(name);
  return Array.from({ length: count }, () => streams.integer(stream, 0, last));
}

/** How long a look at each place takes, in milliseconds: the shortest of three, with looks at all the other places in between. */
function looks(steps: readonly number[], now: Stopwatch, look: (step: number) => number): readonly number[] {
  const shortest = steps.map(() => Infinity);
  for (let round = 0; round < 3; round++) {
    steps.forEach((step, at) => {
      const start = now();
      const found = look(step);
      shortest[at] = Math.min(shortest[at]!, now() - start);
      invariant(found === step, 'a look at another moment than the one asked for', { step, found });
    });
  }
  return shortest;
}
