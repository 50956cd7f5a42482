import { faultBands, type Run, runIndex } from '../../../simulations/index.ts';

/** Time during which a fault was in force or a host was down. */
export interface SeriesBand {
  readonly title: string;
  readonly kind: 'cut' | 'slow' | 'plain' | 'down';
  readonly fromUs: number;
  readonly untilUs: number;
  /** True when it lasts to the end of the run. */
  readonly open: boolean;
  readonly row: number;
}

/** Hosts that are down have at most this many rows, under those of the faults. */
const DOWN_ROWS_MAX = 2;

const known = new WeakMap<Run, { readonly bands: readonly SeriesBand[]; readonly rows: number }>();

/** The faults of a run as bands, as the space-time diagram has them, and below them the hosts that were down, which it draws on their lanes. */
export function seriesBands(run: Run): { readonly bands: readonly SeriesBand[]; readonly rows: number } {
  let found = known.get(run);
  if (found === undefined) {
    found = build(run);
    known.set(run, found);
  }
  return found;
}

function build(run: Run): { readonly bands: readonly SeriesBand[]; readonly rows: number } {
  const faults = faultBands(run);
  const { hosts, down, endUs } = runIndex(run);
  const spans = down
    .flatMap((own, host) => own.map(({ fromUs, untilUs }) => ({ title: `${hosts[host]!.id} down`, fromUs, untilUs })))
    .sort((a, b) => a.fromUs - b.fromUs);
  const freeUs: number[] = [];
  const downs = spans.map((span): SeriesBand => {
    const free = freeUs.findIndex((us) => us <= span.fromUs);
    const row = Math.min(free < 0 ? freeUs.length : free, DOWN_ROWS_MAX - 1);
    freeUs[row] = Math.max(freeUs[row] ?? 0, span.untilUs);
    return { ...span, kind: 'down', open: span.untilUs >= endUs, row: faults.rows + row };
  });
  return { bands: [...faults.bands, ...downs], rows: faults.rows + freeUs.length };
}
