import { type Focus, flightOf, type Run, type StepKind } from '../../../simulations/index.ts';

/** One sentence of the text form. */
export interface TextLine {
  readonly atUs: number;
  /** The trace step it tells. */
  readonly step: number;
  readonly sentence: string;
}

/** A part of a run to tell. */
export interface TextWindow {
  readonly fromUs: number;
  readonly toUs: number;
  /** At most this many sentences; deliveries are left out first. Default 120. */
  readonly linesMax?: number;
}

/** Steps told before any message: what faults do, and what reaches a disk. */
const WEIGHTY: ReadonlySet<StepKind> = new Set([
  'fault.begin',
  'fault.end',
  'crashed',
  'restarted',
  'paused',
  'resumed',
  'persisted',
]);

/**
 * What happens in a window of a run, in order, in the model's own sentences: operations, faults, writes to disk, messages between hosts.
 * Steps are found by replay; the timeline stands where it stood afterwards. Empty without a timeline.
 */
export function spaceTimeText(run: Run, focus: Focus, window: TextWindow): readonly TextLine[] {
  const { timeline } = run;
  if (timeline === undefined) return [];
  const { trace } = timeline;
  const linesMax = window.linesMax ?? 120;
  const operations = new Set(
    run.record.operations.flatMap(({ invokedStep, completedStep }) => [invokedStep, completedStep]),
  );
  const weighty: number[] = [];
  const messages: number[] = [];
  const end = trace.stepsUntil(window.toUs);
  for (let step = trace.stepsUntil(window.fromUs - 1); step < end; step++) {
    if (operations.has(step) || WEIGHTY.has(trace.kind(step))) weighty.push(step);
    else if (flightOf(trace, step) !== undefined) messages.push(step);
  }
  const room = Math.max(0, linesMax - weighty.length);
  const steps = [...weighty.slice(0, linesMax), ...messages.slice(0, room)].sort((a, b) => a - b);
  const stood = run.record.end.step;
  const lines = steps.map((step) => ({
    atUs: timeline.timeUs(step),
    step,
    sentence: run.input.model.narrate(timeline.step(step), focus),
  }));
  timeline.worldAt(stood);
  return lines;
}
