import { type HostId, NO_EFFECTS, type ProcessEvent } from './behavior.ts';
import { resolveSides } from './fault-field.ts';
import type { ActiveFault, Fault, Target } from './faults.ts';
import { type HostRecord, NO_TIMERS, type ProcessRecord } from './host.ts';
import { invariant } from './invariant.ts';
import type { Pending } from './queue.ts';
import type { World } from './world.ts';

const CRASHED: ProcessEvent = { type: 'process.crashed' };

/** Puts a fault into force: resolves its roles, derives what it blocks, and queues what it does to hosts. */
export function beginFault(world: World, pending: Pending): void {
  const fault = world.setup.faults[pending.target]!;
  const sides = resolveSides(fault, (target) => resolve(world, target));
  const active: ActiveFault = { fault, sinceUs: world.nowUs, sides };
  world.field.active = [...world.field.active, active];
  if (fault.forUs !== undefined) {
    world.schedule('fault.end', { atUs: world.nowUs + fault.forUs, target: pending.target, cause: world.step }, true);
  }
  if (fault.action.do === 'restore') restoreDisks(world, fault, sides[0] ?? []);
  const cause = world.step;
  world.recorder.fault(active);
  world.remark('fault.begin', onlyHost(world, active), pending.cause, pending);
  syncHosts(world, sides, cause);
}

/** Takes a fault out of force. */
export function endFault(world: World, pending: Pending): void {
  const fault = world.setup.faults[pending.target]!;
  const active = world.field.active.find((candidate) => candidate.fault === fault);
  invariant(active !== undefined, 'a fault ended that never began', { fault: fault.id });
  const cause = world.step;
  world.recorder.faultEnded(active, world.nowUs);
  world.remark('fault.end', onlyHost(world, active), pending.cause, pending);
  world.field.active = world.field.active.filter((candidate) => candidate !== active);
  syncHosts(world, active.sides, cause);
}

/** Brings a host into the state that the faults in force ask for. One step at most; false when there was nothing to do. */
export function syncHost(world: World, pending: Pending): boolean {
  const host = world.hosts[pending.target]!;
  const wanted = world.field.onHost(host.id);
  host.clockShifts = wanted.clockShifts;
  host.diskExtra = wanted.diskExtra;
  if (wanted.down !== (host.status === 'down')) {
    if (wanted.down) crash(world, host, pending);
    else restart(world, host, pending);
    return wanted.down;
  }
  if (host.status !== 'down' && wanted.paused !== (host.status === 'paused')) {
    host.status = wanted.paused ? 'paused' : 'up';
    if (!wanted.paused) requeue(world, host);
    world.remark(wanted.paused ? 'paused' : 'resumed', host, pending.cause, pending);
    return true;
  }
  return false;
}

/** Begins the faults whose predicate has just held for the first time. Called after each step while any waits. */
export function watchPredicates(world: World): void {
  const step = world.recorder.lastStep();
  if (step === undefined) return;
  for (const index of world.waiting) {
    const { when } = world.setup.faults[index]!;
    invariant('predicate' in when, 'only faults with a predicate wait');
    const predicate = world.setup.predicates[when.predicate];
    invariant(predicate !== undefined, 'a fault waits for a predicate that the model lacks', {
      predicate: when.predicate,
    });
    if (!predicate(world.view, step)) continue;
    world.waiting = world.waiting.filter((other) => other !== index);
    world.schedule('fault.begin', { atUs: world.nowUs + when.afterUs, target: index, cause: world.step - 1 }, true);
  }
}

function resolve(world: World, target: Target): readonly HostId[] {
  if (target === '*') return world.hosts.map((host) => host.id);
  if (world.hostById(target) !== undefined) return [target];
  const role = world.setup.targets[target];
  invariant(role !== undefined, 'a fault aims at a host or role that does not exist', { target });
  return role(world.view);
}

function syncHosts(world: World, sides: readonly (readonly HostId[])[], cause: number): void {
  for (const id of new Set(sides.flat())) {
    world.schedule('host.sync', { target: world.hostById(id)!.index, cause }, true);
  }
}

function crash(world: World, host: HostRecord, pending: Pending): void {
  host.status = 'down';
  host.life++;
  requeue(world, host);
  for (const process of [...world.processes.values()]) {
    if (process.hostRecord !== host) continue;
    process.ringing = NO_TIMERS;
    // What was on its way to the disk is gone, and holds nothing up.
    process.lastPersistUs = 0;
    if (process.transient) {
      world.end(process);
      continue;
    }
    recover(process);
  }
  world.remark('crashed', host, pending.cause, pending);
}

/** Puts back the disks that a restore fault names: the backup, or nothing. The hosts are down from this moment on. */
function restoreDisks(world: World, fault: Fault, hosts: readonly HostId[]): void {
  const backup = world.backups.get(world.setup.faults.indexOf(fault));
  for (const process of world.processes.values()) {
    if (process.transient || !hosts.includes(process.host)) continue;
    const empty = process.behavior.initial(process.input).context.durable;
    process.disk = backup?.has(process.id) ? backup.get(process.id) : empty;
    process.diskStep = world.step;
    if (process.hostRecord.status === 'down') recover(process);
  }
}

/** Starts a process anew from its disk, as a host that is down. */
function recover(process: ProcessRecord): void {
  const host = process.hostRecord;
  const recovered = process.behavior.recover(process.input, process.disk);
  const environment = { self: process.id, host: host.id, from: '', clockUs: host.clockUs };
  const output = { effects: NO_EFFECTS };
  process.snapshot = process.behavior.react(recovered, CRASHED, environment, output);
  invariant(output.effects.length === 0, 'a crashed process cannot act', { process: process.id });
}

function restart(world: World, host: HostRecord, pending: Pending): void {
  host.status = 'up';
  for (const process of world.processes.values()) {
    if (process.hostRecord !== host) continue;
    world.schedule('restart', { target: process.index, cause: pending.cause, life: host.life }, true);
  }
}

/** What arrived during a pause happens now, in order. */
function requeue(world: World, host: HostRecord): void {
  const { held } = host;
  host.held = [];
  for (const pending of held) world.queue.push({ ...pending, atUs: world.nowUs, order: world.orders++ });
}

function onlyHost(world: World, active: ActiveFault): HostRecord | undefined {
  const [side] = active.sides;
  return active.sides.length === 1 && side?.length === 1 ? world.hostById(side[0]!) : undefined;
}

/** Lists what a fault names that a world lacks; empty when every target and predicate exists. */
export function unknownNames(
  fault: Fault,
  known: {
    readonly hosts: readonly string[];
    readonly targets: readonly string[];
    readonly predicates: readonly string[];
  },
): readonly { readonly field: 'target' | 'predicate'; readonly name: string }[] {
  const names: { field: 'target' | 'predicate'; name: string }[] = [];
  resolveSides(fault, (target) => {
    if (target !== '*' && !known.hosts.includes(target) && !known.targets.includes(target)) {
      names.push({ field: 'target', name: target });
    }
    return [];
  });
  if ('predicate' in fault.when && !known.predicates.includes(fault.when.predicate)) {
    names.push({ field: 'predicate', name: fault.when.predicate });
  }
  return names;
}
