import type { Behavior, HostId, ProcessId } from '../../kernel/behavior.ts';
import type { LinkSpec } from '../../kernel/network.ts';
import type { Explorable } from '../../models/explorable.ts';
import type { Topology } from '../../models/model.ts';
import { Canon } from './canon.ts';
import { extend, type History, type Moment } from './history.ts';
import { exploredOf, type HostState, keyOfHost, type Letter, type Settled } from './host-state.ts';
import { type HostEvent, type HostOutcome, type SubStep, stepHost } from './host-step.ts';
import { Interner } from './interner.ts';
import { addNotes, type KeptNote, type KeptNotes, keyOfNotes } from './kept-notes.ts';
import { deliverable, forget, type Network, type Parcel, send, take } from './network.ts';

/** What an event on a host comes to, with every part by number. */
export interface Outcome {
  /** The host after it. */
  readonly host: number;
  /** Parcels sent to other hosts, in order. */
  readonly sent: readonly number[];
  /** Processes that are no more. */
  readonly ended: readonly ProcessId[];
  /** Both together. */
  readonly emission: number;
  /** What clients began and learned. */
  readonly moments: number;
  /** The notes among its effects that are kept. */
  readonly noted: number;
  /** Whether the outcome depends on what the clock shows, so that something took its time as a stamp. */
  readonly stamped: boolean;
  readonly steps: readonly SubStep[];
}

/** The world that is explored, without its state. */
export interface Setting {
  readonly topology: Topology;
  readonly behaviors: Readonly<Record<string, Behavior>>;
  readonly unordered: readonly string[];
  readonly settled?: Settled;
  readonly unread: readonly string[];
  readonly keptNotes: Readonly<Record<string, number>>;
  /** Whether messages to processes that have ended are dropped at once. */
  readonly forgets: boolean;
  /** Whether a message is dropped at once, because whoever it is for will do nothing about it. */
  readonly ignores?: Explorable<never, never>['ignores'];
}

/** The number of the emission of a host that sends and ends nothing. */
const NO_EMISSION = 0;

/** Room for numbers of parts in a key: two of them are an exact whole number together with the clock. */
const KEY = 2 ** 22;

/**
 * Every part of every state, kept once, and everything that was ever worked out about parts: what an event does to a host, what a host
 * sends does to a network. Millions of states are made of a few thousand parts, so that a step of the search is a few look-ups.
 */
export class Tables {
  readonly hosts = new Interner<HostState>();
  readonly parcels = new Interner<Parcel>();
  readonly networks = new Interner<Network>();
  readonly histories = new Interner<History>();
  readonly notes = new Interner<KeptNotes>();
  readonly setting: Setting;
  readonly canon: Canon;
  readonly #positions: ReadonlyMap<HostId, number>;
  readonly #homes: ReadonlyMap<ProcessId, HostId>;
  readonly #links = new Map<string, LinkSpec>();
  readonly #events = new Interner<HostEvent>();
  readonly #moments = new Interner<readonly Moment[]>();
  readonly #noted = new Interner<KeptNotes>();
  readonly #emissions = new Interner<{ readonly sent: readonly number[]; readonly ended: readonly ProcessId[] }>();
  readonly #outcomes: Map<number, Outcome>[] = [];
  readonly #moved: Map<number, number>[] = [];
  readonly #extended: Map<number, number>[] = [];
  readonly #kept: Map<number, number>[] = [];
  readonly #deliverable: (readonly number[])[] = [];
  readonly #live: ReadonlySet<ProcessId>[] = [];
  readonly #heeds: boolean[][] = [];

  constructor(setting: Setting) {
    this.setting = setting;
    const { hosts, processes } = setting.topology;
    this.canon = new Canon(setting);
    this.#positions = new Map(hosts.map(({ id }, at) => [id, at]));
    this.#homes = new Map(processes.map(({ id, host }) => [id, host]));
    this.#moments.idOf('', []);
    this.#noted.idOf('', []);
    this.emissionId([], []);
    this.networkId([]);
    this.historyId([]);
    this.notesId([]);
  }

  hostId(host: HostState): number {
    return this.hosts.idOf(keyOfHost(host, this.canon, this.setting.settled), host);
  }

  parcelId(parcel: Parcel): number {
    const { from, to, message, copy } = parcel;
    return this.parcels.idOf(`${from} ${to} ${this.canon.idOf(message)} ${copy}`, parcel);
  }

