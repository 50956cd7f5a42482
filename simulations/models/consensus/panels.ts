import type { ProcessView, WorldView } from '../../kernel/view.ts';
import type { Focus } from '../model.ts';
import { operationNumber } from '../numbering.ts';
import type { LogCell, LogLane, LogMatrix } from '../scene.ts';
import { leaderOf, numberWordIn, serversIn } from './history.ts';
import type { Entry } from './messages.ts';
import { sightOf } from './protocols.ts';
import type { Disk } from './sight.ts';
import { entryIn, lastSlot, numberIn, type Slots, sameValue } from './slots.ts';

/** Places that the matrix shows at most. */
const SHOWN = 24;

/** What an entry does, as short as a chip: `x v3`, of another key than the one in view with the write's number `y 14`, `?x`, `group`. An entry of nobody begins a term, or fills a gap. */
function entryWords({ command, client, sequence }: Entry, { key, numbering }: Focus, nothing = 'term'): string {
  switch (command.kind) {
    case 'noop':
      return nothing;
    case 'members':
      return 'group';
    case 'read':
      return `?${command.key}`;
    default: {
      const name = `${client}${sequence}`;
      const rank = command.key === key ? numbering.get(name) : undefined;
      const what = rank === undefined ? operationNumber(name, numbering) : `v${rank}`;
      return command.kind === 'cas' ? `${command.key}?${what}` : `${command.key} ${what}`;
    }
  }
}

/** The last index that any server knows to be committed. */
function committedIndex(world: WorldView): number {
  return serversIn(world).reduce((most, process) => Math.max(most, sightOf(process).commit), 0);
}

/** The log that decides what is chosen at an index: of the leader, else of a server that knows it to be committed. */
function chosen(world: WorldView, committed: number): Slots {
  const knowing = serversIn(world).find((process) => sightOf(process).commit === committed);
  return sightOf(leaderOf(world) ?? knowing ?? serversIn(world)[0]!).log;
}

/** Whether another entry than this one is chosen for its place. With Paxos one value may stand there under several ballots. */
function isDoomed(entry: Entry, authority: Slots, word: LogMatrix['epochWord']): boolean {
  const right = numberIn(authority, entry.index);
  if (right < 0 || right === entry.term) return false;
  if (word !== 'ballot') return true;
  const known = entryIn(authority, entry.index);
  return known !== undefined && !sameValue(known, entry);
}

interface Shown {
  readonly from: number;
  readonly focus: Focus;
  readonly authority: Slots;
  readonly word: LogMatrix['epochWord'];
}

/** What stands at each place that is shown; in a log of Paxos slots there may be gaps. */
function cellsOf(process: ProcessView, { from, focus, authority, word }: Shown): LogLane['cells'] {
  const { log } = sightOf(process);
  const disk = process.disk as Disk;
  const cells: (LogCell | null)[] = [];
  for (let index = from; index <= lastSlot(log); index++) {
    const entry = entryIn(log, index);
    cells.push(
      entry === undefined
        ? null
        : {
            label: entryWords(entry, focus, word === 'ballot' ? 'no-op' : 'term'),
            epoch: entry.term,
            durable: numberIn(disk, index) === entry.term || index <= disk.snapshot.index,
            doomed: isDoomed(entry, authority, word),
          },
    );
  }
  return cells;
}

/** The logs of all servers on one axis: what each has, what its disk has, and how far it knows entries to be committed. */
export function logMatrix(world: WorldView, focus: Focus): LogMatrix {
  const servers = serversIn(world);
  const committed = committedIndex(world);
  const authority = chosen(world, committed);
  const word = numberWordIn(world);
  const last = servers.reduce((most, process) => Math.max(most, lastSlot(sightOf(process).log)), 0);
  const lanes = servers.map((process): LogLane => {
    const { log, commit, leads } = sightOf(process);
    const from = Math.max(log.snapshot.index + 1, last - SHOWN + 1);
    const isUp = world.host(process.host)?.status !== 'down';
    return {
      host: process.host,
      firstIndex: from,
      cells: cellsOf(process, { from, focus, authority, word }),
      cursors: isUp ? [{ label: 'commit', index: commit }] : [],
      leads: isUp && leads,
    };
  });
  return { kind: 'log-matrix', title: 'Logs', epochWord: word, lanes, committed };
}

const listed = (cells: LogLane['cells']): string => cells.map(cellWords).join(', ');

function cellWords(cell: LogCell | null): string {
  if (cell === null) return 'a gap';
  const { label, epoch, durable, doomed } = cell;
  return `${label} (${epoch}${durable ? '' : ', not on disk'}${doomed ? ', overruled' : ''})`;
}

/** The matrix in words. */
export function logText({ lanes, committed, epochWord }: LogMatrix): string {
  const rows = lanes.map(({ host, firstIndex, cells }) =>
    cells.length === 0
      ? `${host} has no entries after its snapshot`
      : `${host} from index ${firstIndex}: ${listed(cells)}`,
  );
  return `Logs, with ${epochWord}s: ${rows.join('; ')}. Committed up to index ${committed}.`;
}
