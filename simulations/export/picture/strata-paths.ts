import type { Version } from '../../models/scene.ts';
import { lookOf, type VersionLook } from './ages.ts';
import { coneBounds } from './cone-bounds.ts';
import type { DiagramFrame } from './frame.ts';
import { glyphPlaces } from './frame-messages.ts';
import { laneLine, laneY } from './lanes.ts';
import { bandPath, line, type Point } from './path.ts';
import { runIndex, type Span } from './run-index.ts';
import { firstStratum, type Stratum, strataOf } from './strata.ts';
import { formatCount } from './time-axis.ts';

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
  const glyphs = glyphPlaces(frame);
  const lit: Record<VersionLook, string> = { new: '', prev: '', old: '', gone: '' };
  const dim: Record<VersionLook, string> = { new: '', prev: '', old: '', gone: '' };
  const labels: LaneLabel[] = [];
  let bare = '';
  let edges = '';
  for (const host of lanes.lanes.flatMap(({ hosts }) => hosts)) {
    const { band } = lanes.slices[host]!;
    const line_ = (from: number, until: number): readonly Point[] => laneLine(lanes, host, { from, until }, frame.x);
    for (const span of bareSpans(strata[host]!, index.down[host]!, index.endUs)) {
      if (span.fromUs > untilUs || span.untilUs < fromUs) continue;
      const [from, until] = [clampX(frame, span.fromUs), clampX(frame, span.untilUs)];
      if (until > from) bare += line(line_(from, until));
    }
    for (const { from, until, age, version, startUs } of layersOf(frame, strata[host]!)) {
      const whole = bandPath(line_(from, until), band);
      edges += whole;
      for (const part of litParts(frame, host, from, until)) {
        const into = part.lit ? lit : dim;
        const isWhole = part.from === from && part.until === until;
        into[age] += isWhole ? whole : bandPath(line_(part.from, part.until), band);
      }
      if (version === undefined || band < lanes.band) continue;
      const label = labelAt(frame, { host, from, until, text: version.label, glyphs: glyphs[host]! });
      if (label !== undefined) labels.push({ key: `${host} ${startUs}`, ...label, text: version.label, age });
    }
  }
  return { bare, lit, dim, edges, labels, ...outages(frame, { left, right }) };
}

/** A stratum as it is drawn, or several too short to be told apart: then without a version of its own. Ends in px. */
interface Layer {
  readonly from: number;
  until: number;
  readonly age: VersionLook;
  readonly startUs: number;
  readonly version: Version | undefined;
}

/** Strata shorter than this, in px, share a place: what stood at its end is drawn. */
const STRATUM_PX = 2.5;

/** The strata of a host that a window shows, those too short for the picture joined. Reads about one stratum for each place, not all. */
function layersOf(frame: DiagramFrame, strata: readonly Stratum[]): readonly Layer[] {
  const layers: Layer[] = [];
  const shortUs = STRATUM_PX / (frame.x(1) - frame.x(0));
  let at = firstStratum(strata, frame.fromUs);
  while (at < strata.length && strata[at]!.fromUs <= frame.untilUs) {
    const { fromUs: startUs, untilUs, version } = strata[at]!;
    const from = clampX(frame, startUs);
    if (untilUs - startUs >= shortUs) {
      layers.push({ from, until: clampX(frame, untilUs), age: lookOf(frame.ages, version), startUs, version });
      at++;
      continue;
    }
    // The last one that ends within this place; a long one that begins in it keeps its own.
    let end = Math.max(at, firstStratum(strata, startUs + shortUs) - 1);
    while (end > at && strata[end]!.untilUs - strata[end]!.fromUs >= shortUs) end--;
    const until = clampX(frame, strata[end]!.untilUs);
    const age = lookOf(frame.ages, strata[end]!.version);
    const last = layers.at(-1);
    if (last !== undefined && last.version === undefined && last.age === age && last.until >= from - 0.01)
      last.until = until;
    else layers.push({ from, until, age, startUs, version: undefined });
    at = end + 1;
  }
  return layers;
}

function clampX(frame: DiagramFrame, us: number): number {
  // A little outside the field, so that the edge of the field is not mistaken for an end.
  return Math.max(frame.left - 2, Math.min(frame.right + 2, frame.x(us)));
}

const bare = new WeakMap<readonly Stratum[], readonly BareSpan[]>();

interface BareSpan {
  readonly fromUs: number;
  readonly untilUs: number;
}

/** Times at which a host has neither a stratum nor an outage; found once for its strata. */
function bareSpans(strata: readonly Stratum[], down: readonly Span[], endUs: number): readonly BareSpan[] {
  const known = bare.get(strata);
  if (known !== undefined) return known;
  const taken = [...strata, ...down].sort((a, b) => a.fromUs - b.fromUs);
  const spans: BareSpan[] = [];
  let at = 0;
  for (const { fromUs, untilUs } of taken) {
    if (fromUs > at) spans.push({ fromUs: at, untilUs: fromUs });
    at = Math.max(at, untilUs);
  }
  if (at < endUs) spans.push({ fromUs: at, untilUs: endUs });
  bare.set(strata, spans);
  return spans;
}

