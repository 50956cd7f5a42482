import fc from 'fast-check';
import { deflateSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../simulations/kernel/faults.ts';
import { formatLink, parseLink, SCRIPT_BYTES_MAX } from '../../../simulations/scenario/link.ts';
import { BRANCHES_MAX } from '../../../simulations/scenario/link-branches.ts';
import type { LinkState } from '../../../simulations/scenario/link-state.ts';

const name = fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom(...'abcXYZ019-_é ü&=#?%/+') });
const count = fc.nat(1_000_000);
const latency = fc.oneof(
  fc.record({ kind: fc.constant('constant' as const), us: count }),
  fc.record({ kind: fc.constant('exponential' as const), meanUs: fc.integer({ min: 1, max: 10_000 }) }),
);
const action: fc.Arbitrary<Fault['action']> = fc.oneof(
  fc.record({ do: fc.constantFrom('crash' as const, 'pause' as const), target: name }),
  fc.record({
    do: fc.constant('cut' as const),
    sides: fc.array(fc.array(name, { maxLength: 4 }), { minLength: 2, maxLength: 3 }),
    oneWay: fc.boolean(),
  }),
  fc.record({ do: fc.constant('slow' as const), from: name, to: name, extra: latency }),
  fc.record({ do: fc.constant('loss' as const), from: name, to: name, ratio: fc.constantFrom(0, 0.25, 1) }),
  fc.record({
    do: fc.constant('clock' as const),
    target: name,
    offsetUs: fc.integer({ min: -5000, max: 5000 }),
    driftPpm: fc.integer({ min: -100, max: 100 }),
  }),
  fc.record({ do: fc.constant('restore' as const), target: name, backupAtUs: count }),
);
const fault: fc.Arbitrary<Fault> = fc.record(
  {
    id: fc.stringMatching(/^[a-z][a-z0-9-]{0,10}$/),
    action,
    when: fc.oneof(fc.record({ atUs: count }), fc.record({ predicate: name, afterUs: count })),
    forUs: count,
  },
  { requiredKeys: ['id', 'action', 'when'] },
);
const set = fc.dictionary(fc.stringMatching(/^[a-z][a-zA-Z]{0,10}$/), fc.oneof(name, count, fc.boolean()), {
  noNullPrototype: true,
});
const seed = fc.integer({ min: 0, max: 0xffffffff });
const decides = { variant: name, seed, set, faults: fc.array(fault, { maxLength: 3 }) };
const looks = { atUs: count, title: name };
/** A tree in which every branch leaves one before it, one of them in view. */
const tree: fc.Arbitrary<Required<Pick<LinkState, 'branches' | 'branch'>>> = fc
  .integer({ min: 1, max: BRANCHES_MAX })
  .chain((size) =>
    fc.record({
      branch: fc.nat(size - 1),
      branches: fc.tuple(
        ...Array.from({ length: size }, (_, index) =>
          fc.record(
            { ...(index > 0 && { parent: fc.nat(index - 1) }), ...looks, ...decides },
            { requiredKeys: index > 0 ? ['parent'] : [] },
          ),
        ),
      ),
    }),
  )
  .map(({ branch, branches }) => {
    const { variant: _v, seed: _s, set: _set, faults: _f, ...inView } = branches[branch]!;
    return { branch, branches: branches.with(branch, inView) };
  });
