import {
  type Behavior,
  type Effect,
  type Environment,
  type HostId,
  NO_EFFECTS,
  type Output,
  type ProcessEvent,
  type ProcessId,
} from './behavior.ts';
import { applyEffects } from './effects.ts';
import { FaultField } from './fault-field.ts';
import { beginFault, endFault, syncHost, watchPredicates } from './fault-script.ts';
import type { Fault } from './faults.ts';
import { HostRecord, ProcessRecord } from './host.ts';
import { invariant, unreachable } from './invariant.ts';
import { compileLatency, type Latency } from './latency.ts';
import { type LinkSpec, Network } from './network.ts';
import { type Flying, type Pending, Queue, type Ringing, type Turning, type Writing } from './queue.ts';
import { Streams } from './random.ts';
import type { Recorder } from './recorder.ts';
import { Pins, type Schedule } from './schedule.ts';
import type { Micros, Seed } from './time.ts';
import type { Value } from './value.ts';
import type { StepKind, StepView, WorldView } from './view.ts';
import { makeView } from './world-view.ts';

/** Everything that a run is a function of, besides the engine itself. */
export interface WorldSetup {
  readonly seed: Seed;
  readonly hosts: readonly { readonly id: HostId; readonly disk: Latency }[];
  readonly processes: readonly {
    readonly id: ProcessId;
    readonly role: string;
    readonly host: HostId;
    readonly input: Value;
  }[];
  readonly behaviors: Readonly<Record<string, Behavior>>;
  readonly faults: readonly Fault[];
  /** Choices taken from chance. */
  readonly schedule?: Schedule;
  link(from: HostId, to: HostId, messageType: string): LinkSpec;
  /** Hosts that a role names now; undefined when the model knows no such role. */
  readonly targets: Readonly<Record<string, (world: WorldView) => readonly HostId[]>>;
  readonly predicates: Readonly<Record<string, (world: WorldView, step: StepView) => boolean>>;
}

/** Orders at one instant: the script's faults, then what they do to hosts, then everything else. */
const ORDER_CONSEQUENCE = 1_000_000;
const ORDER_ORDINARY = 1_000_000_000;

/** A queue shorter than this is not searched for void timers. */
const CROWDED = 64;

const STARTED: ProcessEvent = { type: 'process.started' };
const RESTARTED: ProcessEvent = { type: 'process.restarted' };

/**
 * A running world: one event after the other, in virtual time. It changes in place; `checkpoint.ts` saves and restores it. What a run
 * leaves behind (trace, digest, history) is kept by a recorder, so that a replay can go without.
 */
