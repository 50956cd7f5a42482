import { choiceKnob, durationKnob, flagKnob, integerKnob, type KnobValues } from '../knob.ts';
import { duplicateKnob, lossKnob } from '../network-knobs.ts';

const MS = 1_000;
const S = 1_000_000;
const HOUR = 3_600 * S;

/** What can be turned. Names are what scenario files use under `knobs`. */
export const knobs = {
  followers: integerKnob({
    label: 'Followers',
    min: 1,
    max: 6,
    default: 2,
    explain:
      'How many nodes copy the log of the leader. More can take over and serve reads; each costs one more stream.',
    group: 'cluster',
  }),
  mode: choiceKnob({
    label: 'Replication',
    options: [
      { value: 'async', label: 'asynchronous', explain: 'The leader acknowledges what its own disk has.' },
      {
        value: 'semi',
        label: 'semi-synchronous',
        explain: 'It waits for `syncAcks` followers, and with `degradeAfter` not for ever.',
      },
      { value: 'sync', label: 'synchronous', explain: 'It waits for every follower, however long that takes.' },
    ],
    default: 'async',
    explain: 'How many followers must have an entry before the client hears that it is committed.',
    group: 'replication',
  }),
  syncAcks: integerKnob({
    label: 'Followers that must acknowledge',
    min: 0,
    max: 6,
    default: 1,
    explain:
      'Counts for semi-synchronous replication only. One more survives one more lost disk, and waits for one more.',
    group: 'replication',
  }),
  ackPoint: choiceKnob({
    label: 'Acknowledged when',
    options: [
      { value: 'received', label: 'received', explain: 'In memory: a crash of the follower takes it back.' },
      { value: 'flushed', label: 'flushed', explain: 'On disk.' },
      { value: 'applied', label: 'applied', explain: 'On disk, and visible to reads on that follower.' },
    ],
    default: 'flushed',
    explain: 'What a follower has done with an entry when it acknowledges it.',
    group: 'replication',
  }),
  degradeAfter: durationKnob({
    label: 'Degrade after',
    unit: 'ms',
    min: 0,
    zero: 'never',
    max: 1 * HOUR,
    default: 10 * S,
    explain:
      'How long semi-synchronous replication waits before it goes on as asynchronous, silently. 0: it never does.',
    group: 'replication',
  }),
  lagMin: durationKnob({
    label: 'Lag of the nearest follower',
    unit: 'ms',
    min: 0,
    max: 5 * S,
    default: 5 * MS,
    explain:
      'How long an entry waits at the leader before it is sent there. A crash of the leader takes what still waits.',
    group: 'replication',
  }),
  lagMax: durationKnob({
    label: 'Lag of the farthest follower',
    unit: 'ms',
    min: 0,
    max: 5 * S,
    default: 5 * MS,
    explain:
      'The same for the last follower; those between lie evenly between. With one follower only the nearest counts.',
    group: 'replication',
  }),
  applyDelay: durationKnob({
    label: 'Apply after',
    unit: 'ms',
    min: 0,
    max: 5 * S,
    default: 1 * MS,
    explain:
      'How long a follower takes to apply what it has flushed. Reads see applied entries only; failover loses none of it.',
    group: 'replication',
  }),
  routing: choiceKnob({
    label: 'Reads go to',
    options: [
      { value: 'leader', label: 'the leader', explain: 'Every read costs the leader; none is older than its log.' },
      { value: 'any', label: 'any node', explain: 'Each read goes to a node drawn anew, however far behind it is.' },
      { value: 'sticky', label: 'one node per client', explain: 'Always the same node, until it does not answer.' },
      {
        value: 'token',
        label: 'any node, with a token',
        explain: 'The client says what it has seen; a node that is behind waits, one that can never get there says so.',
      },
    ],
    default: 'leader',
    explain: 'Which node answers a read, and whether it must have what the client has already seen.',
    group: 'reads',
  }),
  contract: choiceKnob({
    label: 'Contract',
    options: [
      { value: 'unspecified', label: 'unspecified', explain: 'Nothing is promised, so nothing is checked against it.' },
      {
        value: 'session',
        label: 'session',
        explain: 'Read your writes, monotonic reads and consistent prefix, until an error ends the session.',
      },
      { value: 'linearizable', label: 'linearizable', explain: 'As if there were one copy.' },
    ],
    default: 'unspecified',
    explain: 'What the interface promises its clients. It changes nothing that happens; it says what is checked.',
    group: 'reads',
  }),
  suspectAfter: durationKnob({
    label: 'Suspect after',
    unit: 'ms',
    min: 20 * MS,
    max: 60 * S,
    default: 3 * S,
    explain: 'How long the monitor waits for a heartbeat. Shorter: failover begins sooner, and more often for nothing.',
    group: 'failover',
  }),
  heartbeatEvery: durationKnob({
    label: 'Heartbeat every',
    unit: 'ms',
    min: 1 * MS,
    max: 10 * S,
    default: 250 * MS,
    explain: 'How often the leader tells the monitor that it lives.',
    group: 'failover',
  }),
  promote: choiceKnob({
    label: 'Promote',
    options: [
      {
        value: 'freshest',
        label: 'the freshest',
        explain: 'Waits for as many nodes as it takes to meet every acknowledged entry, and takes the longest log.',
      },
      { value: 'any', label: 'the first', explain: 'Takes whoever answers first.' },
    ],
    default: 'freshest',
    explain: 'Which follower becomes the leader.',
    group: 'failover',
  }),
  fencing: flagKnob({
    label: 'Fencing',
    default: true,
    explain: 'The old leader must be known to accept nothing (told, or its lease run out) before there is a new one.',
    group: 'failover',
  }),
  latencyMin: durationKnob({
    label: 'Latency from',
    unit: 'ms',
    min: 1,
    max: 10 * S,
    default: 2 * MS,
    explain: 'The shortest one-way latency of a message.',
    group: 'network',
  }),
  latencyMax: durationKnob({
    label: 'Latency to',
    unit: 'ms',
    min: 1,
    max: 10 * S,
    default: 4 * MS,
    explain: 'The longest one-way latency of a message.',
    group: 'network',
  }),
  lossRatio: lossKnob(),
  duplicateRatio: duplicateKnob('messages between nodes, and of answers,'),
  persistTime: durationKnob({
    label: 'Time to persist',
    unit: 'ms',
    min: 0,
    max: 10 * S,
    default: 2 * MS,
    explain: 'How long a write to disk takes.',
    group: 'network',
  }),
  requestTimeout: durationKnob({
    label: 'Client timeout',
    unit: 'ms',
    min: 1 * MS,
    max: 1 * HOUR,
    default: 1 * S,
    explain: 'When a client stops waiting. The outcome of the operation is then unknown.',
    group: 'clients',
  }),
  retryEvery: durationKnob({
    label: 'Retry after',
    unit: 'ms',
    min: 1 * MS,
    max: 10 * S,
    default: 50 * MS,
    explain: 'How long a client waits before it sends an operation again that a node has refused.',
    group: 'clients',
  }),
  mistake: choiceKnob({
    label: 'Planted mistake',
    options: [
      { value: 'none', label: 'none', explain: 'The model as it should be.' },
      {
        value: 'ack-before-flush',
        label: 'acknowledge before flush',
        explain: 'Leader and followers say that an entry is on disk while it is still on its way there.',
      },
      {
        value: 'follow-without-rewind',
        label: 'follow without rewinding',
        explain: 'A node whose log has parted from its leader keeps its own end, and goes on where that is.',
      },
    ],
    default: 'none',
    explain: 'A known bug, to see that the checks catch it.',
    group: 'mistake',
  }),
} as const;

