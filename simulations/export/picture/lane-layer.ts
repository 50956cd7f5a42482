import { clockPaths } from './clock-paths.ts';
import type { DensityPaths } from './density-paths.ts';
import type { DiagramFrame } from './frame.ts';
import { element, escapeXml, path, words } from './markup.ts';
import { type MessagePaths, messagePaths } from './message-paths.ts';
import { tenth } from './path.ts';
import { boundaryWords } from './proof.ts';
import { type SeamPaths, seamPaths } from './seam-paths.ts';
import { type SeamWords, SIDES_GAP } from './seam-words.ts';
import { type StrataPaths, strataPaths } from './strata-paths.ts';
import { formatMsShort } from './time-axis.ts';

const AGES = ['gone', 'old', 'prev', 'new'] as const;

/** Strata, seams, messages and the words on them: everything in the field of lanes but the operations, with how many messages it shows. */
export function laneLayer(frame: DiagramFrame): {
  readonly ground: string;
  readonly glyphs: string;
  readonly messages: number | undefined;
} {
  const strata = strataPaths(frame);
  const seams = seamPaths(frame);
  const messages = messagePaths(frame);
  const field = { 'clip-path': 'url(#field)' };
  const ground = [
    element('g', field, drawStrata(strata, seams), drawMessages(messages)),
    drawClocks(frame) + drawProof(frame),
    element('g', field, drawWords(strata, seams)),
  ];
  const glyphs = [...messages.glyphs].map(([look, d]) => path(look.split(' ')[1]!, d));
  return {
    ground: ground.join('\n'),
    glyphs: glyphs.join(''),
    messages: messages.density === undefined ? messages.count : undefined,
  };
}

function drawStrata(paths: StrataPaths, seams: readonly SeamPaths[]): string {
  return [
    path('lane', paths.bare),
    ...AGES.map((age) => path(`fill-${age}`, paths.lit[age])),
    path('band-edge', paths.edges),
    path('down', paths.down),
    path('paused', paths.paused),
    path('tear', paths.tears),
    ...seams.map(
      ({ gap, standing, dropped, barbs }) =>
        path('gap', gap) + path('edge standing', standing) + path('edge', dropped + barbs),
    ),
  ].join('');
}

function drawMessages({ lit, density, notes }: MessagePaths): string {
  return [
    density === undefined ? '' : drawDensity(density),
    path('line', lit.lines),
    path('late', lit.late),
    path('held', lit.held),
    path('head', lit.heads),
    path('hollow-head', lit.hollowHeads),
    path('cross', lit.crosses),
    ...notes.map(({ x, y, text }) => words('word cased', x, y, text, 'middle')),
  ].join('');
}

function drawClocks(frame: DiagramFrame): string {
  const { scales, words: offsets } = clockPaths(frame);
  const drawn = offsets.map(({ x, y, text, anchor }) => words('word cased', x, y, text, anchor));
  return scales === '' ? '' : element('g', { 'clip-path': 'url(#field)' }, path('axis', scales), ...drawn);
}

function drawDensity({ events, traffic, lost, stopped }: DensityPaths): string {
  return [
    ...traffic.map((d, grade) => path(`traffic-${grade + 1}`, d)),
    path('density', events),
    path('cross', lost + stopped),
  ].join('');
}

function drawWords({ labels, notes }: StrataPaths, seams: readonly SeamPaths[]): string {
  return [
    ...labels.map(({ x, y, text, age }) => words(`band-word on-${age}`, x, y, text)),
    ...notes.map(({ x, y, text, anchor }) => words('word cased', x, y, text, anchor === 'end' ? 'end' : undefined)),
    ...seams.map(({ words: of }) => (of === undefined ? '' : drawSeamWords(of))),
  ].join('');
}

function drawSeamWords({ x, y, title, sides, width }: SeamWords): string {
  const ground = { class: 'gap', x: tenth(x - width - 3), y: tenth(y - 8.5), width: tenth(width + 6), height: 11 };
  const more = sides === '' ? '' : element('tspan', { dx: SIDES_GAP }, escapeXml(sides));
  const place = { class: 'strong', x: tenth(x), y: tenth(y), 'text-anchor': 'end' };
  return element('rect', ground) + element('text', place, escapeXml(title), more);
}

/** The moment from which an answer was constrained. */
function drawProof(frame: DiagramFrame): string {
  const { proof, lanes, left, right } = frame;
  if (proof?.atUs === undefined) return '';
  const x = tenth(frame.x(proof.atUs));
  if (x < left || x > right) return '';
  const top = lanes.lanes[0]!.y - lanes.bar / 2 - 5;
  const long = `${formatMsShort(proof.atUs)} ms: ${boundaryWords(proof)}, no later read may go back`;
  const text = x - left > long.length * 6 ? long : boundaryWords(proof);
  const before = x - left > text.length * 6;
  return (
    path('proof', `M${x} ${tenth(top)}V${tenth(lanes.bottom + 2)}`) +
    words('proof-word cased', before ? x - 5 : x + 5, lanes.bottom + 4, text, before ? 'end' : undefined)
  );
}
