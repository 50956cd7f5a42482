import { describe, expect, test } from 'vitest';
import { seed } from '../../../simulations/kernel/time.ts';
import { quorumByHand } from '../../../simulations/models/quorum/by-hand/by-hand.ts';
import { quorum } from '../../../simulations/models/quorum/index.ts';
import { busyRun } from '../../../simulations/run/bench/busy-run.ts';
import { execute, executeWith, type RunInput } from '../../../simulations/run/execute.ts';

const busy: RunInput = { ...busyRun({ model: quorum }, 20_000_000), history: false, checks: false };
const byHand = (input: RunInput) => executeWith(input, (role) => quorumByHand[role as keyof typeof quorumByHand]);

test('quorum by hand: its run is that of the charts, event for event (benchmark run, seeds 1 to 20)', () => {
  for (let number = 1; number <= 20; number++) {
    const input = { ...busy, seed: seed(number) };
    const [charts, programs] = [execute(input), byHand(input)];
    expect([number, programs.events, programs.digest]).toEqual([number, charts.events, charts.digest]);
    if (number === 1) expect(programs.record.operations).toEqual(charts.record.operations);
  }
});

test('quorum by hand: its run is that of the charts on five replicas with lost and repeated messages (seeds 1 to 20)', () => {
  const knobs = { ...busy.knobs, replicas: 5, readQuorum: 3, writeQuorum: 3, hintAfter: 0 };
  for (let number = 1; number <= 20; number++) {
    const unreliable = { ...knobs, lossRatio: 0.02, duplicateRatio: 0.05 };
    const input = { ...busy, knobs: unreliable, seed: seed(number), durationUs: 5_000_000 };
    const [charts, programs] = [execute(input), byHand(input)];
    expect([number, programs.events, programs.digest]).toEqual([number, charts.events, charts.digest]);
  }
});

describe('quorum by hand: refuses what it cannot do instead of doing something else', () => {
  test.each([
    ['version', 'vv'],
    ['readRepair', 'blocking'],
    ['coordinatorAt', 'client'],
    ['mistake', 'hint-overwrites-newer'],
  ])('%s = %s', (knob, value) => {
    expect(() => byHand({ ...busy, knobs: { ...busy.knobs, [knob]: value } })).toThrow(/programs by hand/);
  });

  test('a delete', () => {
    const workload = quorum.workload.parse({ mix: { read: 0, write: 0, delete: 1 } });
    expect(() => byHand({ ...busy, workload })).toThrow(/programs by hand .*"event":"Delete"/);
  });
});
