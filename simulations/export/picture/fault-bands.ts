import type { Run } from '../../run/execute.ts';
import { faultTitle } from '../../scenario/fault-title.ts';

/** A fault as a band under the axis. Crashes are drawn on their lanes instead. */
export interface FaultBand {
  readonly id: string;
  readonly kind: 'cut' | 'slow' | 'plain';
  readonly title: string;
  readonly fromUs: number;
  readonly untilUs: number;
  /** True when it lasts to the end of the run. */
  readonly open: boolean;
  /** From 0; bands of one row do not overlap. */
  readonly row: number;
}

/** There are no more rows than this: the rest shares the last one. */
const ROWS_MAX = 4;
/** How much of the run a pixel is expected to show, so that titles get room: a window of 15 % on a field of 776 px. */
const SHARE_PER_PX = 0.15 / 776;

/** The bands of a run, each in the first row that is free. Rows do not depend on the window, so that nothing jumps. */
export function faultBands(run: Run): { readonly bands: readonly FaultBand[]; readonly rows: number } {
  const endUs = run.record.endUs;
  const freeUs: number[] = [];
  const bands = run.record.faults.flatMap((active): FaultBand[] => {
    const { action } = active.fault;
    if (action.do === 'crash' || action.do === 'restore') return [];
    const untilUs = Math.min(active.untilUs, endUs);
    const free = freeUs.findIndex((us) => us <= active.sinceUs);
    const row = Math.min(free < 0 ? freeUs.length : free, ROWS_MAX - 1);
    const kind = action.do === 'cut' ? 'cut' : action.do === 'slow' || action.do === 'slowDisk' ? 'slow' : 'plain';
    const title = action.do === 'cut' ? 'cut' : faultTitle(active.fault);
    const open = active.untilUs > endUs;
    // A title stands inside its band where it fits, else behind it.
    const roomUs = (title.length * 6.1 + 20) * SHARE_PER_PX * endUs;
    freeUs[row] = untilUs - active.sinceUs > roomUs ? untilUs : untilUs + roomUs;
    return [{ id: active.fault.id, kind, title, fromUs: active.sinceUs, untilUs, open, row }];
  });
  return { bands, rows: freeUs.length };
}

/** A cut's sides in words, for the seam: `a r1 r2 | r3 r4 r5 b`. */
export function sidesOf(run: Run, fault: string): string {
  const active = run.record.faults.find((candidate) => candidate.fault.id === fault);
  return active?.sides.map((side) => side.join(' ')).join(' | ') ?? '';
}
