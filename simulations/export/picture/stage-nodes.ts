import type { SceneNode } from '../../models/scene.ts';
import type { VersionLook } from './ages.ts';
import { chip, chipWidth, element, path, words } from './markup.ts';
import { crossPath, type Point, tenth } from './path.ts';
import { STAGE } from './ring.ts';
import { remarkPlace } from './stage-remark.ts';
import { wordPx } from './strata-paths.ts';

export interface PlacedNode {
  readonly node: SceneNode;
  readonly at: Point;
  /** Unit vector away from the centre of the ring. */
  readonly outward: Point;
  readonly age: VersionLook;
  /** When it went down or was paused, in microseconds. */
  readonly since: number | undefined;
}

const CHIP_HEIGHT = 17;
const GAUGE = 9;

/** A host on the stage. Whatever belongs to it stands on the side that faces away from the ring. */
export function stageNode(placed: PlacedNode): string {
  const { node } = placed;
  const [x, y] = [tenth(placed.at[0]), tenth(placed.at[1])];
  return element('g', {}, node.shape === 'client' ? client(node, x, y) : replica(node, x, y), belongings(placed, x, y));
}

function replica({ host, status }: SceneNode, x: number, y: number): string {
  const down = status === 'down';
  return [
    element('circle', { class: down ? 'node node-down' : 'node', cx: x, cy: y, r: STAGE.node }),
    status === 'paused' ? path('pause', `M${x - 12} ${y - 5}v10M${x - 8.5} ${y - 5}v10`) : '',
    words(down ? 'name name-down' : 'name', x, y + 4.5, host, 'middle'),
    down ? path('cross', crossPath([x + 13, y + 13], 4.2)) : '',
  ].join('');
}

function client({ host }: SceneNode, x: number, y: number): string {
  const half = STAGE.client / 2;
  const square = element('rect', { class: 'client', x: x - half, y: y - half, width: half * 2, height: half * 2 });
  // A long name stands under its square.
  return square + words('name client-name', x, host.length > 3 ? y + half + 13 : y + 4.5, host, 'middle');
}

/** Version, quorum gauge and remark of a host, stacked on its outer side. */
function belongings({ node, outward, age, since }: PlacedNode, x: number, y: number): string {
  const { version, gauge } = node;
  const right = outward[0] >= -0.05;
  const width = version === undefined ? 0 : chipWidth(version.label) + 6;
  const lift = outward[1] < -0.6 ? -22 : 0;
  const offset = lift === 0 ? 25 : 22;
  const box = { x: right ? x + offset : x - offset - width, y: y + lift - CHIP_HEIGHT / 2, width, height: CHIP_HEIGHT };
  const lineY = lift === 0 ? (outward[1] < 0.35 && !right ? y - 24 : y + 19) : y + (right ? 2 : 5);
  const text = remarkOf(node, since);
  const textY = gauge === undefined ? lineY + (lift === 0 ? 0 : 1) : lineY + 13;
  const drawnChip = version === undefined ? '' : chip(box, age, version.label);
  return [
    node.status === 'down' ? element('g', { class: 'chip-down' }, drawnChip) : drawnChip,
    gauge === undefined ? '' : drawGauge(gauge, right ? x + offset : x - (lineY < y ? 4 : offset), lineY, right),
    text === undefined ? '' : remark(text, { at: [x, y], outward, right, lineY: textY }),
  ].join('');
}

function remark(text: string, host: Parameters<typeof remarkPlace>[1]): string {
  const { x, y, anchor } = remarkPlace(text, host);
  return words('word cased', x, y, text, anchor === 'start' ? undefined : anchor);
}

/** One square for each vote needed, filled when counted; more than nine are written as numbers. */
function drawGauge(gauge: NonNullable<SceneNode['gauge']>, x: number, y: number, right: boolean): string {
  const squares = gauge.need <= 9 ? gauge.need : 0;
  const text = squares > 0 ? gauge.label : `${gauge.have} of ${gauge.need} ${gauge.label}`;
  const width = squares * GAUGE + 4 + wordPx(text);
  const start = Math.max(4, Math.min(STAGE.width - width - 4, right ? x : x - width));
  const votes = Array.from({ length: squares }, (_, at) =>
    element('rect', {
      class: at < gauge.have ? 'vote counted' : 'vote',
      x: start + at * GAUGE,
      y: y - 7,
      width: 7,
      height: 7,
    }),
  );
  const ground = element('rect', { class: 'sheet', x: start - 3, y: y - 10, width: width + 6, height: 13 });
  return ground + votes.join('') + words('word', start + squares * GAUGE + 4, y, text);
}

function remarkOf({ status, remark, shape }: SceneNode, since: number | undefined): string | undefined {
  const at = since === undefined ? '' : ` since ${Math.round(since / 1000)}`;
  if (status === 'down') return `down${at}`;
  if (status === 'paused') return `paused${at}`;
  // What a client waits for is its coordinator's gauge; in words it is in the description.
  return shape === 'client' ? undefined : remark;
}
