import type { ProcessId, Snapshot } from './behavior.ts';
import type { ActiveFault } from './faults.ts';
import type { ClockShift, HostRecord, ProcessRecord } from './host.ts';
import type { Sampler } from './latency.ts';
import type { Channel } from './network.ts';
import type { Pending, Ringing } from './queue.ts';
import type { Micros } from './time.ts';
import type { HostStatus } from './view.ts';
import type { World } from './world.ts';

interface SavedHost {
  readonly status: HostStatus;
  readonly life: number;
  readonly clockShifts: readonly ClockShift[];
  readonly diskExtra: readonly Sampler[];
  readonly held: Pending[];
}

interface SavedProcess {
  readonly record: ProcessRecord;
  readonly snapshot: Snapshot;
  readonly disk: unknown;
  readonly diskStep: number;
  readonly lastPersistUs: number;
  readonly ringing: readonly Ringing[];
}

/** A world at one moment. Snapshots, messages and events are immutable and shared; only tables of references are copied. */
export interface Checkpoint {
  readonly step: number;
  readonly nowUs: Micros;
  readonly orders: number;
  readonly consequences: number;
  readonly tickets: number;
  readonly waiting: readonly number[];
  readonly backups: ReadonlyMap<number, ReadonlyMap<ProcessId, unknown>>;
  readonly active: readonly ActiveFault[];
  readonly queue: readonly Pending[];
  readonly streams: Uint32Array;
  readonly network: readonly (readonly [Channel, number])[];
  readonly hosts: readonly SavedHost[];
  readonly processes: readonly SavedProcess[];
  readonly slots: number;
}

export function takeCheckpoint(world: World): Checkpoint {
  return {
    step: world.step,
    nowUs: world.nowUs,
    orders: world.orders,
    consequences: world.consequences,
    tickets: world.tickets,
    waiting: world.waiting,
    backups: world.backups,
    active: world.field.active,
    queue: world.queue.items.filter((pending) => !world.isVoid(pending)).sort(byTurn),
    streams: world.streams.checkpoint(),
    network: world.network.checkpoint(),
    hosts: world.hosts.map(({ status, life, clockShifts, diskExtra, held }) => ({
      status,
      life,
      clockShifts,
      diskExtra,
      held,
    })),
    processes: [...world.processes.values()].map((record) => ({
      record,
      snapshot: record.snapshot,
      disk: record.disk,
      diskStep: record.diskStep,
      lastPersistUs: record.lastPersistUs,
      ringing: record.ringing,
    })),
    slots: world.slots.length,
  };
}

/** In order of (time, order) a list is a heap. */
function byTurn(a: Pending, b: Pending): number {
  return a.atUs - b.atUs || a.order - b.order;
}

/** Puts a world back to a checkpoint of its own. */
export function restoreCheckpoint(world: World, saved: Checkpoint): void {
  world.step = saved.step;
  world.nowUs = saved.nowUs;
  world.orders = saved.orders;
  world.consequences = saved.consequences;
  world.tickets = saved.tickets;
  world.waiting = saved.waiting;
  world.backups = saved.backups;
  world.field.active = saved.active;
  world.queue.restore(saved.queue);
  world.streams.restore(saved.streams);
  world.network.restore(saved.network);
  for (const [index, host] of saved.hosts.entries()) Object.assign(world.hosts[index] as HostRecord, host);
  world.endAll(saved.slots);
  for (const { record, ...rest } of saved.processes) {
    Object.assign(record, rest);
    world.enrol(record);
  }
}
