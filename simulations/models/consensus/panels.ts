import type { ProcessView, WorldView } from '../../kernel/view.ts';
import type { Focus } from '../model.ts';
import type { LogCell, LogLane, LogMatrix } from '../scene.ts';
import { diskOf, leaderOf, leads, memoryOf, serverOf, serversIn } from './history.ts';
import type { Entry } from './messages.ts';
import { entryAt, lastIndexOf, termAt } from './raft/log.ts';
import type { Durable } from './raft/state.ts';

/** Places that the matrix shows at most. */
const SHOWN = 24;

/** What an entry does, as short as a chip: `x=v3`, `read x`, `group`. */
export function entryWords({ command, client, sequence }: Entry, { key, numbering }: Focus): string {
  switch (command.kind) {
    case 'noop':
      return 'term';
    case 'members':
      return 'group';
    case 'read':
      return `?${command.key}`;
    default: {
      const rank = command.key === key ? numbering.get(`${client}${sequence}`) : undefined;
      const what = rank === undefined ? `${client}${sequence}` : `v${rank}`;
      return command.kind === 'cas' ? `${command.key}?${what}` : `${command.key} ${what}`;
    }
  }
}

/** The last index that any server knows to be committed. */
function committedIndex(world: WorldView): number {
  return serversIn(world).reduce((most, process) => Math.max(most, memoryOf(process).commit), 0);
}

/** The log that decides what is chosen at an index: of a server that knows it to be committed, else of the leader. */
function chosen(world: WorldView, committed: number): Durable | undefined {
  const knowing = serversIn(world).find((process) => memoryOf(process).commit === committed);
  const leader = leaderOf(world);
  return serverOf(leader ?? knowing ?? serversIn(world)[0]!).durable;
}

function cellsOf(process: ProcessView, from: number, focus: Focus, authority: Durable | undefined): readonly LogCell[] {
  const { durable } = serverOf(process);
  const disk = diskOf(process.disk);
  const cells: LogCell[] = [];
  for (let index = from; index <= lastIndexOf(durable); index++) {
    const entry = entryAt(durable, index);
    if (entry === undefined) continue;
    const right = authority === undefined ? -1 : termAt(authority, index);
    cells.push({
      label: entryWords(entry, focus),
      epoch: entry.term,
      durable: termAt(disk, index) === entry.term || index <= disk.snapshot.index,
      doomed: right >= 0 && right !== entry.term,
    });
  }
  return cells;
}

/** The logs of all servers on one axis: what each has, what its disk has, and how far it knows entries to be committed. */
export function logMatrix(world: WorldView, focus: Focus): LogMatrix {
  const servers = serversIn(world);
  const committed = committedIndex(world);
  const authority = chosen(world, committed);
  const last = servers.reduce((most, process) => Math.max(most, lastIndexOf(serverOf(process).durable)), 0);
  const lanes = servers.map((process): LogLane => {
    const { durable, volatile } = serverOf(process);
    const from = Math.max(durable.snapshot.index + 1, last - SHOWN + 1);
    const isUp = world.host(process.host)?.status !== 'down';
    return {
      host: process.host,
      firstIndex: from,
      cells: cellsOf(process, from, focus, authority),
      cursors: isUp ? [{ label: 'commit', index: volatile.commit }] : [],
      leads: isUp && leads(process),
    };
  });
  return { kind: 'log-matrix', title: 'Logs', epochWord: 'term', lanes, committed };
}

const listed = (cells: readonly LogCell[]): string =>
  cells
    .map(
      ({ label, epoch, durable, doomed }) =>
        `${label} (${epoch}${durable ? '' : ', not on disk'}${doomed ? ', overruled' : ''})`,
    )
    .join(', ');

/** The matrix in words. */
export function logText({ lanes, committed }: LogMatrix): string {
  const rows = lanes.map(({ host, firstIndex, cells }) =>
    cells.length === 0
      ? `${host} has no entries after its snapshot`
      : `${host} from index ${firstIndex}: ${listed(cells)}`,
  );
  return `Logs, with terms: ${rows.join('; ')}. Committed up to index ${committed}.`;
}
