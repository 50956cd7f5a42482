import { choiceKnob, durationKnob, flagKnob, integerKnob, type KnobValues, ratioKnob } from '../knob.ts';
import { duplicateKnob, lossKnob } from '../network-knobs.ts';

const MS = 1_000;
const S = 1_000_000;
const HOUR = 3_600 * S;
const DAY = 24 * HOUR;

/** What can be turned. Names are what scenario files use under `knobs`. */
export const knobs = {
  replicas: integerKnob({
    label: 'Replicas',
    symbol: 'N',
    min: 1,
    max: 7,
    default: 3,
    explain: 'How many nodes hold each key. More survive more failures and cost more messages.',
    group: 'quorum',
  }),
  readQuorum: integerKnob({
    label: 'Read quorum',
    symbol: 'R',
    min: 1,
    max: 7,
    default: 2,
    explain: 'How many replicas must answer a read. Higher: fresher, slower, and fewer may be down.',
    group: 'quorum',
  }),
  writeQuorum: integerKnob({
    label: 'Write quorum',
    symbol: 'W',
    min: 1,
    max: 7,
    default: 2,
    explain: 'How many replicas must have a write on disk before it is acknowledged. R + W > N makes quorums overlap.',
    group: 'quorum',
  }),
  readRepair: choiceKnob({
    label: 'Read repair',
    options: [
      { value: 'off', label: 'off', explain: 'A read changes nothing.' },
      {
        value: 'async',
        label: 'asynchronous',
        explain: 'A read answers first, then sends the newest version to whoever lacked it.',
      },
      {
        value: 'blocking',
        label: 'blocking write-back',
        explain: 'A read whose answer is not known to be on W replicas writes it back and waits until it is (ABD).',
      },
    ],
    default: 'async',
    explain: 'What a read does about replicas that answered with an old version.',
    group: 'repair',
  }),
  version: choiceKnob({
    label: 'Versions',
    options: [
      { value: 'wall', label: 'wall clock', explain: "The coordinator's clock; the later time wins, right or wrong." },
      { value: 'hlc', label: 'hybrid clock', explain: 'The clock, but never behind a version already seen.' },
      {
        value: 'vv',
        label: 'version vector',
        explain: 'What each write had seen; concurrent writes are kept as siblings.',
      },
    ],
    default: 'wall',
    explain: 'How two versions of a key are compared, and so which write survives.',
    group: 'repair',
  }),
  antiEntropyEvery: durationKnob({
    label: 'Anti-entropy every',
    unit: 'ms',
    min: 0,
    max: 10 * DAY,
    default: 1 * S,
    explain: 'How often a replica compares its hash tree with the next one. 0: never.',
    group: 'repair',
  }),
  sloppyQuorum: flagKnob({
    label: 'Sloppy quorum',
    default: false,
    explain:
      'Spares may stand in for silent replicas and count towards R and W. Stays available; quorums no longer overlap.',
    group: 'quorum',
  }),
  spares: integerKnob({
    label: 'Spare nodes',
    min: 0,
    max: 3,
    default: 0,
    explain: 'Nodes outside the N that keep hints for replicas that do not answer.',
    group: 'quorum',
  }),
  hintAfter: durationKnob({
    label: 'Hint after',
    unit: 'ms',
    min: 0,
    max: 60 * S,
    default: 500 * MS,
    explain: 'How long a replica may stay silent before its write is left as a hint with another node. 0: no hints.',
    group: 'repair',
  }),
  hintEvery: durationKnob({
    label: 'Replay hints every',
    unit: 'ms',
    min: 1 * MS,
    max: 1 * HOUR,
    default: 1 * S,
    explain: 'How often a node tries to deliver the hints it holds.',
    group: 'repair',
  }),
  hintTtl: durationKnob({
    label: 'Hints live for',
    unit: 's',
    min: 1 * MS,
    max: 10 * DAY,
    default: 3 * HOUR,
    explain: 'An older hint is dropped; from then on only anti-entropy or a read can deliver the write.',
    group: 'repair',
  }),
  gcGrace: durationKnob({
    label: 'Tombstone grace',
    unit: 's',
    min: 1 * MS,
    max: 60 * DAY,
    default: 10 * DAY,
    explain: 'How long a replica keeps a tombstone. A replica that misses the delete for longer brings the value back.',
    group: 'repair',
  }),
  latency: choiceKnob({
    label: 'Latency',
    options: [
      { value: 'uniform', label: 'uniform', explain: 'Evenly between the two bounds below, in every direction.' },
      { value: 'LNKD-SSD', label: 'LinkedIn, SSD', explain: 'Fitted to LinkedIn on solid-state disks (PBS, table 3).' },
      { value: 'LNKD-DISK', label: 'LinkedIn, disk', explain: 'Fitted to LinkedIn on spinning disks: slow writes.' },
      { value: 'YMMR', label: 'Yammer', explain: 'Fitted to Yammer: long tails on writes.' },
      { value: 'WAN', label: 'wide area', explain: 'LinkedIn on disks with 75 ms between sites.' },
    ],
    default: 'uniform',
    explain: 'How long a message takes one way. The fitted distributions contain the disk.',
    group: 'network',
  }),
  latencyMin: durationKnob({
    label: 'Latency from',
    unit: 'ms',
    min: 1,
    max: 10 * S,
    default: 8 * MS,
    explain: 'The shortest one-way latency; counts only for uniform latency.',
    group: 'network',
  }),
  latencyMax: durationKnob({
    label: 'Latency to',
    unit: 'ms',
    min: 1,
    max: 10 * S,
    default: 14 * MS,
    explain: 'The longest one-way latency; counts only for uniform latency.',
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
    explain: 'How long a write to disk takes; counts only for uniform latency.',
    group: 'network',
  }),
  requestTimeout: durationKnob({
    label: 'Client timeout',
    unit: 'ms',
    min: 1 * MS,
    max: 1 * HOUR,
    default: 2 * S,
    explain: 'When client and coordinator stop waiting. The outcome of the operation is then unknown.',
    group: 'clients',
  }),
  coordinatorAt: choiceKnob({
    label: 'Coordinator',
    options: [
      { value: 'replica', label: 'on a replica', explain: 'The client asks a replica, which coordinates.' },
      {
        value: 'client',
        label: 'in the client',
        explain: "The client's library coordinates, as PBS assumes: every leg is a network message.",
      },
    ],
    default: 'replica',
    explain: 'Where the coordinator of a request runs.',
    group: 'clients',
  }),
  freshAfter: durationKnob({
    label: 'Fresh after',
    unit: 'ms',
    min: 0,
    max: 1 * HOUR,
    default: 100 * MS,
    explain: 'The objective: a read that begins this long after an acknowledgement returns that write or a newer one …',
    group: 'objective',
  }),
  freshShare: ratioKnob({
    label: 'Share of fresh reads',
    max: 1,
    default: 0.999,
    explain: '… in at least this share of cases.',
    group: 'objective',
  }),
  mistake: choiceKnob({
    label: 'Planted mistake',
    options: [
      { value: 'none', label: 'none', explain: 'The model as it should be.' },
      {
        value: 'purge-before-grace',
        label: 'purge early',
        explain: 'Tombstones go after a twentieth of the grace period.',
      },
      {
        value: 'hint-overwrites-newer',
        label: 'hint overwrites',
        explain: 'A replayed hint replaces whatever is there.',
      },
      {
        value: 'repair-resurrects-delete',
        label: 'repair revives',
        explain: 'Read repair takes a tombstone for a replica that missed the value.',
      },
      {
        value: 'coordinator-counts-own-ack-twice',
        label: 'own ack twice',
        explain: "The coordinator counts its own replica's acknowledgement twice.",
      },
    ],
    default: 'none',
    explain: 'A known bug, to see that the checks catch it.',
    group: 'mistake',
  }),
} as const;

