import type { MessageMark } from '../../models/scene.ts';
import { type Arrow, arrowOf, isBetweenLanes } from './arrows.ts';
import { type DensityPaths, densityPaths, stopPath } from './density-paths.ts';
import type { DiagramFrame } from './frame.ts';
import { messagesOf } from './frame-messages.ts';
import { laneY } from './lanes.ts';
import { crossPath, glyphPath, headPath, line, type Point } from './path.ts';
import { type Flight, flightOf } from './run-index.ts';

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
  /** Instead of arrows, when there are too many: counts by columns of time. Only the chain is drawn then. */
  readonly density: DensityPaths | undefined;
  /** What stands on the picture: `lost`, `stopped` (by a cut), `delayed`, `duplicate`, and `family:<name>` of its glyphs. */
  readonly signs: ReadonlySet<string>;
  /** How many arrows are drawn. */
  readonly count: number;
}

const EMPTY: InkPaths = { lines: '', heads: '', hollowHeads: '', late: '', held: '', crosses: '' };

/** Draws the messages of a frame's window. */
export function messagePaths(frame: DiagramFrame): MessagePaths {
  const { lanes, cone } = frame;
  const { flights, dense } = messagesOf(frame);
  const [lit, dim, chain] = [{ ...EMPTY }, { ...EMPTY }, { ...EMPTY }];
  const glyphs = new Map<string, string>();
  const notes: MessagePaths['notes'][number][] = [];
  const marked = new Set<number>();
  const signs = new Set<string>();
  const onChain = new Set(cone?.chain);
  let [marker, count] = ['', 0];
  for (const flight of dense ? chainFlights(frame) : flights) {
    if (!isBetweenLanes(lanes, flight.from, flight.to)) continue;
    count++;
    const arrow = arrowOf(flight, lanes, frame.x);
    const inChain = onChain.has(flight.step) && onChain.has(flight.sentStep);
    const inCone = cone === undefined || (cone.relation[flight.step] !== 0 && cone.relation[flight.sentStep] !== 0);
    if (inChain) marker += line(arrow.points);
    if (arrow.end === 'cross') signs.add(flight.lostTo === 'cut' ? 'stopped' : 'lost');
    else if (flight.duplicate) signs.add('duplicate');
    if (arrow.held !== undefined) signs.add('delayed');
    draw(inChain ? chain : inCone ? lit : dim, arrow, frame.crowded);
    const note = noteOf(frame, arrow);
    if (note !== undefined) notes.push(note);
    if (marked.has(flight.sentStep)) continue;
    marked.add(flight.sentStep);
    const family = addGlyph(frame, glyphs, arrow);
    if (family !== undefined) signs.add(`family:${family}`);
  }
  return { lit, dim, marker, chain, glyphs, notes, density: dense ? densityPaths(frame) : undefined, signs, count };
}

/** The messages of the chain through the selection, which are drawn at any scale. */
function chainFlights({ run, cone }: DiagramFrame): readonly Flight[] {
  const { trace } = run.timeline!;
  const steps = new Set(cone?.chain);
  return [...steps]
    .map((step) => flightOf(trace, step))
    .filter((flight): flight is Flight => flight !== undefined && steps.has(flight.sentStep));
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
  if (end === 'cross') {
    into.crosses += crossPath(tip, crowded ? 2.4 : 3.2);
    // What a cut stops ends on a bar; what is lost by chance, or at a host that is down, ends free.
    const past = Math.sign(tip[1] - before[1]) * (crowded ? 4 : 5);
    if (flight.lostTo === 'cut') into.crosses += stopPath([tip[0], tip[1] + past], crowded ? 3 : 4);
  }
  if (end === 'cross') return;
  if (flight.duplicate) {
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

/** One glyph for a step that sent messages, on the lane of a host that is no client: clients have their bars. Returns its family. */
function addGlyph(frame: DiagramFrame, glyphs: Map<string, string>, { flight, points }: Arrow): string | undefined {
  const { lanes, run, cone } = frame;
  if (lanes.lanes[lanes.positionOf[flight.from]!]!.shape === 'client') return undefined;
  const mark: MessageMark = run.input.model.messages[flight.type] ?? {
    glyph: 'triangle',
    solid: false,
    family: 'control',
  };
  if (flight.sentStep === cone?.step) return mark.family;
  const isLit = cone === undefined || cone.relation[flight.sentStep] !== 0;
  const look = `${mark.glyph} ${mark.solid ? 'solid' : 'hollow'} ${isLit ? 'lit' : 'dim'}`;
  const x = points[0]![0];
  const at: Point = [x, laneY(lanes, flight.from, x, frame.x)];
  glyphs.set(
    look,
    (glyphs.get(look) ?? '') + glyphPath(mark.glyph, at, frame.crowded ? 2.3 : frame.size === 'lab' ? 3.4 : 3.1),
  );
  return mark.family;
}
