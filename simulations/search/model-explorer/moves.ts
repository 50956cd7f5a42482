import type { Explorable, ExploreBudgets } from '../../models/explorable.ts';
import { type Action, costOf } from './action.ts';
import type { HostState } from './host-state.ts';
import type { Parcel } from './network.ts';
import { clockOf, type Layout, layoutOf, left, packBudgets, packClock, type State, spend } from './state.ts';
import type { Outcome, Tables } from './tables.ts';

/** What can happen on a host by itself. */
interface Local {
  /** Disk writes that end, and the workload's timers. */
  readonly free: readonly Action[];
  /** All other timers. */
  readonly timers: readonly Action[];
  /** The crash of a host that is up, the restart of one that is down. */
  readonly crash: Action | undefined;
  readonly restart: Action | undefined;
}

/** What can happen to a parcel. */
interface Arrival {
  readonly deliver: Action;
  /** Undefined for second arrivals. */
  readonly double: Action | undefined;
  readonly lose: Action | undefined;
}

/** The steps of a model in a state, and where they lead. */
export class Moves {
  readonly layout: Layout;
  readonly tables: Tables;
  readonly #budgets: ExploreBudgets;
  readonly #workloadTimers: Readonly<Record<string, readonly string[]>>;
  readonly #prompt: ReadonlySet<string>;
  readonly #silent: Explorable<never, never>['silent'];
  readonly prologue: Explorable<never, never>['prologue'];
  readonly #begun: boolean[] = [];
  readonly #locals: Local[] = [];
  readonly #arrivals: Arrival[] = [];

  constructor(
    tables: Tables,
    options: {
      readonly budgets: ExploreBudgets;
      readonly workloadTimers: Readonly<Record<string, readonly string[]>>;
      readonly prompt?: readonly string[];
      readonly prologue?: Explorable<never, never>['prologue'];
      readonly silent?: Explorable<never, never>['silent'];
    },
  ) {
    this.tables = tables;
    this.layout = layoutOf(tables.setting.topology.hosts.length);
    this.#budgets = options.budgets;
    this.#workloadTimers = options.workloadTimers;
    this.#prompt = new Set(options.prompt);
    this.#silent = options.silent;
    this.prologue = options.prologue;
  }

