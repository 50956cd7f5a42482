import type { Members } from './messages.ts';

/** How many of `count` voters decide. `half` is the mistake of ⌊n/2⌋: with an even number, or two halves of an odd one, both sides of a cut can decide. */
export type QuorumRule = 'majority' | 'half';

/** How an election stands. */
export type VoteResult = 'won' | 'lost' | 'pending';

/** The size of a quorum among `count` voters; at least 1, and 0 of none. */
export function quorumSize(count: number, rule: QuorumRule): number {
  if (count === 0) return 0;
  return rule === 'half' ? Math.max(1, Math.floor(count / 2)) : Math.floor(count / 2) + 1;
}

/**
 * The largest value that a quorum of `voters` has reached, where `reached` tells a voter's value: the `quorumSize`-th largest. Infinity for
 * no voters at all, so that an empty half of a joint configuration holds nothing back.
 */
function quorumValue(
  voters: readonly string[],
  reached: (voter: string) => number,
  rule: QuorumRule = 'majority',
): number {
  if (voters.length === 0) return Number.POSITIVE_INFINITY;
  // Sorted by insertion: a handful of values, for every answer that a leader gets.
  const falling = voters.map(reached);
  for (let from = 1; from < falling.length; from++) {
    const value = falling[from]!;
    let at = from;
    for (; at > 0 && falling[at - 1]! < value; at--) falling[at] = falling[at - 1]!;
    falling[at] = value;
  }
  return falling[quorumSize(voters.length, rule) - 1]!;
}

/** {@link quorumValue} of a configuration: in a joint one both groups must have reached it. */
export function reachedByQuorum(
  { voters, outgoing }: Pick<Members, 'voters' | 'outgoing'>,
  reached: (voter: string) => number,
  rule: QuorumRule = 'majority',
): number {
  const value = quorumValue(voters, reached, rule);
  return outgoing.length === 0 ? value : Math.min(value, quorumValue(outgoing, reached, rule));
}

function groupVote(
  voters: readonly string[],
  granted: readonly string[],
  refused: readonly string[],
  rule: QuorumRule,
): VoteResult {
  const size = quorumSize(voters.length, rule);
  let [yes, no] = [0, 0];
  for (const voter of voters) {
    if (granted.includes(voter)) yes++;
    else if (refused.includes(voter)) no++;
  }
  if (yes >= size) return 'won';
  return voters.length - no < size ? 'lost' : 'pending';
}

/** How an election stands; in a joint configuration it must be won in both groups, and is lost when it is lost in one. */
export function voteResult(
  { voters, outgoing }: Pick<Members, 'voters' | 'outgoing'>,
  votes: { readonly granted: readonly string[]; readonly refused: readonly string[] },
  rule: QuorumRule = 'majority',
): VoteResult {
  const incoming = groupVote(voters, votes.granted, votes.refused, rule);
  if (outgoing.length === 0 || incoming === 'lost') return incoming;
  const leaving = groupVote(outgoing, votes.granted, votes.refused, rule);
  return leaving === 'won' ? incoming : leaving;
}
