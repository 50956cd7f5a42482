import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  ADDS,
  APART_US,
  expectedByCut,
  expectedBySkew,
  lostByCut,
  lostBySkew,
  MERGES,
} from '../../../app/_embed/merges.ts';
import { loadMeasured, rateIn } from '../../../app/_static/measured.ts';
import { execute, type Fault, type Run, resolveRun } from '../../../simulations/index.ts';
import { metric, status, violated } from '../../helpers/model-runs.ts';
import { runOf, scenarios } from '../../helpers/scenarios.ts';

/** The guide as one line of text, without its line breaks. */
const guide = readFileSync('content/guides/explicit-eventual-consistency.mdx', 'utf8').replaceAll(/\s+/g, ' ');

const cartOf = (run: Run, client: string, atUs: number): readonly string[] =>
  run.record.operations.find(({ f, client: by, invokedAt }) => f === 'read' && by === client && invokedAt === atUs)!
    .output as readonly string[];
const atEnd = (run: Run) => cartOf(run, 'a', 16_000_000);
const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

/** The cart's scenario with something changed. */
function changed(variant: string, change: { readonly workload?: unknown; readonly faults?: readonly Fault[] }): Run {
  const scenario = scenarios.find(({ id }) => id === 'cart-multiregion')!;
  const resolved = resolveRun({ model: scenario.model, scenario, variant, faults: change.faults });
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems));
  const { input } = resolved;
  const workload = change.workload === undefined ? input.workload : input.model.workload.parse(change.workload);
  return execute({ ...input, workload, history: false });
}

describe('guide to eventual consistency: the cart', () => {
  test.each([
    ['last write wins, wall clock', 'lww-wall', 'eggs, flour, honey', ''],
    ['last write wins, hybrid clock', 'lww-hlc', 'eggs, flour', ''],
    ['siblings, merged by union', 'siblings', '', 'bread'],
    ['observed-remove set', 'or-set', '', ''],
  ])('%s: the row of the table is what both regions read at the end', (name, variant, missing, back) => {
    const run = runOf('cart-multiregion', variant);
    const cart = atEnd(run);
    expect(cartOf(run, 'b', 16_000_000)).toEqual(cart);
    expect(guide).toContain(`| ${name} | ${cart.join(', ')} | ${missing}${missing && ' '}| ${back}${back && ' '}|`);
    const wanted = ['apples', 'coffee', 'dates', 'eggs', 'flour', 'grapes', 'honey'];
    expect(wanted.filter((item) => !cart.includes(item)).join(', ')).toBe(missing);
    expect(cart.filter((item) => !wanted.includes(item)).join(', ')).toBe(back);
  });

  test('one second after the cut both regions read what the text says, and the honey is lost to grapes it had seen', () => {
    const run = runOf('cart-multiregion', 'lww-wall');
    for (const client of ['a', 'b']) expect(cartOf(run, client, 13_000_000).join(', ')).toBe('apples, coffee, dates');
    expect(guide).toContain('With last write wins they say apples, coffee, dates.');
    expect(status(run, 'later-write-wins')).toBe('violated');
    expect(status(run, 'convergence')).toBe('ok');
  });

  test('metadata, latency and the time to meet again are those of the pinned run and of the seeds', () => {
    const [wall, set] = ['lww-wall', 'or-set'].map((variant) => runOf('cart-multiregion', variant));
    expect(guide).toContain(`${metric(set!, 'metadata')} bytes of metadata instead of ${metric(wall!, 'metadata')}`);
    const { medians } = JSON.parse(readFileSync('content/measured/cart-multiregion.json', 'utf8')).variants['or-set'];
    expect(guide).toContain(`a write takes ${(medians['write-p50'] / 1000).toFixed(1)} ms in either case`);
    expect(guide).toContain(
      `held the same ${(medians['convergence-time'] / 1e6).toFixed(2)} s after the cut had ended`,
    );
  });

  test('the bound beside the zeros is that of the recorded seeds', () => {
    const { seeds, ...measured } = { ...loadMeasured('cart-multiregion')! };
    expect(seeds).toBe(10_000);
    const rate = rateIn({ seeds, ...measured }, 'or-set', 'no-acked-add-lost')!;
    expect(rate.count).toBe(0);
    expect(guide).toContain(`0 of 10,000 leaves at most ${Math.ceil(rate.high * 10_000)} in 10,000`);
  });

  test('last write wins brings a removed item back when the region that has not heard of the remove writes last', () => {
    const script = {
      a: [
        { f: 'put', value: 'bread', at: 0 },
        { f: 'del', value: 'bread' },
      ],
      b: [{ f: 'put', value: 'eggs' }],
    };
    const at = { a: [200_000, 4_000_000], b: [6_000_000] } as const;
    const timed = Object.fromEntries(
      Object.entries(script).map(([client, operations]) => [
        client,
        operations.map(({ f, value }, index) => ({ f, value, atUs: at[client as 'a' | 'b'][index] })),
      ]),
    );
    const run = changed('lww-hlc', { workload: { keys: ['cart'], script: timed } });
    expect(status(run, 'no-resurrection')).toBe('violated');
    expect(status(changed('or-set', { workload: { keys: ['cart'], script: timed } }), 'no-resurrection')).toBe('ok');
  });

  test('the challenge: without faults nothing is lost; a link that is slow for a moment loses an item', () => {
    expect(violated(changed('lww-hlc', { faults: [] }))).toEqual([]);
    const slow: Fault = {
      id: 'slow',
      action: { do: 'slow', from: 'eu', to: 'us', extra: { kind: 'constant', us: 500_000 } },
      when: { atUs: 13_900_000 },
      forUs: 1_000_000,
    };
    const run = changed('lww-hlc', { faults: [slow] });
    expect(status(run, 'no-acked-add-lost')).toBe('violated');
    expect(status(run, 'convergence')).toBe('ok');
  });
});

