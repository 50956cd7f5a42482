import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { follow, notOurs, type Step } from './interaction-script.ts';

const scripts: Record<string, readonly Step[]> = JSON.parse(
  readFileSync('test/fixtures/raft/interaction.json', 'utf8'),
);
const cases = Object.entries(scripts).map(([name, steps]) => ({ name, steps, reason: notOurs(steps) }));
const first = (name: string, count: number): readonly Step[] => scripts[name]!.slice(0, count);

const followed = cases.filter(({ reason }) => reason === undefined);

describe("etcd's scripted cases: roles, terms, votes, commits, entries, groups and progress are the same", () => {
  test.each(followed)('$name', ({ steps }) => {
    follow(steps);
  });
});

test.each(followed)('$name is not followed with later terms and matches than it prints', ({ steps }) => {
  const raised = steps.map((step) => ({
    ...step,
    expected: step.expected.replace(/(Term:|term |match=)(\d+)/g, (_all, what, said) => `${what}${Number(said) + 1}`),
  }));
  expect(() => follow(raised)).toThrow(/deeply equal/);
});

/** Cases that ask for what our Raft does not have, and the first command that does. */
const NOT_APPLICABLE = {
  confchange_disable_validation: 'add-nodes',
  confchange_v1_remove_leader_stepdown: 'propose-conf-change',
  confchange_v2_add_single_explicit: 'propose-conf-change',
  confchange_v2_replace_leader: 'propose-conf-change',
  forget_leader_read_only_lease_based: 'forget-leader',
} as const;

test('the cases that do not apply are those with a reason, and no others', () => {
  const skipped = cases.flatMap(({ name, reason }) => (reason === undefined ? [] : [[name, reason.split(' ')[0]]]));
  expect(Object.fromEntries(skipped)).toEqual(NOT_APPLICABLE);
});

/** A command on its line, and after `<` what stands under it. */
const stepsOf = (lines: readonly string[]): readonly Step[] =>
  lines.map((line) => {
    const [command = '', input = ''] = line.split(' < ');
    const [cmd = '', ...args] = command.split(' ');
    return { cmd, args, input, expected: '' };
  });

test.each([
  ['add-nodes 3 voters=(1,2,3)', 'propose-conf-change 1 v1=true < r1', /decides as soon as it is in the log/],
  ['add-nodes 3 voters=(1,2,3)', 'propose-conf-change 1 < v4 r1', /decides as soon as it is in the log/],
  ['add-nodes 3 voters=(1,2,3)', 'propose-conf-change 1 transition=explicit < v4', /left as soon as it is committed/],
  ['add-nodes 3 voters=(1,2,3) read-only=lease-based', 'forget-leader 2', /a command is refused/],
  ['add-nodes 3 voters=(1,2,3)', 'campaign-now 2', /a command is refused/],
  ['add-nodes 3 voters=(1,2,3) allow-invariant-violations=true', 'truncate 3', /keeps what it has confirmed/],
  ['add-nodes 3 voters=(1,2,3) witness=3', 'campaign 1', /witness=3 is an option that the driver does not know/],
  ['add-nodes 3 voters=(1,2,3)', 'read-index 1', /a command that the driver does not know/],
])('a script that asks for what ours has not is refused with its reason: %s, %s', (servers, asked, reason) => {
  expect(notOurs(stepsOf([servers, asked]))).toMatch(reason);
});

test.each([
  ['add-nodes 3 voters=(1,2,3)', 'propose-conf-change 1 < r2'],
  ['add-nodes 12 voters=(1,12)', 'propose-conf-change 1 < r12'],
  ['add-nodes 3 voters=(1,2,3)', 'forget-leader 2'],
])('a script that resembles one is followed: %s, %s', (servers, asked) => {
  expect(notOurs(stepsOf([servers, asked]))).toBeUndefined();
});

test.each([
  ['HardState Term:1 Vote:1 Commit:3', 'HardState Term:1 Vote:1 Commit:4'],
  ['HardState Term:1 Vote:1 Commit:3', 'HardState Term:1 Vote:2 Commit:3'],
  ['Lead:1 State:StateFollower', 'Lead:1 State:StateCandidate'],
  ['1/3 EntryNormal ""', '1/4 EntryNormal ""'],
])('a script that expects something else is not followed: %s for %s', (said, instead) => {
  const steps = first('campaign', 3).map((step) => ({ ...step, expected: step.expected.replaceAll(said, instead) }));
  expect(() => follow(first('campaign', 3))).not.toThrow();
  expect(() => follow(steps)).toThrow(/deeply equal/);
});
