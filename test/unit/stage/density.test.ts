import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coneOf } from '../../../app/_stage/layout/causality.ts';
import { makeFrame } from '../../../app/_stage/layout/frame.ts';
import { bucketFor, type Density, densityOf } from '../../../simulations/export/picture/density.ts';
import { densityIn } from '../../../simulations/export/picture/density-levels.ts';
import { flightColumns } from '../../../simulations/export/picture/flight-columns.ts';
import { messagePaths } from '../../../simulations/export/picture/message-paths.ts';
import { operationPaths } from '../../../simulations/export/picture/operation-paths.ts';
import { runIndex } from '../../../simulations/export/picture/run-index.ts';
import { execute } from '../../../simulations/run/execute.ts';
import { longInput } from '../../helpers/long-run.ts';

/** Every kind of fault, about 14,000 steps. */
const run = execute({ ...longInput(20), checks: false });
const focus = run.input.model.focus(run.record.operations, 'x');
const { endUs } = run.record;
const trace = run.timeline!.trace;
const { hosts, stepsOf } = runIndex(run);
const plain = { run, positionOf: hosts.map((_, host) => host), lanes: hosts.length };
const sum = (table: Uint32Array) => table.reduce((a, b) => a + b, 0);

/** A window in whole columns, and the length of a column. */
const windows = fc
  .record({
    power: fc.integer({ min: 7, max: 20 }),
    from: fc.double({ min: 0, max: 1, noNaN: true }),
    columns: fc.integer({ min: 1, max: 400 }),
  })
  .map(({ power, from, columns }) => {
    const bucketUs = 2 ** power;
    const first = Math.floor((from * endUs) / bucketUs);
    return { bucketUs, fromUs: first * bucketUs, untilUs: (first + columns) * bucketUs - 1 };
  });

describe('density', () => {
  test('every event of a window is counted in exactly one column of its lane, and no other (any window, any column)', () => {
    fc.assert(
      fc.property(windows, (window) => {
        const { events, columns, first, bucketUs } = densityOf({ ...plain, ...window });
        const counted = new Uint32Array(events.length);
        stepsOf.forEach((steps, host) => {
          for (const step of steps) {
            const us = trace.timeUs(step);
            if (us >= window.fromUs && us <= window.untilUs)
              counted[host * columns + Math.floor(us / bucketUs) - first]!++;
          }
        });
        expect(events).toEqual(counted);
      }),
      { numRuns: 60 },
    );
  });

  test('every message of a window is counted once: as lost, as stopped by a cut, or once in each gap that it crosses', () => {
    const flights = flightColumns(run);
    fc.assert(
      fc.property(windows, (window) => {
        const density = densityOf({ ...plain, ...window });
        let [lost, cut, gaps] = [0, 0, 0];
        for (let at = 0; at < flights.length; at++) {
          if (flights.endUs[at]! < window.fromUs || flights.endUs[at]! > window.untilUs) continue;
          const fate = flights.fate[at]!;
          if (fate === 2) cut++;
          else if (fate === 1 || fate === 3) lost++;
          else gaps += Math.abs(flights.from[at]! - flights.to[at]!);
        }
        expect([sum(density.lost), sum(density.cut), sum(density.crossings)]).toEqual([lost, cut, gaps]);
        expect(sum(density.within)).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  test('levels give the same counts as counting the window itself (any window, any column)', () => {
    const strip = ({ events, crossings, lost, cut, within }: Density) => ({ events, crossings, lost, cut, within });
    fc.assert(
      fc.property(windows, (window) => {
        expect(strip(densityIn({ ...plain, ...window }))).toEqual(strip(densityOf({ ...plain, ...window })));
      }),
      { numRuns: 60 },
    );
  });

  test('levels light what the cone of a step lights, wherever it was selected (any window, any step)', () => {
    const arrived = runIndex(run).flights.filter((step) => trace.kind(step) === 'deliver');
    fc.assert(
      fc.property(windows, fc.nat({ max: arrived.length - 1 }), (window, at) => {
        const { relation } = coneOf(run, arrived[at]!);
        const [one, other] = [densityIn, densityOf].map((count) => count({ ...plain, ...window, relation }));
        expect([one!.litEvents, one!.litCrossings]).toEqual([other!.litEvents, other!.litCrossings]);
      }),
      { numRuns: 60 },
    );
  });

  test('on one lane messages between its hosts are counted on it; a hidden host counts nowhere', () => {
    const window = { bucketUs: 4096, fromUs: 0, untilUs: endUs };
    const one = densityOf({ run, ...window, positionOf: hosts.map(() => 0), lanes: 1 });
    const apart = densityOf({ ...plain, ...window });
    expect(sum(one.within) + sum(one.lost) + sum(one.cut)).toBe(flightColumns(run).length);
    expect(sum(one.events)).toBe(sum(apart.events));
    const hidden = densityOf({
      run,
      ...window,
      positionOf: hosts.map((_, host) => (host === 0 ? -1 : host)),
      lanes: hosts.length,
    });
    expect(sum(apart.events) - sum(hidden.events)).toBe(stepsOf[0]!.length);
  });

  test('a column is 4 to 8 px wide at any scale', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 1e9, noNaN: true }), (usPerPx) => {
        const px = bucketFor(usPerPx) / usPerPx;
        expect(px).toBeGreaterThanOrEqual(4);
        expect(px).toBeLessThan(8);
      }),
    );
  });
});

describe('a diagram at any zoom', () => {
  const frameOf = (fromUs: number, untilUs: number, selectedStep?: number) =>
    makeFrame({ run, focus, size: 'lab', fromUs, untilUs, width: 836, selectedStep, witness: undefined, id: 't' });

  test('no loss vanishes: where one ended, a window of any length shows a cross', () => {
    const flights = flightColumns(run);
    const losses = [...flights.fate].flatMap((fate, at) => (fate >= 1 && fate <= 3 ? [at] : []));
    expect(losses.length).toBeGreaterThan(20);
    fc.assert(
      fc.property(fc.constantFrom(...losses), fc.integer({ min: 10, max: 22 }), (at, power) => {
        const us = flights.endUs[at]!;
        const { signs, density } = messagePaths(frameOf(Math.max(0, us - 2 ** power), us + 2 ** power));
        const isStopped = flights.fate[at] === 2;
        const drawn =
          density === undefined
            ? signs.has(isStopped ? 'stopped' : 'lost')
            : (isStopped ? density.stopped : density.lost) !== '';
        expect(drawn).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('too many messages are a density, with the chain of the selection as arrows; few are arrows alone', () => {
    const flight = runIndex(run).flights[400]!;
    const all = messagePaths(frameOf(0, endUs, flight));
    expect(all.density).toBeDefined();
    expect(all.count).toBeGreaterThan(0);
    expect(all.marker).not.toBe('');
    const few = messagePaths(frameOf(0, 200_000));
    expect(few.density).toBeUndefined();
    expect(few.count).toBeGreaterThan(10);
  });

  test('operations have words where there is room, else outlines, else their share of the time', () => {
    const drawn = (untilUs: number) => operationPaths(frameOf(0, untilUs));
    expect([drawn(400_000), drawn(6_000_000), drawn(endUs)].map(({ detail }) => detail)).toEqual([
      'bars',
      'outlines',
      'load',
    ]);
    expect(drawn(endUs).bars).toEqual([]);
    expect(drawn(endUs).load).not.toBe('');
  });
});
