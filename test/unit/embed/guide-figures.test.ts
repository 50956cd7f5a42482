import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { runPair } from '../../../app/_embed/pair-sides.ts';
import { DRAWN, settings } from '../../../app/_embed/staleness.ts';
import { loadScenario, type Operation, type Scenario } from '../../../simulations/index.ts';

/** The guide as one line of text, without its line breaks. */
const guide = readFileSync('content/guides/measure-quorum-tradeoffs.mdx', 'utf8').replaceAll(/\s+/g, ' ');

function scenarioOf(id: string): Scenario {
  const loaded = loadScenario(readFileSync(`content/scenarios/${id}.yaml`, 'utf8'));
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.scenario;
}

const inversion = runPair({
  scenario: scenarioOf('quorum-read-inversion'),
  variants: ['off', 'blocking'],
  property: 'linearizable',
  fromUs: 578_000,
  toUs: 718_000,
});
const freshness = runPair({
  scenario: scenarioOf('quorum-freshness'),
  variants: ['one', 'two'],
  property: 'freshness',
  fromUs: 171_560_000,
  toUs: 171_780_000,
});

const operation = (side: 0 | 1, id: number): Operation => inversion.sides[side].run.record.operations[id]!;
const ms = (us: number) => (us / 1000).toFixed(1);
const tookMs = ({ invokedAt, completedAt }: Operation) => ms(completedAt - invokedAt);

test('guide: the two operations of figure 1 end when it says that they end', () => {
  const [read9, read10] = [operation(0, 9), operation(0, 10)];
  expect(guide).toContain(`returned version 5, at ${ms(read9.completedAt)} ms`);
  expect(guide).toContain(`returned version 4, at ${ms(read10.completedAt)} ms`);
  expect(guide).toContain(`Read 10 began ${ms(read10.invokedAt - read9.completedAt)} ms after read 9 had ended`);
  expect(inversion.sides[0].verdict.verdict.sentence).toBe('Read 10 returned v4 after read 9 had returned v5.');
});

test('guide: on the right of figure 1, read 9 gets no answer and read 10 is late', () => {
  expect(operation(1, 8).outcome).toBe('info');
  expect(operation(1, 9).outcome).toBe('info');
  expect(guide).toContain(`gives up at ${operation(1, 11).invokedAt / 1000} ms`);
  expect(guide).toContain(`returns it at ${ms(operation(1, 10).completedAt)} ms`);
  expect(guide).toContain(`took ${tookMs(operation(1, 10))} ms instead of ${tookMs(operation(0, 10))} ms`);
  expect(inversion.sides[1].verdict.verdict.status).toBe('ok');
});

test('guide: the quorums of figure 1 have the members that it names', () => {
  const members = ([0, 1] as const).map((side) =>
    inversion.sides[side].run.record.notes
      .filter(({ name }) => name === 'quorum.met')
      .map(({ data }) => (data as { members: readonly string[] }).members.join(' ')),
  );
  expect(members[0]).toEqual(expect.arrayContaining(['r1 r4 r3', 'r5 r3 r4']));
  expect(guide).toContain('Read 9 gathered answers from r1, r4 and r3.');
  expect(guide).toContain('Read 10 gathered answers from r5, r3 and r4.');
});

test('guide: the shares of fresh reads are those of the freshness runs', () => {
  const [one, two] = freshness.sides.map((side) => side.verdict.verdict.sentence);
  expect(one).toContain('234 of 240 reads were fresh 100 ms after the acknowledgement: 97.5 %');
  expect(two).toContain('240 of 240 reads were fresh');
  expect(guide).toContain('234 of 240 reads were fresh');
  expect(guide).toContain('That is 97.5 %');
});

test(`guide: the figures of PBS are those of our ${DRAWN.trials} trials, seed ${DRAWN.seed}`, () => {
  const [one, writes, reads, both] = settings();
  const percent = (share: number, digits: number) => Number((share * 100).toPrecision(digits));
  expect(guide).toContain(
    `${percent(one!.freshAtOnce, 3)} % of reads are fresh when they begin at the acknowledgement`,
  );
  expect(guide).toContain(`99.9 % takes ${(one!.visibleAfterUs / 1e6).toFixed(2)} s`);
  expect(guide).toContain(`${percent(1 - one!.freshAtObjective, 2)} % are still stale`);
  expect(guide).toContain(`${percent(1 - writes!.freshAtObjective, 2)} % instead of`);
  expect(guide).toContain(`${percent(1 - reads!.freshAtObjective, 2)} % are stale at 100 ms`);
  expect(both!.freshAtOnce).toBe(1);
  expect(guide).toContain(`goes from ${ms(one!.readUs)} to ${ms(both!.readUs)} ms`);
  expect(guide).toContain(`from ${ms(one!.writeUs)} to ${Math.round(both!.writeUs / 1000)} ms`);
});

test('guide: our trials agree with what was published: within 1 point at once, within 10 % at the tail', () => {
  const [one, , reads, both] = settings();
  expect(Math.abs(one!.freshAtOnce - 0.893)).toBeLessThan(0.01);
  expect(Math.abs(one!.visibleAfterUs / 1_364_000 - 1)).toBeLessThan(0.1);
  expect(reads!.visibleAfterUs).toBeGreaterThan(100_000);
  // What Yammer measured with R = W = 2.
  expect(Math.abs(both!.readUs / 32_890 - 1)).toBeLessThan(0.1);
  expect(Math.abs(both!.writeUs / 435_830 - 1)).toBeLessThan(0.1);
});

test('pair: stops rise, lie in the window, and are those of both runs', () => {
  const { stopsUs } = inversion;
  expect(stopsUs.length).toBeGreaterThan(20);
  expect([...stopsUs].sort((a, b) => a - b)).toEqual(stopsUs);
  expect(stopsUs[0]).toBeGreaterThanOrEqual(578_000);
  expect(stopsUs.at(-1)).toBeLessThanOrEqual(718_000);
});
