import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { movedExtent, movedFault, SPAN_US_MIN } from '../../../app/lab/_lab/faults/fault-moves.ts';
import type { Fault } from '../../../simulations/index.ts';

const END_US = 2_500_000;
const at = (atUs: number, forUs?: number): Fault => ({
  id: 'f',
  action: { do: 'pause', target: 'r1' },
  when: { atUs },
  ...(forUs !== undefined && { forUs }),
});
const extent = (fault: Fault, fromUs = 'atUs' in fault.when ? fault.when.atUs : 0) => ({
  fromUs,
  toUs: fault.forUs === undefined ? END_US : Math.min(END_US, fromUs + fault.forUs),
});

describe('moving a fault on the timeline', () => {
  test('its start keeps its end, its end keeps its start, the whole keeps its length', () => {
    const fault = at(500_000, 100_000);
    const move = (edge: 'start' | 'end' | 'whole', byUs: number) =>
      movedFault(fault, extent(fault), { edge, byUs, endUs: END_US });
    expect(move('start', -20_000)).toMatchObject({ when: { atUs: 480_000 }, forUs: 120_000 });
    expect(move('end', 20_000)).toMatchObject({ when: { atUs: 500_000 }, forUs: 120_000 });
    expect(move('whole', 20_000)).toMatchObject({ when: { atUs: 520_000 }, forUs: 100_000 });
  });

  test('an end at the end of the run is no end, and gets one when it is moved back', () => {
    const fault = at(500_000, 100_000);
    const endless = movedFault(fault, extent(fault), { edge: 'end', byUs: END_US, endUs: END_US });
    expect('forUs' in endless).toBe(false);
    expect(movedFault(endless, extent(endless), { edge: 'end', byUs: -1000, endUs: END_US }).forUs).toBe(1_999_000);
  });

  test('a fault that waits for a predicate moves by its delay, and never before the predicate holds', () => {
    const fault: Fault = { ...at(0, 50_000), when: { predicate: 'p', afterUs: 10_000 } };
    const seen = { fromUs: 700_000, toUs: 750_000 };
    const moved = movedFault(fault, seen, { edge: 'whole', byUs: 5000, endUs: END_US });
    expect(moved.when).toEqual({ predicate: 'p', afterUs: 15_000 });
    expect(movedExtent(moved, fault, seen, END_US)).toEqual({ fromUs: 705_000, toUs: 755_000 });
    expect(movedFault(fault, seen, { edge: 'start', byUs: -1_000_000, endUs: END_US }).when).toEqual({
      predicate: 'p',
      afterUs: 0,
    });
  });

  test('whatever is moved by whatever, the fault stays inside the run and at least a millisecond long', () => {
    const edges = fc.constantFrom('start' as const, 'end' as const, 'whole' as const);
    const from = fc.integer({ min: 0, max: END_US - SPAN_US_MIN });
    const length = fc.option(fc.integer({ min: SPAN_US_MIN, max: END_US }), { nil: undefined });
    fc.assert(
      fc.property(
        edges,
        from,
        length,
        fc.integer({ min: -2 * END_US, max: 2 * END_US }),
        (edge, fromUs, forUs, byUs) => {
          const fault = at(fromUs, forUs);
          const moved = movedFault(fault, extent(fault), { edge, byUs, endUs: END_US });
          const lies = movedExtent(moved, fault, extent(fault), END_US);
          expect(lies.fromUs).toBeGreaterThanOrEqual(0);
          expect(lies.toUs - lies.fromUs).toBeGreaterThanOrEqual(SPAN_US_MIN);
          if (edge === 'start') expect(lies.toUs).toBe(extent(fault).toUs);
          if (edge === 'end') expect(lies.fromUs).toBe(fromUs);
          if (edge === 'whole') expect(moved.forUs).toBe(forUs);
        },
      ),
    );
  });
});
