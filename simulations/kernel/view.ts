import type { Effect, HostId, Message, ProcessId, Snapshot } from './behavior.ts';
import type { ActiveFault } from './faults.ts';
import type { Operation } from './history.ts';
import type { Micros } from './time.ts';
import type { Value } from './value.ts';

export type HostStatus = 'up' | 'down' | 'paused';

/** A host at one moment. */
export interface HostView {
  readonly id: HostId;
  readonly status: HostStatus;
  /** What its own clock shows, in microseconds. */
  readonly clockUs: number;
}

/** A process at one moment. */
export interface ProcessView {
  readonly id: ProcessId;
  readonly role: string;
  readonly host: HostId;
  readonly snapshot: Snapshot;
  /** The durable state as it is on disk; the snapshot's durable half may be ahead of it. */
  readonly disk: unknown;
  /** The step after which the disk last changed; -1 before the first write. */
  readonly diskStep: number;
  readonly timers: readonly { readonly name: string; readonly dueUs: number }[];
}

/** A message on the wire. */
export interface Packet {
  readonly from: ProcessId;
  readonly to: ProcessId;
  readonly fromHost: HostId;
  readonly toHost: HostId;
  readonly message: Message;
  readonly sentUs: number;
  readonly arrivesUs: number;
  /** The step that sent it. */
  readonly sentStep: number;
  readonly duplicate: boolean;
  /** Extra time added by a slow link, in microseconds. */
  readonly heldUs: number;
}

/** The world at one moment, after `step` steps. Read-only; valid until the world moves on. */
export interface WorldView {
  readonly nowUs: Micros;
  /** How many steps have been executed: the last one is `step - 1`. */
  readonly step: number;
  readonly hosts: readonly HostView[];
  host(id: HostId): HostView | undefined;
  readonly processes: readonly ProcessView[];
  process(id: ProcessId): ProcessView | undefined;
  readonly inFlight: readonly Packet[];
  readonly faults: readonly ActiveFault[];
  /** Whether a message sent now would pass, as far as cuts go. */
  reachable(from: HostId, to: HostId): boolean;
}

/** What a step of the trace was. */
export type StepKind =
  | 'deliver'
  | 'timer'
  | 'persisted'
  | 'started'
  | 'lost'
  | 'crashed'
  | 'restarted'
  | 'paused'
  | 'resumed'
  | 'fault.begin'
  | 'fault.end';

/** One step of a run, as narration, checks and the lab see it. */
export interface StepView {
  /** Position in the trace, from 0. */
  readonly index: number;
  readonly atUs: Micros;
  readonly kind: StepKind;
  /** Where it happened; '' for faults on links. */
  readonly process: ProcessId;
  readonly host: HostId;
  /** The step that caused it (sent the message, set the timer, asked for the write, began the fault); -1: the scenario itself. */
  readonly cause: number;
  /** deliver, lost: the sender and the message. */
  readonly from?: ProcessId;
  readonly fromHost?: HostId;
  readonly to?: ProcessId;
  readonly message?: Message;
  readonly sentUs?: number;
  /** lost: why. */
  readonly lostTo?: 'chance' | 'cut' | 'down' | 'gone';
  readonly duplicate?: boolean;
  readonly heldUs?: number;
  /** timer: its name. persisted: the token. fault.*, and crashes and pauses by a fault: the fault. */
  readonly timer?: string;
  readonly token?: Value;
  readonly fault?: ActiveFault;
  /** What the handler did, empty where nothing ran. */
  readonly effects: readonly Effect[];
}

/** A remark with where and when it was made. */
export interface NoteView {
  readonly step: number;
  readonly atUs: Micros;
  readonly process: ProcessId;
  readonly host: HostId;
  readonly name: string;
  readonly data: Value;
}

/** All that a finished run offers to checks, metrics and witnesses. */
export interface RunRecord {
  readonly operations: readonly Operation[];
  readonly notes: readonly NoteView[];
  /** The world at the end. */
  readonly end: WorldView;
  readonly endUs: Micros;
  readonly events: number;
  /** Why it ended: its duration was over, nothing was left to do, or the bound on events stopped it. */
  readonly stopped: 'duration' | 'idle' | 'events';
  /** Messages sent, and lost on the way, by type. */
  readonly messages: Readonly<Record<string, { readonly sent: number; readonly lost: number }>>;
  /** Every fault that began, in order. */
  readonly faults: readonly (ActiveFault & { readonly untilUs: number })[];
}