describe('guide to eventual consistency: how much is lost', () => {
  const at = (all: readonly { readonly at: number; readonly lost: number }[], us: number) =>
    all.find((one) => one.at === us)!.lost;

  test.each(MERGES)(`%s: without an outage the dots lie on the line (${ADDS.seeds} seeds a dot)`, (merge) => {
    for (const { at: us, lost } of lostBySkew(merge))
      expect(Math.abs(lost - expectedBySkew(merge, us)), `${us} us apart`).toBeLessThan(0.01);
  });

  test.each(['lww-hlc', 'or-set'] as const)(
    `%s: in a cut the dots lie on the line (${ADDS.cutSeeds} seeds a dot)`,
    (merge) => {
      for (const { at: us, lost } of lostByCut(merge))
        expect(Math.abs(lost - expectedByCut(merge, us)), `a cut of ${us} us`).toBeLessThan(0.5);
    },
  );

  test('the text says what the figure shows', () => {
    const wall = lostBySkew('lww-wall');
    expect(guide).toContain(`clocks that agree, ${percent(at(wall, 0))} of the adds are lost`);
    expect(guide).toContain(`for about ${APART_US / 1000} ms`);
    expect(guide).toContain(
      `With clocks 400 ms apart it is ${percent(at(wall, 400_000))}, with clocks a second apart ${percent(at(wall, 1_000_000))}`,
    );
    expect(guide).toContain(`The hybrid clock stays at ${percent(at(lostBySkew('lww-hlc'), 1_000_000))}`);
    expect(guide).toContain(
      `that is ${at(lostByCut('lww-hlc'), 10_000_000).toFixed(1)} acknowledged items on average, ${expectedByCut('lww-hlc', 10_000_000).toFixed(1)} by the formula`,
    );
    expect(guide).toContain(`our own runs, ${ADDS.seeds} seeds each`);
    expect(ADDS.seeds).toBe(ADDS.cutSeeds);
  });
});

describe('guide to eventual consistency: the counter', () => {
  const given = (run: Run) =>
    run.record.operations
      .filter(({ f, outcome }) => f === 'append' && outcome === 'ok')
      .reduce((sum, { input }) => sum + (input as number), 0);
  const read = (run: Run, client: string, atUs: number) =>
    run.record.operations.find(({ f, client: by, invokedAt }) => f === 'read' && by === client && invokedAt === atUs)!
      .output;

  test('a PN-counter gives out more than the limit and ends at exactly that', () => {
    const run = runOf('global-counter', 'pn-counter');
    expect(guide).toContain(`With the PN-counter ${given(run)} vouchers are given out.`);
    expect(read(run, 'c', 16_000_000)).toBe(given(run));
    expect(guide).toContain(`exactly ${given(run) - 60} too high`);
  });

  test('escrow refuses three requests, two of them in the region that is cut off, and stays below the limit', () => {
    const run = runOf('global-counter', 'escrow');
    const refused = run.record.operations.filter(({ outcome }) => outcome === 'fail').map(({ client }) => client);
    expect(refused.sort()).toEqual(['a', 'c', 'c']);
    expect(guide).toContain(`${given(run)} vouchers are out at the end`);
  });

  test('a number under last write wins forgets most of it', () => {
    const run = runOf('global-counter', 'lww-hlc');
    const said = [read(run, 'a', 14_000_000), read(run, 'c', 14_000_000)];
    expect(new Set(said).size).toBe(1);
    const before = run.record.operations.filter(({ invokedAt }) => invokedAt < 14_000_000);
    const out = given({ ...run, record: { ...run.record, operations: before } });
    expect(guide).toContain(`two regions say ${said[0]}, and ${out} vouchers are out`);
  });
});
