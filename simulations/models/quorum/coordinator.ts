import { setup } from 'xstate';
import type { Effect } from '../../kernel/behavior.ts';
import { defineChart } from '../../statechart/chart.ts';
import { guard, type Test, wiring } from '../../statechart/handler.ts';
import {
  countAnswer,
  countRepair,
  hearAnswer,
  lateAnswer,
  needsWriteBack,
  settleRead,
  writeBack,
} from './coordinator-read.ts';
import {
  type CoordinatorContext,
  type CoordinatorEvent,
  type CoordinatorStep,
  initialProgress,
  type Progress,
} from './coordinator-state.ts';
import {
  countAck,
  countedForWrite,
  countHint,
  handOff,
  hintTimer,
  settleWrite,
  writeComplete,
} from './coordinator-write.ts';
import type { CoordinatorInput } from './requests.ts';
import { send } from './store.ts';

/**
 * A coordinator serves one request of one client and then ends. It asks all N replicas, and goes by the first R or W that
 * answer. When R + W > N every read quorum shares a replica with every write quorum, so a read meets each *acknowledged* write.
 *
 * That is less than a register. A write that reached one replica and no quorum is never rolled back: a read that meets that replica
 * returns it, a later read that does not returns the version before. `readRepair: blocking` closes the gap as Attiya, Bar-Noy and
 * Dolev did (ABD, 1995): a read whose newest version is not known to be on W replicas writes it back to all that may lack it,
 * and answers only when W hold it (state `repairing`). Cassandra's blocking repair writes back only to those replicas
 * of this read's quorum whose digest differed; with R >= W that is the same promise with fewer messages. `async` answers first and repairs
 * whoever turns out to be stale, late answers included (Dynamo, section 5): it heals, and promises nothing to the next reader.
 *
 * With true versions and strict quorums blocking write-back makes reads and writes linearizable. Skewed wall clocks, hybrid clocks
 * under skew, and version vectors with blind writes still break it, because a later write can get a version that is not newer.
 *
 * Replicas that stay silent for `hintAfter` get a hint on another node; in a sloppy quorum a hint on a spare counts towards W,
 * and spares answer reads. Then quorums need not meet at all. In `quorumMet` the client has its answer and the rest is collected.
 * A coordinator that runs out of time says nothing: the client has given up by then and does not know whether its write will stay.
 */

const { on } = wiring<CoordinatorContext, CoordinatorEvent>();
const when = (test: (progress: Progress) => boolean) =>
  guard<CoordinatorContext, CoordinatorEvent>((({ volatile }) => test(volatile)) as Test<
    CoordinatorContext,
    CoordinatorEvent
  >);

function fanOut({ volatile }: CoordinatorContext): CoordinatorStep {
  const { config, key, cell } = volatile.input;
  const message = cell === null ? { type: 'RRead', key } : { type: 'RWrite', key, cell };
  const { replicas } = config;
  const hints = config.hintAfterUs > 0 && (cell !== null || (config.sloppy && config.spares.length > 0));
  // As long as it will be: pushing to a list that is full leaves room for sixteen more.
  const effects = new Array<Effect>(replicas.length + (hints ? 2 : 1));
  for (let at = 0; at < replicas.length; at++) effects[at] = send(replicas[at]!, message);
  effects[replicas.length] = { type: 'timer.set', name: 'request', delayUs: config.requestTimeoutUs };
  if (hints) effects[replicas.length + 1] = hintTimer(config);
  return { effects };
}

function settle({ volatile }: CoordinatorContext): CoordinatorStep {
  return volatile.input.cell === null ? settleRead(volatile) : settleWrite(volatile);
}

function quorumReached(progress: Progress): boolean {
  const { config, cell } = progress.input;
  if (cell === null) return progress.answers.length >= config.readQuorum;
  return countedForWrite(progress).length >= config.writeQuorum;
}

function complete(progress: Progress): boolean {
  if (progress.input.cell !== null) return writeComplete(progress);
  return progress.answers.length >= progress.asked.length && progress.repairing.length === 0;
}

export const coordinatorMachine = setup({
  types: {
    context: {} as CoordinatorContext,
    events: {} as CoordinatorEvent,
    input: {} as CoordinatorInput,
  },
  actions: {
    fanOut: on(fanOut),
    settle: on(settle),
    countAnswer: on(countAnswer),
    lateAnswer: on(lateAnswer),
    hearAnswer: on(hearAnswer),
    writeBack: on(writeBack),
    countRepair: on(countRepair),
    countAck: on(countAck),
    countHint: on(countHint),
    handOff: on(handOff),
  },
  guards: {
    quorumReached: when(quorumReached),
    mustWriteBack: when((progress) => !progress.replied && needsWriteBack(progress)),
    complete: when((progress) => progress.replied && complete(progress)),
    replied: when((progress) => progress.replied),
  },
}).createMachine({
  id: 'coordinator',
  context: ({ input }) => initialProgress(input),
  initial: 'idle',
  states: {
    idle: { on: { 'process.started': { target: 'fanout', actions: 'fanOut' } } },
    fanout: {
      on: {
        RResp: { actions: 'countAnswer' },
        RAck: { actions: 'countAck' },
        HintAck: { actions: 'countHint' },
        'timer.hint': { actions: 'handOff' },
        'timer.request': 'timeout',
      },
      always: { guard: 'quorumReached', target: 'quorumMet' },
    },
    quorumMet: {
      entry: 'settle',
      on: {
        RResp: { actions: 'lateAnswer' },
        RAck: { actions: 'countAck' },
        HintAck: { actions: 'countHint' },
        'timer.hint': { actions: 'handOff' },
        'timer.request': 'done',
      },
      always: [
        { guard: 'mustWriteBack', target: 'repairing', actions: 'writeBack' },
        { guard: 'complete', target: 'done' },
      ],
    },
    repairing: {
      on: {
        RResp: { actions: 'hearAnswer' },
        RepairAck: { actions: 'countRepair' },
        'timer.request': [{ guard: 'replied', target: 'done' }, { target: 'timeout' }],
      },
      always: { guard: 'complete', target: 'done' },
    },
    done: { type: 'final' },
    timeout: { type: 'final' },
  },
});

export const coordinatorChart = defineChart(coordinatorMachine);
