import type { Run } from '../../run/execute.ts';
import { crossingsIn } from './crossings.ts';
import type { DiagramFrame } from './frame.ts';
import { laneLine, laneY, opening } from './lanes.ts';
import { line, tenth } from './path.ts';
import { runIndex } from './run-index.ts';
import { wordPx } from './strata-paths.ts';
import { timeAxis } from './time-axis.ts';

/** A stretch of time during which a host's clock runs at one rate: it shows `trueUs * rate + offsetUs`. */
export interface ClockSpan {
  readonly host: number;
  readonly fromUs: number;
  readonly untilUs: number;
  readonly rate: number;
  readonly offsetUs: number;
}

/** The clocks of a window that are not the true time: under each lane, the host's own scale of time. */
export interface ClockPaths {
  /** The scale's line with its ticks, where the host's own clock shows a round time. */
  readonly scales: string;
  readonly words: readonly {
    readonly key: string;
    readonly x: number;
    readonly y: number;
    readonly text: string;
    readonly anchor: 'start' | 'end';
  }[];
}

const known = new WeakMap<Run, readonly ClockSpan[]>();

/** When clocks of a run were wrong, and how. Clock faults on one host add up, as they do in the kernel. */
export function clockSpans(run: Run): readonly ClockSpan[] {
  const ready = known.get(run) ?? build(run);
  known.set(run, ready);
  return ready;
}

function build(run: Run): readonly ClockSpan[] {
  const { hosts, endUs } = runIndex(run);
  return hosts.flatMap(({ id }, host) => {
    const shifts = run.record.faults.flatMap(({ fault: { action }, sides, sinceUs, untilUs }) =>
      action.do === 'clock' && sides[0]?.includes(id)
        ? [{ ...action, sinceUs, untilUs: Math.min(untilUs, endUs) }]
        : [],
    );
    const moments = [...new Set(shifts.flatMap(({ sinceUs, untilUs }) => [sinceUs, untilUs]))].sort((a, b) => a - b);
    return moments.slice(0, -1).flatMap((fromUs, at): readonly ClockSpan[] => {
      const open = shifts.filter(({ sinceUs, untilUs }) => sinceUs <= fromUs && untilUs > fromUs);
      if (open.length === 0) return [];
      const part = (ppm: number) => ppm / 1_000_000;
      const rate = open.reduce((sum, { driftPpm }) => sum + part(driftPpm), 1);
      const offsetUs = open.reduce((sum, shift) => sum + shift.offsetUs - shift.sinceUs * part(shift.driftPpm), 0);
      return [{ host, fromUs, untilUs: moments[at + 1]!, rate, offsetUs }];
    });
  });
}

/** How far a clock is ahead of the true time, in microseconds; behind: negative. */
export function aheadUs({ rate, offsetUs }: ClockSpan, atUs: number): number {
  return atUs * (rate - 1) + offsetUs;
}

/** Draws the clocks of a frame's window. */
export function clockPaths(frame: DiagramFrame): ClockPaths {
  const words: ClockPaths['words'][number][] = [];
  let scales = '';
  for (const span of clockSpans(frame.run)) {
    if (span.fromUs > frame.untilUs || span.untilUs < frame.fromUs || frame.lanes.positionOf[span.host]! < 0) continue;
    scales += scaleOf(frame, span);
    words.push(...wordsOf(frame, span));
  }
  return { scales, words };
}

/** From the edge of a stratum to the scale under it, in px. */
const BELOW_BAND = 2.5;

function scaleOf(frame: DiagramFrame, span: ClockSpan): string {
  const { left, right, fromUs, untilUs, lanes } = frame;
  const [from, until] = [Math.max(left, frame.x(span.fromUs)), Math.min(right, frame.x(span.untilUs))];
  if (until <= from) return '';
  const { ticks } = timeAxis(
    Math.max(fromUs, span.fromUs) * span.rate + span.offsetUs,
    Math.min(untilUs, span.untilUs) * span.rate + span.offsetUs,
    until - from,
  );
  // It bends where its lane does.
  const under = lanes.slices[span.host]!.band / 2 + BELOW_BAND;
  let d = line(laneLine(lanes, span.host, { from, until }, frame.x).map(([x, y]) => [x, y + under]));
  for (const { us, major } of ticks) {
    const x = frame.x((us - span.offsetUs) / span.rate);
    if (x >= from && x <= until) d += `M${tenth(x)} ${tenth(scaleY(frame, span.host, x))}v${major ? 5 : 3}`;
  }
  return d;
}

