import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ProcessEvent } from '../../../../simulations/kernel/behavior.ts';
import type { ConsensusKnobs } from '../../../../simulations/models/consensus/knobs.ts';
import { EMPTY_MACHINE } from '../../../../simulations/models/consensus/store.ts';
import { differenceTo, madeAlike } from '../../../../simulations/models/consensus/zab/history.ts';
import type { Transaction, Vote, Zxid } from '../../../../simulations/models/consensus/zab/messages.ts';
import { zabChart } from '../../../../simulations/models/consensus/zab/server.ts';
import { type Durable, lastZxid, type ZabContext } from '../../../../simulations/models/consensus/zab/state.ts';
import { oneServer } from '../one-server.ts';

const zxid = (epoch: number, counter: number): Zxid => ({ epoch, counter });

/** A history of these zxids, from the first place on. */
const history = (zxids: readonly (readonly [epoch: number, counter: number])[]): readonly Transaction[] =>
  zxids.map(([term, counter], at) => ({
    index: at + 1,
    term,
    counter,
    client: 'a',
    sequence: term * 100 + counter,
    command: { kind: 'write', key: 'x', value: `${term}.${counter}` },
  }));

const disk = (acceptedEpoch: number, currentEpoch: number, log: readonly Transaction[] = []): Durable => ({
  acceptedEpoch,
  currentEpoch,
  snapshot: { index: 0, term: 0, counter: 0, machine: EMPTY_MACHINE },
  log,
});

const server = (
  options: { disk?: Durable; knobs?: Partial<ConsensusKnobs>; syncs?: boolean; self?: string } = {},
): ReturnType<typeof oneServer<ZabContext>> =>
  oneServer<ZabContext>(zabChart, { ...options, knobs: { protocol: 'zab', ...options.knobs } });

const vote = (leader: string, epoch: number, last: Zxid, round = 1): ProcessEvent => ({
  type: 'Notification',
  round,
  vote: { leader, epoch, last } satisfies Vote,
  looking: true,
});

/** r1 as a follower of r3, in discovery. */
function follower(options: Parameters<typeof server>[0] = {}) {
  const one = server(options);
  one.react(vote('r3', 9, zxid(9, 9)), 'r3');
  expect(one.state()).toBe('follower.discovery');
  return one;
}

const newLeader = (epoch: number, change: object = {}): ProcessEvent => ({
  type: 'NewLeader',
  epoch,
  synchronises: true,
  after: zxid(0, 0),
  snapshot: null,
  entries: [],
  counter: 0,
  ...change,
});

describe('who is wanted for a leader', () => {
  const log = history([[1, 1]]);
  test.each([
    { what: 'a later epoch', other: [2, zxid(1, 1)], wins: true },
    { what: 'a longer history', other: [1, zxid(1, 2)], wins: true },
    { what: 'a greater place', other: [1, zxid(1, 1)], wins: true },
    { what: 'a shorter history', other: [1, zxid(0, 0)], wins: false },
    { what: 'an earlier epoch with a longer history', other: [0, zxid(1, 9)], wins: false },
  ] as const)('r1 votes for r2 with $what: $wins', ({ other, wins }) => {
    const one = server({ disk: disk(1, 1, log) });
    one.react(vote('r2', other[0], other[1]), 'r2');
    expect(one.context().volatile.vote.leader).toBe(wins ? 'r2' : 'r1');
    expect(one.state()).toBe(wins ? 'follower.discovery' : 'looking');
  });

  test('a server with a leader names it, and whoever looks follows when the leader says so itself', () => {
    const one = follower();
    one.react(vote('r2', 0, zxid(0, 0)), 'r2');
    expect(one.to('r2').at(-1)).toMatchObject({ type: 'Notification', looking: false, vote: { leader: 'r3' } });
    const other = server();
    const claim: ProcessEvent = { ...vote('r2', 0, zxid(0, 0)), looking: false };
    other.react(claim, 'r3');
    expect(other.state()).toBe('looking');
    other.react(claim, 'r2');
    expect(other.state()).toBe('follower.discovery');
  });
});

