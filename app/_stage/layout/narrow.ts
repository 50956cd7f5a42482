import type { SpaceTimeSize } from '../../../simulations/index.ts';

/** A window in microseconds. */
export interface Window {
  readonly fromUs: number;
  readonly toUs: number;
}

/** The width of the field of time, in px, below which a picture shows less time instead of shrinking. */
const FIELD_MIN: Readonly<Record<SpaceTimeSize, number>> = { lab: 600, figure: 250, thumb: 220 };

/**
 * The part of a window that a narrow field shows at the scale of a wide one. It keeps `shown` while the anchor (the moment in view, the
 * selection or the end of a witness) lies within it, and else puts the anchor at three fifths.
 */
export function narrowWindow(
  window: Window,
  options: {
    readonly size: SpaceTimeSize;
    readonly fieldPx: number;
    readonly anchorUs: number;
    readonly shownFromUs?: number;
  },
): Window {
  const { size, fieldPx, anchorUs, shownFromUs } = options;
  const spanUs = window.toUs - window.fromUs;
  const share = Math.min(1, fieldPx / FIELD_MIN[size]);
  if (share >= 1) return window;
  const narrowUs = spanUs * share;
  const clamp = (us: number) => Math.max(window.fromUs, Math.min(window.toUs - narrowUs, us));
  const kept = shownFromUs === undefined ? Number.NaN : clamp(shownFromUs);
  const inside = anchorUs >= kept + narrowUs * 0.08 && anchorUs <= kept + narrowUs * 0.92;
  const fromUs = inside ? kept : clamp(anchorUs - narrowUs * 0.6);
  return { fromUs, toUs: fromUs + narrowUs };
}

/** A window around a point at which the time under it stays: `factor` below 1 zooms in. Kept within the run. */
export function zoomWindow(window: Window, atUs: number, factor: number, endUs: number): Window {
  const spanUs = Math.max(SPAN_US_MIN, Math.min(endUs, (window.toUs - window.fromUs) * factor));
  const share = (atUs - window.fromUs) / (window.toUs - window.fromUs);
  return within(atUs - share * spanUs, spanUs, endUs);
}

/** The same window, moved. Kept within the run. */
export function panWindow(window: Window, byUs: number, endUs: number): Window {
  return within(window.fromUs + byUs, window.toUs - window.fromUs, endUs);
}

/** No window is shorter than this. */
export const SPAN_US_MIN = 200;

function within(fromUs: number, spanUs: number, endUs: number): Window {
  const span = Math.min(spanUs, endUs);
  const from = Math.round(Math.max(0, Math.min(endUs - span, fromUs)));
  return { fromUs: from, toUs: Math.round(from + span) };
}
