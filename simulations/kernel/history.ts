import type { Value } from './value.ts';

/** Operations on one register or one key of a store. `write` = `put`, `read` = `get`; `delete` leaves null. */
export type OperationName = 'read' | 'write' | 'cas' | 'append' | 'delete';

/**
 * How an operation ended. `ok`: it took effect and `output` is what the client was told. `fail`: it certainly did
 * not take effect. `info`: the outcome is unknown, it may take effect at any later time or never.
 */
export type Outcome = 'ok' | 'fail' | 'info';

/** One client operation with its invocation and, unless the outcome is unknown, its completion. */
export interface Operation {
  /** Position among the operations of the history, by invocation, from 0. */
  readonly id: number;
  /** The client: one sequential session. A client goes on after an unknown outcome, so sessions may overlap themselves. */
  readonly client: string;
  readonly f: OperationName;
  readonly key: string;
  /** write, append: the value; cas: [from, to]; read, delete: null. */
  readonly input: Value;
  /** read that ended ok: the value returned. */
  readonly output: Value;
  readonly outcome: Outcome;
  /** Order of invocation and completion on one real-time axis: microseconds in our runs, line numbers in files. */
  readonly invokedAt: number;
  /** Infinity while the outcome is `info`. */
  readonly completedAt: number;
  /** Order of the two moments among all moments of the history, so that equal instants stay ordered. */
  readonly invokedOrder: number;
  readonly completedOrder: number;
  /** Trace steps of the two moments, in our own runs only. */
  readonly invokedStep?: number;
  readonly completedStep?: number;
  /** The store's version that a write created or a read returned, in our own runs only; models say how they compare. */
  readonly version?: Value;
}
