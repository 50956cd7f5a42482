import type { Effect } from '../../kernel/behavior.ts';
import type * as Sent from './messages.ts';
import type { CoordinatorInput } from './requests.ts';
import { type Cells, NO_CELLS } from './versions.ts';

/** One replica's answer to a read. */
export type Answer = { readonly from: string; readonly cells: Cells };

/** What a coordinator knows about its one request. Nothing of it is durable: a coordinator ends with its host. */
export type Progress = {
  readonly input: CoordinatorInput;
  /** Whom the request was sent to. */
  readonly asked: readonly string[];
  /** Read: the answers so far. */
  readonly answers: readonly Answer[];
  /** Read: the newest of all answers. */
  readonly newest: Cells;
  /** Who is known to have the version on disk: of a write, or of a read's newest version once it is written back. */
  readonly acks: readonly string[];
  /** Write: hints that their holders have on disk. */
  readonly hints: readonly { readonly target: string; readonly holder: string }[];
  /** Read: replicas whose write-back is not acknowledged yet. */
  readonly repairing: readonly string[];
  /** Whether the client has its answer. */
  readonly replied: boolean;
};

export type CoordinatorContext = { readonly durable: null; readonly volatile: Progress };
export type CoordinatorStep = { readonly context?: CoordinatorContext; readonly effects?: readonly Effect[] };

type TimerEvent = { readonly type: 'timer.request' | 'timer.hint' };
export type CoordinatorEvent =
  | Sent.RResp
  | Sent.RAck
  | Sent.RepairAck
  | Sent.HintAck
  | Sent.ProcessStarted
  | TimerEvent;

export function initialProgress(input: CoordinatorInput): CoordinatorContext {
  const { replicas } = input.config;
  return {
    durable: null,
    volatile: {
      input,
      asked: replicas,
      answers: [],
      newest: NO_CELLS,
      acks: [],
      hints: [],
      repairing: [],
      replied: false,
    },
  };
}

/**
 * Progress with some of it changed. Field by field, here and in the other roles: every message makes such a copy, and Node 20 takes
 * a microsecond for the spread of an object that was itself made by one.
 */
export function progressed(before: Progress, change: Partial<Progress>): CoordinatorContext {
  const volatile: Progress = {
    input: before.input,
    asked: change.asked ?? before.asked,
    answers: change.answers ?? before.answers,
    newest: change.newest ?? before.newest,
    acks: change.acks ?? before.acks,
    hints: change.hints ?? before.hints,
    repairing: change.repairing ?? before.repairing,
    replied: change.replied ?? before.replied,
  };
  return { durable: null, volatile };
}