  networkId(network: Network): number {
    return this.networks.idOf(network.join(), network);
  }

  historyId(history: History): number {
    const parts = history.map(({ client, effect }) => `${client}:${this.canon.idOf(effect)}`);
    return this.histories.idOf(parts.join(' '), history);
  }

  notesId(notes: KeptNotes): number {
    return this.notes.idOf(keyOfNotes(notes), notes);
  }

  /** A note with the text by which equal ones are known. */
  noteOf(host: HostId, process: ProcessId, { name, data }: Pick<KeptNote, 'name' | 'data'>): KeptNote {
    return { host, process, name, data, key: `${name} ${process} ${this.canon.idOf(data)}` };
  }

  /** A message from one host to another, as it is under way. */
  parcelOf(letter: Letter): Parcel {
    const [fromHost, toHost] = [this.#hostOf(letter.from), this.#hostOf(letter.to)];
    const channel = `${fromHost}>${toHost}/${letter.message.type}`;
    const link = this.#links.get(channel) ?? this.setting.topology.link(fromHost, toHost, letter.message.type);
    this.#links.set(channel, link);
    return {
      ...letter,
      fromHost: this.#positions.get(fromHost)!,
      toHost: this.#positions.get(toHost)!,
      copy: false,
      channel: link.fifo ? channel : '',
    };
  }

  /** The second arrival of a parcel; a doubled message keeps to no order. */
  copyOf(parcel: number): number {
    return this.parcelId({ ...this.parcels.at(parcel), copy: true, channel: '' });
  }

  /** The number of something that may happen to a host, other than a delivery. */
  eventId(event: Exclude<HostEvent, { type: 'deliver' | 'lose' }>): number {
    return this.#events.idOf(JSON.stringify(event), event);
  }

  /** What a parcel's arrival at a host comes to; see {@link happen} for the clock. */
  deliver(host: number, parcel: number, clock: number): Outcome {
    return this.#remembered(host, parcel * 4 * KEY + clock, clock, () => ({
      type: 'deliver',
      ...this.parcels.at(parcel),
    }));
  }

  /** A parcel for a host is lost on the way. */
  lose(host: number, parcel: number): Outcome {
    return this.#remembered(host, (parcel * 4 + 2) * KEY, 0, () => ({ type: 'lose', ...this.parcels.at(parcel) }));
  }

  /** What an event comes to on a host, when the clock shows one more than the last stamp that was taken from it. */
  happen(host: number, event: number, clock: number): Outcome {
    return this.#remembered(host, (event * 4 + 1) * KEY + clock, clock, () => this.#events.at(event));
  }

  /** What the start of all its processes does to a host, when the clock shows 0. */
  started(host: number): Outcome {
    return { ...this.#numbered(this.#step(host, { type: 'start' }, 0)), stamped: false };
  }

  /** The number of what a host sends to others, and which of its processes are no more. */
  emissionId(sent: readonly number[], ended: readonly ProcessId[]): number {
    return this.#emissions.idOf(`${sent.join()} ${ended.join()}`, { sent, ended });
  }

  /** The network after a parcel was taken out (-1: none), its copy put in, and a host has sent and ended something. */
  networkAfter(network: number, taken: number, keepsCopy: boolean, emission: number): number {
    if (taken === -1 && emission === NO_EMISSION) return network;
    this.#moved[network] ??= new Map();
    const memory = this.#moved[network];
    const key = ((taken + 1) * 2 + (keepsCopy ? 1 : 0)) * KEY + emission;
    const known = memory.get(key);
    if (known !== undefined) return known;
    const at = (id: number) => this.parcels.at(id);
    const { sent, ended } = this.#emissions.at(emission);
    let moved = this.networks.at(network);
    if (taken !== -1) moved = take(moved, taken);
    if (keepsCopy) moved = send(moved, this.copyOf(taken), at);
    for (const parcel of sent) moved = send(moved, parcel, at);
    const id = this.networkId(this.setting.forgets ? forget(moved, ended, at) : moved);
    memory.set(key, id);
    return id;
  }

  /** The network without the messages that nobody will do anything about, where each host is in the state of that number. */
  networkHeeded(network: number, hosts: readonly number[]): number {
    if (this.setting.ignores === undefined) return network;
    const all = this.networks.at(network);
    const heeded = all.filter((parcel) => this.isHeeded(hosts[this.parcels.at(parcel).toHost]!, parcel));
    return heeded.length === all.length ? network : this.networkId(heeded);
  }

  /** Whether a message to a process on a host in that state may still do something. */
  isHeeded(host: number, parcel: number): boolean {
    if (this.setting.ignores === undefined) return true;
    this.#heeds[host] ??= [];
    const known = this.#heeds[host];
    known[parcel] ??= this.#heedsNow(this.hosts.at(host), this.parcels.at(parcel));
    return known[parcel];
  }

  #heedsNow({ processes }: HostState, letter: Parcel): boolean {
    const receiver = processes.find(({ id }) => id === letter.to);
    return receiver === undefined || !this.setting.ignores!(exploredOf(receiver), letter);
  }

  /** The history after those moments. */
  historyAfter(history: number, moments: number): number {
    if (moments === 0) return history;
    this.#extended[history] ??= new Map();
    const memory = this.#extended[history];
    const known = memory.get(moments);
    if (known !== undefined) return known;
    const id = this.historyId(extend(this.histories.at(history), this.#moments.at(moments)));
    memory.set(moments, id);
    return id;
  }

  /** The kept notes with some more. */
  notesAfter(notes: number, noted: number): number {
    if (noted === 0) return notes;
    this.#kept[notes] ??= new Map();
    const memory = this.#kept[notes];
    const known = memory.get(noted);
    if (known !== undefined) return known;
    const id = this.notesId(addNotes(this.notes.at(notes), this.#noted.at(noted), this.setting.keptNotes));
    memory.set(noted, id);
    return id;
  }

  /** The parcels of a network that may arrive next. */
  deliverable(network: number): readonly number[] {
    this.#deliverable[network] ??= deliverable(this.networks.at(network), (id) => this.parcels.at(id));
    return this.#deliverable[network];
  }

  /** Names of the processes on a host. */
  live(host: number): ReadonlySet<ProcessId> {
    this.#live[host] ??= new Set(this.hosts.at(host).processes.map(({ id }) => id));
    return this.#live[host];
  }

  #remembered(host: number, key: number, clock: number, event: () => HostEvent): Outcome {
    this.#outcomes[host] ??= new Map();
    const memory = this.#outcomes[host];
    const known = memory.get(key);
    if (known !== undefined) return known;
    const now = this.#numbered(this.#step(host, event(), clock + 1));
    const later = this.#numbered(this.#step(host, event(), clock + 2));
    const same = ['host', 'moments', 'noted', 'emission'] as const;
    const stamped = same.some((part) => now[part] !== later[part]);
    const outcome = { ...now, stamped };
    memory.set(key, outcome);
    return outcome;
  }

  #step(host: number, event: HostEvent, clockUs: number): HostOutcome {
    const { behaviors } = this.setting;
    return stepHost(this.hosts.at(host), event, { behaviors, hostOf: (process) => this.#hostOf(process), clockUs });
  }

  #numbered({ host, steps, sent, ended }: HostOutcome): Omit<Outcome, 'stamped'> {
    const moments = steps.flatMap(({ process, effects }) =>
      effects.flatMap((effect): Moment[] =>
        effect.type === 'client.invoke' || effect.type === 'client.complete' ? [{ client: process, effect }] : [],
      ),
    );
    const key = moments.map(({ client, effect }) => `${client}:${this.canon.idOf(effect)}`).join(' ');
    const noted = steps.flatMap(({ process, effects }) =>
      effects.flatMap((effect) =>
        effect.type === 'note' && effect.name in this.setting.keptNotes ? [this.noteOf(host.id, process, effect)] : [],
      ),
    );
    const parcels = sent.map((letter) => this.parcelId(this.parcelOf(letter)));
    return {
      host: this.hostId(host),
      sent: parcels,
      ended,
      emission: this.emissionId(parcels, ended),
      moments: this.#moments.idOf(key, moments),
      noted: this.#noted.idOf(keyOfNotes(noted), noted),
      steps,
    };
  }

  /** As in the kernel: processes that are started on the way carry their host in their name. */
  #hostOf(process: ProcessId): HostId {
    const slash = process.indexOf('/');
    return this.#homes.get(process) ?? (slash < 0 ? process : process.slice(0, slash));
  }
}
