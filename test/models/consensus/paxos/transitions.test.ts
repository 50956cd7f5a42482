import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ProcessEvent } from '../../../../simulations/kernel/behavior.ts';
import type { ConsensusKnobs } from '../../../../simulations/models/consensus/knobs.ts';
import type { Entry } from '../../../../simulations/models/consensus/messages.ts';
import { paxosChart } from '../../../../simulations/models/consensus/paxos/server.ts';
import { nextBallot, ownerOf, type PaxosContext } from '../../../../simulations/models/consensus/paxos/state.ts';
import { EMPTY_MACHINE } from '../../../../simulations/models/consensus/store.ts';
import { settingsOf } from '../../../../simulations/models/consensus/topology.ts';
import { oneServer } from '../one-server.ts';
import { DEFAULTS } from '../run-consensus.ts';

const write = (index: number, ballot: number, client: string, sequence = 1): Entry => ({
  index,
  term: ballot,
  client,
  sequence,
  command: { kind: 'write', key: 'x', value: `${client}:${sequence}` },
});

const disk = (promised: number, log: readonly (Entry | null)[] = []) => ({
  promised,
  snapshot: { index: 0, term: 0, machine: EMPTY_MACHINE },
  log,
});

const server = (
  options: { disk?: unknown; knobs?: Partial<ConsensusKnobs>; syncs?: boolean } = {},
): ReturnType<typeof oneServer<PaxosContext>> =>
  oneServer<PaxosContext>(paxosChart, { ...options, knobs: { protocol: 'paxos', ...options.knobs } });

const prepare = (ballot: number, from = 1): ProcessEvent => ({ type: 'Prepare', ballot, from });
const accept = (ballot: number, entry: Entry, commit = 0): ProcessEvent => ({ type: 'Accept', ballot, entry, commit });
const promise = (ballot: number, accepted: readonly Entry[] = []): ProcessEvent => ({
  type: 'Promise',
  ballot,
  accepted,
  snapshot: null,
});

/** r1 after phase 1 with the promises of itself and r2. */
function leader(knobs: Partial<ConsensusKnobs> = {}, accepted: readonly Entry[] = [], own: readonly Entry[] = []) {
  const one = server({ knobs, ...(own.length > 0 && { disk: disk(2, own) }) });
  one.react({ type: 'timer.election' });
  const { ballot } = one.context().volatile.office!;
  one.react(promise(ballot, accepted), 'r2');
  expect(one.state()).toBe('steady');
  return { ...one, ballot };
}

const proposals = (one: ReturnType<typeof leader>): readonly Entry[] =>
  one.to('r3').flatMap((message) => (message.type === 'Accept' ? [message.entry as unknown as Entry] : []));

describe('ballots (Paxos Made Simple, section 2.5)', () => {
  const servers = fc.integer({ min: 1, max: 7 });
  test('the next ballot of a server is its own, above all it has heard of, and no smaller one is', () => {
    fc.assert(
      fc.property(servers, fc.integer({ min: 0, max: 10_000 }), fc.nat(6), (count, above, place) => {
        const settings = settingsOf({ ...DEFAULTS, servers: count });
        const server = settings.servers[place % count]!;
        const ballot = nextBallot(above, server, settings);
        expect(ownerOf(ballot, settings)).toBe(server);
        expect(ballot).toBeGreaterThan(above);
        expect(ballot - count <= above || ballot - count < 1).toBe(true);
      }),
    );
  });
});

describe('an acceptor', () => {
  test('promises a higher ballot, with what it has accepted, and refuses a lower one', () => {
    const one = server({ disk: disk(2, [write(1, 2, 'a')]) });
    one.react(prepare(5), 'r2');
    one.react(prepare(3), 'r3');
    expect(one.to('r2')).toEqual([{ ...promise(5, [write(1, 2, 'a')]) }]);
    expect(one.to('r3')).toEqual([{ type: 'Nack', ballot: 3, promised: 5 }]);
  });

  test.each([
    { votePersist: true, given: 0 },
    { votePersist: false, given: 1 },
  ])('before its disk has the promise it has given $given (votePersist $votePersist)', ({ votePersist, given }) => {
    const one = server({ knobs: { votePersist }, syncs: false });
    one.react(prepare(2), 'r2');
    expect(one.to('r2')).toHaveLength(given);
  });

  test('accepts in its promised ballot and above, and nothing below', () => {
    const one = server({ disk: disk(3) });
    one.react(accept(2, write(1, 2, 'a')), 'r2');
    expect(one.context().durable.log).toEqual([]);
    one.react(accept(3, write(1, 3, 'b')), 'r3');
    one.react(accept(5, write(3, 5, 'c')), 'r2');
    expect(one.context().durable).toMatchObject({ promised: 5, log: [write(1, 3, 'b'), null, write(3, 5, 'c')] });
    expect(one.to('r2').map(({ type }) => type)).toEqual(['Nack', 'Accepted']);
  });

  test('says nothing of an accepted proposal before it is on disk', () => {
    const one = server({ syncs: false });
    one.react(accept(2, write(1, 2, 'a')), 'r2');
    expect(one.to('r2')).toEqual([]);
    expect(one.writes).toHaveLength(1);
  });
});

