import type { Effect } from '../../kernel/behavior.ts';
import { copied, withEntry } from '../../kernel/copies.ts';
import { type Datum, mergeData } from './datum.ts';
import type { Applied, Discarded } from './history.ts';
import { type HYBRID_ZERO, laterClock } from './hlc.ts';
import { isLater } from './lww.ts';
import type { Config, Entry, Store, Touched } from './messages.ts';
import { EMPTY_SET } from './or-set.ts';
import { forwards } from './paths.ts';
import { type Durable, holding, note } from './region-state.ts';
import { covers, type Vector } from './vectors.ts';

/** A store that some entries were merged into. */
export interface Merged {
  readonly durable: Durable;
  /** Entries that cannot be applied yet. */
  readonly waiting: readonly Entry[];
  /** Whether anything was applied. */
  readonly changed: boolean;
}

/** Applies entries in order, each once, and those that waited for them; notes say what happened. */
export function applyAll(durable: Durable, arrivals: readonly Entry[], config: Config, notes: Effect[]): Merged {
  let held = durable;
  let waiting: readonly Entry[] = arrivals;
  for (let progress = true; progress; ) {
    progress = false;
    const still: Entry[] = [];
    for (const entry of waiting) {
      const place = placeOf(entry, held.vector, config);
      if (place === 'now') {
        held = applyOne(held, entry, config, notes);
        progress = true;
      } else if (place === 'later') still.push(entry);
    }
    waiting = still;
    if (config.mistake === 'apply-again') break;
  }
  return { durable: held, waiting, changed: held !== durable };
}

/** Whether it is an entry's turn. The mistake `apply-again` has no idea of turns. */
function placeOf(entry: Entry, vector: Vector, config: Config): 'now' | 'later' | 'never' {
  if (config.mistake === 'apply-again') return 'now';
  const had = vector[entry.origin] ?? 0;
  if (entry.seq <= had) return 'never';
  if (entry.seq > had + 1) return 'later';
  return !config.causal || covers(vector, entry.seen) ? 'now' : 'later';
}

function applyOne(durable: Durable, entry: Entry, config: Config, notes: Effect[]): Durable {
  const { origin, seq, key, write, seen } = entry;
  const { store, vector, outbox, clock } = durable;
  const missing = Object.keys(seen).find((name) => (vector[name] ?? 0) < seen[name]!);
  const applied: Applied = {
    origin,
    seq,
    key,
    write,
    had: vector[origin] ?? 0,
    missing: missing === undefined ? null : { origin: missing, seq: seen[missing]! },
    conflict: conflictWith(store[key]?.touched, entry),
  };
  notes.push(note('entry.applied', applied));
  return holding(durable, {
    store: mergeEntry(store, entry, config, notes),
    vector: withEntry(vector, origin, seq),
    outbox: forwards(config) ? [...outbox, entry] : outbox,
    clock:
      config.resolve === 'lww-hlc' && entry.delta.kind === 'lww' ? laterClock(clock, readingOf(entry.delta)) : clock,
  });
}

function readingOf({ cell: { stamp } }: Extract<Datum, { kind: 'lww' }>): typeof HYBRID_ZERO {
  return { timeUs: stamp.timeUs, counter: stamp.counter };
}

/** A write of another region that is there and that the entry had not seen; null: none. */
function conflictWith(touched: Touched | undefined, { origin, seen }: Entry): string | null {
  for (const name in touched) {
    if (name !== origin && touched[name]!.seq > (seen[name] ?? 0)) return touched[name]!.write;
  }
  return null;
}

/** The store after an entry; says so when last write wins drops a write that nothing had seen. */
export function mergeEntry(store: Store, entry: Entry, config: Config, notes: Effect[]): Store {
  const { key, origin, seq, write, delta } = entry;
  const before = store[key];
  const discarded = before === undefined ? undefined : discardedBy(before.datum, entry);
  if (discarded !== undefined) notes.push(note('write.discarded', discarded));
  const touched = withEntry<Touched[string]>(before?.touched ?? {}, origin, { seq, write });
  const held = config.mistake === 'remove-by-name' ? withoutNamed(before?.datum, entry) : before?.datum;
  return withEntry(store, key, { datum: mergeDatum(held, delta, config), touched });
}

/** The write that last write wins drops, unless the winner had seen it, which makes it an ordinary overwrite. */
function discardedBy(held: Datum, { key, seen, delta, write }: Entry): Discarded | undefined {
  if (held.kind !== 'lww' || delta.kind !== 'lww' || held.cell.write === write) return undefined;
  const hadSeen = (seen[held.cell.origin] ?? 0) >= held.cell.seq;
  const wins = isLater(delta.cell.stamp, held.cell.stamp);
  if (wins && hadSeen) return undefined;
  if (wins) return { key, write: held.cell.write, by: write, hadSeen: false };
  return { key, write, by: held.cell.write, hadSeen };
}

/** {@link mergeData}, for a key that may be new, and with the mistakes that a merge can make. */
export function mergeDatum(held: Datum | undefined, delta: Datum, config: Config): Datum {
  if (delta.kind === 'or-set') {
    const set = held?.kind === 'or-set' ? held.set : EMPTY_SET;
    return mergeData({ kind: 'or-set', set }, delta);
  }
  if (held === undefined) return delta;
  if (config.mistake === 'merge-adds' && held.kind === 'pn-counter' && delta.kind === 'pn-counter') {
    const { increments, decrements } = held.counter;
    const added = {
      increments: addVectors(increments, delta.counter.increments),
      decrements: addVectors(decrements, delta.counter.decrements),
    };
    return { kind: 'pn-counter', counter: added };
  }
  return mergeData(held, delta);
}

function addVectors(a: Vector, b: Vector): Vector {
  const sum = copied(a);
  for (const name in b) sum[name] = (sum[name] ?? 0) + b[name]!;
  return sum;
}

/** The mistake: a remove takes the whole element, adds that it had not seen included. */
function withoutNamed(held: Datum | undefined, { act }: Entry): Datum | undefined {
  if (held?.kind !== 'or-set' || act?.do !== 'remove') return held;
  const { clock, cloud } = held.set;
  const elements = copied(held.set.elements);
  delete elements[act.item];
  return { kind: 'or-set', set: { clock, cloud, elements } };
}

/** Both stores together. */
export function mergeStores(a: Store, b: Store, config: Config): Store {
  const merged = copied(a);
  for (const key in b) {
    const touched = copied(merged[key]?.touched ?? {});
    for (const name in b[key]!.touched) {
      const theirs = b[key]!.touched[name]!;
      if ((touched[name]?.seq ?? 0) < theirs.seq) touched[name] = theirs;
    }
    merged[key] = { datum: mergeDatum(merged[key]?.datum, b[key]!.datum, config), touched };
  }
  return merged;
}
