import { choiceKnob, durationKnob, flagKnob, integerKnob, type KnobValues, ratioKnob } from '../knob.ts';
import { duplicateKnob, lossKnob } from '../network-knobs.ts';

const MS = 1_000;
const S = 1_000_000;

const group = {
  protocol: choiceKnob({
    label: 'Protocol',
    options: [
      { value: 'raft', label: 'Raft', explain: 'A leader for a term, and a log without gaps that followers copy.' },
      {
        value: 'paxos',
        label: 'Multi-Paxos',
        explain: 'Each slot of the log is decided by itself, by ballots; a leader has all slots to itself.',
      },
      {
        value: 'zab',
        label: 'Zab',
        explain:
          'A primary sends transactions in its order; a new one first makes the histories of its followers like its own.',
      },
    ],
    default: 'raft',
    explain: 'How the servers agree on one log.',
    group: 'cluster',
  }),
  servers: integerKnob({
    label: 'Servers',
    symbol: 'n',
    min: 1,
    max: 7,
    default: 5,
    explain: 'How many servers vote at first. A majority of them must be up, and must agree on every entry.',
    group: 'cluster',
  }),
  spares: integerKnob({
    label: 'Spare servers',
    min: 0,
    max: 3,
    default: 0,
    explain: 'Servers outside the first group, which a change of the group may bring in.',
    group: 'cluster',
  }),
  membership: choiceKnob({
    label: 'Change of the group',
    options: [
      { value: 'joint', label: 'joint', explain: 'Old and new majority must both agree until the change is through.' },
      {
        value: 'single',
        label: 'one at a time',
        explain: 'One voter in or out, so that any two majorities still meet.',
      },
      {
        value: 'naive',
        label: 'all at once',
        explain: 'Everybody switches when it sees the change: majorities may not meet.',
      },
    ],
    default: 'joint',
    explain: 'How the group of voters is changed.',
    group: 'cluster',
  }),
  quorum: choiceKnob({
    label: 'Quorum',
    options: [
      { value: 'majority', label: 'majority', explain: '⌊n/2⌋ + 1: any two quorums share a server.' },
      { value: 'half', label: 'half', explain: '⌊n/2⌋: both sides of a cut can decide for themselves.' },
    ],
    default: 'majority',
    explain: 'How many servers elect a leader and commit an entry.',
    group: 'cluster',
  }),
} as const;

const election = {
  electionMin: durationKnob({
    label: 'Election timeout from',
    unit: 'ms',
    min: 1 * MS,
    max: 60 * S,
    default: 150 * MS,
    explain: 'The shortest silence after which a server stands for election.',
    group: 'election',
  }),
  electionMax: durationKnob({
    label: 'Election timeout to',
    unit: 'ms',
    min: 1 * MS,
    max: 60 * S,
    default: 300 * MS,
    explain: 'The longest. The wider the range, the fewer elections are split.',
    group: 'election',
  }),
  heartbeat: durationKnob({
    label: 'Heartbeat every',
    unit: 'ms',
    min: 1 * MS,
    max: 10 * S,
    default: 50 * MS,
    explain:
      'How often a leader shows that it is there. Well below the election timeout, or healthy leaders are replaced.',
    group: 'election',
  }),
  preVote: flagKnob({
    label: 'Pre-vote',
    default: true,
    explain:
      'Asks whether an election could be won before it begins, so that a server that was cut off disturbs nobody.',
    group: 'election',
  }),
  checkQuorum: flagKnob({
    label: 'Check quorum',
    default: true,
    explain: 'A leader without answers from a majority steps down, and whoever hears a leader ignores candidates.',
    group: 'election',
  }),
  votePersist: flagKnob({
    label: 'Votes on disk',
    default: true,
    explain:
      'A vote, a promise or consent to an epoch is on disk before it is given. Off, a mistake: a server that crashes may give it again to somebody else.',
    group: 'mistake',
  }),
} as const;

