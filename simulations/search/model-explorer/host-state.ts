import type { HostId, Message, ProcessId, Snapshot } from '../../kernel/behavior.ts';
import type { Value } from '../../kernel/value.ts';
import type { Explorable, ExploredProcess } from '../../models/explorable.ts';
import type { Canon } from './canon.ts';

/** A write on its way to a disk. */
export interface PendingWrite {
  readonly token: Value;
  readonly durable: unknown;
}

/** A process at one moment, without times: of a timer only that it is set, of a disk write only that it is not done. */
export interface ProcessState {
  readonly id: ProcessId;
  readonly role: string;
  /** Started by an effect: ends with a crash. */
  readonly transient: boolean;
  readonly input: Value;
  readonly snapshot: Snapshot;
  readonly disk: unknown;
  /** Names of the timers that are set, sorted. */
  readonly timers: readonly string[];
  /** Oldest first. */
  readonly writes: readonly PendingWrite[];
}

/** A host and its processes: those from the start in the order of the topology, then the others by name. */
export interface HostState {
  readonly id: HostId;
  readonly up: boolean;
  readonly processes: readonly ProcessState[];
}

/** A message as one process sends it to another. */
export interface Letter {
  readonly from: ProcessId;
  readonly to: ProcessId;
  readonly message: Message;
}

/** A process's context without what nothing looks at any more; undefined: all of it counts. */
export type Settled = Explorable<never, never>['settled'];

/** A process as a model is asked about it. */
export function exploredOf({ id, role, snapshot: { state, context }, disk }: ProcessState): ExploredProcess {
  return { id, role, state, context, disk };
}

/** The text that names a host's state: the same exactly for states from which the same can happen. */
export function keyOfHost({ id, up, processes }: HostState, canon: Canon, settled: Settled): string {
  const parts = processes.map((process) => keyOfProcess(process, canon, settled));
  return `${id} ${up ? 'up' : 'down'} ${parts.join(' ')}`;
}

function keyOfProcess(process: ProcessState, canon: Canon, settled: Settled): string {
  const { id, snapshot, disk, timers, writes } = process;
  const pending = writes.map(({ token, durable }) => `${canon.idOf(token)}>${canon.idOf(durable)}`);
  const context = settled === undefined ? snapshot.context : settled(exploredOf(process));
  return `${id}:${snapshot.state}:${canon.idOf(context)}:${canon.idOf(disk)}:${timers.join()}:${pending.join()}`;
}
