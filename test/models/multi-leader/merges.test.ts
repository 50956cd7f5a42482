import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeDatum } from '../../../simulations/models/multi-leader/apply.ts';
import { changeBy, rightsHeld } from '../../../simulations/models/multi-leader/change.ts';
import {
  agreedOf,
  type Datum,
  mergeData,
  readContext,
  shownOf,
} from '../../../simulations/models/multi-leader/datum.ts';
import { escrowValue, moveDelta, UNUSED } from '../../../simulations/models/multi-leader/escrow.ts';
import { HYBRID_ZERO, laterClock, tickClock } from '../../../simulations/models/multi-leader/hlc.ts';
import { multiLeader } from '../../../simulations/models/multi-leader/index.ts';
import type { MultiLeaderKnobs } from '../../../simulations/models/multi-leader/knobs.ts';
import type { Act, Config, Data, Resolve } from '../../../simulations/models/multi-leader/messages.ts';
import { configOf } from '../../../simulations/models/multi-leader/topology.ts';
import { covers, NO_VECTOR, type Vector } from '../../../simulations/models/multi-leader/vectors.ts';
import { defaultsOf } from '../../helpers/model-runs.ts';

const DEFAULTS = defaultsOf<MultiLeaderKnobs>(multiLeader);
const LIMIT = 3;
const REGIONS = ['eu', 'us', 'ap'];

const configFor = (resolve: Resolve, data: Data): Config =>
  configOf({ ...DEFAULTS, resolve, data, limit: resolve === 'escrow' ? LIMIT : 0 });

/** What happens in a small world: a region changes its copy, or takes in another's, or hands over rights. */
type Happening =
  | {
      readonly kind: 'act';
      readonly at: number;
      readonly put: boolean;
      readonly which: number;
      readonly skewUs: number;
    }
  | { readonly kind: 'merge'; readonly at: number; readonly from: number }
  | { readonly kind: 'delta'; readonly at: number; readonly from: number }
  | { readonly kind: 'grant'; readonly at: number; readonly from: number };

const place = fc.integer({ min: 0, max: 2 });
const happenings = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('act' as const),
        at: place,
        put: fc.boolean(),
        which: place,
        skewUs: fc.integer({ min: -3, max: 3 }),
      }),
    },
    fc.record({ kind: fc.constant('merge' as const), at: place, from: place }),
    fc.record({ kind: fc.constant('delta' as const), at: place, from: place }),
    fc.record({ kind: fc.constant('grant' as const), at: place, from: place }),
  ),
  { maxLength: 24 },
);

function actOf(data: Data, put: boolean, which: number, write: string): Act {
  if (data === 'cart') return { do: put ? 'add' : 'remove', item: 'abc'[which]! };
  if (data === 'register') return put ? { do: 'write', value: write } : { do: 'delete' };
  return { do: 'count', amount: put ? 1 : -1 };
}

/** The three copies after a story. Also every copy that there was on the way, and all deltas. */
function played(config: Config, story: readonly Happening[]) {
  const copies: (Datum | undefined)[] = [undefined, undefined, undefined];
  const lastDelta: (Datum | undefined)[] = [undefined, undefined, undefined];
  const seqs = [0, 0, 0];
  const contexts: Vector[] = [NO_VECTOR, NO_VECTOR, NO_VECTOR];
  const reached: Datum[] = [];
  story.forEach((happening, now) => {
    const { kind, at } = happening;
    const origin = REGIONS[at]!;
    let delta: Datum | undefined;
    if (kind === 'act') {
      const seq = ++seqs[at]!;
      const write = `${origin}${seq}`;
      const act = actOf(config.data, happening.put, happening.which, write);
      const stamp = { timeUs: now + happening.skewUs, counter: seq, node: origin };
      delta = changeBy(act, copies[at], { config, origin, seq, write, stamp, context: contexts[at]! });
      if (delta !== undefined) lastDelta[at] = delta;
      if (happening.which === 0) contexts[at] = readContext(copies[at]);
    } else if (kind === 'merge') delta = copies[happening.from];
    else if (kind === 'delta') delta = lastDelta[happening.from];
    else if (config.resolve === 'escrow' && rightsHeld(copies[happening.from], REGIONS[happening.from]!, config) > 0) {
      const held = copies[happening.from];
      const giver = REGIONS[happening.from]!;
      const moved = moveDelta(held?.kind === 'escrow' ? held.escrow : UNUSED, giver, origin, 1);
      if (giver !== origin) copies[happening.from] = mergeDatum(held, { kind: 'escrow', escrow: moved }, config);
    }
    if (delta === undefined) return;
    copies[at] = mergeDatum(copies[at], delta, config);
    reached.push(copies[at]);
  });
  return { copies, reached };
}

