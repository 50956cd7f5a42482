import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { commitsOf, expectedUs, TWO_CITIES, WRITES } from '../../../app/_embed/commits.ts';
import { ELECTIONS, electionName, electionSettings, waitAt } from '../../../app/_embed/elections.ts';
import { READ_SEEDS, READ_WAYS, readsOf } from '../../../app/_embed/log-reads.ts';
import { type Pair, runPair } from '../../../app/_embed/pair-sides.ts';
import { loadMeasured, rateIn } from '../../../app/_static/measured.ts';
import { execute, type Fault, type Operation, type Run, resolveRun } from '../../../simulations/index.ts';
import { serverOf, serversIn } from '../../../simulations/models/consensus/history.ts';
import { runOf, scenarios } from '../../helpers/scenarios.ts';

/** A guide as one line of text, without its line breaks. */
const guideOf = (slug: string) => readFileSync(`content/guides/${slug}.mdx`, 'utf8').replaceAll(/\s+/g, ' ');
const agree = guideOf('distributed-consensus');
const price = guideOf('consensus-is-not-free');

const scenarioOf = (id: string) => scenarios.find((one) => one.id === id)!;
const operation = (run: Run, id: number): Operation => run.record.operations[id]!;
const ms = (us: number) => (us / 1000).toFixed(1);
const status = (run: Run, property: string) => run.verdicts.find(({ id }) => id === property)?.verdict.status;
const metric = (run: Run, name: string) => run.metrics.find(({ id }) => id === name)!.value;
const noteAt = (run: Run, name: string, nth: number) => run.record.notes.filter((note) => note.name === name)[nth - 1]!;
/** 1,010.6 */
const comma = (text: string) => text.replace(/^(\d)(\d{3})/, '$1,$2');

test('every rate of both guides is the recorded one', () => {
  const tag = /<Rate scenario="(.+?)" variant="(.+?)" property="(.+?)">(.+?)<\/Rate>/g;
  const rates = [...`${agree} ${price}`.matchAll(tag)];
  expect(rates.length).toBeGreaterThanOrEqual(4);
  for (const [, scenario, variant, property, text] of rates) {
    const { count, of } = rateIn(loadMeasured(scenario!)!, variant!, property!)!;
    expect(text).toBe(`${count.toLocaleString('en-US')} of ${of.toLocaleString('en-US')}`);
  }
});

describe('guide of rule 11: figure 1', () => {
  const pair = runPair({
    scenario: scenarioOf('raft-split-brain'),
    variants: ['half', 'majority'],
    property: 'state-machine-safety',
    fromUs: 590_000,
    toUs: 1_060_000,
  });
  const [half, majority] = pair.sides.map(({ run }) => run) as [Run, Run];

  test('on the left both sides acknowledge, at one index, and three entries are overwritten', () => {
    expect(agree).toContain(`acknowledges write 5 at ${ms(operation(half, 5).completedAt)} ms`);
    expect(agree).toContain(`At ${comma(ms(operation(half, 8).completedAt))} ms it acknowledges write 8 at index 6`);
    const indexes = [7, 8].map((id) => (operation(half, id).version as { index: number }).index);
    expect(indexes).toEqual([6, 6]);
    expect(operation(half, 7).outcome).toBe('ok');
    expect(noteAt(half, 'leader.elected', 2).host).toBe('r5');
    for (const nth of [1, 2]) {
      const { host, data } = noteAt(half, 'log.truncated', nth);
      expect(['r1', 'r3']).toContain(host);
      expect(data).toMatchObject({ from: 5, to: 7 });
    }
    expect(agree).toContain('r1 and r3 overwrite three entries');
  });

  test('on the right the write gets no answer, and the other side goes on', () => {
    expect(operation(majority, 5)).toMatchObject({ outcome: 'info', client: 'a', f: 'write', invokedAt: 640_000 });
    const elected = noteAt(majority, 'leader.elected', 2).atUs;
    expect(agree).toContain(`has a leader ${ms(elected - 600_000)} ms after the cut`);
    const acknowledged = majority.record.operations
      .filter(({ f, completedAt }) => f === 'write' && completedAt > 600_000)
      .map(({ completedAt }) => completedAt);
    expect(agree).toContain(`between the cut and ${comma(ms(Math.min(...acknowledged)))} ms`);
    expect(pair.sides.map(({ verdict }) => verdict.verdict.status)).toEqual(['violated', 'ok']);
  });
});

