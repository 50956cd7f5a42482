import { setup } from 'xstate';
import type { Effect } from '../../kernel/behavior.ts';
import { defineChart } from '../../statechart/chart.ts';
import { guard, wiring } from '../../statechart/handler.ts';
import { differingRanges } from './merkle.ts';
import type * as Sent from './messages.ts';
import { send } from './store.ts';

/**
 * Anti-entropy compares one replica with another in the background, whether anybody reads or not (Dynamo, section 4.7). Each
 * round takes the next replica of the ring. In `trees` it asks its own replica for a hash tree over the key ranges and sends the
 * root; the other answers with nothing when the roots agree, else with its tree. In `streaming` both sides send
 * what they have in the ranges that differ, and each keeps what is newer. A tombstone is a version like any other: that is how a delete
 * spreads, and once it has been purged nothing stops an old value from spreading instead.
 *
 * A round that gets stuck (the other side is down or cut off) is dropped when the next one is due.
 */

export type AntiEntropyInput = { readonly config: Sent.Config; readonly host: string };

type Round = {
  readonly input: AntiEntropyInput;
  /** The other replicas, in ring order from this one. */
  readonly peers: readonly string[];
  /** How many rounds have begun. */
  readonly round: number;
  readonly tree: readonly number[];
  readonly ranges: readonly number[];
};

export type AntiEntropyContext = { readonly durable: null; readonly volatile: Round };
type AntiEntropyStep = { readonly context?: AntiEntropyContext; readonly effects?: readonly Effect[] };
export type AntiEntropyEvent =
  | Sent.Tree
  | Sent.MerkleRange
  | Sent.Ranges
  | Sent.MerkleStream
  | Sent.ProcessStarted
  | Sent.ProcessRestarted
  | { readonly type: 'timer.round' };

const { on } = wiring<AntiEntropyContext, AntiEntropyEvent>();

/** A round with some of it changed; `progressed` says why field by field. */
function kept(before: Round, change: Partial<Round>): AntiEntropyContext {
  const volatile = {
    input: before.input,
    peers: before.peers,
    round: change.round ?? before.round,
    tree: change.tree ?? before.tree,
    ranges: change.ranges ?? before.ranges,
  };
  return { durable: null, volatile };
}
const peerOf = ({ peers, round }: Round): string => peers[(round - 1) % peers.length]!;

/** A tenth more or less, so that replicas do not move in step. */
function roundTimer({ input }: Round): Effect {
  const everyUs = input.config.antiEntropyEveryUs;
  const tenthUs = Math.floor(everyUs / 10);
  return { type: 'timer.set', name: 'round', delayUs: [Math.max(1, everyUs - tenthUs), everyUs + tenthUs] };
}

const schedule = ({ volatile }: AntiEntropyContext): AntiEntropyStep => ({ effects: [roundTimer(volatile)] });

function askTree({ volatile }: AntiEntropyContext): AntiEntropyStep {
  const context = kept(volatile, { round: volatile.round + 1, tree: [], ranges: [] });
  return { context, effects: [send(volatile.input.host, { type: 'TreeRead' }), roundTimer(volatile)] };
}

function sendRoot({ volatile }: AntiEntropyContext, { tree }: Sent.Tree): AntiEntropyStep {
  const effects = [send(peerOf(volatile), { type: 'MerkleRoot', root: tree[0]! })];
  return { context: kept(volatile, { tree }), effects };
}

function askRanges({ volatile }: AntiEntropyContext, { tree }: Sent.MerkleRange): AntiEntropyStep {
  const ranges = differingRanges(volatile.tree, tree);
  return {
    context: kept(volatile, { ranges }),
    effects: [send(volatile.input.host, { type: 'RangesRead', ranges })],
  };
}

function stream({ volatile }: AntiEntropyContext, { entries }: Sent.Ranges): AntiEntropyStep {
  const { ranges } = volatile;
  return { effects: [send(peerOf(volatile), { type: 'MerkleStream', ranges, entries, exchange: true })] };
}

function keep({ volatile }: AntiEntropyContext, event: Sent.MerkleStream): AntiEntropyStep {
  const { type, ranges, entries } = event;
  return { effects: [send(volatile.input.host, { type, ranges, entries, exchange: false })] };
}

/** An answer to an earlier round is not taken for one to this. */
const fromPeer = guard<AntiEntropyContext, AntiEntropyEvent>(
  ({ volatile }, _event, { from }) => from === peerOf(volatile),
);

export const antiEntropyMachine = setup({
  types: {
    context: {} as AntiEntropyContext,
    events: {} as AntiEntropyEvent,
    input: {} as AntiEntropyInput,
  },
  actions: {
    schedule: on(schedule),
    askTree: on(askTree),
    sendRoot: on(sendRoot),
    askRanges: on(askRanges),
    stream: on(stream),
    keep: on(keep),
  },
  guards: {
    fromPeer,
    treesEqual: guard<AntiEntropyContext, AntiEntropyEvent>(
      ({ volatile }, event, { from }) => from === peerOf(volatile) && (event as Sent.MerkleRange).tree.length === 0,
    ),
  },
}).createMachine({
  id: 'antiEntropy',
  context: ({ input }) => ({
    durable: null,
    volatile: { input, peers: peersOf(input), round: 0, tree: [], ranges: [] },
  }),
  initial: 'idle',
  states: {
    idle: {
      on: {
        'process.started': { actions: 'schedule' },
        'process.restarted': { actions: 'schedule' },
        'timer.round': { target: 'trees', actions: 'askTree' },
      },
    },
    trees: {
      on: {
        Tree: { actions: 'sendRoot' },
        MerkleRange: [
          { guard: 'treesEqual', target: 'idle' },
          { guard: 'fromPeer', target: 'streaming', actions: 'askRanges' },
        ],
        'timer.round': { actions: 'askTree' },
      },
    },
    streaming: {
      on: {
        Ranges: { actions: 'stream' },
        MerkleStream: { guard: 'fromPeer', target: 'idle', actions: 'keep' },
        'timer.round': { target: 'trees', actions: 'askTree' },
      },
    },
  },
});

function peersOf({ config, host }: AntiEntropyInput): readonly string[] {
  const at = config.replicas.indexOf(host);
  return [...config.replicas.slice(at + 1), ...config.replicas.slice(0, at)];
}

export const antiEntropyChart = defineChart(antiEntropyMachine);
