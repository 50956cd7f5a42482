import type { Timeline } from '../kernel/timeline.ts';
import type { Trace } from '../kernel/trace.ts';
import type { Focus } from '../models/model.ts';
import type { Run } from '../run/execute.ts';
import { engineVersion } from '../run/version.ts';
import { formatDuration } from '../scenario/duration.ts';
import { describeValue, nearest } from '../scenario/problems.ts';
import { describeProblem, type Problem } from '../scenario/scenario.ts';

/** What to export of a run. Instants in microseconds of simulated time. */
export interface ExportOptions {
  /** The first instant of the range. Default: 0. */
  readonly fromUs?: number;
  /** The last instant of the range, itself included. Default: the end of the run. */
  readonly toUs?: number;
  /** The key in view: pictures and sentences number its versions, histories keep its operations only. Default: the most used, and every operation. */
  readonly key?: string;
  /** The command that makes this run again, for captions and metadata. A run does not know the scenario it came from. */
  readonly replay?: string;
}

/** Thrown when a run cannot be exported as asked: bad input of the caller, with the field and the fix. */
export class ExportRefusal extends Error {
  override readonly name = 'ExportRefusal';
  constructor(readonly problem: Problem) {
    super(describeProblem(problem));
  }
}

/** A stretch of a run: instants in microseconds, steps from `firstStep` up to but not including `endStep`. */
export interface ExportRange {
  readonly run: Run;
  readonly timeline: Timeline;
  readonly trace: Trace;
  readonly fromUs: number;
  readonly toUs: number;
  readonly firstStep: number;
  readonly endStep: number;
}

/** The range that options ask for. Throws {@link ExportRefusal} for a run without a timeline and for a range outside the run. */
export function rangeOf(run: Run, options: ExportOptions): ExportRange {
  const { timeline } = run;
  if (timeline === undefined)
    throw new ExportRefusal({
      field: 'run',
      found: 'a run without history',
      allowed: 'a run with its timeline',
      fix: 'Execute it with history: true.',
    });
  const endUs = run.record.endUs;
  const { fromUs = 0, toUs = endUs } = options;
  if (!(fromUs >= 0 && fromUs <= endUs)) throw outside('from', fromUs, endUs);
  if (!(toUs >= 0 && toUs <= endUs)) throw outside('to', toUs, endUs);
  if (fromUs >= toUs)
    throw new ExportRefusal({
      field: 'to',
      found: formatDuration(toUs),
      allowed: `more than from (${formatDuration(fromUs)})`,
      fix: 'Swap the two, or leave one out.',
    });
  const { trace } = timeline;
  return {
    run,
    timeline,
    trace,
    fromUs,
    toUs,
    firstStep: fromUs === 0 ? 0 : trace.stepsUntil(fromUs - 1),
    endStep: trace.stepsUntil(toUs),
  };
}

/** An instant that a run does not have, as a refusal. */
export function outside(field: string, us: number, endUs: number): ExportRefusal {
  return new ExportRefusal({
    field,
    found: formatDuration(us),
    allowed: `0 ms to ${formatDuration(endUs)}, where the run ends`,
    fix: us > endUs ? `Lower it to ${formatDuration(endUs)} or less.` : 'Raise it to 0 ms or more.',
  });
}

/** The focus of an export: the key asked for, or the most used. Throws {@link ExportRefusal} for a key that no operation is on. */
export function focusOf({ input: { model }, record }: Run, key: string | undefined): Focus {
  const keys = model.keys(record.operations);
  if (key !== undefined && !keys.includes(key)) {
    const meant = nearest(key, keys);
    throw new ExportRefusal({
      field: 'key',
      found: describeValue(key),
      allowed: keys.slice(0, 20).join(', ') || 'none: the run has no operations',
      fix: meant === undefined ? 'Name one of these, or leave it out.' : `Did you mean ${meant}?`,
    });
  }
  return model.focus(record.operations, key ?? keys[0] ?? '');
}

/**
 * Runs `look` and puts the timeline back to the moment in which it stood. A timeline has one world, which the record's view of the
 * end shows: an export that moved it would change what the run's owner sees.
 */
export function keepingMoment<T>(run: Run, look: () => T): T {
  const stood = run.record.end.step;
  try {
    return look();
  } finally {
    run.timeline?.worldAt(stood);
  }
}

/** What identifies a run: `quorum, seed 2012, digest 0123456789abcdef, engine 0.1.0`. */
export function identityOf(run: Run): string {
  return `${run.input.model.id}, seed ${run.input.seed}, digest ${run.digest}, engine ${engineVersion}`;
}

/** An instant in milliseconds, to the microsecond and without useless zeros: `505`, `661.402`. */
export function msOf(us: number): string {
  return String(us / 1000);
}
