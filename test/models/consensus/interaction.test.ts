import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { follow, notOurs, type Step } from './interaction-script.ts';

const scripts: Record<string, readonly Step[]> = JSON.parse(
  readFileSync('test/fixtures/raft/interaction.json', 'utf8'),
);
const cases = Object.entries(scripts).map(([name, steps]) => ({ name, steps, reason: notOurs(steps) }));
const first = (name: string, count: number): readonly Step[] => scripts[name]!.slice(0, count);

describe("etcd's scripted cases: roles, terms, votes, commits, entries, groups and progress are the same", () => {
  test.each(cases.filter(({ reason }) => reason === undefined))('$name', ({ steps }) => {
    follow(steps);
  });
});

/** Cases that ask for what our Raft does not have, and the first command that does. */
const NOT_APPLICABLE = {
  async_storage_writes: 'add-nodes',
  confchange_disable_validation: 'add-nodes',
  confchange_v1_remove_leader_stepdown: 'add-nodes',
  confchange_v2_add_single_explicit: 'propose-conf-change',
  confchange_v2_replace_leader: 'propose-conf-change',
  forget_leader: 'forget-leader',
  forget_leader_read_only_lease_based: 'forget-leader',
  heartbeat_resp_recovers_from_probing: 'report-unreachable',
} as const;

test('the cases that do not apply are those with a reason, and no others', () => {
  const skipped = cases.flatMap(({ name, reason }) => (reason === undefined ? [] : [[name, reason.split(' ')[0]]]));
  expect(Object.fromEntries(skipped)).toEqual(NOT_APPLICABLE);
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
