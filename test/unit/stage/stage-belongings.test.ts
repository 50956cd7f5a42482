import { describe, expect, test } from 'vitest';
import { type Box, overlap } from '../../../simulations/export/picture/boxes.ts';
import { cutsOf } from '../../../simulations/export/picture/lane-order.ts';
import { ringLayout, STAGE } from '../../../simulations/export/picture/ring.ts';
import { runIndex } from '../../../simulations/export/picture/run-index.ts';
import {
  type Belongings,
  clientNameX,
  placeBelongings,
  type StageHost,
} from '../../../simulations/export/picture/stage-belongings.ts';
import { stageCuts } from '../../../simulations/export/picture/stage-cuts.ts';
import { wordPx } from '../../../simulations/export/picture/strata-paths.ts';
import { placeOf } from '../../../simulations/export/picture/tear.ts';
import { openingVariants, runOf } from '../../helpers/scenarios.ts';

const VERSION = { label: 'v12', rank: 12, value: '12', deleted: false, siblings: 1 };

function wordBoxes({ gauge, remark }: Belongings): readonly Box[] {
  const boxes: Box[] = [];
  if (gauge !== undefined)
    boxes.push({ left: gauge.x, right: gauge.x + gauge.width, top: gauge.y - 10, bottom: gauge.y + 3 });
  if (remark !== undefined) {
    const { x, y, anchor, text } = remark;
    const width = wordPx(text);
    const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
    boxes.push({ left, right: left + width, top: y - 10, bottom: y + 3 });
  }
  return boxes;
}

function square([x, y]: readonly [number, number], half: number): Box {
  return { left: x - half, right: x + half, top: y - half, bottom: y + half };
}

/** A full stage: every replica holds a version, counts votes and says what it is; every client waits for a quorum. */
function fullStage(replicas: number, clients: number): readonly StageHost[] {
  const shapes = Array.from({ length: replicas + clients }, (_, at) =>
    at < replicas ? ('replica' as const) : ('client' as const),
  );
  const { at, outward } = ringLayout(
    shapes.map((shape) => ({ shape })),
    [],
  );
  return shapes.map((shape, host) => ({
    node: {
      host: shape === 'replica' ? `r${host}` : `c${host}`,
      shape,
      status: 'up',
      ...(shape === 'replica' && { version: VERSION, remark: 'pre-candidate, term 1' }),
      gauge: { have: 1, need: 3, label: shape === 'replica' ? 'votes for term 2' : 'read 115' },
    },
    at: at[host]!,
    outward: outward[host]!,
    since: undefined,
  }));
}

describe.each([
  [3, 2],
  [3, 5],
  [4, 3],
  [5, 3],
  [7, 2],
])('a full stage of %i replicas and %i clients', (replicas, clients) => {
  const hosts = fullStage(replicas, clients);
  const placed = placeBelongings(hosts);
  const words = placed.map(wordBoxes);

  test('keeps all words within the picture', () => {
    for (const { left, right, top, bottom } of words.flat()) {
      expect(left).toBeGreaterThanOrEqual(0);
      expect(right).toBeLessThanOrEqual(STAGE.width);
      expect(top).toBeGreaterThanOrEqual(0);
      expect(bottom).toBeLessThanOrEqual(STAGE.height);
    }
  });

  test('writes over no host', () => {
    for (const box of words.flat())
      for (const { node, at } of hosts)
        expect(overlap(box, square(at, node.shape === 'replica' ? STAGE.node - 5 : STAGE.client / 2))).toBe(0);
  });

  test('writes over no other words and no version', () => {
    const chips = placed.flatMap(({ chip }) =>
      chip === undefined
        ? []
        : [{ left: chip.x, right: chip.x + chip.width, top: chip.y, bottom: chip.y + chip.height }],
    );
    const all = words.flat();
    all.forEach((box, index) => {
      for (const other of [...all.slice(index + 1), ...chips]) expect(overlap(box, other)).toBeLessThan(1);
    });
  });
});

test('words keep clear of what is taken, such as the note of a cut', () => {
  const [host] = fullStage(3, 0);
  const free = wordBoxes(placeBelongings([host!])[0]!);
  const moved = wordBoxes(placeBelongings([host!], free)[0]!);
  for (const box of moved) for (const taken of free) expect(overlap(box, taken)).toBe(0);
});

test('what a client says of itself is left to the text form', () => {
  const [client] = fullStage(0, 1);
  const { remark } = placeBelongings([{ ...client!, node: { ...client!.node, remark: 'waits for write 3' } }])[0]!;
  expect(remark).toBeUndefined();
});

test('a long name of a client at the side of the stage keeps inside it, a short one under its square', () => {
  const half = 4.5 * 'operator'.length;
  for (const x of [2, STAGE.width - 10]) {
    const middle = clientNameX('operator', x);
    expect(middle - half).toBeGreaterThanOrEqual(0);
    expect(middle + half).toBeLessThanOrEqual(STAGE.width);
  }
  expect(clientNameX('b', 370)).toBe(370);
});

test('more than nine votes are told as numbers', () => {
  const [host] = fullStage(3, 0);
  const crowd = { ...host!, node: { ...host!.node, gauge: { have: 4, need: 12, label: 'acks' } } };
  expect(placeBelongings([crowd])[0]!.gauge).toMatchObject({ squares: 0, text: '4 of 12 acks' });
});

describe.each(openingVariants)('%s %s', (id, variant) => {
  const run = runOf(id, variant);
  const { hosts, links } = runIndex(run);
  const layout = ringLayout(hosts, cutsOf(run));

  test('the note of a cut covers no host, and stands under the labels of the pane', () => {
    for (const fault of run.record.faults.filter(({ fault }) => fault.action.do === 'cut')) {
      const { note, tear } = stageCuts({ layout, hosts: hosts.map(({ id }) => id), links }, [fault]);
      expect(note).toBeDefined();
      expect(note!.box.top).toBeGreaterThanOrEqual(tear === undefined ? 0 : 36);
      expect(note!.box.right).toBeLessThanOrEqual(STAGE.width);
      hosts.forEach((_, host) => {
        expect(overlap(note!.box, square(placeOf(layout, tear, host), STAGE.node - 4))).toBe(0);
      });
    }
  });

  // Half the picture is 200 px: longer words find no side of a seam that holds them.
  test('halfway through each cut no words of a host up to 200 px long lie on the open seam', () => {
    const timeline = run.timeline!;
    for (const { fault, sinceUs, untilUs } of run.record.faults) {
      if (fault.action.do !== 'cut') continue;
      const world = timeline.worldAt(timeline.stepsUntil((sinceUs + Math.min(untilUs, run.simulatedUs)) / 2));
      const ids = hosts.map(({ id }) => id);
      const { tear, kept } = stageCuts({ layout, hosts: ids, links }, world.faults);
      const { nodes } = run.input.model.scene(world, run.input.model.focus(run.record.operations, ''));
      const placed = placeBelongings(
        nodes.map((node) => {
          const host = ids.indexOf(node.host);
          return { node, at: placeOf(layout, tear, host), outward: layout.outward[host]!, since: undefined };
        }),
        kept,
      );
      const covered = placed
        .flatMap(wordBoxes)
        .filter((box) => box.right - box.left <= 200 && tear?.gap.some((part) => overlap(box, part) > 0));
      expect(covered).toEqual([]);
    }
  });
});
