import { lookOf, type VersionLook } from './ages.ts';
import type { DiagramFrame, LitCone } from './frame.ts';
import { laneLine, laneY } from './lanes.ts';
import { bandPath, line, type Point } from './path.ts';
import { runIndex, type Span } from './run-index.ts';
import { strataOf } from './strata.ts';

/** The strata of a window as path data, one path for each look. */
export interface StrataPaths {
  /** Centre lines of lanes without strata. */
  readonly bare: string;
  readonly lit: Readonly<Record<VersionLook, string>>;
  /** Parts that are concurrent with the selected step. */
  readonly dim: Readonly<Record<VersionLook, string>>;
  readonly edges: string;
  readonly labels: readonly LaneLabel[];
  /** Times during which a host was down, and the tears at both ends. */
  readonly down: string;
  readonly tears: string;
  readonly paused: string;
  readonly notes: readonly LaneNote[];
}

/** A version's label on its stratum. */
export interface LaneLabel {
  /** The same while the window moves. */
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly age: VersionLook;
}

/** A few words on a lane. */
export interface LaneNote {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly anchor: 'start' | 'end';
}

/** Width of a label of the small data size, in px. */
export function wordPx(text: string): number {
  return text.length * 6.1;
}

/** Draws the strata of a frame's window. */
export function strataPaths(frame: DiagramFrame): StrataPaths {
  const { run, focus, lanes, left, right, fromUs, untilUs } = frame;
  const strata = strataOf(run, focus);
  const index = runIndex(run);
  const lit: Record<VersionLook, string> = { new: '', prev: '', old: '', gone: '' };
  const dim: Record<VersionLook, string> = { new: '', prev: '', old: '', gone: '' };
  const labels: LaneLabel[] = [];
  let bare = '';
  let edges = '';
  lanes.lanes.forEach(({ host }, position) => {
    const layers = strata[host]!;
    const line_ = (from: number, until: number): readonly Point[] =>
      laneLine(lanes, position, { from, until }, frame.x);
    for (const span of bareSpans(layers, index.down[host]!, index.endUs)) {
      const [from, until] = [clampX(frame, span.fromUs), clampX(frame, span.untilUs)];
      if (until > from) bare += line(line_(from, until));
    }
    for (const { fromUs: startUs, untilUs: endUs, version } of layers) {
      if (startUs > untilUs || endUs < fromUs) continue;
      const [from, until] = [clampX(frame, startUs), clampX(frame, endUs)];
      const age = lookOf(frame.ages, version);
      edges += bandPath(line_(from, until), lanes.band);
      for (const part of litParts(frame, index.stepsOf[host]!, from, until)) {
        const into = part.lit ? lit : dim;
        into[age] += bandPath(line_(part.from, part.until), lanes.band);
      }
      const label = labelAt(frame, { host, from, until, text: version.label });
      if (label !== undefined) labels.push({ key: `${host} ${startUs}`, ...label, text: version.label, age });
    }
  });
  return { bare, lit, dim, edges, labels, ...outages(frame, { left, right }) };
}

function clampX(frame: DiagramFrame, us: number): number {
  // A little outside the field, so that the edge of the field is not mistaken for an end.
  return Math.max(frame.left - 2, Math.min(frame.right + 2, frame.x(us)));
}

/** Times at which a lane has neither a stratum nor an outage. */
function bareSpans(
  layers: readonly { readonly fromUs: number; readonly untilUs: number }[],
  down: readonly Span[],
  endUs: number,
): readonly { readonly fromUs: number; readonly untilUs: number }[] {
  const taken = [...layers, ...down].sort((a, b) => a.fromUs - b.fromUs);
  const spans: { fromUs: number; untilUs: number }[] = [];
  let at = 0;
  for (const { fromUs, untilUs } of taken) {
    if (fromUs > at) spans.push({ fromUs: at, untilUs: fromUs });
    at = Math.max(at, untilUs);
  }
  if (at < endUs) spans.push({ fromUs: at, untilUs: endUs });
  return spans;
}

/** Splits a stretch of a lane at the last step of the causal past and the first of the future: between them it is concurrent. */
function litParts(
  frame: Pick<DiagramFrame, 'cone' | 'run' | 'x'>,
  steps: Int32Array,
  from: number,
  until: number,
): readonly { readonly from: number; readonly until: number; readonly lit: boolean }[] {
  const { cone } = frame;
  if (cone === undefined) return [{ from, until, lit: true }];
  const trace = frame.run.timeline!.trace;
  const [past, future] = bounds(cone, steps);
  const dark = past < 0 ? -Infinity : frame.x(trace.timeUs(past));
  const light = future < 0 ? Infinity : frame.x(trace.timeUs(future));
  return [
    { from, until: Math.min(until, dark), lit: true },
    { from: Math.max(from, dark), until: Math.min(until, light), lit: false },
    { from: Math.max(from, light), until, lit: true },
  ].filter((part) => part.until > part.from);
}