export type ReplicationKnobs = KnobValues<typeof knobs>;

/** How many followers must acknowledge an entry, as the mode has it. */
export function acksNeeded({ mode, syncAcks, followers }: ReplicationKnobs): number {
  return mode === 'async' ? 0 : mode === 'sync' ? followers : syncAcks;
}

/** Combinations that make no sense, as [knob, what to do]. */
export function constraints(values: ReplicationKnobs): readonly (readonly [knob: string, problem: string])[] {
  const problems: [string, string][] = [];
  const { mode, syncAcks, followers, lagMin, lagMax, latencyMin, latencyMax, heartbeatEvery, suspectAfter } = values;
  if (mode === 'semi' && syncAcks > followers) {
    problems.push(['syncAcks', `${syncAcks} followers must acknowledge and there are ${followers}; lower syncAcks.`]);
  }
  if (lagMin > lagMax) {
    problems.push([
      'lagMin',
      `The nearest follower's lag (${lagMin} us) is above the farthest's (${lagMax} us); lower it.`,
    ]);
  }
  if (latencyMin > latencyMax) {
    problems.push([
      'latencyMin',
      `The shortest latency (${latencyMin} us) is above the longest (${latencyMax} us); lower it.`,
    ]);
  }
  if (heartbeatEvery * 2 > suspectAfter) {
    problems.push([
      'suspectAfter',
      `Two heartbeats (of ${heartbeatEvery} us) must fit into suspectAfter (${suspectAfter} us); raise it.`,
    ]);
  }
  return problems;
}
