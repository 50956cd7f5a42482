import type { Run } from '../run/execute.ts';

/** Something that lasts, from one instant to another, in microseconds. */
export interface Span {
  readonly fromUs: number;
  readonly untilUs: number;
}

/** Spans spread over rows so that none of one row overlap, each in the first row that is free; by span. */
export function rowsOf<S extends Span>(spans: readonly S[]): ReadonlyMap<S, number> {
  const freeUs: number[] = [];
  const rows = new Map<S, number>();
  for (const span of [...spans].sort((a, b) => a.fromUs - b.fromUs || b.untilUs - a.untilUs)) {
    const free = freeUs.findIndex((us) => us <= span.fromUs);
    const row = free < 0 ? freeUs.length : free;
    rows.set(span, row);
    // A span without length still takes its instant, or two of them would share a place.
    freeUs[row] = Math.max(span.untilUs, span.fromUs + 1);
  }
  return rows;
}

/** When a client stopped waiting for an operation: its completion, or when it gave up; the run's end if it never did. */
export function endOf(run: Run, operation: { readonly completedAt: number; readonly completedStep?: number }): number {
  if (operation.completedAt !== Number.POSITIVE_INFINITY) return operation.completedAt;
  const { completedStep } = operation;
  if (completedStep === undefined || run.timeline === undefined) return run.record.endUs;
  return run.timeline.timeUs(completedStep);
}
