import { describe, expect, test } from 'vitest';
import { type Cut, laneOrder, seamsBetween } from '../../../simulations/export/picture/lane-order.ts';
import { headsY, laneLine, lanesOf, laneY, opening } from '../../../simulations/export/picture/lanes.ts';
import type { Fault } from '../../../simulations/kernel/faults.ts';
import { runToy } from './toy-model.ts';

const client = { shape: 'client' } as const;
const replica = { shape: 'replica' } as const;
const cut = (sides: readonly (readonly number[])[]): Cut => ({ id: 'c', sides, fromUs: 0, untilUs: 1, oneWay: false });
const faults: readonly Fault[] = [
  {
    id: 'cut',
    action: {
      do: 'cut',
      sides: [
        ['a', 'r1'],
        ['r2', 'r3', 'b'],
      ],
      oneWay: false,
    },
    when: { atUs: 100_000 },
    forUs: 100_000,
  },
];
const idle = { a: [], b: [] };
const rows = (order: readonly number[]) => order.map((host) => ({ hosts: [host] }));
const below = (order: readonly number[], of: Cut) => seamsBetween(rows(order), of).map((seam) => seam.below);
/** One px a millisecond. */
const scale = (us: number) => us / 1000;

describe('lane order', () => {
  test('half of the clients stand above the replicas, the others below (3 clients)', () => {
    expect(laneOrder([client, client, client, replica, replica], [])).toEqual({ order: [0, 1, 3, 4, 2], above: 2 });
  });

  test('the sides of a cut are brought together, clients at the outer edge of their side', () => {
    // a on the second side, b on the first; r0 and r2 on the first side, r1 on the second.
    const { order } = laneOrder(
      [client, client, replica, replica, replica],
      [
        cut([
          [1, 2, 4],
          [0, 3],
        ]),
      ],
    );
    expect(order).toEqual([1, 2, 4, 3, 0]);
    expect(
      below(
        order,
        cut([
          [1, 2, 4],
          [0, 3],
        ]),
      ),
    ).toEqual([3]);
  });

  test('three sides have two seams; sides that do not stand together have a tear wherever neighbours differ, and no lane drops', () => {
    expect(below([0, 1, 2, 3], cut([[0], [1, 2], [3]]))).toEqual([1, 3]);
    const mixed = cut([
      [0, 2],
      [1, 3],
    ]);
    expect(seamsBetween(rows([0, 1, 2, 3]), mixed)).toEqual([1, 2, 3].map((at) => ({ below: at, slips: false })));
  });

  test('a lane that hosts of both sides share has no seam at its edges', () => {
    const mixed = cut([
      [0, 2],
      [1, 3],
    ]);
    expect(seamsBetween([{ hosts: [0] }, { hosts: [1, 2] }, { hosts: [3] }], mixed)).toEqual([]);
  });

  test('a second cut finds its sides together where both can (4 replicas)', () => {
    const cuts = [
      cut([
        [0, 1],
        [2, 3],
      ]),
      cut([
        [0, 2],
        [1, 3],
      ]),
    ];
    const { order } = laneOrder([replica, replica, replica, replica], cuts);
    expect(below(order, cuts[0]!)).toEqual([2]);
    expect(order).toEqual([0, 1, 3, 2]);
  });
});

describe('lanes', () => {
  test('lanes stand one pitch apart, 4.5 px more next to clients, 6 px more where a seam will run (lab, pitch 36)', () => {
    const { lanes, seams, pitch } = lanesOf(runToy(idle, faults), 'lab', 60);
    expect(lanes.map(({ id, y }) => [id, y])).toEqual([
      ['a', 78],
      ['r1', 118.5],
      ['r2', 160.5],
      ['r3', 196.5],
      ['b', 237],
    ]);
    expect(seams).toMatchObject([{ below: 2, y: 139.5 }]);
    expect(pitch).toBe(36);
  });

  test('lanes below an open cut drop by half a pitch, those above stay (pitch 36: 18 px; pitch 26: 13 px)', () => {
    const run = runToy(idle, faults);
    for (const [size, pitch] of [
      ['lab', 36],
      ['figure', 26],
    ] as const) {
      const lanes = lanesOf(run, size, 0);
      const drop = (id: string, x: number) => {
        const lane = lanes.lanes.find((candidate) => candidate.id === id)!;
        return laneY(lanes, lane.host, x, scale) - lane.y;
      };
      expect([drop('r1', 150), drop('r2', 150), drop('b', 150)]).toEqual([0, pitch / 2, pitch / 2]);
      expect([drop('r2', 99), drop('r2', 201)]).toEqual([0, 0]);
    }
  });

  test('heads stand where lanes begin: dropped in a window that begins inside a cut, but not for the last 10 px of it', () => {
    const lanes = lanesOf(runToy(idle, faults), 'lab', 60);
    const closed = lanes.lanes.map(({ y }) => y);
    const dropped = closed.map((y, position) => (position < 2 ? y : y + 18));
    expect(headsY(lanes, { left: 40, right: 640 }, scale)).toEqual(closed);
    expect(headsY(lanes, { left: 120, right: 720 }, scale)).toEqual(dropped);
    expect(headsY(lanes, { left: 190, right: 790 }, scale)).toEqual(closed);
  });

  test('a seam opens and closes within 5 px', () => {
    expect([100, 102.5, 105, 150, 195, 197.5, 200].map((x) => opening(x, 100, 200))).toEqual([0, 0.5, 1, 1, 1, 0.5, 0]);
  });

  test('a lane bends four times at a cut and nowhere else', () => {
    const lanes = lanesOf(runToy(idle, faults), 'lab', 60);
    const points = laneLine(lanes, lanes.lanes[2]!.host, { from: 0, until: 300 }, scale);
    expect(points.map(([x, y]) => [x, y - 160.5])).toEqual([
      [0, 0],
      [100, 0],
      [105, 18],
      [195, 18],
      [200, 0],
      [300, 0],
    ]);
    expect(laneLine(lanes, lanes.lanes[1]!.host, { from: 0, until: 300 }, scale)).toHaveLength(2);
  });

  test('a one-way cut lets no lane drop, because something still passes', () => {
    const oneWay = faults.map((fault) => ({ ...fault, action: { ...fault.action, oneWay: true } as Fault['action'] }));
    const lanes = lanesOf(runToy(idle, oneWay), 'lab', 60);
    expect(lanes.lanes.map(({ host, y }) => laneY(lanes, host, 150, scale) - y)).toEqual([0, 0, 0, 0, 0]);
  });
});
