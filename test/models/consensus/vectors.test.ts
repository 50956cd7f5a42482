import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Members } from '../../../simulations/models/consensus/messages.ts';
import { reachedByQuorum, voteResult } from '../../../simulations/models/consensus/quorum.ts';
import {
  type Changed,
  changeSimply,
  changesTo,
  enterJoint,
  groupOf,
  leaveJoint,
  type MemberChange,
} from '../../../simulations/models/consensus/raft/membership.ts';

const read = (name: string) => JSON.parse(readFileSync(`test/fixtures/raft/${name}.json`, 'utf8'));
const quorum: Record<string, [line: string, expected: string][]> = read('quorum');
const confchange: Record<string, { cmd: string; args: string[]; input: string; expected: string }[]> =
  read('confchange');

/** `cfg=(1, 2) cfgj=(3) votes=(y,_,n)`: the two groups, and per server in order of appearance what stands in the third list. */
function parseLine(line: string) {
  const list = (name: string): string[] => {
    const inner = new RegExp(`${name}=\\(([^)]*)\\)`).exec(line)?.[1] ?? '';
    return inner === '' ? [] : inner.split(',').map((part) => part.trim());
  };
  const [voters, outgoing] = [list('cfg'), list('cfgj')];
  // The lists go by rising id, as the library's own tests assign them.
  const servers = [...new Set([...voters, ...outgoing])];
  const values = line.includes('votes=') ? list('votes') : list('idx');
  return { voters, outgoing, of: new Map(servers.map((server, at) => [server, values[at] ?? '_'])) };
}

const RESULTS = { won: 'VoteWon', lost: 'VoteLost', pending: 'VotePending' } as const;

describe.each(['majority_vote', 'joint_vote'])('%s of etcd', (file) => {
  // A group without voters wins everything there; ours always has some, so that those lines say nothing about it.
  const lines = quorum[file]!.filter(([line]) => parseLine(line).voters.length > 0);
  test.each(lines)('%s: %s', (line, expected) => {
    const { voters, outgoing, of } = parseLine(line);
    const granted = [...of].filter(([, vote]) => vote === 'y').map(([server]) => server);
    const refused = [...of].filter(([, vote]) => vote === 'n').map(([server]) => server);
    expect(RESULTS[voteResult({ voters, outgoing }, { granted, refused })]).toBe(expected);
  });
});

describe.each(['majority_commit', 'joint_commit'])('%s of etcd', (file) => {
  test.each(quorum[file]!)('%s: %s', (line, expected) => {
    const { voters, outgoing, of } = parseLine(line);
    const index = reachedByQuorum({ voters, outgoing }, (server) => Number(of.get(server)?.replace('_', '0') ?? 0));
    expect(index === Number.POSITIVE_INFINITY ? '∞' : `${index}`).toBe(expected.replace('<empty majority quorum>', ''));
  });
});

const OPS = { v: 'voter', l: 'learner', r: 'remove' } as const;

/** `v1 l2 r3`; `u` says nothing of the group, and nobody has the id 0. */
function changesOf(input: string): readonly MemberChange[] {
  return input.split(' ').flatMap((word) => {
    const op = OPS[word[0] as keyof typeof OPS];
    return op === undefined || word.slice(1) === '0' ? [] : [{ op, server: word.slice(1) }];
  });
}

function apply(members: Members, cmd: string, input: string): Changed {
  if (cmd === 'leave-joint') return leaveJoint(members);
  return cmd === 'enter-joint' ? enterJoint(members, changesOf(input)) : changeSimply(members, changesOf(input));
}

function described({ voters, outgoing, learners, learnersNext }: Members): string {
  const list = (servers: readonly string[]): string => `(${[...servers].sort((a, b) => +a - +b).join(' ')})`;
  const parts = [`voters=${list(voters)}${outgoing.length === 0 ? '' : `&&${list(outgoing)}`}`];
  if (learners.length > 0) parts.push(`learners=${list(learners)}`);
  if (learnersNext.length > 0) parts.push(`learners_next=${list(learnersNext)}`);
  return parts.join(' ');
}

describe('changes of the group, as in etcd', () => {
  test.each(Object.entries(confchange))('%s', (_name, steps) => {
    let members = groupOf([]);
    for (const { cmd, input, expected } of steps) {
      const changed = apply(members, cmd, input);
      const found = changed.ok ? described(changed.members) : changed.problem;
      expect(found, `${cmd} ${input}`).toBe(expected.replace(' autoleave', ''));
      if (changed.ok) ({ members } = changed);
    }
  });
});

const servers = fc.uniqueArray(fc.constantFrom<string>('1', '2', '3', '4', '5', '6'), { minLength: 1, maxLength: 6 });

test('changesTo turns any group into any other, by a joint one that is left again', () => {
  fc.assert(
    fc.property(servers, servers, fc.subarray(['7', '8']), (from, voters, learners) => {
      const joint = enterJoint(groupOf(from), changesTo(groupOf(from), { voters, learners }));
      if (!joint.ok) throw new Error(joint.problem);
      const left = leaveJoint(joint.members);
      if (!left.ok) throw new Error(left.problem);
      expect([...left.members.voters].sort()).toEqual([...voters].sort());
      expect([...left.members.learners].sort()).toEqual([...learners].sort());
    }),
  );
});

test('two majorities meet, also across one change of one voter and in both halves of a joint group', () => {
  const wins = (members: Members, votes: readonly string[]): boolean =>
    voteResult(members, { granted: votes, refused: [] }) === 'won';
  const all = ['1', '2', '3', '4', '5', '6'];
  fc.assert(
    fc.property(servers, servers, fc.constantFrom(...all), fc.subarray(all), (from, to, one, votes) => {
      const others = all.filter((server) => !votes.includes(server));
      const before = groupOf(from);
      const op = from.includes(one) ? 'remove' : 'voter';
      const single = changeSimply(before, [{ op, server: one }]);
      if (single.ok) expect(wins(before, votes) && wins(single.members, others)).toBe(false);
      const joint = enterJoint(before, changesTo(before, { voters: to, learners: [] }));
      if (!joint.ok) throw new Error(joint.problem);
      expect(wins(before, votes) && wins(joint.members, others)).toBe(false);
      expect(wins(joint.members, votes) && wins(groupOf(to), others)).toBe(false);
    }),
    { numRuns: 500 },
  );
});

test('half of the servers is no quorum: both halves of a cut win (n=4, and n=5 with two and two)', () => {
  const four = groupOf(['1', '2', '3', '4']);
  for (const granted of [
    ['1', '2'],
    ['3', '4'],
  ]) {
    expect(voteResult(four, { granted, refused: [] }, 'half')).toBe('won');
    expect(voteResult(four, { granted, refused: [] })).toBe('pending');
  }
  expect(
    voteResult(groupOf(['1', '2', '3', '4', '5']), { granted: ['4', '5'], refused: ['1', '2', '3'] }, 'half'),
  ).toBe('won');
});