  /** Every process has started, and nothing else has happened. */
  start(): { readonly state: number[]; readonly outcomes: readonly Outcome[] } {
    const { tables } = this;
    const { hosts, processes } = tables.setting.topology;
    const outcomes = hosts.map(({ id }) => {
      const own = processes.filter(({ host }) => host === id);
      const initial = own.map(({ id: process, role, input }) => {
        const snapshot = tables.setting.behaviors[role]!.initial(input);
        const { durable: disk } = snapshot.context;
        return { id: process, role, transient: false, input, snapshot, disk, timers: [], writes: [] };
      });
      return tables.started(tables.hostId({ id, up: true, processes: initial }));
    });
    const words = [...outcomes.map(({ host }) => host), 0, 0, 0, packBudgets(this.#budgets), packClock(0, 0)];
    for (const outcome of outcomes) this.#settle(words, outcome, -1, false);
    return { state: words, outcomes };
  }

  /** Every step that is possible, in an order that never changes: messages, then hosts, then what costs a budget. Before the start of what is explored: the first of them. */
  actions(state: State): readonly Action[] {
    const all = this.#possible(state);
    if (this.#hasBegun(state)) return all;
    const first = all.find((action) => this.prologue!.works || action.kind !== 'timer' || !action.free);
    return first === undefined ? [] : [first];
  }

  #hasBegun(state: State): boolean {
    const { prologue } = this;
    if (prologue === undefined) return true;
    const notes = state[this.layout.notes]!;
    this.#begun[notes] ??= this.tables.notes.at(notes).some(({ name }) => name === prologue.until);
    return this.#begun[notes];
  }

  #possible(state: State): readonly Action[] {
    const { layout, tables } = this;
    const budgets = state[layout.budgets]!;
    const actions: Action[] = [];
    const parcels = tables.deliverable(state[layout.network]!);
    const prompt = parcels.filter((parcel) => this.#prompt.has(tables.parcels.at(parcel).message.type));
    if (prompt.length > 0) return prompt.map((parcel) => this.#arrival(parcel).deliver);
    for (const parcel of parcels) actions.push(this.#arrival(parcel).deliver);
    for (let at = 0; at < layout.hosts; at++) {
      const { free, restart } = this.#local(at, state[at]!);
      for (const action of free) actions.push(action);
      if (restart !== undefined) actions.push(restart);
    }
    if (budgets === 0) return actions;
    const [losses, doubles] = [left(budgets, 'losses') > 0, left(budgets, 'duplicates') > 0];
    for (const parcel of parcels) {
      const { lose, double } = this.#arrival(parcel);
      // A host that is down loses a message anyway, for nothing.
      if (!tables.hosts.at(state[tables.parcels.at(parcel).toHost]!).up) continue;
      if (losses && lose !== undefined) actions.push(lose);
      if (doubles && double !== undefined) actions.push(double);
    }
    for (let at = 0; at < layout.hosts; at++) {
      const { timers, crash } = this.#local(at, state[at]!);
      if (left(budgets, 'timers') > 0) for (const action of timers) actions.push(action);
      if (crash !== undefined && left(budgets, 'crashes') > 0) actions.push(crash);
    }
    return actions;
  }

  /** What a step comes to on the host where it happens, or for which the message was. */
  outcome(state: State, action: Action): Outcome {
    const clock = clockOf(state[this.layout.clock]!);
    const host = state[action.host]!;
    if (action.kind === 'deliver') return this.tables.deliver(host, action.parcel, clock);
    if (action.kind === 'lose') return this.tables.lose(host, action.parcel);
    return this.tables.happen(host, action.event, clock);
  }

  /** The state after a step with that outcome. */
  next(state: State, action: Action, outcome: Outcome): number[] {
    const { layout } = this;
    const words = state.slice();
    const cost = costOf(action);
    if (cost !== undefined) words[layout.budgets] = spend(words[layout.budgets]!, cost);
    words[action.host] = outcome.host;
    if (outcome.stamped) words[layout.clock] = words[layout.clock]! + 1;
    const isMessage = action.kind === 'deliver' || action.kind === 'lose';
    this.#settle(words, outcome, isMessage ? action.parcel : -1, action.kind === 'deliver' && action.keepsCopy);
    words[layout.network] = this.tables.networkHeeded(words[layout.network]!, words);
    return words;
  }

  /** Whether nothing is left to do: no message, no disk write, no timer, and every host is up. */
  isOver(state: State): boolean {
    const { layout, tables } = this;
    if (tables.networks.at(state[layout.network]!).length > 0) return false;
    for (let at = 0; at < layout.hosts; at++) {
      const { free, timers, restart } = this.#local(at, state[at]!);
      if (free.length > 0 || timers.length > 0 || restart !== undefined) return false;
    }
    return true;
  }

  /** Whether the receiver of a message exists, so that the message is worth keeping. */
  isLive(state: State, { to, toHost }: Parcel): boolean {
    return this.tables.live(state[toHost]!).has(to);
  }

  /** Whether a message is kept until it arrives. */
  isWanted(state: State, parcel: number): boolean {
    const { tables } = this;
    const at = tables.parcels.at(parcel);
    return (!tables.setting.forgets || this.isLive(state, at)) && tables.isHeeded(state[at.toHost]!, parcel);
  }

  /** Puts what a host sent, ended and reported into network, history and notes. */
  #settle(words: number[], outcome: Outcome, taken: number, keepsCopy: boolean): void {
    const { layout, tables } = this;
    const { sent, ended, moments, noted } = outcome;
    let { emission } = outcome;
    if (tables.setting.forgets && sent.length > 0) {
      const live = sent.filter((parcel) => this.isLive(words, tables.parcels.at(parcel)));
      if (live.length < sent.length) emission = tables.emissionId(live, ended);
    }
    words[layout.network] = tables.networkAfter(words[layout.network]!, taken, keepsCopy, emission);
    words[layout.history] = tables.historyAfter(words[layout.history]!, moments);
    words[layout.notes] = tables.notesAfter(words[layout.notes]!, noted);
  }

  #arrival(parcel: number): Arrival {
    this.#arrivals[parcel] ??= this.#arrivalOf(parcel);
    return this.#arrivals[parcel];
  }

  #arrivalOf(parcel: number): Arrival {
    const { toHost: host, copy } = this.tables.parcels.at(parcel);
    return {
      deliver: { kind: 'deliver', host, parcel, keepsCopy: false },
      double: copy ? undefined : { kind: 'deliver', host, parcel, keepsCopy: true },
      lose: copy ? undefined : { kind: 'lose', host, parcel },
    };
  }

  #local(host: number, part: number): Local {
    this.#locals[part] ??= this.#localOf(host, this.tables.hosts.at(part));
    return this.#locals[part];
  }

  #localOf(host: number, { id, up, processes }: HostState): Local {
    const { tables } = this;
    const free: Action[] = [];
    const timers: Action[] = [];
    for (const { id: process, role, timers: set, writes } of processes) {
      if (writes.length > 0)
        free.push({ kind: 'persisted', host, process, event: tables.eventId({ type: 'persisted', process }) });
      for (const timer of set) {
        if (this.#silent?.({ id: process, role }, timer) === true) continue;
        const isFree = this.#workloadTimers[role]?.includes(timer) === true;
        const event = tables.eventId({ type: 'timer', process, timer });
        (isFree ? free : timers).push({ kind: 'timer', host, process, timer, free: isFree, event });
      }
    }
    const crashes = tables.setting.topology.hosts.some((spec) => spec.id === id && spec.shape === 'replica');
    return {
      free,
      timers,
      crash: up && crashes ? { kind: 'crash', host, event: tables.eventId({ type: 'crash' }) } : undefined,
      restart: up ? undefined : { kind: 'restart', host, event: tables.eventId({ type: 'restart' }) },
    };
  }
}
