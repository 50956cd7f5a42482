import type { WorldView } from '../kernel/view.ts';
import type { Focus } from '../models/model.ts';
import type { SceneNode } from '../models/scene.ts';
import type { Run } from '../run/execute.ts';
import { type Ages, agesIn, agesOf, lookOf } from './picture/ages.ts';
import { cutsOf } from './picture/lane-order.ts';
import { element, escapeXml, path, words } from './picture/markup.ts';
import { packetsAt } from './picture/packets.ts';
import { type RingLayout, ringLayout, STAGE } from './picture/ring.ts';
import { runIndex } from './picture/run-index.ts';
import { belongingsBoxes, placeBelongings } from './picture/stage-belongings.ts';
import { type StageCuts, stageCuts } from './picture/stage-cuts.ts';
import { basePaths, strataLines } from './picture/stage-links.ts';
import { stageNode } from './picture/stage-nodes.ts';
import { stagePackets } from './picture/stage-packets.ts';
import { placeOf } from './picture/tear.ts';
import { PATTERNS, STAGE_STYLE } from './picture/theme.ts';
import { formatMsShort } from './picture/time-axis.ts';
import { captionOf, legend } from './picture/words.ts';
import { type ExportOptions, focusOf, keepingMoment, outside, rangeOf } from './range.ts';

export interface FrameSvgOptions extends ExportOptions {
  /** The moment, in microseconds. Default: the end of the range. */
  readonly atUs?: number;
}

/** The picture is drawn at the stage's size and enlarged as a whole. */
const SCALE = 1.6;
const HEAD = 34;

/**
 * The topology of a run at one moment as a standalone SVG in the light theme: replicas on a ring with what they have on disk, clients
 * outside, messages on their way, a cut as a tear through the picture. A range, when given, decides the ages of versions. Throws
 * `ExportRefusal` for a moment outside the run and an unknown key.
 */
export function exportFrameSvg(run: Run, options: FrameSvgOptions = {}): string {
  const { timeline, fromUs, toUs } = rangeOf(run, options);
  const { atUs = toUs } = options;
  if (!(atUs >= 0 && atUs <= run.record.endUs)) throw outside('at', atUs, run.record.endUs);
  const focus = focusOf(run, options.key);
  const given = options.fromUs !== undefined || options.toUs !== undefined;
  return keepingMoment(run, () => {
    const ages = given ? agesIn(run, focus, fromUs, toUs) : undefined;
    // What is drawn of the run as a whole comes first: it may move the world.
    const base = groundOf(run);
    const world = timeline.worldAt(timeline.stepsUntil(atUs));
    const picture = draw(run, { focus, atUs, world, base, ages });
    const title = `${run.input.model.title} at ${formatMsShort(atUs)} ms, key ${focus.key}`;
    return pageOf(run, { title, ...picture, replay: options.replay });
  });
}

interface Ground {
  readonly layout: RingLayout;
  readonly links: string;
  readonly ticks: string;
}

function groundOf(run: Run): Ground {
  const { hosts, links } = runIndex(run);
  const layout = ringLayout(hosts, cutsOf(run));
  return { layout, ...basePaths(layout, links) };
}

interface Moment {
  readonly focus: Focus;
  readonly atUs: number;
  readonly world: WorldView;
  readonly base: Ground;
  readonly ages: Ages | undefined;
}