describe('guide of rule 11: figures 2 and 3', () => {
  const [off, on] = ['off', 'on'].map((variant) => runOf('raft-fsync-off', variant)) as [Run, Run];

  test('three servers forget a term and vote again in it, and two keep every acknowledged entry', () => {
    const [first, second] = [1, 2].map((nth) => noteAt(off, 'leader.elected', nth));
    expect([first!.data, second!.data]).toMatchObject([{ term: 1 }, { term: 1, votes: ['r1', 'r2', 'r3'] }]);
    const voters = off.record.notes.filter(({ name, data }) => {
      return name === 'vote.granted' && (data as { candidate: string }).candidate === 'r3';
    });
    expect(voters.map(({ host }) => host)).toEqual(expect.arrayContaining(['r1', 'r2']));
    expect(first!.host).toBe('r3');
    const steps = off.timeline!.stepsUntil(1_100_000);
    const logs = serversIn(off.timeline!.worldAt(steps)).map((process) => serverOf(process).durable.log.length);
    const acknowledged = off.record.operations.filter(({ f, completedAt }) => f === 'write' && completedAt < 850_000);
    // One entry more than writes: the one with which the leader began its term.
    expect(logs).toEqual([0, 0, 0, acknowledged.length + 1, acknowledged.length + 1]);
  });

  test('with the disk first, r1 is elected in term 2 and a read returns what write 7 stored; what it costs', () => {
    expect(noteAt(on, 'leader.elected', 2)).toMatchObject({ host: 'r1', data: { term: 2 } });
    expect(operation(on, 8).output).toBe(operation(on, 7).input);
    expect(agree).toContain(
      `the median write takes ${ms(metric(on, 'write-p50'))} ms instead of ${ms(metric(off, 'write-p50'))} ms`,
    );
  });

  test('captions of raft-fsync-off: write 7 takes 31 ms, and 19 without waiting', () => {
    const took = [on, off].map((run) => operation(run, 7).completedAt - operation(run, 7).invokedAt);
    expect(took.map((us) => Math.round(us / 1000))).toEqual([31, 19]);
    const caption = scenarioOf('raft-fsync-off').captions!.find(({ text }) => text.includes('That took'))!;
    expect(caption.text).toContain('That took 31 ms; without waiting for disks it takes 19.');
  });

  test('figure 8: acknowledged at 911 ms, the winner at 1,905 ms, overwritten at 1,911 ms; below nobody was told', () => {
    const [any, own] = ['any', 'own'].map((variant) => runOf('raft-figure-8', variant)) as [Run, Run];
    expect(agree).toContain(`acknowledges write 2, at ${operation(any, 2).completedAt / 1000} ms`);
    expect(agree).toContain(`At ${comma(String(noteAt(any, 'leader.elected', 4).atUs / 1000))} ms r5 is elected`);
    for (const run of [any, own]) {
      const overwritten = [1, 2].map((nth) => noteAt(run, 'log.truncated', nth));
      expect(overwritten.map(({ host }) => host)).toEqual(['r2', 'r3']);
      expect(agree).toContain(`At ${comma(String(overwritten[0]!.atUs / 1000))} ms both overwrite write 2`);
    }
    expect(operation(own, 2).outcome).toBe('info');
  });

  test.each([
    ['raft-double-vote', 'memory', 'election-safety'],
    ['raft-member-swap', 'naive', 'no-lost-acknowledged-write'],
    ['raft-member-race', 'at-once', 'state-machine-safety'],
    ['raft-lease-drift', 'none', 'linearizable'],
    ['raft-snapshot-sessions', 'keys', 'exactly-once'],
  ])('%s, %s, which the guide links to, violates %s', (id, variant, property) => {
    expect(agree).toContain(`scenario="${id}" variant="${variant}"`);
    expect(status(runOf(id, variant, { history: false }), property)).toBe('violated');
  });
});

