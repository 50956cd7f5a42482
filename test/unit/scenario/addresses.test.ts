import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { describeProblem, loadScenario, resolveRun } from '../../../simulations/index.ts';
import { scenarios } from '../../helpers/scenarios.ts';

/** What is said of a shipped scenario once a piece of its text is another. */
function saidOf(scenario: string, from: string, to: string): readonly string[] {
  const text = readFileSync(`content/scenarios/${scenario}.yaml`, 'utf8');
  expect(text).toContain(from);
  const loaded = loadScenario(text.replace(from, to));
  return loaded.ok ? [] : loaded.problems.map(describeProblem);
}

// A message to a host that the run has not got used to stop the run with an internal error.
test.each([
  [
    'quorum-read-inversion',
    'at: 20 ms, via: r1',
    'at: 20 ms, via: r33',
    'workload.script.a[0].via: found "r33"; allowed: r1, r2, r3, r4, r5. Did you mean r3?',
  ],
  [
    'quorum-read-inversion',
    'at: 120 ms, via: r4',
    'at: 120 ms, via: r9',
    'workload.script.a[1].via: found "r9"; allowed: r1, r2, r3, r4, r5. Name one of these, or leave it out.',
  ],
  [
    'quorum-read-inversion',
    'at: 120 ms, via: r4',
    'at: 120 ms, via: b',
    'workload.script.a[1].via: found "b"; allowed: r1, r2, r3, r4, r5.',
  ],
  [
    'feed-quorum-staleness',
    'workload:\n',
    'workload:\n  via: [r1, r7]\n',
    'workload.via[1]: found "r7"; allowed: r1, r2, r3.',
  ],
  ['profile-stale-read', 'via: n3', 'via: m1', 'via: found "m1"; allowed: n1, n2, n3'],
  [
    'cart-multiregion',
    'value: apples,',
    'value: apples, via: asia,',
    'workload.script.a[0].via: found "asia"; allowed: eu, us.',
  ],
  [
    'raft-member-swap',
    'voters: [r1, r2,',
    'voters: [r1, r8,',
    'workload.operator[0].voters[1]: found "r8"; allowed: r1, r2, r3, r4, r5.',
  ],
  ['raft-member-swap', 'voters: [r1, r2, r3, r4, r5]', 'learners: [c]', 'workload.operator[0].learners[0]: found "c"'],
  [
    'raft-member-swap',
    'voters: [r1, r2, r3, r4, r5]',
    'transferTo: nobody',
    'workload.operator[0].transferTo: found "nobody"',
  ],
  ['raft-member-swap', 'r5], via: r3', 'r5], via: r0', 'workload.operator[0].via: found "r0"'],
  ['raft-member-swap', '\n    b:\n', '\n    operator:\n', 'workload.script.operator: found a client called operator'],
  [
    'cart-multiregion',
    '\n    a:\n',
    '\n    eu:\n',
    'workload.script.eu: found a client called eu; allowed: names that no other host of the run has. Rename it.',
  ],
])('%s with "%s" instead "%s" is refused', (scenario, from, to, says) => {
  const said = saidOf(scenario, from, to);
  expect(said.join('\n')).toContain(says);
  expect(said.find((line) => line.includes(says))).toMatch(/^line \d+, /);
});

test('a knob that takes away a host of the script is refused with the operations that name it', () => {
  const scenario = scenarios.find(({ id }) => id === 'profile-stale-read')!;
  const resolved = resolveRun({ model: scenario.model, scenario, set: { followers: 1 } });
  expect(resolved).toMatchObject({ ok: false });
  const fields = resolved.ok ? [] : resolved.problems.map(({ field }) => field);
  expect(fields).toContain('workload.script.a[3].via');
});
