import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lastIndex, MATRIX, placeMatrix } from '../../../app/_stage/layout/log-matrix.ts';
import { panelText } from '../../../app/_stage/text/panel-text.ts';
import type { LogCell, LogLane, LogMatrix } from '../../../simulations/index.ts';

const cell = (label: string, epoch: number, more: Partial<LogCell> = {}): LogCell => ({
  label,
  epoch,
  durable: true,
  doomed: false,
  ...more,
});
const lane = (host: string, cells: LogLane['cells'], more: Partial<LogLane> = {}): LogLane => ({
  host,
  firstIndex: 1,
  cells,
  cursors: [],
  leads: false,
  ...more,
});
const matrix = (lanes: readonly LogLane[], committed = 0): LogMatrix => ({
  kind: 'log-matrix',
  title: 'Logs',
  epochWord: 'term',
  lanes,
  committed,
});

const lanes = fc.array(
  fc.record({ firstIndex: fc.integer({ min: 1, max: 40 }), length: fc.integer({ min: 0, max: 30 }), epoch: fc.nat(5) }),
  { minLength: 1, maxLength: 7 },
);

describe('a matrix of logs', () => {
  test('shows the newest places that fit, each cell once, inside the width', () => {
    fc.assert(
      fc.property(lanes, fc.integer({ min: 120, max: 900 }), (specs, width) => {
        const made = specs.map(({ firstIndex, length, epoch }, at) =>
          lane(
            `s${at + 1}`,
            Array.from({ length }, () => cell('x1', epoch)),
            { firstIndex },
          ),
        );
        const placed = placeMatrix(matrix(made), width);
        for (const [at, { cells }] of placed.lanes.entries()) {
          const from = Math.max(placed.first, made[at]!.firstIndex);
          const expected = Math.max(0, Math.min(placed.last, lastIndex(made[at]!)) - from + 1);
          expect(cells.map(({ index }) => index)).toEqual(
            Array.from({ length: expected }, (_, offset) => from + offset),
          );
          for (const { x } of cells) {
            expect(x).toBeGreaterThanOrEqual(MATRIX.left);
            expect(x + placed.cellWidth).toBeLessThanOrEqual(Math.max(width, MATRIX.left + placed.cellWidth + 12));
          }
        }
        expect(placed.last).toBeGreaterThanOrEqual(Math.max(...made.map(lastIndex)));
      }),
    );
  });

  test('the newest epoch is solid, the one before hatched, older ones dotted, whoever has them', () => {
    const { lanes: placed } = placeMatrix(
      matrix([lane('s1', [cell('a', 1), cell('b', 3)]), lane('s2', [cell('a', 1), cell('c', 4), cell('d', 3)])]),
      600,
    );
    expect(placed.map(({ cells }) => cells.map(({ look }) => look))).toEqual([
      ['old', 'prev'],
      ['old', 'new', 'prev'],
    ]);
  });

  test('cursors on one place share a line, and words that would run into each other stand on two sides', () => {
    const cells = Array.from({ length: 6 }, () => cell('x1', 1));
    const cursors = [
      { label: 'received', index: 5 },
      { label: 'applied', index: 4 },
      { label: 'flushed', index: 4 },
    ];
    const [placed] = placeMatrix(matrix([lane('s1', cells, { cursors })]), 600).lanes;
    expect(placed!.cursors.map(({ label, anchor }) => [label, anchor])).toEqual([
      ['applied, flushed', 'end'],
      ['received', 'start'],
    ]);
  });

  test('brackets follow the log of the leader, not a longer one that will be overwritten', () => {
    const { epochs } = placeMatrix(
      matrix([
        lane('s1', [cell('a', 1), cell('b', 2, { doomed: true }), cell('c', 2, { doomed: true })]),
        lane('s2', [cell('a', 1), cell('d', 3)], { leads: true }),
      ]),
      600,
    );
    expect(epochs.map(({ epoch }) => epoch)).toEqual([1, 3]);
  });

  test('an empty place has no cell, no epoch and no bracket of its own, and keeps its room', () => {
    const {
      lanes: placed,
      epochs,
      cellWidth,
    } = placeMatrix(matrix([lane('s1', [cell('a', 2), null, cell('b', 2)], { leads: true })]), 600);
    expect(placed[0]!.cells.map(({ index, look }) => [index, look])).toEqual([
      [1, 'new'],
      [3, 'new'],
    ]);
    expect(placed[0]!.gaps).toEqual([{ index: 2, x: MATRIX.left + cellWidth }]);
    expect(epochs).toEqual([{ epoch: 2, fromX: MATRIX.left, toX: MATRIX.left + 3 * cellWidth }]);
  });

  test('what a snapshot stands for is a stretch of its own', () => {
    const placed = placeMatrix(matrix([lane('s1', [cell('e', 2)], { firstIndex: 5 })], 4), 600);
    expect(placed.lanes[0]!.snapshot).toEqual([MATRIX.left, MATRIX.left + 4 * placed.cellWidth]);
    expect(placed.commitX).toBe(MATRIX.left + 4 * placed.cellWidth);
  });
});

describe('panels in sentences', () => {
  test('a log says epochs once, what a crash loses, and what will be overwritten', () => {
    const sentences = panelText(
      matrix([lane('s1', [cell('x1', 1), cell('y1', 1, { durable: false, doomed: true })], { leads: true })], 1),
    );
    expect(sentences).toEqual([
      'Logs.',
      'Committed up to 1.',
      's1, which leads, has term 1: 1 x1, 2 y1 (not on disk, will be overwritten).',
    ]);
  });

  test('an empty place is said to be empty', () => {
    expect(panelText(matrix([lane('s1', [cell('x1', 1), null, cell('y1', 1)])])).at(-1)).toBe(
      's1 has term 1: 1 x1, 2 empty, 3 y1.',
    );
  });

  test('a sheet says each cell with its column', () => {
    const sentences = panelText({
      kind: 'sheet',
      title: 'Stores',
      columns: ['cart', 'vector'],
      rows: [
        {
          name: 'r1',
          cells: [
            { text: 'milk', rank: 2 },
            { text: '1,1', marked: true },
          ],
        },
      ],
    });
    expect(sentences).toEqual(['Stores.', 'r1: cart milk, vector 1,1 (changed).']);
  });
});
