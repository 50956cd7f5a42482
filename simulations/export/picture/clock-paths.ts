import type { Run } from '../../run/execute.ts';
import type { DiagramFrame } from './frame.ts';
import { laneY } from './lanes.ts';
import { tenth } from './path.ts';
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

function scaleOf(frame: DiagramFrame, span: ClockSpan): string {
  const { left, right, fromUs, untilUs } = frame;
  const [from, until] = [Math.max(left, frame.x(span.fromUs)), Math.min(right, frame.x(span.untilUs))];
  if (until <= from) return '';
  const y = scaleY(frame, span.host, (from + until) / 2);
  const { ticks } = timeAxis(
    Math.max(fromUs, span.fromUs) * span.rate + span.offsetUs,
    Math.min(untilUs, span.untilUs) * span.rate + span.offsetUs,
    until - from,
  );
  let d = `M${tenth(from)} ${tenth(y)}H${tenth(until)}`;
  for (const { us, major } of ticks) {
    const x = frame.x((us - span.offsetUs) / span.rate);
    if (x >= from && x <= until) d += `M${tenth(x)} ${tenth(y)}v${major ? 5 : 3}`;
  }
  return d;
}

function scaleY({ lanes, x: scale }: DiagramFrame, host: number, x: number): number {
  return laneY(lanes, host, x, scale) + lanes.slices[host]!.band / 2 + 2.5;
}

/** How far the clock is off where its stretch begins in the window, and where it ends if that is another figure. */
function wordsOf(frame: DiagramFrame, span: ClockSpan): ClockPaths['words'] {
  const { left, right, size, lanes } = frame;
  if (size === 'thumb' || lanes.slices[span.host]!.band < lanes.band) return [];
  const fromUs = Math.max(frame.fromUs, span.fromUs);
  const untilUs = Math.min(frame.untilUs, span.untilUs);
  const [from, until] = [Math.max(left, frame.x(fromUs)) + 3, Math.min(right, frame.x(untilUs)) - 3];
  const [begins, ends] = [`clock ${aheadText(aheadUs(span, fromUs))}`, aheadText(aheadUs(span, untilUs))];
  const key = `${span.host} ${span.fromUs}`;
  if (until - from < wordPx(begins)) return [];
  const y = scaleY(frame, span.host, from) + 12;
  const first = { key: `${key} begins`, x: from, y, text: begins, anchor: 'start' } as const;
  const differs = !begins.endsWith(` ${ends}`) && until - from > wordPx(begins) + wordPx(ends) + 16;
  return differs ? [first, { key: `${key} ends`, x: until, y, text: ends, anchor: 'end' }] : [first];
}

/** `+300 ms`, `-2.5 s`: rounded to what the eye can use. */
export function aheadText(us: number): string {
  const size = Math.abs(us);
  const [value, unit] = size >= 1_000_000 ? [size / 1_000_000, 's'] : [size / 1000, 'ms'];
  const rounded = value >= 100 ? Math.round(value) : Math.round(value * 10) / 10;
  return `${us < 0 ? '\u2212' : '+'}${rounded} ${unit}`;
}