describe('phase 1', () => {
  test('a follower agrees once to an epoch: a second time its word does not count', () => {
    const one = follower({ disk: disk(1, 1, history([[1, 1]])) });
    one.react({ type: 'NewEpoch', epoch: 2 }, 'r3');
    const again = follower({ disk: one.context().durable });
    again.react({ type: 'NewEpoch', epoch: 2 }, 'r3');
    expect(one.to('r3').at(-1)).toMatchObject({ type: 'AckEpoch', counts: true, currentEpoch: 1, last: zxid(1, 1) });
    expect(again.to('r3').at(-1)).toMatchObject({ type: 'AckEpoch', counts: false });
  });

  test('and to none before one that it agreed to', () => {
    const one = follower({ disk: disk(3, 1) });
    one.react({ type: 'NewEpoch', epoch: 2 }, 'r3');
    expect(one.state()).toBe('follower.discovery');
    expect(one.to('r3').map(({ type }) => type)).not.toContain('AckEpoch');
  });

  test.each([
    { votePersist: true, given: false },
    { votePersist: false, given: true },
  ])('before its disk has the epoch it has agreed: $given (votePersist $votePersist)', ({ votePersist, given }) => {
    const one = follower({ knobs: { votePersist }, syncs: false });
    one.react({ type: 'NewEpoch', epoch: 1 }, 'r3');
    expect(one.to('r3').some(({ type }) => type === 'AckEpoch')).toBe(given);
  });

  /** r3 as the leader that r1 wants too, with its own history and what r1 said of its epochs. */
  function leader(acceptedEpoch: number, own: Durable) {
    const one = server({ self: 'r3', disk: own });
    one.react({ type: 'CEpoch', acceptedEpoch }, 'r1');
    return one;
  }

  test('the new epoch is above all that a quorum agreed to', () => {
    const one = leader(6, disk(4, 4));
    expect(one.to('r1').at(-1)).toEqual({ type: 'NewEpoch', epoch: 7 });
  });

  test.each([
    { currentEpoch: 2, last: zxid(2, 1), state: 'looking' },
    { currentEpoch: 1, last: zxid(1, 3), state: 'looking' },
    { currentEpoch: 1, last: zxid(1, 2), state: 'leader.synchronisation' },
    { currentEpoch: 1, last: zxid(1, 1), state: 'leader.synchronisation' },
  ])('a leader at ⟨1,2⟩ that hears of $last in epoch $currentEpoch: $state', ({ currentEpoch, last, state }) => {
    const one = leader(
      1,
      disk(
        1,
        1,
        history([
          [1, 1],
          [1, 2],
        ]),
      ),
    );
    one.react({ type: 'AckEpoch', epoch: 2, counts: true, currentEpoch, last }, 'r1');
    expect(one.state()).toBe(state);
  });
});

