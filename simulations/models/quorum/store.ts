import { type Effect, type Message, NO_EFFECTS } from '../../kernel/behavior.ts';
import { appended, withEntry } from '../../kernel/copies.ts';
import type { Value } from '../../kernel/value.ts';
import type { Store } from './merkle.ts';
import type { Config } from './messages.ts';
import {
  type Cell,
  type Cells,
  covers,
  HYBRID_ZERO,
  type HybridClock,
  mergeCells,
  NO_CELLS,
  seeCells,
} from './versions.ts';

/** A write kept for another node until it answers. */
export type StoredHint = {
  readonly target: string;
  readonly key: string;
  readonly cell: Cell;
  readonly sinceUs: number;
};

/** What a replica means to have on disk: versions, tombstones, hints. */
export type Durable = { readonly store: Store; readonly hints: readonly StoredHint[] };

/** What a crash takes from a replica. */
export type Volatile = {
  readonly config: Config;
  /** What the disk holds: reads are answered from it, so no crash can take back an answer. */
  readonly synced: Durable;
  /** States on their way to the disk, oldest first. */
  readonly writing: readonly Durable[];
  readonly clock: HybridClock;
  /** How many versions this node has made. */
  readonly minted: number;
  /** By client, the latest operation begun here: a duplicated request starts nothing. */
  readonly served: Readonly<Record<string, number>>;
  /** While rejoining: who has not answered yet. */
  readonly unanswered: readonly string[];
};

export type ReplicaContext = { readonly durable: Durable; readonly volatile: Volatile };
export type ReplicaStep = { readonly context?: ReplicaContext; readonly effects?: readonly Effect[] };

/** A replica's memory with some of it changed; `progressed` says why field by field. */
export function remembering(before: Volatile, change: Partial<Volatile>): Volatile {
  return {
    config: before.config,
    synced: change.synced ?? before.synced,
    writing: change.writing ?? before.writing,
    clock: change.clock ?? before.clock,
    minted: change.minted ?? before.minted,
    served: change.served ?? before.served,
    unanswered: change.unanswered ?? before.unanswered,
  };
}

export const EMPTY: Durable = { store: {}, hints: [] };

export function initialReplica(config: Config): ReplicaContext {
  return {
    durable: EMPTY,
    volatile: { config, synced: EMPTY, writing: [], clock: HYBRID_ZERO, minted: 0, served: {}, unanswered: [] },
  };
}

export function cellsOf(durable: Durable, key: string): Cells {
  return durable.store[key] ?? NO_CELLS;
}

/** Whom to tell what once the disk has it; null: nobody. */
export type PersistToken = { readonly to: string; readonly reply: Message } | null;

export const send = (to: string, message: Message): Effect => ({ type: 'send', to, message });
export const note = (name: string, data: Value): Effect => ({ type: 'note', name, data });

/** How an incoming version meets the one that is there. The two mistaken ways forget a rule of {@link mergeCells}. */
export type Meeting = 'merge' | 'overwrite' | 'over tombstones';

/** The cells of a key after `incoming` arrives. A tombstone past its grace is not taken up again by a replica that holds nothing. */
function meet(held: Cells, incoming: Cells, meeting: Meeting): Cells {
  if (meeting === 'overwrite') return incoming;
  if (meeting === 'over tombstones' && held.every((cell) => cell.deleted)) return incoming;
  return mergeCells(held, incoming);
}

export interface Arrival {
  readonly key: string;
  readonly cells: Cells;
  readonly meeting: Meeting;
}

/**
 * Takes versions in, writes them to disk if they are new, and sends `token.reply` when the disk has them. What the disk already covers
 * is acknowledged at once; what is still on its way there is written again, because only a write that ends can acknowledge.
 */