export type QuorumKnobs = KnobValues<typeof knobs>;

/** Whether the knobs promise that every read quorum meets every write quorum. */
export function isStrict({ sloppyQuorum, readQuorum, writeQuorum, replicas }: QuorumKnobs): boolean {
  return !sloppyQuorum && readQuorum + writeQuorum > replicas;
}

/** Combinations that make no sense, as [knob, what to do]. */
export function constraints(values: QuorumKnobs): readonly (readonly [knob: string, problem: string])[] {
  const problems: [string, string][] = [];
  const { replicas, readQuorum, writeQuorum, latencyMin, latencyMax, sloppyQuorum, spares, hintAfter } = values;
  if (readQuorum > replicas) {
    problems.push([
      'readQuorum',
      `A read quorum of ${readQuorum} needs at least as many replicas; there are ${replicas}.`,
    ]);
  }
  if (writeQuorum > replicas) {
    problems.push([
      'writeQuorum',
      `A write quorum of ${writeQuorum} needs at least as many replicas; there are ${replicas}.`,
    ]);
  }
  if (latencyMin > latencyMax) {
    problems.push([
      'latencyMin',
      `The shortest latency (${latencyMin} us) is above the longest (${latencyMax} us); lower it.`,
    ]);
  }
  if (sloppyQuorum && (spares === 0 || hintAfter === 0)) {
    const missing = spares === 0 ? 'spares to at least 1' : 'hintAfter above 0';
    problems.push(['sloppyQuorum', `A sloppy quorum needs spares that take hints: set ${missing}.`]);
  }
  return problems;
}
