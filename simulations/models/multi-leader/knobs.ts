import { choiceKnob, durationKnob, flagKnob, integerKnob, type KnobValues, ratioKnob } from '../knob.ts';
import { duplicateKnob, lossKnob } from '../network-knobs.ts';
import type { Data, Resolve } from './messages.ts';

const MS = 1_000;
const S = 1_000_000;
const DAY = 24 * 3_600 * S;

/** What can be turned. Names are what scenario files use under `knobs`. */
export const knobs = {
  regions: integerKnob({
    label: 'Regions',
    min: 2,
    max: 5,
    default: 3,
    explain: 'How many regions accept writes. Each holds everything.',
    group: 'regions',
  }),
  topology: choiceKnob({
    label: 'Topology',
    options: [
      { value: 'mesh', label: 'mesh', explain: 'Each region sends its own writes to every other.' },
      { value: 'ring', label: 'ring', explain: 'Each region passes everything on to the next.' },
      { value: 'star', label: 'star', explain: 'The first region is the hub and passes everything on.' },
    ],
    default: 'mesh',
    explain: 'The ways that writes take between regions. Fewer links: one cut stops more, and order is kept.',
    group: 'regions',
  }),
  data: choiceKnob({
    label: 'Data',
    options: [
      { value: 'cart', label: 'cart', explain: 'A set of items: clients add and remove.' },
      { value: 'register', label: 'register', explain: 'One value: clients write and delete.' },
      { value: 'counter', label: 'counter', explain: 'A number: clients count up and down.' },
    ],
    default: 'cart',
    explain: 'What each key holds, and so what clients do to it.',
    group: 'merge',
  }),
  resolve: choiceKnob({
    label: 'Resolution',
    options: [
      { value: 'lww-wall', label: 'last write wins, wall clock', explain: 'The larger clock wins, right or wrong.' },
      {
        value: 'lww-hlc',
        label: 'last write wins, hybrid clock',
        explain: 'The same, but a clock never falls behind what it has seen.',
      },
      {
        value: 'siblings',
        label: 'siblings',
        explain: 'Concurrent values stay side by side until a write has seen them all.',
      },
      { value: 'or-set', label: 'OR-set', explain: 'Adds and removes merge; a concurrent add wins over a remove.' },
      { value: 'pn-counter', label: 'PN-counter', explain: 'Each region counts for itself; the value is the sum.' },
      {
        value: 'escrow',
        label: 'escrow',
        explain: 'Each region counts against rights that it holds; the sum keeps a limit.',
      },
    ],
    default: 'lww-wall',
    explain: 'What becomes of two writes to one key that had not seen each other.',
    group: 'merge',
  }),
  delivery: choiceKnob({
    label: 'Delivery',
    options: [
      {
        value: 'arrival',
        label: 'on arrival',
        explain: 'A write is applied as soon as those of its region before it are.',
      },
      { value: 'causal', label: 'causal', explain: 'A write waits for all that its region had applied before it.' },
    ],
    default: 'causal',
    explain: 'When a region applies a write of another. It matters in a mesh: elsewhere the links keep the order.',
    group: 'merge',
  }),
  limit: integerKnob({
    label: 'Limit',
    min: 0,
    max: 100_000,
    default: 0,
    explain: 'The most that a counter may reach. 0: no limit; escrow needs one.',
    group: 'merge',
  }),
  transferRights: flagKnob({
    label: 'Hand over rights',
    default: true,
    explain: 'With escrow: a region that runs out of rights asks another for some. Off: its share is all it gets.',
    group: 'merge',
  }),
  skew: durationKnob({
    label: 'Clock skew',
    unit: 'ms',
    min: 0,
    max: 5 * S,
    default: 50 * MS,
    explain:
      "How far clocks are off: the first region's is this much ahead, the last one's this much behind, others evenly between.",
    group: 'clocks',
  }),
  gcGrace: durationKnob({
    label: 'Tombstone grace',
    unit: 's',
    min: 1 * MS,
    max: 60 * DAY,
    default: 10 * DAY,
    explain:
      'How long a deleted register under last write wins leaves a tombstone. An older write that arrives later brings the value back.',
    group: 'clocks',
  }),
  replicateEvery: durationKnob({
    label: 'Replicate every',
    unit: 'ms',
    min: 1 * MS,
    max: 3_600 * S,
    default: 20 * MS,
    explain: 'How long writes gather before they are sent. Longer: fewer messages, more conflicts.',
    group: 'regions',
  }),
  batch: integerKnob({
    label: 'Batch',
    min: 1,
    max: 1_000,
    default: 64,
    explain: 'How many writes one message carries at most.',
    group: 'regions',
  }),
  rtt: durationKnob({
    label: 'Round trip between regions',
    unit: 'ms',
    min: 1 * MS,
    max: 10 * S,
    default: 80 * MS,
    explain: 'Twice the shortest one-way latency between two regions.',
    group: 'network',
  }),
  jitter: durationKnob({
    label: 'Jitter',
    unit: 'ms',
    min: 0,
    max: 10 * S,
    default: 10 * MS,
    explain: 'How much longer than the shortest a message between regions takes at most.',
    group: 'network',
  }),
  localLatency: durationKnob({
    label: 'Latency to the client',
    unit: 'ms',
    min: 1,
    max: 10 * S,
    default: 2 * MS,
    explain: 'One-way latency between a client and its region, at most; at least half of it.',
    group: 'network',
  }),
  lossRatio: lossKnob('messages between regions'),
  duplicateRatio: duplicateKnob('messages between regions'),
  reorderRatio: ratioKnob({
    label: 'Reordered messages',
    max: 0.5,
    default: 0,
    explain:
      'The share of messages between regions that take up to a round trip longer, so that later ones overtake them.',
    group: 'network',
  }),
  persistTime: durationKnob({
    label: 'Time to persist',
    unit: 'ms',
    min: 0,
    max: 10 * S,
    default: 1 * MS,
    explain: 'How long a write to disk takes. Nothing is acknowledged or sent on before.',
    group: 'network',
  }),
  requestTimeout: durationKnob({
    label: 'Client timeout',
    unit: 'ms',
    min: 1 * MS,
    max: 3_600 * S,
    default: 1 * S,
    explain: 'When a client stops waiting. The outcome of its operation is then unknown.',
    group: 'clients',
  }),
  mistake: choiceKnob({
    label: 'Planted mistake',
    options: [
      { value: 'none', label: 'none', explain: 'The model as it should be.' },
      {
        value: 'apply-again',
        label: 'apply again',
        explain: 'A region applies whatever arrives, what it has had before included.',
      },
      {
        value: 'remove-by-name',
        label: 'remove by name',
        explain: 'A remove that arrives takes every add of the item, seen or not.',
      },
      { value: 'merge-adds', label: 'merge adds', explain: 'Merging two copies of a counter adds their numbers.' },
      {
        value: 'grant-without-deducting',
        label: 'grant twice',
        explain: 'A region that hands rights over keeps them.',
      },
      {
        value: 'reuse-sequence',
        label: 'reuse sequence',
        explain: 'A region that comes back trusts its disk, and so may number writes as before the backup.',
      },
    ],
    default: 'none',
    explain: 'A known bug, to see that the checks catch it.',
    group: 'mistake',
  }),
} as const;

export type MultiLeaderKnobs = KnobValues<typeof knobs>;

const HOLDS: Readonly<Record<Resolve, readonly Data[]>> = {
  'lww-wall': ['cart', 'register', 'counter'],
  'lww-hlc': ['cart', 'register', 'counter'],
  siblings: ['cart', 'register'],
  'or-set': ['cart'],
  'pn-counter': ['counter'],
  escrow: ['counter'],
};

/** Combinations that make no sense, as [knob, what to do]. */
export function constraints(values: MultiLeaderKnobs): readonly (readonly [knob: string, problem: string])[] {
  const { resolve, data, limit } = values;
  const problems: [string, string][] = [];
  if (!HOLDS[resolve].includes(data)) {
    problems.push([
      'data',
      `The resolution ${resolve} cannot hold a ${data}; set data to ${HOLDS[resolve].join(' or ')}.`,
    ]);
  }
  if (resolve === 'escrow' && limit === 0) problems.push(['limit', 'Escrow divides a limit; set limit above 0.']);
  return problems;
}
