import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { carriedBy } from '../../../simulations/run/carry.ts';
import { execute } from '../../../simulations/run/execute.ts';
import { fileOf } from '../../../simulations/run/file-text.ts';
import { loadScenario } from '../../../simulations/run/load-scenario.ts';
import { resolveRun } from '../../../simulations/run/resolve.ts';
import { describeProblem, type Scenario } from '../../../simulations/scenario/scenario.ts';

const folder = 'content/scenarios';
const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));

function load(text: string): Scenario {
  const loaded = loadScenario(text);
  if (!loaded.ok) throw new Error(loaded.problems.map(describeProblem).join('\n'));
  return loaded.scenario;
}

const schedule = {
  messageUs: 10_000,
  diskUs: 1_234_567,
  messages: [{ from: 'r1', to: 'r3', type: 'RWrite', nth: 1, delayUs: 40_001, lost: true, duplicateDelayUs: 7 }],
  timers: [{ process: 'a', timer: 'next', nth: 2, delayUs: 5 }],
  disks: [{ host: 'r1', nth: 3, delayUs: 0 }],
};
const faults: Scenario['faults'] = [
  { id: 'skew', action: { do: 'clock', target: 'r1', offsetUs: -200_000, driftPpm: 40 }, when: { atUs: 3 } },
  { id: 'old', action: { do: 'restore', target: 'r2', backupAtUs: 100 }, when: { atUs: 9_000 }, forUs: 50 },
  {
    id: 'disk',
    action: { do: 'slowDisk', target: 'r3', extra: { kind: 'uniform', minUs: 5, maxUs: 9 } },
    when: { atUs: 1_500_000 },
  },
];

describe('scenarios written as files', () => {
  test.each(files)('%s: written out, as YAML and as a link carries it, it loads as the same scenario', (file) => {
    const scenario = load(readFileSync(`${folder}/${file}`, 'utf8'));
    expect(load(fileOf(scenario))).toEqual(scenario);
    expect(load(JSON.stringify(carriedBy(scenario)))).toEqual(scenario);
  });

  test('a schedule and every kind of fault survive the way through a file, and the run has the same digest', () => {
    const plain = load(readFileSync(`${folder}/quorum-read-inversion.yaml`, 'utf8'));
    const scenario = { ...plain, schedule, faults: [...plain.faults, ...faults] };
    const again = load(fileOf(scenario));
    expect(again).toEqual(scenario);
    const digests = [scenario, again, plain].map((one) => {
      const resolved = resolveRun({ model: one.model, scenario: one });
      return resolved.ok ? execute({ ...resolved.input, checks: false, history: false }).digest : resolved.problems;
    });
    expect(digests[0]).toBe(digests[1]);
    expect(digests[0]).not.toBe(digests[2]);
  });

  test.each([
    [
      'a host that does not exist',
      { messages: [{ ...schedule.messages[0]!, to: 'r33' }] },
      /schedule\.messages\[0\]\.to: found "r33".*r3\?/,
    ],
    [
      'one disk write pinned twice',
      { disks: [schedule.disks[0]!, schedule.disks[0]!] },
      /schedule\.disks\[1\]: found write 3 of r1 again/,
    ],
    [
      'a timer on no host',
      { timers: [{ process: 'x9/t', timer: 'next', nth: 1, delayUs: 1 }] },
      /schedule\.timers\[0\]\.process: found "x9"/,
    ],
  ])('%s in a schedule is refused by name', (_title, wrong, says) => {
    const plain = load(readFileSync(`${folder}/quorum-read-inversion.yaml`, 'utf8'));
    const loaded = loadScenario(fileOf({ ...plain, schedule: wrong }));
    expect(loaded.ok ? '' : loaded.problems.map(describeProblem).join('\n')).toMatch(says);
  });
});
