import type { SceneNode } from '../../models/scene.ts';
import type { VersionLook } from './ages.ts';
import { chip, element, path, words } from './markup.ts';
import { crossPath, type Point, tenth } from './path.ts';
import { STAGE } from './ring.ts';
import { type Belongings, clientNameX, GAUGE_PITCH, remarkGround } from './stage-belongings.ts';

export interface PlacedNode {
  readonly node: SceneNode;
  readonly at: Point;
  readonly age: VersionLook;
  readonly belongs: Belongings;
}

/** A host on the stage, with what belongs to it. */
export function stageNode(placed: PlacedNode): string {
  const { node } = placed;
  const [x, y] = [tenth(placed.at[0]), tenth(placed.at[1])];
  return element('g', {}, node.shape === 'client' ? client(node, x, y) : replica(node, x, y), belongings(placed));
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
  return (
    square + words('name client-name', clientNameX(host, x), host.length > 3 ? y + half + 13 : y + 4.5, host, 'middle')
  );
}

/** Version, quorum gauge and remark of a host. */
function belongings({ node, age, belongs }: PlacedNode): string {
  const { chip: version, gauge, remark } = belongs;
  const drawnChip = version === undefined ? '' : chip(version, age, node.version!.label);
  return [
    node.status === 'down' ? element('g', { class: 'chip-down' }, drawnChip) : drawnChip,
    gauge === undefined ? '' : drawGauge(gauge, node.gauge!.have),
    remark === undefined
      ? ''
      : element('rect', { class: 'sheet', ...remarkGround(remark) }) +
        words('word', remark.x, remark.y, remark.text, remark.anchor),
  ].join('');
}

/** One square for each vote needed, filled when counted. */
function drawGauge({ x, y, width, squares, text }: NonNullable<Belongings['gauge']>, have: number): string {
  const votes = Array.from({ length: squares }, (_, at) =>
    element('rect', {
      class: at < have ? 'vote counted' : 'vote',
      x: x + at * GAUGE_PITCH,
      y: y - 7,
      width: 7,
      height: 7,
    }),
  );
  const ground = element('rect', { class: 'sheet', x: x - 3, y: y - 10, width: width + 6, height: 13 });
  return ground + votes.join('') + words('word', x + squares * GAUGE_PITCH + 4, y, text);
}