const log = {
  commitRule: choiceKnob({
    label: 'Commit by counting',
    options: [
      { value: 'currentTerm', label: 'own term', explain: 'Only entries of its own term; earlier ones come along.' },
      {
        value: 'anyTerm',
        label: 'any term',
        explain: 'Entries of earlier terms as well, which can be overwritten (figure 8).',
      },
    ],
    default: 'currentTerm',
    explain: 'Which entries a leader commits because a majority has them.',
    group: 'mistake',
  }),
  batchMax: integerKnob({
    label: 'Entries in a message',
    min: 1,
    max: 1_000,
    default: 64,
    explain: 'How many entries one message carries at most.',
    group: 'log',
  }),
  window: integerKnob({
    label: 'Slots under way',
    symbol: 'α',
    min: 1,
    max: 1_000,
    default: 64,
    explain: 'Paxos: how many slots after the last applied one may be proposed at once; they are decided in any order.',
    group: 'log',
  }),
  epochSync: flagKnob({
    label: 'Synchronise histories',
    default: true,
    explain:
      'Zab: a new leader makes the histories of a quorum like its own before it broadcasts. Off, a mistake: everybody goes on with what it has.',
    group: 'mistake',
  }),
  adoptAccepted: flagKnob({
    label: 'Adopt accepted values',
    default: true,
    explain:
      'Paxos: a new leader proposes again what a quorum had accepted. Off, a mistake: it ignores that and begins with its own.',
    group: 'mistake',
  }),
  snapshotEvery: integerKnob({
    label: 'Snapshot every',
    min: 0,
    max: 10_000,
    zero: 'off',
    default: 64,
    unit: 'entries',
    explain:
      'After how many applied entries a server replaces them by a snapshot. Servers that fell behind it get the snapshot. Off: it keeps its whole log.',
    group: 'log',
  }),
  snapshotSessions: flagKnob({
    label: 'Sessions in snapshots',
    default: true,
    explain:
      'A snapshot holds what each client was answered last. Off, a mistake: repeated requests are carried out again.',
    group: 'mistake',
  }),
  singleChangeGuard: flagKnob({
    label: 'Own entry before changes',
    default: true,
    explain:
      'A leader changes the group only after an entry of its own term is committed. Off: the mistake found in 2015.',
    group: 'mistake',
  }),
  fsync: flagKnob({
    label: 'Wait for the disk',
    default: true,
    explain:
      'Entries, terms and votes are on disk before they are answered. Off: faster, and a crash takes back promises.',
    group: 'log',
  }),
  flushEvery: durationKnob({
    label: 'Write back every',
    unit: 'ms',
    min: 1 * MS,
    max: 60 * S,
    default: 1 * S,
    explain: 'Without waiting: how often the operating system writes to disk on its own account.',
    group: 'log',
  }),
} as const;

const reads = {
  read: choiceKnob({
    label: 'Reads',
    options: [
      { value: 'log', label: 'through the log', explain: 'A read is an entry like a write.' },
      {
        value: 'readIndex',
        label: 'read index',
        explain: 'The leader makes sure with one round of heartbeats that it still leads.',
      },
      {
        value: 'lease',
        label: 'lease',
        explain: 'The leader answers alone, as long as clocks say that nobody else can lead.',
      },
      {
        value: 'local',
        label: 'any server',
        explain: 'Whoever is asked answers with what it has applied: fast, and stale.',
      },
    ],
    default: 'readIndex',
    explain: 'What a read waits for.',
    group: 'reads',
  }),
  leaseDrift: ratioKnob({
    label: 'Clock drift allowed for',
    max: 0.5,
    default: 0.1,
    explain: 'How much faster or slower than true time a clock may run; the lease is that much shorter.',
    group: 'reads',
  }),
  leaseIgnoresDrift: flagKnob({
    label: 'Lease without margin',
    default: false,
    explain: 'A mistake: the lease is as long as the shortest election timeout, as if all clocks ran alike.',
    group: 'mistake',
  }),
} as const;

const network = {
  regions: integerKnob({
    label: 'Regions',
    min: 1,
    max: 5,
    default: 1,
    explain:
      'Servers and clients are spread over so many regions in turn: r1 and a in the first, r2 and b in the second, and so on.',
    group: 'network',
  }),
  regionRtt: durationKnob({
    label: 'Between regions',
    unit: 'ms',
    min: 0,
    max: 10 * S,
    default: 80 * MS,
    explain: 'What a round trip between two regions takes on top of one within a region.',
    group: 'network',
  }),
  latencyMin: durationKnob({
    label: 'Latency from',
    unit: 'ms',
    min: 1,
    max: 10 * S,
    default: 3 * MS,
    explain: 'The shortest one-way latency between two hosts of a region.',
    group: 'network',
  }),
  latencyMax: durationKnob({
    label: 'Latency to',
    unit: 'ms',
    min: 1,
    max: 10 * S,
    default: 6 * MS,
    explain: 'The longest one-way latency between two hosts of a region.',
    group: 'network',
  }),
  lossRatio: lossKnob(),
  duplicateRatio: duplicateKnob(),
  reorderRatio: ratioKnob({
    label: 'Messages held back',
    max: 0.5,
    default: 0,
    explain:
      'The share of messages that take up to ten times as long, so that later ones overtake them. 0: messages keep their order.',
    group: 'network',
  }),
  persistMin: durationKnob({
    label: 'Time to persist from',
    unit: 'ms',
    min: 0,
    max: 10 * S,
    default: 2 * MS,
    explain: 'How long a write to disk takes at least.',
    group: 'network',
  }),
  persistMax: durationKnob({
    label: 'Time to persist to',
    unit: 'ms',
    min: 0,
    max: 10 * S,
    default: 4 * MS,
    explain: 'How long a write to disk takes at most.',
    group: 'network',
  }),
  requestTimeout: durationKnob({
    label: 'Client timeout',
    unit: 'ms',
    min: 1 * MS,
    max: 600 * S,
    default: 1 * S,
    explain: 'When a client gives up. The outcome of the operation is then unknown.',
    group: 'clients',
  }),
  retryAfter: durationKnob({
    label: 'Ask the next after',
    unit: 'ms',
    min: 1 * MS,
    max: 600 * S,
    default: 100 * MS,
    explain: 'When a client repeats its request at the next server.',
    group: 'clients',
  }),
} as const;

/** What can be turned. Names are what scenario files use under `knobs`. */
export const knobs = { ...group, ...election, ...log, ...reads, ...network } as const;

export type ConsensusKnobs = KnobValues<typeof knobs>;