describe('phase 2', () => {
  const LEADERS = history([
    [1, 1],
    [1, 2],
    [3, 1],
  ]);
  test.each([
    { what: 'lacks the end (DIFF)', own: [[1, 1]], last: zxid(1, 1), entries: 2 },
    {
      what: 'has what nobody committed (TRUNC)',
      own: [
        [1, 1],
        [1, 2],
        [1, 3],
      ],
      last: zxid(1, 3),
      entries: 1,
    },
    {
      what: 'has another primary in between',
      own: [
        [1, 1],
        [1, 2],
        [2, 1],
        [2, 2],
      ],
      last: zxid(2, 2),
      entries: 1,
    },
    { what: 'has nothing', own: [], last: zxid(0, 0), entries: 3 },
  ] as const)('a follower that $what ends with the history of its leader', ({ own, last, entries }) => {
    const difference = differenceTo(disk(3, 3, LEADERS), last);
    expect(difference.entries).toHaveLength(entries);
    const one = follower({ disk: disk(1, 1, history(own)) });
    one.react({ type: 'NewEpoch', epoch: 4 }, 'r3');
    one.react(newLeader(4, difference), 'r3');
    expect(one.context().durable).toMatchObject({ currentEpoch: 4, log: LEADERS });
    expect(one.to('r3').at(-1)).toEqual({ type: 'AckNewLeader', epoch: 4, counter: 0 });
  });

  test('whatever prefix of a history a follower has, with whatever after it, the difference makes it alike', () => {
    fc.assert(
      fc.property(fc.nat(3), fc.nat(3), (kept, extra) => {
        const own = [...LEADERS.slice(0, kept)];
        const epoch = (own.at(-1)?.term ?? 0) === 3 ? 3 : 2;
        const start = epoch === 3 ? 2 : 1;
        for (let at = 0; at < extra; at++) {
          own.push({ ...history([[epoch, start + at]])[0]!, index: own.length + 1 });
        }
        const durable = disk(3, 3, own);
        const sent = differenceTo(disk(3, 3, LEADERS), lastZxid(durable));
        const event = { type: 'NewLeader', epoch: 4, synchronises: true, counter: 0, ...sent } as const;
        // With proposals of an epoch in between, the common part may lie further back than the follower can know: then it asks for all.
        const alike =
          madeAlike(durable, event) ??
          madeAlike(durable, { ...event, ...differenceTo(disk(3, 3, LEADERS), zxid(0, 0)) });
        expect(alike?.log).toEqual(LEADERS);
      }),
    );
  });

  test('a follower that a later proposal has reached already keeps it', () => {
    const one = follower();
    one.react({ type: 'NewEpoch', epoch: 1 }, 'r3');
    one.react(newLeader(1), 'r3');
    const [first, second] = history([
      [1, 1],
      [1, 2],
    ]);
    one.react({ type: 'Propose', epoch: 1, entry: first! }, 'r3');
    one.react({ type: 'Propose', epoch: 1, entry: second! }, 'r3');
    one.react(newLeader(1, { entries: [first!], counter: 1 }), 'r3');
    expect(one.context().durable.log).toEqual([first, second]);
    expect(one.context().volatile.base).toBe(0);
  });
});

describe('phase 3', () => {
  const [first, second] = history([
    [1, 1],
    [1, 2],
  ]);

  /** r1 with an empty history in epoch 1 of r3. */
  function joined(options: Parameters<typeof server>[0] = {}) {
    const one = follower(options);
    one.react({ type: 'NewEpoch', epoch: 1 }, 'r3');
    one.react(newLeader(1), 'r3');
    one.react({ type: 'Commit', epoch: 1, counter: 0 }, 'r3');
    expect(one.state()).toBe('follower.broadcast');
    return one;
  }

  test('a follower takes proposals in their order, without gaps, and from its leader alone', () => {
    const one = joined();
    one.react({ type: 'Propose', epoch: 1, entry: second! }, 'r3');
    one.react({ type: 'Propose', epoch: 1, entry: first! }, 'r2');
    expect(one.context().durable.log).toEqual([]);
    one.react({ type: 'Propose', epoch: 1, entry: first! }, 'r3');
    one.react({ type: 'Propose', epoch: 1, entry: second! }, 'r3');
    expect(one.to('r3').slice(-2)).toEqual([1, 2].map((counter) => ({ type: 'Ack', epoch: 1, counter })));
  });

  test('and delivers what is committed, even when it hears that first', () => {
    const one = joined();
    one.react({ type: 'Commit', epoch: 1, counter: 1 }, 'r3');
    expect(one.context().volatile.commit).toBe(0);
    one.react({ type: 'Propose', epoch: 1, entry: first! }, 'r3');
    one.react({ type: 'Propose', epoch: 1, entry: second! }, 'r3');
    expect(one.context().volatile.commit).toBe(1);
  });

  test('a follower that misses a proposal for a whole ping asks for the difference', () => {
    const one = joined();
    const ping = (round: number): ProcessEvent => ({ type: 'Ping', epoch: 1, counter: 1, commit: 0, round });
    one.react(ping(1), 'r3');
    expect(one.to('r3').at(-1)).toMatchObject({ type: 'Pong' });
    one.react(ping(2), 'r3');
    expect(one.to('r3').at(-1)).toMatchObject({ type: 'AckEpoch', counts: false, last: zxid(0, 0) });
  });
});