describe('guide of rule 11: elections and reads', () => {
  const source = JSON.parse(readFileSync('test/fixtures/raft/elections.json', 'utf8')).randomness_ms;

  test('the published quantiles are those of the recorded source', () => {
    for (const { minMs, maxMs, published } of electionSettings())
      for (const [share, value] of published) expect(value).toBe(source[`${minMs}-${maxMs}`][`p${share * 100}`]);
  });

  test(`every quantile of our ${ELECTIONS.seeds} elections is within 12 % of the published one`, () => {
    for (const setting of electionSettings())
      for (const [share, value] of setting.published)
        expect(Math.abs(waitAt(setting, share) / value - 1), `${electionName(setting)}, ${share}`).toBeLessThan(0.12);
  });

  test('medians and the slowest of a hundred are those of the runs', () => {
    const [narrow, middle, wide] = electionSettings();
    const median = (setting: typeof narrow) => waitAt(setting!, 0.5).toFixed(0);
    expect(agree).toContain(`With timeouts from 150 to 155 ms the median is ${median(narrow)} ms`);
    expect(waitAt(narrow!, 0.99)).toBeGreaterThan(1000);
    expect(agree).toContain(`From 150 to 200 ms the median is ${median(middle)} ms.`);
    expect(agree).toContain(`From 150 to 300 ms it is ${median(wide)} ms`);
    expect(agree).toContain(`takes about ${median(wide)} ms at the median`);
    const published = [narrow, middle, wide].map((setting) => setting!.published[2]![1].toFixed(0));
    expect(agree).toContain(`published medians are ${published[0]}, ${published[1]} and ${published[2]} ms`);
    expect(agree).toContain(`in ${ELECTIONS.seeds} runs of this model`);
  });

  test(`reads at any server go back in most runs, the others in none of ${READ_SEEDS}; what waits for more takes longer`, () => {
    const reads = READ_WAYS.map((way) => readsOf(scenarioOf('raft-split-brain'), way));
    expect(reads[0]!.violated).toBeGreaterThan(READ_SEEDS / 2);
    expect(reads.slice(1).map(({ violated }) => violated)).toEqual([0, 0, 0]);
    const [local, lease, index, log] = reads.map(({ medianUs }) => medianUs);
    expect(Math.max(local!, lease!)).toBeLessThan(0.6 * index!);
    expect(index).toBeLessThan(log!);
    expect(agree).toContain(`the runs of seeds 1 to ${READ_SEEDS}`);
  });

  test('the challenge cannot be solved by its own start', () => {
    const scenario = scenarioOf('raft-fsync-off');
    const resolved = resolveRun({ model: scenario.model, scenario, variant: 'off', faults: [] });
    if (!resolved.ok) throw new Error('does not resolve');
    expect(status(execute({ ...resolved.input, history: false }), 'election-safety')).toBe('ok');
  });
});