const state: fc.Arbitrary<LinkState> = fc.record(
  {
    model: name,
    scenario: name,
    variant: name,
    seed: fc.integer({ min: 0, max: 0xffffffff }),
    set: fc.dictionary(fc.stringMatching(/^[a-z][a-zA-Z]{0,10}$/), name, { noNullPrototype: true }),
    faults: fc.array(fault, { maxLength: 6 }),
    file: fc.record({ id: name, workload: fc.dictionary(fc.constantFrom('a', 'b'), count, { noNullPrototype: true }) }),
    view: fc.record(
      {
        step: count,
        select: count,
        key: name,
        verdict: name,
        compare: fc.oneof(
          fc.record({ kind: fc.constant('variant' as const), variant: name }),
          fc.record({ kind: fc.constant('seed' as const), seed }),
        ),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ['model', 'set', 'view'] },
);
/** States with a tree, compared with another branch where there is one. */
const treeState: fc.Arbitrary<LinkState> = fc.tuple(state, tree, fc.nat(BRANCHES_MAX)).map(([one, grown, pick]) => {
  const compare = { kind: 'branch' as const, branch: pick % grown.branches.length };
  return { ...one, ...grown, view: compare.branch === grown.branch ? one.view : { ...one.view, compare } };
});

const packed = (value: unknown) => Buffer.from(deflateSync(Buffer.from(JSON.stringify(value)))).toString('base64url');

describe('links', () => {
  test('a link gives back exactly the state that it was made from (1,000 random states)', () => {
    fc.assert(
      fc.property(state, (one) => {
        const parsed = parseLink(`https://example.org${formatLink(one)}`);
        // A carried scenario brings its own name.
        const expected = one.file === undefined ? one : { ...one, scenario: one.file.id };
        expect(parsed).toEqual({ ok: true, state: expected });
      }),
      { numRuns: 1000, seed: 5 },
    );
  });

  test(`a link gives back its tree of up to ${BRANCHES_MAX} branches and the branch in view (300 random trees)`, () => {
    fc.assert(
      fc.property(treeState, (one) => {
        const link = formatLink(one);
        fc.pre(link.length <= 64 * 1024);
        const expected = one.file === undefined ? one : { ...one, scenario: one.file.id };
        expect(parseLink(link)).toEqual({ ok: true, state: expected });
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  test('an edited script alone is packed as a bare list, as links always were, and a list is read', () => {
    const faults: readonly Fault[] = [{ id: 'x', action: { do: 'crash', target: 'r1' }, when: { atUs: 1 } }];
    const link = formatLink({ model: 'quorum', set: {}, faults, view: {} });
    expect(link).toBe(
      `/lab/quorum#z1.${Buffer.from(deflateSync(Buffer.from(JSON.stringify(faults)), { level: 9 })).toString('base64url')}`,
    );
    expect(parseLink(`/lab/quorum#z1.${packed(faults)}`)).toMatchObject({ ok: true, state: { faults } });
  });

  test.each<[string, unknown, string, string, string]>([
    [
      'a parent that comes later',
      { branches: [{}, { parent: 1 }], branch: 0 },
      '',
      'branches[1].parent',
      'a number from 0 to 0',
    ],
    ['a branch without a parent', { branches: [{}, {}], branch: 0 }, '', 'branches[1].parent', 'a number from 0 to 0'],
    ['a first branch with a parent', { branches: [{ parent: 0 }], branch: 0 }, '', 'branches[0].parent', 'nothing'],
    ['a branch in view that is not there', { branches: [{}], branch: 1 }, '', 'branch', 'a number from 0 to 0'],
    ['no branch in view', { branches: [{}] }, '', 'branch', 'a number from 0 to 0'],
    ['a branch in view without branches', { branch: 0 }, '', 'branch', 'nothing: the link has no branches'],
    ['a branch in view that is told twice', { branches: [{ seed: 3 }], branch: 0 }, '', 'branches[0].seed', 'nothing'],
    ['33 branches', { branches: [{}, ...Array(32).fill({ parent: 0 })], branch: 0 }, '', 'branches', 'at most 32'],
    ['a field that no branch has', { branches: [{ knobs: {} }], branch: 0 }, '', 'branches[0].knobs', 'parent, atUs'],
    [
      'a comparison with itself',
      { branches: [{}, { parent: 0 }], branch: 1 },
      '?compare=branch.1',
      'compare',
      'branch 0',
    ],
    ['a comparison with a branch of a link without any', [], '?compare=branch.1', 'compare', 'no other branches'],
    ['a comparison with something else', [], '?compare=blocking', 'compare', 'variant.<id>'],
    ['a comparison with a seed out of range', [], '?compare=seed.4294967296', 'compare', 'seed.<number>'],
  ])('%s is refused by field', (_title, tree, query, field, allowed) => {
    const parsed = parseLink(`/lab/quorum${query}#z1.${packed(tree)}`);
    expect(parsed.ok ? [] : parsed.problems).toContainEqual(
      expect.objectContaining({ field, allowed: expect.stringContaining(allowed) }),
    );
  });

  test('no text makes the parser throw (5,000 random links)', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.webUrl({ withFragments: true, withQueryParameters: true }),
          fc.string().map((s) => `/lab/quorum#z1.${s}`),
        ),
        (text) => {
          expect(typeof parseLink(text).ok).toBe('boolean');
        },
      ),
      { numRuns: 5000, seed: 6 },
    );
  });

  test('a script that unpacks to more than 256 KiB is refused, however small it is packed', () => {
    const bomb = deflateSync(new Uint8Array(20 * 1024 * 1024).fill(32));
    expect(bomb.length).toBeLessThan(64 * 1024);
    const packed = Buffer.from(bomb).toString('base64url');
    expect(SCRIPT_BYTES_MAX).toBe(256 * 1024);
    const parsed = parseLink(`/lab/quorum#z1.${packed}`);
    expect(parsed).toMatchObject({ ok: false, problems: [{ field: expect.stringContaining('packed part') }] });
  });

  const bad: readonly [string, string, string][] = [
    ['/lab/quorum?seed=-1', 'seed', 'a whole number from 0 to 4294967295'],
    ['/lab/quorum?seed=1e3', 'seed', 'a whole number'],
    ['/lab/quorum?sed=1', 'sed', 'scenario, variant, seed'],
    ['/lab/quorum?from=5&to=5', 'to', 'more than from'],
    ['/elsewhere', 'path', '/lab/'],
    ['/lab/quorum#z1.', 'the packed part (after #)', 'a packed script'],
    ['/lab/quorum#z9.abc', 'the packed part (after #)', '#z1.'],
  ];
  test.each(bad)('%s is refused and names the field %s', (link, field, allowed) => {
    const parsed = parseLink(link);
    expect(parsed.ok).toBe(false);
    if (!parsed.ok) expect(parsed.problems[0]).toMatchObject({ field, allowed: expect.stringContaining(allowed) });
  });

  test('every wrong field of a link is named at once', () => {
    const parsed = parseLink('/lab/quorum?seed=banana&foo=1&step=x');
    expect(parsed.ok ? [] : parsed.problems.map(({ field }) => field)).toEqual(['foo', 'seed', 'step']);
  });

  test('a fault with a wrong field is refused with the path of the field', () => {
    const packed = Buffer.from(
      deflateSync(
        Buffer.from(
          JSON.stringify([{ id: 'x', action: { do: 'crash', target: 'r1', hard: true }, when: { atUs: 1 } }]),
        ),
      ),
    ).toString('base64url');
    expect(parseLink(`/lab/quorum#z1.${packed}`)).toMatchObject({
      ok: false,
      problems: [{ field: 'faults [0].action.hard', fix: 'Remove it.' }],
    });
  });
});