function draw(run: Run, { focus, atUs, world, base, ages }: Moment): { readonly text: string; readonly drawn: string } {
  const { nodes, text, packetLabels } = run.input.model.scene(world, focus);
  const versions = nodes.flatMap(({ version }) => (version === undefined ? [] : [version]));
  const age = ages ?? agesOf(versions);
  const hosts = run.topology.hosts.map(({ id }) => id);
  const cuts = stageCuts({ layout: base.layout, hosts, links: runIndex(run).links }, world.faults);
  const place = (host: number) => placeOf(base.layout, cuts.tear, host);
  const { bars, note, kept } = cuts;
  const placed = nodes.map((node) => {
    const host = hosts.indexOf(node.host);
    const since = sinceUs(run, host, node, atUs);
    return { node, at: place(host), outward: base.layout.outward[host]!, since };
  });
  const belongs = placeBelongings(placed, kept);
  const { lines, glyphs } = stagePackets({
    run,
    packets: packetsAt(run, world, atUs, packetLabels),
    tear: cuts.tear,
    written: [...(note === undefined ? [] : [note.box]), ...belongingsBoxes(belongs)],
    place,
  });
  const drawnNodes = placed.map(({ node, at }, index) => {
    const look = node.version === undefined ? 'new' : lookOf(age, node.version);
    return stageNode({ node, at, age: look, belongs: belongs[index]! });
  });
  const noted = note === undefined ? '' : words('strong cased', note.at[0], note.at[1], note.text);
  return {
    text,
    drawn: [ground(base, cuts.tear) + path('cut', bars), lines, ...drawnNodes, glyphs, noted].join('\n'),
  };
}

function sinceUs(run: Run, host: number, { status }: SceneNode, nowUs: number): number | undefined {
  const { down, paused } = runIndex(run);
  const spans = status === 'down' ? down[host] : status === 'paused' ? paused[host] : undefined;
  return spans?.findLast((span) => span.fromUs <= nowUs)?.fromUs;
}

/** The strata, the ring and the links; torn along the seam, both halves slid apart, while a cut is open. */
function ground(base: Ground, tear: StageCuts['tear']): string {
  const { fine, bold } = strataLines();
  const ring = element('circle', { class: 'ring', cx: STAGE.centre[0], cy: STAGE.centre[1], r: STAGE.radius });
  const sheet = element(
    'g',
    { id: 'ground' },
    path('stratum', fine) + path('stratum bold', bold) + ring + path('ring', base.ticks) + path('link', base.links),
  );
  if (tear === undefined) return sheet;
  if (!tear.apart) return sheet + path('edge', tear.pieces[0]!.edge) + path('edge', tear.barbs);
  const pieces = tear.pieces.map(({ outline, edge, shift: [dx, dy] }, at) => {
    const clip = element('clipPath', { id: `half${at}` }, element('path', { d: outline }));
    return element(
      'g',
      { transform: `translate(${dx.toFixed(1)} ${dy.toFixed(1)})` },
      `<defs>${clip}</defs>`,
      path('sheet', outline),
      element('g', { 'clip-path': `url(#half${at})` }, element('use', { href: '#ground' })),
      path('edge', edge),
    );
  });
  const well = element('rect', { class: 'well', x: -1, y: -1, width: STAGE.width + 2, height: STAGE.height + 2 });
  return `<defs>${sheet}</defs>${well}${pieces.join('')}`;
}

function pageOf(
  run: Run,
  { title, text, drawn, replay }: { title: string; text: string; drawn: string; replay: string | undefined },
): string {
  const width = STAGE.width * SCALE;
  const stageBottom = HEAD + STAGE.height * SCALE;
  const legendY = stageBottom + 22;
  const caption = captionOf(run, { y: legendY + 28, width, replay });
  const height = Math.ceil(caption.bottom + 12);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title desc">`,
    element('title', { id: 'title' }, escapeXml(title)),
    element('desc', { id: 'desc' }, escapeXml(text)),
    `<style>${STAGE_STYLE}</style>`,
    `<defs>${PATTERNS}${element('clipPath', { id: 'stage' }, element('rect', { width: STAGE.width, height: STAGE.height }))}</defs>`,
    element('rect', { class: 'sheet', width, height }),
    words('title', 8, 22, title),
    element('g', { transform: `translate(0 ${HEAD}) scale(${SCALE})`, 'clip-path': 'url(#stage)' }, drawn),
    legend(run, { x: 8, y: legendY, width }),
    caption.drawn,
    '</svg>\n',
  ].join('\n');
}
