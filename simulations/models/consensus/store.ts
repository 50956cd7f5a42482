import type { Cell, ClientSession, Entry, Machine, Result } from './messages.ts';

/** A store that nobody has written to. */
export const EMPTY_MACHINE: Machine = { cells: [], sessions: [] };

const NOTHING: Result = { ok: true, value: null, write: '', index: 0 };

/** What a key holds, as the answer to a read. */
export function readCell({ cells }: Machine, key: string): Result {
  for (const cell of cells) {
    if (cell.key === key) return { ok: true, value: cell.value, write: cell.write, index: cell.index };
  }
  return NOTHING;
}

/** The latest command of a client that was carried out; undefined before the first. */
export function sessionOf({ sessions }: Machine, client: string): ClientSession | undefined {
  for (const session of sessions) if (session.client === client) return session;
  return undefined;
}

function withCell(cells: readonly Cell[], cell: Cell): readonly Cell[] {
  const next = cells.slice();
  for (let at = 0; at < next.length; at++) {
    if (next[at]!.key !== cell.key) continue;
    next[at] = cell;
    return next;
  }
  next.push(cell);
  return next;
}

function withSession(sessions: readonly ClientSession[], session: ClientSession): readonly ClientSession[] {
  const next = sessions.slice();
  for (let at = 0; at < next.length; at++) {
    if (next[at]!.client !== session.client) continue;
    next[at] = session;
    return next;
  }
  next.push(session);
  return next;
}

/** One command carried out. `executed` is false for one that the session had seen: it changes nothing and gets the old answer. */
export interface Applied {
  readonly machine: Machine;
  readonly result: Result;
  readonly executed: boolean;
}

interface Remembered {
  readonly machine: Machine;
  readonly entry: Entry;
  readonly applied: Applied;
}

/** How many of the latest entries are remembered with what came of them. */
const REMEMBERED = 64;
const remembered: (Remembered | undefined)[] = new Array(REMEMBERED).fill(undefined);

/**
 * Carries out one entry of a client, exactly once by (client, sequence). A command older than the client's latest is dropped: the client has
 * given it up, or has had its answer. Entries without a client must not be passed.
 *
 * Every server of a group carries out the same entries on the same store. The first one does the work, the others get the same objects: a
 * tenth of the time of a run, and one copy of the store instead of five.
 */
export function applyEntry(machine: Machine, entry: Entry): Applied {
  const place = entry.index % REMEMBERED;
  const known = remembered[place];
  if (known !== undefined && known.machine === machine && known.entry === entry) return known.applied;
  const applied = carriedOut(machine, entry);
  remembered[place] = { machine, entry, applied };
  return applied;
}

function carriedOut(machine: Machine, entry: Entry): Applied {
  const { client, sequence } = entry;
  const session = sessionOf(machine, client);
  if (session !== undefined && session.sequence >= sequence) {
    return { machine, result: session.result, executed: false };
  }
  const { cells, result } = execute(machine, entry);
  const sessions = withSession(machine.sessions, { client, sequence, result });
  return { machine: { cells, sessions }, result, executed: true };
}

function execute(machine: Machine, entry: Entry): { readonly cells: readonly Cell[]; readonly result: Result } {
  const { command, index, client, sequence } = entry;
  const { cells } = machine;
  if (command.kind === 'read') return { cells, result: readCell(machine, command.key) };
  if (command.kind !== 'write' && command.kind !== 'cas') return { cells, result: NOTHING };
  const write = `${client}${sequence}`;
  if (command.kind === 'cas') {
    const found = readCell(machine, command.key);
    // Values are strings, numbers, booleans or null, so identity is equality.
    if (found.value !== command.from) {
      return { cells, result: { ok: false, value: found.value, write: found.write, index: found.index } };
    }
  }
  const value = command.kind === 'cas' ? command.to : command.value;
  return {
    cells: withCell(cells, { key: command.key, value, write, index }),
    result: { ok: true, value, write, index },
  };
}
