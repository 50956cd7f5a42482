import type { Delay, Effect, ProcessId } from './behavior.ts';
import type { HostRecord, ProcessRecord } from './host.ts';
import { invariant, unreachable } from './invariant.ts';
import type { Flying, Ringing, Writing } from './queue.ts';
import { small } from './time.ts';
import type { World } from './world.ts';

/** Carries out what a handler returned, in order. The step under way is `world.step`. */
export function applyEffects(world: World, process: ProcessRecord, effects: readonly Effect[]): void {
  for (let at = 0; at < effects.length; at++) {
    const effect = effects[at]!;
    switch (effect.type) {
      case 'send':
        send(world, process, effect);
        break;
      case 'timer.set':
        setTimer(world, process, effect.name, effect.delayUs);
        break;
      case 'timer.cancel':
        process.dropTimer(effect.name);
        break;
      case 'disk.persist':
        persist(world, process, effect);
        break;
      case 'process.start':
        world.spawn({
          id: `${process.hostRecord.id}/${effect.name}`,
          role: effect.role,
          host: process.hostRecord.id,
          input: effect.input,
          transient: true,
          cause: world.step,
        });
        break;
      case 'client.invoke':
      case 'client.complete':
      case 'note':
        world.recorder.effect(world, process, effect);
        break;
      default:
        unreachable(effect);
    }
  }
}

function send(world: World, process: ProcessRecord, effect: Extract<Effect, { type: 'send' }>): void {
  const from = process.hostRecord;
  const receiver = world.processes.get(effect.to);
  const to = receiver === undefined ? hostOf(world, effect.to) : receiver.hostRecord;
  const slot = receiver === undefined ? -1 : receiver.index;
  // Messages have many shapes, so that each look at a field of any of them is a search.
  const { type } = effect.message;
  world.recorder.sent(type);
  if (from === to) {
    fly(world, process, effect, { to, slot, atUs: world.nowUs, heldUs: 0, duplicate: false, lostTo: undefined });
    return;
  }
  const passage = world.network.pass(from.index, to.index, type, world.field.onLink(from.index, to.index));
  const { delayUs, heldUs, duplicateDelayUs } = passage;
  const lostTo = world.field.blocked(from.index, to.index) ? 'cut' : passage.lost ? 'chance' : undefined;
  // What a cut stops is lost half way: where the seam is drawn.
  const leaveUs = world.nowUs + (lostTo === 'cut' ? delayUs >> 1 : delayUs);
  const atUs = lostTo === undefined ? world.network.arrival(leaveUs) : leaveUs;
  fly(world, process, effect, { to, slot, atUs, heldUs, duplicate: false, lostTo });
  if (duplicateDelayUs < 0 || lostTo === 'cut') return;
  fly(world, process, effect, {
    to,
    slot,
    atUs: world.nowUs + duplicateDelayUs,
    heldUs,
    duplicate: true,
    lostTo: undefined,
  });
}

/** The host of a process that has ended or not started: started processes carry it in their name. */
function hostOf(world: World, id: ProcessId): HostRecord {
  const slash = id.indexOf('/');
  const host = world.hostById(slash < 0 ? id : id.slice(0, slash));
  invariant(host !== undefined, 'a message to a process that no host could have', { to: id });
  return host;
}

/** How one copy of a message travels. */
interface Flight {
  readonly to: HostRecord;
  readonly slot: number;
  readonly atUs: number;
  readonly heldUs: number;
  readonly duplicate: boolean;
  readonly lostTo: 'chance' | 'cut' | undefined;
}

function fly(world: World, process: ProcessRecord, effect: Extract<Effect, { type: 'send' }>, flight: Flight): void {
  const { lostTo } = flight;
  const pending: Flying = {
    kind: lostTo === undefined ? 'deliver' : 'lose',
    atUs: small(flight.atUs),
    order: world.orders++,
    cause: world.step,
    from: process.hostRecord.index,
    target: flight.to.index,
    slot: flight.slot,
    sender: process.id,
    to: effect.to,
    message: effect.message,
    sentUs: world.nowUs,
    heldUs: flight.heldUs,
    duplicate: flight.duplicate,
    lostTo,
  };
  world.queue.push(pending);
}

function setTimer(world: World, process: ProcessRecord, name: string, delay: Delay): void {
  const host = process.hostRecord;
  const localUs = pinnedTimer(world, process, name) ?? drawnDelay(world, process, name, delay);
  const delayUs = host.clockShifts.length === 0 ? localUs : host.trueDelay(localUs);
  const pending: Ringing = {
    kind: 'timer',
    atUs: small(world.nowUs + delayUs),
    order: world.orders++,
    cause: world.step,
    target: process.index,
    life: host.life,
    timer: name,
    ticket: world.tickets++,
  };
  process.setTimer(pending);
  world.queue.push(pending);
  if (world.queue.size >= world.crowdedAt) world.forgetVoid();
}

function drawnDelay(world: World, process: ProcessRecord, name: string, delay: Delay): number {
  if (typeof delay === 'number') return delay;
  return world.streams.integer(timerStream(world, process, name), delay[0], delay[1]);
}

/** Remembered, since some protocols draw a timeout for each message, and finding a stream means putting its name together. */
function timerStream({ streams }: World, process: ProcessRecord, name: string): number {
  const { timerStreams } = process;
  for (let at = 0; at < timerStreams.length; at++)
    if (timerStreams[at]!.timer === name) return timerStreams[at]!.stream;
  const stream = streams.stream(`timer/${process.id}/${name}`);
  process.timerStreams = [...timerStreams, { timer: name, stream }];
  return stream;
}

/** What a schedule says of this setting of the timer. Settings are counted on a stream of their own, so that a checkpoint keeps the count. */
function pinnedTimer(world: World, process: ProcessRecord, name: string): number | undefined {
  const { pins, streams } = world;
  if (pins === undefined || !pins.hasTimers) return undefined;
  return pins.timer(process.id, name, streams.reserve(streams.stream(`pin/${process.id}/${name}`), 1) + 1);
}

function persist(world: World, process: ProcessRecord, effect: Extract<Effect, { type: 'disk.persist' }>): void {
  const host = process.hostRecord;
  const { streams } = world;
  const at = streams.reserve(host.diskStream, 2);
  const pinnedUs = world.pins?.disk(host.id, at / 2 + 1);
  let latencyUs = pinnedUs ?? host.disk(streams.at(host.diskStream, at), streams.at(host.diskStream, at + 1));
  if (pinnedUs === undefined) {
    for (const extra of host.diskExtra)
      latencyUs += extra(streams.at(host.diskStream, at), streams.at(host.diskStream, at + 1));
  }
  const atUs = small(Math.max(world.nowUs + latencyUs, process.lastPersistUs));
  process.lastPersistUs = atUs;
  const pending: Writing = {
    kind: 'persisted',
    atUs,
    order: world.orders++,
    cause: world.step,
    target: process.index,
    life: host.life,
    token: effect.token,
    durable: process.snapshot.context.durable,
  };
  world.queue.push(pending);
}