function scaleY({ lanes, x: scale }: DiagramFrame, host: number, x: number): number {
  return laneY(lanes, host, x, scale) + lanes.slices[host]!.band / 2 + BELOW_BAND;
}

/** How far the clock is off where its stretch begins in the window, and where it ends if that is another figure. */
function wordsOf(frame: DiagramFrame, span: ClockSpan): ClockPaths['words'] {
  const { left, right, size, lanes } = frame;
  if (size === 'thumb' || lanes.slices[span.host]!.band < lanes.band) return [];
  const fromUs = Math.max(frame.fromUs, span.fromUs);
  const untilUs = Math.min(frame.untilUs, span.untilUs);
  const [from, until] = [Math.max(left, frame.x(fromUs)) + 3, Math.min(right, frame.x(untilUs)) - 3];
  const at = `clock ${aheadText(aheadUs(span, fromUs))}`;
  const key = `${span.host} ${span.fromUs}`;
  const wide = wordPx(at);
  if (until - from < wide) return [];
  const x = clearOfArrows(frame, span.host, { from, until, wide });
  const ends = aheadText(aheadUs(span, untilUs));
  const begins =
    x === from ? at : `clock ${aheadText(aheadUs(span, frame.fromUs + (x - left) / (frame.x(1) - frame.x(0))))}`;
  const first = {
    key: `${key} begins`,
    x,
    y: wordY(frame, span.host, [x, x + wide]),
    text: begins,
    anchor: 'start',
  } as const;
  if (begins.endsWith(` ${ends}`) || until - x <= wide + wordPx(ends) + 16) return [first];
  const y = wordY(frame, span.host, [until - wordPx(ends), until]);
  return [first, { key: `${key} ends`, x: until, y, text: ends, anchor: 'end' }];
}

/** How far from where a clock's stretch begins its words may stand, and how far from arrows, in px. */
const SEARCH = { within: 200, gap: 4 };

/** The first place for words so wide at which no message crosses them; where they begin when there is none near. */
function clearOfArrows(
  frame: DiagramFrame,
  host: number,
  { from, until, wide }: { readonly from: number; readonly until: number; readonly wide: number },
): number {
  const last = Math.min(until - wide, from + SEARCH.within);
  const foot = wordY(frame, host, [from, from + wide]);
  const crossings = crossingsIn(frame, { from, until: last + wide, top: foot - 9, bottom: foot + 1 });
  let x = from;
  for (const [left, right] of crossings)
    if (left - SEARCH.gap < x + wide && right + SEARCH.gap > x) x = right + SEARCH.gap;
  return x <= last && wordY(frame, host, [x, x + wide]) === foot ? x : from;
}

/** From the scale to the foot of words under it, and from words to a stratum, in px. */
const WORDS = { under: 12, clear: 2.5 };

/** The foot of words beside a scale: under it, nearer where lanes stand close; where a seam is open there, over the stratum. */
function wordY(frame: DiagramFrame, host: number, [from, until]: readonly [number, number]): number {
  const { lanes, x: scale } = frame;
  const position = lanes.positionOf[host]!;
  const { band } = lanes.slices[host]!;
  const torn = (below: number) =>
    lanes.seams.some(
      (seam) =>
        seam.below === below &&
        [from, until].some((x) => opening(x, scale(seam.cut.fromUs), scale(seam.cut.untilUs)) > 0),
    );
  const y = laneY(lanes, host, until, scale);
  if (torn(position + 1) && !torn(position)) return y - band / 2 - WORDS.clear;
  const next = lanes.lanes[position + 1];
  const low = y + band / 2 + BELOW_BAND + WORDS.under;
  if (next === undefined || next.shape === 'client') return low;
  return Math.min(low, laneY(lanes, next.host, until, scale) - lanes.band / 2 - WORDS.clear);
}

/** `+300 ms`, `-2.5 s`: rounded to what the eye can use. */
export function aheadText(us: number): string {
  const size = Math.abs(us);
  const [value, unit] = size >= 1_000_000 ? [size / 1_000_000, 's'] : [size / 1000, 'ms'];
  const rounded = value >= 100 ? Math.round(value) : Math.round(value * 10) / 10;
  return `${us < 0 ? '\u2212' : '+'}${rounded} ${unit}`;
}
