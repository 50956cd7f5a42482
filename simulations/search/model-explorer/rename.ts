import type { HostId, ProcessId } from '../../kernel/behavior.ts';
import type { HostState, ProcessState } from './host-state.ts';

/** Hosts by another host's name: a permutation of some of them. */
export type Renaming = ReadonlyMap<HostId, HostId>;

/**
 * Renames hosts in plain data: wherever a text, or the name of a field, is a host or a process on one. What a process was told at its start is not renamed
 * but exchanged for what the process of the new name was told, so that a list of all hosts, in whatever order, stays what it is.
 */
export class Renamer {
  readonly #names: Renaming;
  /** What processes were told → what the processes that take their place were told. */
  readonly #inputs = new Map<unknown, unknown>();
  readonly #renamed = new WeakMap<object, unknown>();

  constructor(names: Renaming, inputs: ReadonlyMap<ProcessId, unknown>) {
    this.#names = names;
    for (const [process, input] of inputs) this.#exchange(input, inputs.get(this.name(process)));
  }

  /** Every object that a process was told, down to the last list, for its counterpart. */
  #exchange(told: unknown, counterpart: unknown): void {
    if (typeof told !== 'object' || told === null || typeof counterpart !== 'object' || counterpart === null) return;
    if (this.#inputs.has(told)) return;
    this.#inputs.set(told, counterpart);
    for (const [field, inner] of Object.entries(told)) {
      this.#exchange(inner, (counterpart as Readonly<Record<string, unknown>>)[field]);
    }
  }

  /** `r2/read-b1` becomes `r3/read-b1` when r2 becomes r3; other texts stay. */
  name(text: string): string {
    const slash = text.indexOf('/');
    if (slash < 0) return this.#names.get(text) ?? text;
    const host = this.#names.get(text.slice(0, slash));
    return host === undefined ? text : host + text.slice(slash);
  }

  /** The same data about other hosts; the same object when no host is in it. */
  data<T>(value: T): T {
    if (typeof value === 'string') return this.name(value) as T;
    if (typeof value !== 'object' || value === null) return value;
    const known = this.#renamed.get(value) ?? this.#inputs.get(value);
    if (known !== undefined) return known as T;
    const renamed = Array.isArray(value) ? this.#list(value) : this.#record(value);
    this.#renamed.set(value, renamed);
    return renamed as T;
  }

  /** A host as another one would be in its place. */
  host({ id, up, processes }: HostState): HostState {
    return { id: this.name(id), up, processes: processes.map((process) => this.#process(process)) };
  }

  #process(process: ProcessState): ProcessState {
    const { id, input, snapshot, disk, writes } = process;
    return {
      ...process,
      id: this.name(id),
      input: this.data(input),
      snapshot: { ...snapshot, context: this.data(snapshot.context) },
      disk: this.data(disk),
      writes: this.data(writes),
    };
  }

  #list(list: readonly unknown[]): readonly unknown[] {
    const renamed = list.map((inner) => this.data(inner));
    return renamed.every((inner, at) => inner === list[at]) ? list : renamed;
  }

  #record(record: object): object {
    const before = Object.entries(record);
    const renamed = before.map(([name, inner]) => [this.name(name), this.data(inner)] as const);
    const isSame = renamed.every(([name, inner], at) => name === before[at]![0] && inner === before[at]![1]);
    return isSame ? record : Object.fromEntries(renamed);
  }
}

/** Every way to rename the hosts of each group among one another, but the one that changes nothing. */
export function renamings(groups: readonly (readonly HostId[])[]): readonly Renaming[] {
  const all = groups.reduce<readonly (readonly (readonly [HostId, HostId])[])[]>(
    (before, group) =>
      before.flatMap((pairs) =>
        permutations(group).map((order) => [...pairs, ...group.map((host, at) => [host, order[at]!] as const)]),
      ),
    [[]],
  );
  return all.map((pairs) => new Map(pairs)).filter((names) => [...names].some(([host, name]) => host !== name));
}

function permutations<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length === 0) return [[]];
  return items.flatMap((first, at) => permutations(items.toSpliced(at, 1)).map((rest) => [first, ...rest]));
}
