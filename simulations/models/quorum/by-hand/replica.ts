import type { Effect, Environment, ProcessEvent } from '../../../kernel/behavior.ts';
import { merkleTree, rangeOf } from '../merkle.ts';
import type * as Sent from '../messages.ts';
import { startCoordinator } from '../requests.ts';
import { note, type PersistToken, send } from '../store.ts';
import { type Cell, type Cells, covers, mergeCells, NO_CELLS } from '../versions.ts';
import { type Program, programBehavior, unexpected } from './program.ts';

type MutableStore = Record<string, Cells>;

interface Replica extends Program {
  readonly config: Sent.Config;
  /** What it means to have on disk, and what the disk holds: reads are answered from the latter. */
  readonly store: MutableStore;
  readonly synced: MutableStore;
  /** What each write under way adds to the disk, oldest first. */
  readonly writing: Sent.Entries[];
  /** By client, the latest operation begun here. */
  readonly served: Map<string, number>;
  minted: number;
}

/** The replica of `../replica.ts` as a plain program, for runs without deletes, hints and crashes. */
export const replica = programBehavior<Sent.Config, Replica>('replica', begin, react);

function begin(config: Sent.Config): Replica {
  const synced: MutableStore = {};
  const context = { durable: { store: synced, hints: [] }, volatile: null };
  return { context, state: 'up', done: false, config, store: {}, synced, writing: [], served: new Map(), minted: 0 };
}

function react(own: Replica, event: ProcessEvent, environment: Environment, effects: Effect[]): void {
  const { from } = environment;
  switch (event.type) {
    case 'process.started':
      break;
    case 'Read':
    case 'Write':
      beginRequest(own, event as Sent.ReadRequest | Sent.WriteRequest, environment, effects);
      break;
    case 'RRead':
      effects.push(send(from, { type: 'RResp', cells: own.synced[(event as Sent.RRead).key] ?? NO_CELLS }));
      break;
    case 'RWrite': {
      const { key, cell } = event as Sent.RWrite;
      takeIn(own, [{ key, cells: [cell] }], { to: from, reply: { type: 'RAck' } }, effects);
      break;
    }
    case 'disk.persisted':
      written(own, (event as unknown as { readonly token: PersistToken }).token, effects);
      break;
    case 'Repair': {
      const { key, cells } = event as Sent.Repair;
      takeIn(own, [{ key, cells }], null, effects);
      break;
    }
    case 'TreeRead':
      effects.push(send(from, { type: 'Tree', tree: merkleTree(own.synced) }));
      break;
    case 'MerkleRoot': {
      const tree = merkleTree(own.synced);
      effects.push(send(from, { type: 'MerkleRange', tree: tree[0] === (event as Sent.MerkleRoot).root ? [] : tree }));
      break;
    }
    case 'RangesRead':
      effects.push(send(from, { type: 'Ranges', entries: entriesOf(own.synced, (event as Sent.RangesRead).ranges) }));
      break;
    case 'MerkleStream':
      exchange(own, event as Sent.MerkleStream, from, effects);
      break;
    default:
      unexpected('replica', own.state, event);
  }
}

function beginRequest(
  own: Replica,
  event: Sent.ReadRequest | Sent.WriteRequest,
  { from: client, host, clockUs }: Environment,
  effects: Effect[],
): void {
  const { config, served } = own;
  const { sequence, key } = event;
  if (sequence <= (served.get(client) ?? 0)) return;
  served.set(client, sequence);
  let cell: Cell | null = null;
  if (event.type !== 'Read') {
    const version = { timeUs: clockUs, counter: ++own.minted, node: host };
    cell = { write: `${client}${sequence}`, version, value: event.value, deleted: false, deletedAtUs: 0 };
  }
  effects.push(startCoordinator({ config, client, sequence, key, cell }));
}

function takeIn(
  { store, synced, writing }: Replica,
  arrivals: Sent.Entries,
  token: PersistToken,
  effects: Effect[],
): void {
  let onDisk = true;
  let added: Sent.Entries = [];
  for (const { key, cells } of arrivals) {
    const held = store[key] ?? NO_CELLS;
    const next = mergeCells(held, cells);
    if (next !== held) {
      effects.push(note('version.stored', { key, now: next, over: held }));
      store[key] = next;
      added = [...added, { key, cells: next }];
      onDisk = false;
    } else if (onDisk) onDisk = covers(synced[key] ?? NO_CELLS, cells);
  }
  if (!onDisk) {
    writing.push(added);
    effects.push({ type: 'disk.persist', token });
  } else if (token !== null) effects.push(send(token.to, token.reply));
}

function written({ synced, writing }: Replica, token: PersistToken, effects: Effect[]): void {
  for (const { key, cells } of writing.shift()!) synced[key] = cells;
  if (token !== null) effects.push(send(token.to, token.reply));
}

function entriesOf(store: MutableStore, ranges: readonly number[]): Sent.Entries {
  const entries: { key: string; cells: Cells }[] = [];
  for (const key in store) if (ranges.includes(rangeOf(key))) entries.push({ key, cells: store[key]! });
  return entries;
}

function exchange(own: Replica, event: Sent.MerkleStream, from: string, effects: Effect[]): void {
  const { ranges } = event;
  takeIn(own, event.entries, null, effects);
  if (!event.exchange) return;
  const entries = entriesOf(own.synced, ranges);
  effects.push(send(from, { type: 'MerkleStream', ranges, entries, exchange: false }));
}