/** Splits a stretch of a lane at the last step of the causal past and the first of the future: between them it is concurrent. */
function litParts(
  frame: Pick<DiagramFrame, 'cone' | 'run' | 'x'>,
  host: number,
  from: number,
  until: number,
): readonly { readonly from: number; readonly until: number; readonly lit: boolean }[] {
  const { cone } = frame;
  if (cone === undefined) return [{ from, until, lit: true }];
  const trace = frame.run.timeline!.trace;
  const { past, future } = coneBounds(frame.run, cone.relation)[host]!;
  const steps = runIndex(frame.run).stepsOf[host]!;
  const dark = past === 0 ? -Infinity : frame.x(trace.timeUs(steps[past - 1]!));
  const light = future === steps.length ? Infinity : frame.x(trace.timeUs(steps[future]!));
  return [
    { from, until: Math.min(until, dark), lit: true },
    { from: Math.max(from, dark), until: Math.min(until, light), lit: false },
    { from: Math.max(from, light), until, lit: true },
  ].filter((part) => part.until > part.from);
}

/** A label keeps this far from the middle of a glyph, in px. */
const GLYPH_ROOM = 6;

interface LabelledPart {
  readonly host: number;
  readonly from: number;
  readonly until: number;
  readonly text: string;
  /** Where glyphs stand on the lane, rising. */
  readonly glyphs: readonly number[];
}

/** The first place on a stratum at which its label lies under no glyph; undefined when it has no such place. */
function labelAt(
  frame: DiagramFrame,
  { host, from, until, text, glyphs }: LabelledPart,
): { readonly x: number; readonly y: number } | undefined {
  const wide = wordPx(text);
  const end = Math.min(until, frame.right);
  let x = from < frame.left ? frame.left + 4 : from + 8;
  for (const glyph of glyphs) {
    if (glyph + GLYPH_ROOM <= x) continue;
    // It stands in front of this glyph; the room that a bend of the lane may ask for is kept free too.
    if (glyph - GLYPH_ROOM >= offBend(frame, host, x, wide) + wide || x + wide > end) break;
    x = glyph + GLYPH_ROOM;
  }
  x = offBend(frame, host, x, wide);
  if (end - x < wide) return undefined;
  return { x, y: laneY(frame.lanes, host, x + wide, frame.x) + 3.6 };
}

/** Where a lane bends, a label on the bend would stand half outside: it begins a little later. */
function offBend({ lanes, x: scale }: DiagramFrame, host: number, x: number, wide: number): number {
  return laneY(lanes, host, x, scale) === laneY(lanes, host, x + wide, scale) ? x : x + 6;
}

/** Crashes and pauses of the window. */
function outages(
  frame: DiagramFrame,
  { left, right }: { left: number; right: number },
): Pick<StrataPaths, 'down' | 'tears' | 'paused' | 'notes'> {
  const index = runIndex(frame.run);
  const notes: LaneNote[] = [];
  let [down, tears, paused] = ['', '', ''];
  for (const host of frame.lanes.lanes.flatMap(({ hosts }) => hosts)) {
    const { band } = frame.lanes.slices[host]!;
    for (const span of index.down[host]!) {
      const [from, until] = [frame.x(span.fromUs), frame.x(span.untilUs)];
      if (until < left || from > right) continue;
      const ends = { from: Math.max(left, from), until: Math.min(right, until) };
      down += line(laneLine(frame.lanes, host, ends, frame.x));
      const restarts = span.untilUs < index.endUs;
      if (from >= left) tears += tearPath(frame, host, from, 1);
      if (restarts && until <= right) tears += tearPath(frame, host, until, -1);
      notes.push(...outageNotes(frame, host, { from, until, span, restarts }));
    }
    for (const span of index.paused[host]!) {
      const ends = { from: Math.max(left, frame.x(span.fromUs)), until: Math.min(right, frame.x(span.untilUs)) };
      if (ends.until <= ends.from) continue;
      const half = band / 2 + Math.min(2.5, band / 5);
      const centre = laneLine(frame.lanes, host, ends, frame.x);
      paused += line(centre.map(([x, y]) => [x, y - half])) + line(centre.map(([x, y]) => [x, y + half]));
    }
  }
  return { down, tears, paused, notes };
}

function outageNotes(
  frame: DiagramFrame,
  host: number,
  { from, until, span, restarts }: { from: number; until: number; span: Span; restarts: boolean },
): readonly LaneNote[] {
  if (frame.size === 'thumb' || frame.lanes.slices[host]!.band < frame.lanes.band) return [];
  const notes: LaneNote[] = [];
  const text = `crashed at ${formatCount(Math.round(span.fromUs / 1000))} ms`;
  const x = Math.max(frame.left + 4, from + 12);
  const room = Math.min(until, frame.right) - x - 8;
  const y = (at: number) => laneY(frame.lanes, host, at, frame.x);
  if (room > wordPx(text)) notes.push({ key: `crash ${span.step}`, x, y: y(x) + 3.6, text, anchor: 'start' });
  const back = `restarts at ${formatCount(Math.round(span.untilUs / 1000))} ms`;
  if (restarts && until <= frame.right && room > wordPx(text) + wordPx(back) + 24) {
    notes.push({ key: `restart ${span.step}`, x: until - 8, y: y(until - 8) + 3.6, text: back, anchor: 'end' });
  }
  return notes;
}

/** The torn end of a band: seven points across it. */
function tearPath(frame: DiagramFrame, host: number, x: number, direction: 1 | -1): string {
  const offsets = [0, 2.1, -1.5, 2.5, -0.9, 1.5, 0];
  const y = laneY(frame.lanes, host, x, frame.x);
  const { band } = frame.lanes.slices[host]!;
  const height = band + Math.min(6, band / 2);
  return line(offsets.map((offset, at) => [x + direction * offset, y - height / 2 + (at * height) / 6]));
}
