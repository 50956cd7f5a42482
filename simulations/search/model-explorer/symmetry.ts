import type { HostId } from '../../kernel/behavior.ts';
import { addNotes } from './kept-notes.ts';
import { send } from './network.ts';
import { Renamer, renamings } from './rename.ts';
import type { Layout, State } from './state.ts';
import type { Tables } from './tables.ts';

/**
 * States that differ only by the names of interchangeable hosts. The representative of a state is the smallest of all its renamings, as words.
 * Parts are renamed once and remembered, so that a state is renamed by looking its words up.
 */
export class Symmetry {
  readonly #layout: Layout;
  readonly #renamings: readonly RenamedParts[];

  constructor(tables: Tables, layout: Layout, groups: readonly (readonly HostId[])[]) {
    this.#layout = layout;
    const { hosts, processes } = tables.setting.topology;
    const inputs = new Map(processes.map(({ id, input }) => [id, input]));
    this.#renamings = renamings(groups).map((names) => {
      const taken = hosts.map(({ id }) => names.get(id) ?? id);
      const sources = hosts.map(({ id }) => taken.indexOf(id));
      return new RenamedParts(tables, new Renamer(names, inputs), sources);
    });
  }

  /** One state for all that differ only by names. */
  representative(state: State): State {
    let least: RenamedParts | undefined;
    for (const renaming of this.#renamings) if (this.#isBefore(renaming, least, state)) least = renaming;
    if (least === undefined) return state;
    const words = state.slice();
    for (let at = 0; at < words.length; at++) words[at] = least.word(state, at, this.#layout);
    return words;
  }

  /** Whether a state is smaller under one renaming than under another; undefined: as it is. Mostly the first words tell. */
  #isBefore(renaming: RenamedParts, other: RenamedParts | undefined, state: State): boolean {
    for (let at = 0; at < this.#layout.budgets; at++) {
      const [a, b] = [renaming.word(state, at, this.#layout), other?.word(state, at, this.#layout) ?? state[at]!];
      if (a !== b) return a < b;
    }
    return false;
  }
}

/** The parts of all states under one renaming, by number. */
class RenamedParts {
  readonly #tables: Tables;
  readonly #renamer: Renamer;
  /** Position of a host → position of the host that takes its name. */
  readonly #sources: readonly number[];
  readonly #hosts: number[] = [];
  readonly #networks: number[] = [];
  readonly #histories: number[] = [];
  readonly #notes: number[] = [];

  constructor(tables: Tables, renamer: Renamer, sources: readonly number[]) {
    this.#tables = tables;
    this.#renamer = renamer;
    this.#sources = sources;
  }

  /** One word of a state that is renamed. */
  word(state: State, at: number, layout: Layout): number {
    if (at < layout.hosts) return this.#host(state[this.#sources[at]!]!);
    if (at === layout.network) return this.#network(state[at]!);
    if (at === layout.history) return this.#history(state[at]!);
    return at === layout.notes ? this.#noted(state[at]!) : state[at]!;
  }

  #host(part: number): number {
    this.#hosts[part] ??= this.#tables.hostId(this.#renamer.host(this.#tables.hosts.at(part)));
    return this.#hosts[part];
  }

  #network(part: number): number {
    this.#networks[part] ??= this.#renamedNetwork(part);
    return this.#networks[part];
  }

  #renamedNetwork(part: number): number {
    const { parcels, networks } = this.#tables;
    const renamed = networks.at(part).map((parcel) => this.#parcel(parcel));
    return this.#tables.networkId(
      renamed.reduce<readonly number[]>((sent, id) => send(sent, id, (of) => parcels.at(of)), []),
    );
  }

  #parcel(id: number): number {
    const { from, to, message, copy } = this.#tables.parcels.at(id);
    const renamed = this.#tables.parcelOf({
      from: this.#renamer.name(from),
      to: this.#renamer.name(to),
      message: this.#renamer.data(message),
    });
    const parcel = this.#tables.parcelId(renamed);
    return copy ? this.#tables.copyOf(parcel) : parcel;
  }

  #history(part: number): number {
    this.#histories[part] ??= this.#tables.historyId(
      this.#tables.histories.at(part).map(({ client, effect }) => ({
        client: this.#renamer.name(client),
        effect: this.#renamer.data(effect),
      })),
    );
    return this.#histories[part];
  }

  #noted(part: number): number {
    this.#notes[part] ??= this.#renamedNotes(part);
    return this.#notes[part];
  }

  #renamedNotes(part: number): number {
    const renamed = this.#tables.notes.at(part).map(({ host, process, name, data }) => {
      return this.#tables.noteOf(this.#renamer.name(host), this.#renamer.name(process), {
        name,
        data: this.#renamer.data(data),
      });
    });
    return this.#tables.notesId(addNotes([], renamed, this.#tables.setting.keptNotes));
  }
}
