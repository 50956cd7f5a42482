import type { MessageMark } from '../../models/scene.ts';
import { type Arrow, arrowOf } from './arrows.ts';
import type { DiagramFrame } from './frame.ts';
import { laneY } from './lanes.ts';
import { messagesIn } from './messages.ts';
import { crossPath, glyphPath, headPath, line, type Point } from './path.ts';
import { runIndex } from './run-index.ts';

/** The looks in which messages are drawn; each is one path. */
export interface InkPaths {
  lines: string;
  heads: string;
  hollowHeads: string;
  late: string;
  held: string;
  crosses: string;
}

/** The messages of a window as path data, one path for each look. */
export interface MessagePaths {
  readonly lit: InkPaths;
  readonly dim: InkPaths;
  /** The chain through the selection: its marker, and its lines again in the ink that stands on it. */
  readonly marker: string;
  readonly chain: InkPaths;
  /** What a host sent at a step, by glyph: `circle solid lit`, … */
  readonly glyphs: ReadonlyMap<string, string>;
  /** By the step that they belong to. */
  readonly notes: readonly { readonly step: number; readonly x: number; readonly y: number; readonly text: string }[];
  /** Instead of arrows, when there are too many: ticks whose height is the number of steps in that pixel. */
  readonly density: string;
  readonly count: number;
}

const EMPTY: InkPaths = { lines: '', heads: '', hollowHeads: '', late: '', held: '', crosses: '' };

/** Draws the messages of a frame's window. */
export function messagePaths(frame: DiagramFrame): MessagePaths {
  const { run, lanes, fromUs, untilUs, cone } = frame;
  const { flights, dense } = messagesIn(run, fromUs, untilUs);
  const [lit, dim, chain] = [{ ...EMPTY }, { ...EMPTY }, { ...EMPTY }];
  const glyphs = new Map<string, string>();
  const notes: MessagePaths['notes'][number][] = [];
  const marked = new Set<number>();
  const onChain = new Set(cone?.chain);
  let marker = '';
  for (const flight of flights) {
    const arrow = arrowOf(flight, lanes, frame.x);
    const inChain = onChain.has(flight.step) && onChain.has(flight.sentStep);
    const inCone = cone === undefined || (cone.relation[flight.step] !== 0 && cone.relation[flight.sentStep] !== 0);
    if (inChain) marker += line(arrow.points);
    draw(inChain ? chain : inCone ? lit : dim, arrow, frame.crowded);
    const note = noteOf(frame, arrow);
    if (note !== undefined) notes.push(note);
    if (marked.has(flight.sentStep)) continue;
    marked.add(flight.sentStep);
    addGlyph(frame, glyphs, arrow);
  }
  return { lit, dim, marker, chain, glyphs, notes, density: dense ? densityPath(frame) : '', count: flights.length };
}

function draw(into: InkPaths, { points, held, end, flight }: Arrow, crowded: boolean): void {
  const tip = points.at(-1)!;
  const before = points.at(-2)!;
  if (end === 'late') into.late += line(points);
  else if (held === undefined) into.lines += line(points);
  else {
    const [start, from, until, last] = points as readonly [Point, Point, Point, Point];
    into.lines += line([start, from]) + line([until, last]);
    into.lines += line([shift(from, -3), shift(from, 3)]) + line([shift(until, -3), shift(until, 3)]);
    into.held += line(held);
  }
  if (end === 'cross') into.crosses += crossPath(tip, crowded ? 2.4 : 3.2);
  else if (flight.duplicate) {
    const second = along(tip, before, 6);
    into.hollowHeads += headPath(before, tip) + headPath(before, second);
  } else if (end === 'head') into.heads += crowded ? headPath(before, tip, 4.5, 3.6) : headPath(before, tip);
}

function shift([x, y]: Point, by: number): Point {
  return [x, y + by];
}

function along([x, y]: Point, [bx, by]: Point, px: number): Point {
  const long = Math.hypot(bx - x, by - y) || 1;
  return [x + ((bx - x) / long) * px, y + ((by - y) / long) * px];
}

function noteOf(frame: DiagramFrame, { held, flight, points }: Arrow): MessagePaths['notes'][number] | undefined {
  if (frame.size === 'thumb' || frame.crowded) return undefined;
  if (held !== undefined && held[1][0] - held[0][0] > 22) {
    const ms = Math.round(flight.heldUs / 100) / 10;
    return { step: flight.step, x: (held[0][0] + held[1][0]) / 2, y: held[0][1] - 5, text: `+${ms} ms` };
  }
  if (!flight.duplicate) return undefined;
  const [x, y] = points.at(-1)!;
  const [bx, by] = points.at(-2)!;
  return { step: flight.step, x: x + (bx - x) * 0.22 + 9, y: y + (by - y) * 0.22 + 3, text: '\u00d72' };
}

/** One glyph for a step that sent messages, on the lane of a host that is no client: clients have their bars. */
function addGlyph(frame: DiagramFrame, glyphs: Map<string, string>, { flight, points }: Arrow): void {
  const { lanes, run, cone } = frame;
  if (lanes.lanes[lanes.positionOf[flight.from]!]!.shape === 'client') return;
  const mark: MessageMark = run.input.model.messages[flight.type] ?? {
    glyph: 'triangle',
    solid: false,
    family: 'control',
  };
  if (flight.sentStep === cone?.step) return;
  const isLit = cone === undefined || cone.relation[flight.sentStep] !== 0;
  const look = `${mark.glyph} ${mark.solid ? 'solid' : 'hollow'} ${isLit ? 'lit' : 'dim'}`;
  const x = points[0]![0];
  const at: Point = [x, laneY(lanes, flight.from, x, frame.x)];
  glyphs.set(
    look,
    (glyphs.get(look) ?? '') + glyphPath(mark.glyph, at, frame.crowded ? 2.3 : frame.size === 'lab' ? 3.4 : 3.1),
  );
}

/** Steps of each host in each pixel of the window, as ticks above its band. */
function densityPath(frame: DiagramFrame): string {
  const { run, lanes, left, right, fromUs, untilUs } = frame;
  const trace = run.timeline!.trace;
  const { stepsOf } = runIndex(run);
  const counts = new Uint16Array(Math.ceil(right - left) + 1);
  let path = '';
  for (const { host } of lanes.lanes) {
    counts.fill(0);
    for (const step of stepsOf[host]!) {
      const us = trace.timeUs(step);
      if (us >= fromUs && us <= untilUs) counts[Math.round(frame.x(us) - left)]!++;
    }
    for (let at = 0; at < counts.length; at++) {
      if (counts[at] === 0) continue;
      const x = left + at;
      const y = laneY(lanes, host, x, frame.x) - lanes.band / 2;
      path += line([
        [x, y - 1],
        [x, y - 1 - Math.min(lanes.pitch / 2, 2 + 2 * Math.log2(counts[at]! + 1))],
      ]);
    }
  }
  return path;
}