export class World {
  nowUs = 0 as Micros;
  /** Steps executed so far. */
  step = 0;
  readonly hosts: readonly HostRecord[];
  readonly processes = new Map<ProcessId, ProcessRecord>();
  /** By index; a process that has ended leaves its slot empty. */
  readonly slots: (ProcessRecord | undefined)[] = [];
  readonly queue = new Queue();
  readonly streams: Streams;
  readonly network: Network;
  readonly field: FaultField;
  readonly view: WorldView;
  readonly pins: Pins | undefined;
  /** Faults that still wait for their predicate, by index. */
  waiting: readonly number[] = [];
  /** Disks kept for `restore` faults: fault index → process → durable state. */
  backups: ReadonlyMap<number, ReadonlyMap<ProcessId, unknown>> = new Map();
  orders = ORDER_ORDINARY;
  consequences = ORDER_CONSEQUENCE;
  tickets = 1;
  /** The length of the queue at which void timers are taken out: twice what was left the last time, so that a push costs the same on average. */
  crowdedAt = CROWDED;
  /** What the handler of the last step returned; another list for each step, so that whoever keeps it may. */
  effects: readonly Effect[] = NO_EFFECTS;
  /** The processes as a list, until one starts or ends: checks ask for it at many steps. */
  #list: readonly ProcessRecord[] | undefined;
  readonly #output: Output = { effects: NO_EFFECTS };
  readonly #hostsById: ReadonlyMap<HostId, HostRecord>;
  readonly #environment = { self: '', host: '', from: '', clockUs: 0 } as {
    -readonly [Field in keyof Environment]: Environment[Field];
  };

  constructor(
    readonly setup: WorldSetup,
    /** Exchanged by the timeline: a replay must not record again. */
    public recorder: Recorder,
  ) {
    this.streams = new Streams(setup.seed);
    this.pins = setup.schedule === undefined ? undefined : new Pins(setup.schedule);
    const diskUs = this.pins?.diskUs;
    this.hosts = setup.hosts.map(({ id, disk }, index) => {
      const latency = diskUs === undefined ? disk : ({ kind: 'constant', us: diskUs } as const);
      return new HostRecord(index, id, compileLatency(latency), this.streams.stream(`disk/${id}`), this);
    });
    this.#hostsById = new Map(this.hosts.map((host) => [host.id, host]));
    const ids = setup.hosts.map((host) => host.id);
    this.network = new Network(this.streams, ids, setup.link, this.pins);
    this.field = new FaultField(ids);
    this.view = makeView(this);
    for (const { id, role, host, input } of setup.processes) {
      this.spawn({ id, role, host, input, transient: false, cause: -1 });
    }
    for (const [index, fault] of setup.faults.entries()) this.#script(fault, index);
  }

  hostById(id: HostId): HostRecord | undefined {
    return this.#hostsById.get(id);
  }

  /** The time of the next event, or undefined when nothing is left to do. */
  nextUs(): number | undefined {
    return this.queue.firstUs;
  }

  /** Executes the next event. False when it was void (a cancelled timer, an earlier life) and no step was made. */
  advance(): boolean {
    const pending = this.queue.pop();
    invariant(pending !== undefined, 'advance called on an empty queue');
    this.nowUs = pending.atUs as Micros;
    switch (pending.kind) {
      case 'deliver':
        return this.#deliver(pending);
      case 'timer':
        return this.#fire(pending);
      case 'persisted':
        return this.#persisted(pending);
      case 'lose':
        this.#lost(pending);
        return true;
      case 'start':
        return this.#lifecycle(pending, 'started', STARTED);
      case 'restart':
        return this.#lifecycle(pending, 'restarted', RESTARTED);
      case 'fault.begin':
        beginFault(this, pending);
        return true;
      case 'fault.end':
        endFault(this, pending);
        return true;
      case 'backup':
        this.#backUp(pending.target);
        return false;
      case 'host.sync':
        return syncHost(this, pending);
      default:
        return unreachable(pending);
    }
  }

  /** Queues something other than a message, a timer or a write. `consequence`: before everything else of its instant but the script's faults. */
  schedule(kind: Turning['kind'], fields: ScheduledFields, consequence = false): void {
    const { target, cause, life = 0, atUs = this.nowUs } = fields;
    const order = consequence ? this.consequences++ : this.orders++;
    this.queue.push({ kind, atUs, order, cause, target, life });
  }

  /** Puts a process on a host and queues its `process.started`. */
  spawn(options: { id: ProcessId; role: string; host: HostId; input: Value; transient: boolean; cause: number }): void {
    const host = this.#hostsById.get(options.host);
    const behavior = this.setup.behaviors[options.role];
    if (host === undefined || behavior === undefined)
      invariant(false, 'a process of an unknown role or host', { ...options });
    if (this.processes.has(options.id)) invariant(false, 'two processes of one name', { id: options.id });
    const { id, role, input, transient } = options;
    const process = new ProcessRecord(
      this.slots.length,
      id,
      role,
      host,
      behavior,
      input,
      transient,
      behavior.initial(input),
    );
    this.enrol(process);
    this.recorder.named(process.index, id, role, host.index);
    this.schedule('start', { target: process.index, cause: options.cause, life: host.life });
  }

  /** Takes timers that will never ring out of the queue. Most timers are cancelled long before they are due. */
  forgetVoid(): void {
    this.queue.keep((pending) => !this.isVoid(pending));
    this.crowdedAt = Math.max(CROWDED, 2 * this.queue.size);
  }

  /** A timer that was reset or cancelled, or that a crash or an end took with it. */
  isVoid(pending: Pending): boolean {
    if (pending.kind !== 'timer') return false;
    const process = this.slots[pending.target];
    return process === undefined || process.timer(pending.timer)?.ticket !== pending.ticket;
  }

  end(process: ProcessRecord): void {
    this.slots[process.index] = undefined;
    this.processes.delete(process.id);
    this.#list = undefined;
  }

  /** Ends all processes at once, before those of another moment are enrolled, who have the places up to `slots`. */
  endAll(slots: number): void {
    this.processes.clear();
    this.slots.length = 0;
    this.slots.length = slots;
    this.#list = undefined;
  }

  /** Makes a process one of those that live. */
  enrol(process: ProcessRecord): void {
    this.slots[process.index] = process;
    this.processes.set(process.id, process);
    this.#list = undefined;
  }

  /** All processes that live, in the order in which they started. The list stays as it is when others start or end. */
  living(): readonly ProcessRecord[] {
    this.#list ??= [...this.processes.values()];
    return this.#list;
  }

  /** Makes a step that runs no handler. */
  remark(kind: StepKind, host: HostRecord | undefined, cause: number, pending: Pending | undefined): void {
    this.effects = NO_EFFECTS;
    this.#finish(kind, undefined, host, cause, pending);
  }

  #lost(pending: Flying): void {
    this.remark('lost', this.hosts[pending.target], pending.cause, pending);
  }

  #script(fault: Fault, index: number): void {
    if (fault.action.do === 'restore' && fault.action.backupAtUs > 0) {
      this.queue.push(scripted('backup', fault.action.backupAtUs, index));
    }
    if ('atUs' in fault.when) {
      this.queue.push(scripted('fault.begin', fault.when.atUs, index));
    } else {
      this.waiting = [...this.waiting, index];
    }
  }

  #backUp(fault: number): void {
    const disks = new Map([...this.processes.values()].map((process) => [process.id, process.disk] as const));
    this.backups = new Map([...this.backups, [fault, disks]]);
  }

  #deliver(pending: Flying): boolean {
    const host = this.hosts[pending.target]!;
    if (host.status === 'paused') return this.#hold(host, pending);
    const process = (pending.slot < 0 ? undefined : this.slots[pending.slot]) ?? this.processes.get(pending.to);
    if (host.status === 'down') this.#lost({ ...pending, lostTo: 'down' });
    else if (pending.from !== pending.target && this.field.blocked(pending.from, pending.target))
      this.#lost({ ...pending, lostTo: 'cut' });
    else if (process === undefined) this.#lost({ ...pending, lostTo: 'gone' });
    else this.#react(process, pending.message, pending.sender, 'deliver', pending);
    return true;
  }

  #fire(pending: Ringing): boolean {
    const process = this.#living(pending);
    if (process === undefined) return false;
    const timer = process.timer(pending.timer);
    if (timer === undefined || timer.ticket !== pending.ticket) return false;
    if (process.hostRecord.status === 'paused') return this.#hold(process.hostRecord, pending);
    process.dropTimer(pending.timer);
    this.#react(process, timerEvent(pending.timer), '', 'timer', pending);
    return true;
  }

  #persisted(pending: Writing): boolean {
    const process = this.#living(pending);
    if (process === undefined) return false;
    // The disk does not pause with the host: the write is done, only the process learns of it late.
    if (pending.durable !== undefined) {
      process.disk = pending.durable;
      process.diskStep = this.step;
    }
    if (process.hostRecord.status === 'paused')
      return this.#hold(process.hostRecord, { ...pending, durable: undefined });
    this.#react(process, { type: 'disk.persisted', token: pending.token }, '', 'persisted', pending);
    return true;
  }

  #lifecycle(pending: Turning, kind: 'started' | 'restarted', event: ProcessEvent): boolean {
    const process = this.#living(pending);
    if (process === undefined) return false;
    if (process.hostRecord.status === 'paused') return this.#hold(process.hostRecord, pending);
    this.#react(process, event, '', kind, pending);
    return true;
  }

  /** The process that an event is for, unless it ended or its host crashed since. */
  #living(pending: Ringing | Writing | Turning): ProcessRecord | undefined {
    const process = this.slots[pending.target];
    return process !== undefined && process.hostRecord.life === pending.life ? process : undefined;
  }

  #hold(host: HostRecord, pending: Pending): boolean {
    host.held = [...host.held, pending];
    return false;
  }

  #react(process: ProcessRecord, event: ProcessEvent, from: ProcessId, kind: StepKind, pending: Pending): void {
    const host = process.hostRecord;
    const environment = this.#environment;
    environment.self = process.id;
    environment.host = host.id;
    environment.from = from;
    environment.clockUs = host.clockShifts.length === 0 ? this.nowUs : host.clockUs;
    const output = this.#output;
    output.effects = NO_EFFECTS;
    process.snapshot = process.behavior.react(process.snapshot, event, environment, output);
    const { effects } = output;
    this.effects = effects;
    if (effects.length > 0) applyEffects(this, process, effects);
    if (process.snapshot.done) this.end(process);
    this.#finish(kind, process, host, pending.cause, pending);
  }

  #finish(
    kind: StepKind,
    process: ProcessRecord | undefined,
    host: HostRecord | undefined,
    cause: number,
    pending: Pending | undefined,
  ): void {
    this.step++;
    this.recorder.step(this, kind, process, host, cause, pending);
    if (this.waiting.length > 0) watchPredicates(this);
  }
}

/** What a queued event needs besides its kind. Now, unless `atUs` says otherwise. */
interface ScheduledFields {
  readonly target: number;
  readonly cause: number;
  readonly life?: number;
  readonly atUs?: number;
}

/** Something that the script itself brings about: before all else at its instant, in the order of the script. */
function scripted(kind: 'backup' | 'fault.begin', atUs: number, index: number): Turning {
  return { kind, atUs, order: index, cause: -1, target: index, life: 0 };
}

const timerEvents = new Map<string, ProcessEvent>();

function timerEvent(name: string): ProcessEvent {
  const known = timerEvents.get(name);
  if (known !== undefined) return known;
  const event = { type: `timer.${name}` };
  timerEvents.set(name, event);
  return event;
}
