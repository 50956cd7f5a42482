import type { OperationName, Outcome } from './history.ts';
import type { Value } from './value.ts';

/** A process, for example `r3` (the replica on host r3) or `r3/read17` (a coordinator started for one request). */
export type ProcessId = string;
/** A machine that processes share: one crash, one pause, one clock, one disk latency. Lanes are hosts. */
export type HostId = string;

/** A message: its type and its fields, immutable JSON. Versions, keys and ids travel in it; no functions, no floats. */
export interface Message {
  readonly type: string;
  readonly [field: string]: Value | undefined;
}

/**
 * What a statechart reacts to: a message, or one of the kernel's own events, whose types are
 * `process.started` (once, with nothing else), `process.crashed`, `process.restarted`, `timer.<name>` and
 * `disk.persisted` (with the token of the persist effect).
 */
export type ProcessEvent = Message;

/** A delay in local microseconds: fixed, or a range from which the kernel draws uniformly, both ends included. */
export type Delay = number | readonly [min: number, max: number];

/** Effects as data. Handlers return them, the kernel carries them out after the handler. */
export type Effect =
  | { readonly type: 'send'; readonly to: ProcessId; readonly message: Message }
  /** Sets or resets the timer of that name on this process; it fires as the event `timer.<name>`. */
  | { readonly type: 'timer.set'; readonly name: string; readonly delayUs: Delay }
  | { readonly type: 'timer.cancel'; readonly name: string }
  /**
   * Writes the process's durable state, as it is after this handler, to the host's disk. Takes the disk's latency,
   * in order; then the process gets `disk.persisted` with the token. A crash before that loses it.
   */
  | { readonly type: 'disk.persist'; readonly token: Value }
  /** A client begins an operation. `operation` is the client's own name for it, unique within the client. */
  | {
      readonly type: 'client.invoke';
      readonly operation: number;
      readonly f: OperationName;
      readonly key: string;
      readonly input: Value;
    }
  /** The client learns the outcome, or gives up waiting (`info`). */
  | {
      readonly type: 'client.complete';
      readonly operation: number;
      readonly outcome: Outcome;
      readonly output: Value;
      readonly version?: Value;
    }
  /** Starts a process of that role on the same host, under `<self's host>/<name>`. It ends when its chart reaches a final state, or with a crash. */
  | { readonly type: 'process.start'; readonly role: string; readonly name: string; readonly input: Value }
  /** A remark for checks, metrics and narration; it changes nothing. */
  | { readonly type: 'note'; readonly name: string; readonly data: Value };

/** What a handler may know besides its context and the event. Mutable inside the kernel: read it, never keep it. */
export interface Environment {
  readonly self: ProcessId;
  readonly host: HostId;
  /** Who sent the message; '' for the kernel's own events. */
  readonly from: ProcessId;
  /** The host's clock, in whole microseconds: true time plus offset and drift. */
  readonly clockUs: number;
}

/** The state of every process: what is meant for the disk, and what a crash takes. Both immutable. */
export interface Context<Durable = Value, Volatile = Value> {
  readonly durable: Durable;
  readonly volatile: Volatile;
}

/** A statechart at rest: its active leaf state (`up`, `fanout.waiting`) and its context. */
export interface Snapshot {
  readonly state: string;
  readonly context: Context<unknown, unknown>;
  /** True in a final state: the process ends. */
  readonly done: boolean;
}

/** Where a step's effects go. The list is replaced and never added to, so that a handler's own list is handed on as it is. */
export interface Output {
  effects: readonly Effect[];
}

/** For a step without effects. */
export const NO_EFFECTS: readonly Effect[] = [];

/** A role's program as the kernel sees it, whichever way the statechart is run. All three are pure. */
export interface Behavior {
  readonly role: string;
  /** The initial state for an input, before `process.started`. */
  initial(input: Value): Snapshot;
  /** The initial state again, with the durable half replaced by what the disk holds. */
  recover(input: Value, disk: unknown): Snapshot;
  /** One step: puts its effects into `output` and returns the next snapshot (the same object when nothing changed). */
  react(snapshot: Snapshot, event: ProcessEvent, environment: Environment, output: Output): Snapshot;
}
