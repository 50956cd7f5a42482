import { describe, expect, test } from 'vitest';
import { type Box, overlap } from '../../../simulations/export/picture/boxes.ts';
import { cutsOf } from '../../../simulations/export/picture/lane-order.ts';
import { type RingLayout, ringLayout, STAGE } from '../../../simulations/export/picture/ring.ts';
import { type RunIndex, runIndex } from '../../../simulations/export/picture/run-index.ts';
import {
  type Belongings,
  placeBelongings,
  type StageHost,
} from '../../../simulations/export/picture/stage-belongings.ts';
import { stageCuts } from '../../../simulations/export/picture/stage-cuts.ts';
import { wordPx } from '../../../simulations/export/picture/strata-paths.ts';
import { placeOf } from '../../../simulations/export/picture/tear.ts';
import type { Run } from '../../../simulations/run/execute.ts';
import { runOf, variants } from '../../helpers/scenarios.ts';

const PARTS = [0.02, 0.3, 0.6, 0.95];

interface Thing {
  readonly what: string;
  readonly box: Box;
}

/** The words of a fault on the stage, and everything that they must not touch. */
function wordsAt(run: Run, { layout, index }: { layout: RingLayout; index: RunIndex }, atUs: number) {
  const timeline = run.timeline!;
  const world = timeline.worldAt(timeline.stepsUntil(atUs));
  const ids = index.hosts.map(({ id }) => id);
  const { tear, kept, note } = stageCuts({ layout, hosts: ids, links: index.links }, world.faults);
  const { operations } = run.record;
  const { model } = run.input;
  const { nodes } = model.scene(world, model.focus(operations, model.keys(operations)[0] ?? ''));
  const hosts = nodes.map((node): StageHost => {
    const host = ids.indexOf(node.host);
    const spans = node.status === 'down' ? index.down[host] : node.status === 'paused' ? index.paused[host] : undefined;
    const since = spans?.findLast(({ fromUs }) => fromUs <= atUs)?.fromUs;
    return { node, at: placeOf(layout, tear, host), outward: layout.outward[host]!, since };
  });
  const placed = placeBelongings(hosts, kept);
  const remarks = placed.flatMap(({ remark }, at) =>
    remark === undefined ? [] : [{ what: `${hosts[at]!.node.host} ${remark.text}`, box: boxOf(remark) }],
  );
  const noted = note === undefined ? [] : [{ what: note.text, box: note.box }];
  const words = [...remarks.filter(({ what }) => / since /.test(what)), ...noted];
  const others: Thing[] = [...remarks, ...hosts.map(({ node, at }) => ({ what: node.host, box: hostBox(node, at) }))];
  for (const [at, { chip, gauge }] of placed.entries()) {
    const { host } = hosts[at]!.node;
    if (chip !== undefined) {
      const { x, y, width, height } = chip;
      others.push({ what: `version of ${host}`, box: { left: x, right: x + width, top: y, bottom: y + height } });
    }
    if (gauge !== undefined) others.push({ what: `votes of ${host}`, box: lineBox(gauge.x, gauge.y, gauge.width) });
  }
  return { words, others: [...others, ...noted] };
}

const lineBox = (left: number, y: number, width: number): Box => ({
  left,
  right: left + width,
  top: y - 10,
  bottom: y + 3,
});

function boxOf({ x, y, text, anchor }: NonNullable<Belongings['remark']>): Box {
  const width = wordPx(text);
  return lineBox(anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2, y, width);
}

/** The largest square in a replica's circle, and a client's square: what lies on one of them lies on the host. */
function hostBox({ shape }: StageHost['node'], [x, y]: StageHost['at']): Box {
  const half = shape === 'client' ? STAGE.client / 2 : STAGE.node * Math.SQRT1_2;
  return { left: x - half, right: x + half, top: y - half, bottom: y + half };
}

describe('since when a host is down and a cut is open', () => {
  test.each(variants)('%s, %s: stands clear of hosts, versions, votes and each other', (id, variant) => {
    const run = runOf(id, variant);
    const index = runIndex(run);
    const layout = ringLayout(index.hosts, cutsOf(run));
    const touched = new Set<string>();
    for (const { sinceUs, untilUs } of run.record.faults)
      for (const part of PARTS) {
        const atUs = sinceUs + (Math.min(untilUs, run.record.endUs) - sinceUs) * part;
        const { words, others } = wordsAt(run, { layout, index }, atUs);
        for (const { what, box } of words) {
          const wide = { left: box.left - 2, right: box.right + 2, top: box.top - 2, bottom: box.bottom + 2 };
          for (const other of others)
            if (other.what !== what && overlap(wide, other.box) > 0) touched.add(`${what} | ${other.what} (${atUs})`);
        }
      }
    expect([...touched]).toEqual([]);
  });
});