describe('guide of rule 20', () => {
  const raft = scenarioOf('global-counter-raft');
  const pair: Pair = runPair({
    scenario: raft,
    other: scenarioOf('global-counter'),
    variants: ['three', 'pn-counter'],
    property: 'cut-region-counts',
    fromUs: 2_800_000,
    toUs: 6_400_000,
  });
  const [log, counter] = pair.sides.map(({ run }) => run) as [Run, Run];
  const likes = (run: Run) => run.record.operations.filter(({ f }) => f !== 'read');
  const inCut = ({ invokedAt }: Operation) => invokedAt >= 3_000_000 && invokedAt < 13_000_000;

  test('figure 1: both sides are held to one objective, the log misses it and the counter meets it', () => {
    expect(pair.sides.map(({ verdict }) => verdict.verdict.status)).toEqual(['violated', 'ok']);
    expect(pair.sides[0].verdict.verdict.sentence).toContain('0 of 6');
    expect(pair.sides[1].verdict.verdict.sentence).toContain('6 of 6');
  });

  test('during the cut the same presses begin at the same moments', () => {
    const presses = (run: Run) =>
      likes(run)
        .filter(inCut)
        .map(({ client, invokedAt }) => `${client} ${invokedAt}`);
    expect(presses(log)).toEqual(presses(counter));
  });

  test('latencies: medians, the least, the ratio', () => {
    const [slow, fast] = [log, counter].map((run) => metric(run, 'write-p50'));
    expect(price).toContain(`half of the likes take ${Math.round(slow! / 1000)} ms or less.`);
    const [eu, us] = ['eu', 'us'].map((region) => Math.round(metric(log, `write-p50-${region}`) / 1000));
    expect(price).toContain(`b is in the leader's region and waits ${us} ms at the median, a waits ${eu} ms`);
    const taken = likes(log).filter(({ outcome }) => outcome === 'ok');
    const least = Math.min(...taken.map(({ invokedAt, completedAt }) => completedAt - invokedAt));
    expect(price).toContain(`nobody ever less than ${Math.floor(least / 1000)} ms`);
    expect(raft.finding).toContain(`crosses back: ${eu} ms, and ${us} ms beside the leader`);
    expect(metric(log, 'available-in-cut')).toBe(0);
    expect(price).toContain(`With the PN-counter the median is ${ms(fast!)} ms`);
    expect(price).toContain(`${Math.round(slow! / fast!)} times as fast`);
    const five = runOf(raft.id, 'five', { history: false });
    expect(Math.round(metric(five, 'write-p50') / 1000)).toBe(167);
    expect(price).toContain('half of the likes take 167 ms or less, as with three');
    expect(raft.predict!.question).toContain(`half of all likes take ${Math.round(slow! / 1000)} ms or less`);
    expect(status(five, 'cut-region-counts')).toBe('violated');
  });

  test('the cut: none of the six likes of c is in the log, a and b lose none; on the right all are acknowledged', () => {
    const of = (run: Run, client: string) => likes(run).filter((one) => inCut(one) && one.client === client);
    expect(of(log, 'c').map(({ outcome }) => outcome)).toEqual(Array(6).fill('info'));
    expect(of(counter, 'c').map(({ outcome }) => outcome)).toEqual(Array(6).fill('ok'));
    for (const run of [log, counter])
      for (const client of ['a', 'b']) expect(of(run, client).every(({ outcome }) => outcome === 'ok')).toBe(true);
    const applied = log.record.notes
      .filter(({ name, host }) => name === 'entry.applied' && host === 'r2')
      .map(({ data }) => data as { client: string; sequence: number });
    // c's likes of the cut are its third to eighth operation.
    expect(applied.filter(({ client, sequence }) => client === 'c' && sequence >= 3 && sequence <= 8)).toEqual([]);
    expect(applied.some(({ client }) => client === 'c')).toBe(true);
  });

  test('the right side is exact afterwards: 45 and 36 before, 63 in all regions at 16 s', () => {
    const readAt = (us: number) =>
      counter.record.operations
        .filter(({ f, invokedAt }) => f === 'read' && invokedAt === us)
        .map(({ output }) => output);
    expect(readAt(12_500_000).toSorted()).toEqual([36, 45, 45]);
    expect(readAt(16_000_000)).toEqual([63, 63, 63]);
    const taken = likes(counter).filter(({ outcome }) => outcome === 'ok');
    expect(taken.length).toBe(21);
    expect(taken.reduce((sum, { input }) => sum + (input as number), 0)).toBe(63);
    expect(price).toContain('At 12.5 s two regions read 45 and the third reads 36. At 16 s all three read 63');
    expect(price).toContain('gives out 63 vouchers where 60 were allowed');
  });

  test('escrow keeps the limit at the same latency and refuses more', () => {
    const escrow = runOf('global-counter', 'escrow', { history: false });
    expect(status(escrow, 'limit-never-exceeded')).toBe('ok');
    expect(price).toContain(`at ${ms(metric(escrow, 'write-p50'))} ms for the median increment`);
    expect([metric(escrow, 'refused'), metric(counter, 'refused')]).toEqual([3, 1]);
  });

  test.each([0.5, 20, 40, 80, 120, 160].flatMap((round) => [0, 10].map((disk) => [round, disk] as const)))(
    'a commit with a round trip of %d ms and a disk of %d ms takes their sum, in all of the writes',
    (round, disk) => {
      const setting = { voters: 3, latencyUs: [round * 500, round * 500], persistUs: disk * 1000 } as const;
      const { medianUs, p99Us, clientMedianUs } = commitsOf(setting);
      expect([medianUs, p99Us]).toEqual([(round + disk) * 1000, (round + disk) * 1000]);
      expect(expectedUs(setting)).toBe(medianUs);
      expect(clientMedianUs).toBe((2 * round + disk) * 1000);
    },
  );

  test('more voters: the figures of the text', () => {
    const [one, three, five, seven] = [1, 3, 5, 7].map((voters) =>
      commitsOf({ voters, latencyUs: [35_000, 45_000], persistUs: 3_000 }),
    );
    const short = (us: number) => String(Number((us / 1000).toFixed(1)));
    expect(price).toContain(`from ${short(one!.medianUs)} ms to ${short(three!.medianUs)} ms`);
    expect(price).toContain(
      `from ${short(three!.medianUs)} to ${short(five!.medianUs)} and ${short(seven!.medianUs)} ms`,
    );
    expect([three, five, seven].map((commits) => Math.round(commits!.messagesPerEntry))).toEqual([4, 8, 12]);
    expect(price).toContain('4, 8 and 12 messages');
    // Two of the leader's own city and its disk, and nobody across.
    expect(commitsOf(TWO_CITIES).p99Us).toBeLessThan(2 * 2_000 + 3_000 + 1);
    expect(price).toContain(`${WRITES} writes each`);
  });

  test('the challenge: cutting a off leaves two likes of a without an answer and none of b; cutting r1 off does nothing', () => {
    const tried = (sides: readonly (readonly string[])[]) => {
      const action: Fault['action'] = { do: 'cut', sides, oneWay: false };
      const faults: Fault[] = [{ id: 'cut', action, when: { atUs: 3_900_000 }, forUs: 2_700_000 }];
      const resolved = resolveRun({ model: raft.model, scenario: raft, variant: 'three', faults });
      if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems));
      const missed = likes(execute({ ...resolved.input, history: false })).filter(({ outcome }) => outcome !== 'ok');
      return missed.map(({ client }) => client);
    };
    const servers = ['r1', 'r2', 'r3'];
    expect(tried([['a'], [...servers, 'b', 'c']])).toEqual(['a', 'a']);
    expect(tried([['r1'], ['r2', 'r3', 'a', 'b', 'c']])).toEqual([]);
    expect(price).toContain('from 3.9 to 6.6 s');
  });
});
