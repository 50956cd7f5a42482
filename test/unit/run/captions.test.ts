import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Anchor, captionsOf, execute, mismatchesOf, momentOf, type Run } from '../../../simulations/index.ts';
import { runOf, scenarios, variants } from '../../helpers/scenarios.ts';

const inversion = scenarios.find(({ id }) => id === 'quorum-read-inversion')!;
const run = runOf(inversion.id, 'off');

/** What a step is, without what its handler did. */
function eventAt(of: Run, anchor: Anchor): unknown {
  const moment = momentOf(of, anchor);
  if (moment?.step === undefined) return moment;
  const { effects: _effects, ...event } = of.timeline!.step(moment.step);
  return event;
}

/** Anchors that may or may not happen: names of this model and numbers around what runs have. */
const anchors: fc.Arbitrary<Anchor> = fc.oneof(
  fc.record({ on: fc.constant('time' as const), timeUs: fc.integer({ min: 0, max: 3_000_000 }) }),
  fc.record({
    on: fc.constant('message' as const),
    type: fc.constantFrom('RWrite', 'RAck', 'RRead', 'RResp', 'Write', 'ReadReply', 'Repair'),
    from: fc.constantFrom('r1', 'r2', 'r5', 'a'),
    to: fc.constantFrom('r1', 'r3', 'r4', 'b'),
    nth: fc.integer({ min: 1, max: 12 }),
  }),
  fc.record({
    on: fc.constant('timer' as const),
    timer: fc.constantFrom('request', 'next'),
    host: fc.constantFrom('r1', 'a', 'b'),
    nth: fc.integer({ min: 1, max: 12 }),
  }),
  fc.record({
    on: fc.constant('note' as const),
    note: fc.constant('quorum.met'),
    nth: fc.integer({ min: 1, max: 30 }),
  }),
  fc.record({
    on: fc.constant('operation' as const),
    client: fc.constantFrom('a', 'b'),
    nth: fc.integer({ min: 1, max: 16 }),
    moment: fc.constantFrom('begins' as const, 'ends' as const),
  }),
  fc.record({
    on: fc.constant('fault' as const),
    fault: fc.constantFrom(...inversion.faults.map(({ id }) => id)),
    moment: fc.constantFrom('begins' as const, 'ends' as const),
  }),
  fc.record({
    on: fc.constant('property' as const),
    property: fc.constantFrom('linearizable', 'freshness'),
    moment: fc.constantFrom('begins' as const, 'ends' as const),
  }),
  fc.record({ on: fc.constant('predicate' as const), predicate: fc.constant('write-partly-applied') }),
);

describe('anchors', () => {
  const again = execute(run.input);

  test('an anchor names the same event in a replay of the run (400 anchors)', () => {
    fc.assert(
      fc.property(anchors, (anchor) => {
        expect(eventAt(again, anchor)).toEqual(eventAt(run, anchor));
      }),
      { numRuns: 400, seed: 5 },
    );
  });

  test('an anchor before an unrelated fault names the same event when that fault is added (300 anchors)', () => {
    const lateUs = 2_300_000;
    const late = { id: 'late', action: { do: 'pause', target: 'r4' }, when: { atUs: lateUs } } as const;
    const longer = execute({ ...run.input, faults: [...run.input.faults, late] });
    expect(longer.digest).not.toBe(run.digest);
    fc.assert(
      fc.property(anchors, (anchor) => {
        const before = momentOf(run, anchor);
        fc.pre(before !== undefined && before.atUs < lateUs);
        expect(eventAt(longer, anchor)).toEqual(eventAt(run, anchor));
      }),
      { numRuns: 300, seed: 6 },
    );
  });

  test('a caption keeps its moment when another caption is added before it (100 captions)', () => {
    fc.assert(
      fc.property(anchors, (at) => {
        const more = { ...inversion, captions: [{ at, text: 'Another one.' }, ...inversion.captions!] };
        const kept = captionsOf(run, more, 'off').placed.filter(({ index }) => index > 0);
        const plain = captionsOf(run, inversion, 'off').placed;
        expect(kept.map(({ steps, text }) => [steps, text])).toEqual(plain.map(({ steps, text }) => [steps, text]));
      }),
      { numRuns: 100, seed: 7 },
    );
  });

  test('the nth message is counted in the order of sending, and a copy is not counted', () => {
    const doubled = momentOf(run, { on: 'message', type: 'RResp', from: 'r3', to: 'r1', nth: 2 });
    const view = run.timeline!.step(doubled!.step!);
    expect([view.kind, view.duplicate]).toEqual(['deliver', false]);
    expect(run.input.model.narrate(view, { key: 'x', numbering: new Map() })).toContain("counted r3's answer");
    const past = momentOf(run, { on: 'message', type: 'RResp', from: 'r3', to: 'r1', nth: 1_000 });
    expect(past).toBeUndefined();
  });

  test.each<readonly [Anchor, string]>([
    [{ on: 'operation', client: 'b', nth: 5, moment: 'ends' }, 'Read 10 returned'],
    [{ on: 'fault', fault: 'crash-r2', moment: 'begins' }, 'crash r2 began'],
    [{ on: 'property', property: 'linearizable', moment: 'ends' }, 'Read 10 returned'],
    [{ on: 'note', note: 'quorum.met', host: 'r4', nth: 1 }, 'met its quorum'],
  ])('%j is where the model says %s', (anchor, says) => {
    const { step } = momentOf(run, anchor)!;
    const { model } = run.input;
    const focus = model.focus(run.record.operations, 'x');
    expect(model.narrate(run.timeline!.step(step!), focus)).toContain(says);
  });

  test('a time after the end of the run never happens', () => {
    expect(momentOf(run, { on: 'time', timeUs: run.simulatedUs })).toBeDefined();
    expect(momentOf(run, { on: 'time', timeUs: run.simulatedUs + 1 })).toBeUndefined();
  });
});

const told = variants.filter(([id]) => scenarios.find((one) => one.id === id)!.captions !== undefined);

describe('captions of a scenario', () => {
  test('one whose anchor never happens is a problem that names its field, and a mismatch of the file', () => {
    const at = { on: 'message', type: 'RWrite', from: 'r1', to: 'r2', nth: 900 } as const;
    const wrong = { ...inversion, captions: [...inversion.captions!, { at, text: 'Never.' }] };
    const { placed, problems } = captionsOf(run, wrong, 'off');
    expect(placed).toEqual(captionsOf(run, inversion, 'off').placed);
    expect(problems.map(({ field }) => field)).toEqual([`captions[${wrong.captions.length - 1}].at`]);
    const said = mismatchesOf(run, wrong, wrong.variants[0]!).map(({ sentence }) => sentence);
    expect(said).toEqual([expect.stringMatching(/captions\[\d+\]\.at: found message RWrite 900 from r1 to r2/)]);
  });

  test.each(told)('%s, variant %s: what teaches is true of the pinned run', (id, variantId) => {
    const scenario = scenarios.find((one) => one.id === id)!;
    const variant = scenario.variants.find((one) => one.id === variantId)!;
    const pinned = runOf(id, variantId);
    expect(mismatchesOf(pinned, scenario, variant)).toEqual([]);
    expect(captionsOf(pinned, scenario, variantId).placed.length, 'no caption tells this variant').toBeGreaterThan(1);
  });
});