function bounds(cone: LitCone, steps: Int32Array): readonly [past: number, future: number] {
  let past = -1;
  for (const step of steps) {
    const relation = cone.relation[step]!;
    // The step itself ends its past and begins its future.
    if (relation === 3) return [step, step];
    if (relation === 1) past = step;
    if (relation === 2) return [past, step];
  }
  return [past, -1];
}

function labelAt(
  frame: DiagramFrame,
  { host, from, until, text }: { host: number; from: number; until: number; text: string },
): { readonly x: number; readonly y: number } | undefined {
  const cut = from < frame.left;
  const x = cut ? frame.left + 4 : from + 8;
  const room = Math.min(until, frame.right) - x;
  if (room < wordPx(text)) return undefined;
  // Where a lane bends, a label on the bend would stand half outside.
  const [start, end] = [laneY(frame.lanes, host, x, frame.x), laneY(frame.lanes, host, x + wordPx(text), frame.x)];
  return { x: start === end ? x : x + 6, y: end + 3.6 };
}

/** Crashes and pauses of the window. */
function outages(
  frame: DiagramFrame,
  { left, right }: { left: number; right: number },
): Pick<StrataPaths, 'down' | 'tears' | 'paused' | 'notes'> {
  const index = runIndex(frame.run);
  const notes: LaneNote[] = [];
  let [down, tears, paused] = ['', '', ''];
  frame.lanes.lanes.forEach(({ host }, position) => {
    for (const span of index.down[host]!) {
      const [from, until] = [frame.x(span.fromUs), frame.x(span.untilUs)];
      if (until < left || from > right) continue;
      const ends = { from: Math.max(left, from), until: Math.min(right, until) };
      down += line(laneLine(frame.lanes, position, ends, frame.x));
      const restarts = span.untilUs < index.endUs;
      if (from >= left) tears += tearPath(frame, host, from, 1);
      if (restarts && until <= right) tears += tearPath(frame, host, until, -1);
      notes.push(...outageNotes(frame, host, { from, until, span, restarts }));
    }
    for (const span of index.paused[host]!) {
      const ends = { from: Math.max(left, frame.x(span.fromUs)), until: Math.min(right, frame.x(span.untilUs)) };
      if (ends.until <= ends.from) continue;
      const half = frame.lanes.band / 2 + 2.5;
      const centre = laneLine(frame.lanes, position, ends, frame.x);
      paused += line(centre.map(([x, y]) => [x, y - half])) + line(centre.map(([x, y]) => [x, y + half]));
    }
  });
  return { down, tears, paused, notes };
}

function outageNotes(
  frame: DiagramFrame,
  host: number,
  { from, until, span, restarts }: { from: number; until: number; span: Span; restarts: boolean },
): readonly LaneNote[] {
  if (frame.size === 'thumb') return [];
  const notes: LaneNote[] = [];
  const text = `crashed at ${Math.round(span.fromUs / 1000)}`;
  const x = Math.max(frame.left + 4, from + 12);
  const room = Math.min(until, frame.right) - x - 8;
  const y = (at: number) => laneY(frame.lanes, host, at, frame.x);
  if (room > wordPx(text)) notes.push({ key: `crash ${span.step}`, x, y: y(x) + 3.6, text, anchor: 'start' });
  const back = `restarts ${Math.round(span.untilUs / 1000)}`;
  if (restarts && until <= frame.right && room > wordPx(text) + wordPx(back) + 24) {
    notes.push({ key: `restart ${span.step}`, x: until - 8, y: y(until - 8) + 3.6, text: back, anchor: 'end' });
  }
  return notes;
}

/** The torn end of a band: seven points across it. */
function tearPath(frame: DiagramFrame, host: number, x: number, direction: 1 | -1): string {
  const offsets = [0, 2.1, -1.5, 2.5, -0.9, 1.5, 0];
  const y = laneY(frame.lanes, host, x, frame.x);
  const height = frame.lanes.band + 6;
  return line(offsets.map((offset, at) => [x + direction * offset, y - height / 2 + (at * height) / 6]));
}