export function takeIn(
  context: ReplicaContext,
  arrivals: readonly Arrival[],
  options: { readonly clockUs: number; readonly token: PersistToken },
): ReplicaStep {
  const { durable, volatile } = context;
  const { config } = volatile;
  let { store } = durable;
  let effects: readonly Effect[] = NO_EFFECTS;
  let onDisk = true;
  for (const { key, cells, meeting } of arrivals) {
    const held = store[key] ?? NO_CELLS;
    if (held.length === 0 && expired(cells, config, options.clockUs)) continue;
    const next = meet(held, cells, meeting);
    if (next !== held) {
      effects = appended(effects, note('version.stored', { key, now: next, over: held }));
      store = withEntry(store, key, next);
    }
    onDisk &&= next === held && covers(cellsOf(volatile.synced, key), cells);
  }
  if (onDisk) return { effects: answered(effects, options.token) };
  const clock =
    config.version === 'hlc'
      ? arrivals.reduce((seen, { cells }) => seeCells(seen, cells), volatile.clock)
      : volatile.clock;
  const step = persist(
    {
      durable: { store, hints: durable.hints },
      volatile: clock === volatile.clock ? volatile : remembering(volatile, { clock }),
    },
    options.token,
    effects,
  );
  const timer = store === durable.store ? undefined : purgeTimer(store, config, options.clockUs);
  return timer === undefined ? step : { context: step.context!, effects: appended(step.effects!, timer) };
}

function answered(effects: readonly Effect[], token: PersistToken): readonly Effect[] {
  return token === null ? effects : appended(effects, send(token.to, token.reply));
}

/** Begins to write the context's durable half to disk, after `effects`. */
export function persist(context: ReplicaContext, token: PersistToken, effects: readonly Effect[]): ReplicaStep {
  const { durable, volatile } = context;
  return {
    context: { durable, volatile: remembering(volatile, { writing: appended(volatile.writing, durable) }) },
    effects: appended(effects, { type: 'disk.persist', token }),
  };
}

/** After how long a tombstone may go. The mistake `purge-before-grace` takes a twentieth of it. */
export function purgeAfterUs(config: Config): number {
  return config.mistake === 'purge-before-grace' ? Math.floor(config.gcGraceUs / 20) : config.gcGraceUs;
}

function expired(cells: Cells, config: Config, clockUs: number): boolean {
  for (const cell of cells) if (!cell.deleted || clockUs - cell.deletedAtUs < purgeAfterUs(config)) return false;
  return true;
}

/** The timer for the tombstone that is due first; undefined when there is none. */
export function purgeTimer(store: Store, config: Config, clockUs: number): Effect | undefined {
  let deletedAtUs = Number.POSITIVE_INFINITY;
  for (const key in store) {
    for (const cell of store[key]!) if (cell.deleted && cell.deletedAtUs < deletedAtUs) deletedAtUs = cell.deletedAtUs;
  }
  if (deletedAtUs === Number.POSITIVE_INFINITY) return undefined;
  return { type: 'timer.set', name: 'purge', delayUs: Math.max(1, deletedAtUs + purgeAfterUs(config) - clockUs) };
}

/** Removes the tombstones whose time has come. A tombstone beside siblings stays: it still has something to suppress. */
export function purge(context: ReplicaContext, clockUs: number): ReplicaStep {
  const { durable, volatile } = context;
  const effects: Effect[] = [];
  const store: Record<string, Cells> = {};
  for (const key in durable.store) {
    const cells = durable.store[key]!;
    if (!expired(cells, volatile.config, clockUs)) store[key] = cells;
    else
      for (const { write, deletedAtUs } of cells)
        effects.push(note('tombstone.purged', { key, write, ageUs: clockUs - deletedAtUs }));
  }
  const timer = purgeTimer(store, volatile.config, clockUs + 1);
  if (effects.length === 0) return { effects: timer === undefined ? [] : [timer] };
  if (timer !== undefined) effects.push(timer);
  return persist({ durable: { store, hints: durable.hints }, volatile }, null, effects);
}