const CASES: readonly (readonly [Resolve, Data])[] = [
  ['lww-wall', 'cart'],
  ['lww-wall', 'register'],
  ['siblings', 'cart'],
  ['siblings', 'register'],
  ['or-set', 'cart'],
  ['pn-counter', 'counter'],
  ['escrow', 'counter'],
];

describe.each(CASES)('merging by %s (%s), on states that three regions reach', (resolve, data) => {
  const config = configFor(resolve, data);

  it('is commutative, associative and idempotent', () => {
    let compared = 0;
    fc.assert(
      fc.property(happenings, fc.nat(), fc.nat(), fc.nat(), (story, i, j, k) => {
        const { reached } = played(config, story);
        if (reached.length === 0) return;
        const [a, b, c] = [i, j, k].map((index) => reached[index % reached.length]!) as [Datum, Datum, Datum];
        expect(mergeData(a, b)).toEqual(mergeData(b, a));
        expect(mergeData(mergeData(a, b), c)).toEqual(mergeData(a, mergeData(b, c)));
        expect(mergeData(a, a)).toEqual(a);
        compared++;
      }),
      { numRuns: 400, seed: 11 },
    );
    expect(compared).toBeGreaterThan(200);
  });

  it('brings all regions to one state when each hears of all, in whatever order', () => {
    fc.assert(
      fc.property(happenings, (story) => {
        const copies = played(config, story).copies.filter((copy) => copy !== undefined);
        if (copies.length === 0) return;
        const all = copies.reduce(mergeData);
        const back = copies.toReversed().reduce(mergeData);
        expect(agreedOf(all, data === 'cart')).toEqual(agreedOf(back, data === 'cart'));
      }),
      { numRuns: 200 },
    );
  });
});

describe('what a merge keeps', () => {
  it('siblings: what a state has seen never shrinks', () => {
    fc.assert(
      fc.property(happenings, (story) => {
        const { reached } = played(configFor('siblings', 'register'), story);
        for (const one of reached)
          for (const other of reached) expect(covers(readContext(mergeData(one, other)), readContext(one))).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('or-set: an add that a remove had not seen stays, one that it had seen goes', () => {
    const config = configFor('or-set', 'cart');
    const taking = { config, seq: 1, write: '', stamp: { timeUs: 0, counter: 0, node: '' }, context: NO_VECTOR };
    const add = (held: Datum | undefined, origin: string) =>
      mergeDatum(held, changeBy({ do: 'add', item: 'milk' }, held, { ...taking, origin })!, config);
    const first = add(undefined, 'eu');
    const removed = mergeDatum(
      first,
      changeBy({ do: 'remove', item: 'milk' }, first, { ...taking, origin: 'eu' })!,
      config,
    );
    expect(shownOf(removed, true)).toEqual([]);
    expect(shownOf(mergeData(removed, first), true)).toEqual([]);
    expect(shownOf(mergeData(removed, add(first, 'us')), true)).toEqual(['milk']);
  });

  it(`escrow: the sum over all regions never exceeds the limit (${LIMIT}), and no region knows of more rights than it has`, () => {
    const config = configFor('escrow', 'counter');
    let full = 0;
    fc.assert(
      fc.property(happenings, (story) => {
        const { copies } = played(config, story);
        const known = copies.filter((copy) => copy !== undefined);
        if (known.length === 0) return;
        const all = known.reduce(mergeData);
        if (all.kind !== 'escrow') throw new Error('not an escrow');
        expect(escrowValue(all.escrow)).toBeLessThanOrEqual(LIMIT);
        REGIONS.forEach((name, at) => {
          const own = rightsHeld(copies[at], name, config);
          expect(own).toBeGreaterThanOrEqual(0);
          expect(own).toBeLessThanOrEqual(rightsHeld(all, name, config));
        });
        if (escrowValue(all.escrow) >= LIMIT) full++;
      }),
      { numRuns: 400, seed: 11 },
    );
    expect(full).toBeGreaterThan(5);
  });

  it('hybrid clock: a reading is above all that was seen and never behind the wall clock', () => {
    const steps = fc.array(fc.record({ wallUs: fc.nat(50), seen: fc.boolean(), other: fc.nat(60) }), { maxLength: 30 });
    fc.assert(
      fc.property(steps, (story) => {
        let clock = HYBRID_ZERO;
        for (const { wallUs, seen, other } of story) {
          const before = seen ? laterClock(clock, { timeUs: other, counter: 2 }) : clock;
          clock = tickClock(before, wallUs);
          expect(laterClock(before, clock)).toBe(clock);
          expect(clock).not.toEqual(before);
          expect(clock.timeUs).toBeGreaterThanOrEqual(wallUs);
        }
      }),
      { numRuns: 200 },
    );
  });
});