describe('a learner', () => {
  test('knows a value to be chosen only where it accepted it in the ballot of the leader that says so', () => {
    const one = server({ disk: disk(1, [write(1, 1, 'a'), write(2, 1, 'b')]) });
    one.react({ type: 'Heartbeat', ballot: 2, commit: 2, round: 1 }, 'r2');
    expect(one.context().volatile.commit).toBe(0);
    expect(one.to('r2').map(({ type }) => type)).toEqual(['HeartbeatReply', 'LearnRequest']);
    one.react(accept(2, write(1, 2, 'a'), 1), 'r2');
    expect(one.context().volatile.commit).toBe(1);
  });

  test('takes chosen values in the order of the slots, whoever sends them', () => {
    const one = server({ disk: disk(1, [write(1, 1, 'a')]) });
    const entries = [write(1, 2, 'c'), write(2, 2, 'd')];
    one.react({ type: 'Learn', ballot: 2, entries: entries.slice(1), snapshot: null, commit: 2 }, 'r2');
    expect(one.context().volatile.commit).toBe(0);
    one.react({ type: 'Learn', ballot: 2, entries, snapshot: null, commit: 2 }, 'r2');
    expect(one.context().volatile.machine.cells).toMatchObject([{ value: 'd:1', index: 2 }]);
  });
});

describe('a proposer', () => {
  test('asks nobody before its own ballot is on disk', () => {
    const one = server({ syncs: false });
    one.react({ type: 'timer.election' });
    expect(one.sent).toEqual([]);
  });

  test('proposes, of what it was told, the value of the highest ballot in each slot, and no-ops in the gaps', () => {
    const one = leader({}, [write(1, 1, 'a'), write(4, 2, 'd')], [write(1, 2, 'b'), write(2, 1, 'c')]);
    const { ballot } = one;
    const noop = { index: 3, term: ballot, client: '', sequence: 0, command: { kind: 'noop' } };
    expect(proposals(one)).toEqual([write(1, ballot, 'b'), write(2, ballot, 'c'), noop, write(4, ballot, 'd')]);
    expect(one.notes.filter(({ name }) => name === 'gap.filled').map(({ data }) => data)).toMatchObject([{ index: 3 }]);
  });

  test('with the planted mistake, begins with its own command in the first slot that it does not know to be chosen', () => {
    const one = leader({ adoptAccepted: false }, [write(1, 2, 'b')]);
    one.react({ type: 'Write', sequence: 1, key: 'x', value: 'c:1' }, 'c');
    expect(proposals(one)).toEqual([write(1, one.ballot, 'c')]);
  });

  test('gives way to a higher ballot that it is told of, and tries one above it next', () => {
    const one = server();
    one.react({ type: 'timer.election' });
    one.react({ type: 'Nack', ballot: 1, promised: 8 }, 'r2');
    expect(one.state()).toBe('idle');
    one.react({ type: 'timer.election' });
    expect(one.context().volatile.office!.ballot).toBe(10);
  });

  test('has a later slot chosen first, and applies neither before the gap is closed', () => {
    const one = leader();
    one.react({ type: 'Write', sequence: 1, key: 'x', value: 'a:1' }, 'a');
    one.react({ type: 'Write', sequence: 1, key: 'x', value: 'b:1' }, 'b');
    const accepted = (index: number): ProcessEvent => ({ type: 'Accepted', ballot: one.ballot, index });
    one.react(accepted(2), 'r2');
    expect(one.notes.map(({ name }) => name)).toContain('slot.chosen');
    expect([one.context().volatile.commit, one.to('b')]).toEqual([0, []]);
    one.react(accepted(1), 'r3');
    expect(one.context().volatile.commit).toBe(2);
    expect(one.to('a')).toHaveLength(1);
    expect(one.to('b')).toHaveLength(1);
  });

  test('keeps commands waiting while the window is full (window 1)', () => {
    const one = leader({ window: 1 });
    one.react({ type: 'Write', sequence: 1, key: 'x', value: 'a:1' }, 'a');
    one.react({ type: 'Write', sequence: 1, key: 'x', value: 'b:1' }, 'b');
    expect(proposals(one).map(({ index }) => index)).toEqual([1]);
    one.react({ type: 'Accepted', ballot: one.ballot, index: 1 }, 'r2');
    expect(proposals(one).map(({ index }) => index)).toEqual([1, 2]);
  });
});
