import { type Focus, messagesIn, type Run } from '../../simulations/index.ts';

/** A stretch of simulated time, in microseconds. */
export interface Window {
  readonly fromUs: number;
  readonly toUs: number;
}

/** What a window is fitted to. */
export interface FitOptions {
  readonly run: Run;
  readonly focus: Focus;
  /** The window as its author wants it. */
  readonly wanted: Window;
  /** The stretch that must stay in view, as far as it lies in the wanted window. */
  readonly must?: Window;
  /** Width of the field in which time is drawn. */
  readonly fieldPx: number;
}

/** Arrows closer than this, on average, are not told apart. */
const PX_PER_MESSAGE = 10;
/** The longest bar of an operation is at least so wide. */
const BAR_PX = 11;
/** Kept free after the end of what must stay, for the chip of a short bar and the mark of a verdict: that share, or that much where it is more. */
const ROOM_AFTER = 0.09;
const ROOM_AFTER_PX = 44;
/** Beside what must stay there is at least this share of it. */
const MARGIN = 0.12;

/**
 * The part of a wanted window that a picture of that width can show legibly: messages apart, bars wide enough to
 * be seen. It keeps `must`, and more of what lies before it than after it: causes come first.
 */
export function fitWindow(options: FitOptions): Window {
  const { run, focus, wanted, fieldPx } = options;
  const bare = options.must ?? wanted;
  const must = withMargin(bare, wanted);
  let best = wanted;
  for (let step = 0; step < 24 && !isLegible(run, focus, best, fieldPx); step++) {
    const room = (best.toUs - best.fromUs) * Math.max(ROOM_AFTER, ROOM_AFTER_PX / fieldPx);
    const next = shrink(best, { ...must, toUs: Math.max(must.toUs, bare.toUs + room) }, 0.9);
    if (next.toUs - next.fromUs >= best.toUs - best.fromUs) break;
    best = next;
  }
  return best;
}

function withMargin(must: Window, { fromUs, toUs }: Window): Window {
  const margin = (must.toUs - must.fromUs) * MARGIN;
  return { fromUs: Math.max(fromUs, must.fromUs - margin), toUs: Math.min(toUs, must.toUs + margin) };
}

/** Takes away first what comes after, then what comes before. Never what must stay. */
function shrink(window: Window, must: Window, factor: number): Window {
  const span = window.toUs - window.fromUs;
  const away = span * (1 - factor);
  const after = Math.max(0, Math.min(window.toUs - must.toUs, away));
  const before = Math.max(0, Math.min(must.fromUs - window.fromUs, away - after));
  return { fromUs: Math.round(window.fromUs + before), toUs: Math.round(window.toUs - after) };
}

function isLegible(run: Run, focus: Focus, window: Window, fieldPx: number): boolean {
  const { flights, dense } = messagesIn(run, window.fromUs, window.toUs);
  if (dense || flights.length * PX_PER_MESSAGE > fieldPx) return false;
  const longest = run.record.operations
    .filter(({ key, outcome }) => key === focus.key && outcome === 'ok')
    .filter(({ invokedAt, completedAt }) => invokedAt < window.toUs && completedAt > window.fromUs)
    .reduce((most, { invokedAt, completedAt }) => Math.max(most, completedAt - invokedAt), 0);
  return longest === 0 || (longest / (window.toUs - window.fromUs)) * fieldPx >= BAR_PX;
}
