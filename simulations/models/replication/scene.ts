import type { Packet, ProcessView, WorldView } from '../../kernel/view.ts';
import { faultSentence } from '../../scenario/fault-title.ts';
import type { Focus } from '../model.ts';
import { OPERATION, operationNumber } from '../numbering.ts';
import type { LogCell, LogLane, LogMatrix, Scene, SceneNode } from '../scene.ts';
import type { ClientContext } from './client.ts';
import type { MonitorContext } from './failover.ts';
import { stratumOf } from './focus.ts';
import { contextOf, diskOf, nodesOf } from './history.ts';
import { allCommitted, committedLsn } from './leader.ts';
import type { Append, ReadReply, WriteReply } from './messages.ts';
import type { NodeContext } from './node-state.ts';
import { type Entry, entriesBetween, epochAt, forkPoint, type Wal } from './wal.ts';

/** A matrix shows this many entries at most, the last ones: what matters is where the logs part. */
const CELLS_MAX = 40;

/** The ring at one moment, the logs under each other beside it, and what is on the wire. */
export function scene(world: WorldView, focus: Focus): Scene {
  const nodes: SceneNode[] = [];
  for (const process of world.processes) {
    if (process.role === 'node') nodes.push(logNode(world, process));
    else if (process.role === 'failover') nodes.push(monitorNode(world, process));
    else if (process.role === 'client') nodes.push(clientNode(world, process, focus));
  }
  const matrix = matrixOf(world, focus);
  const packetLabels = world.inFlight.map(carriedLabel);
  const text = textOf(world, { nodes, matrix, key: focus.key });
  return { kind: 'topology', layout: 'ring', nodes, packetLabels, panels: [matrix], text };
}

/** The LSNs that a message carries: `14`, or `14-17`. */
function carriedLabel({ message }: Packet): string | undefined {
  if (message.type === 'Append') {
    const { prev, entries } = message as unknown as Append;
    if (entries.length === 0) return undefined;
    return entries.length === 1 ? `${prev.lsn + 1}` : `${prev.lsn + 1}-${prev.lsn + entries.length}`;
  }
  if (message.type === 'WriteReply') return `${(message as unknown as WriteReply).position.lsn}`;
  if (message.type !== 'ReadReply') return undefined;
  const { entry } = message as unknown as ReadReply;
  return entry === null ? 'none' : `${entry.lsn}`;
}

const STATE_WORDS: Readonly<Record<string, string>> = {
  'leader.active': 'leads',
  'leader.fenced': 'fenced',
  promoting: 'promoting',
  'follower.catchingUp': 'catching up',
  'follower.streaming': 'follows',
};

function logNode(world: WorldView, process: ProcessView): SceneNode {
  const status = world.host(process.host)?.status ?? 'up';
  const context = contextOf(process);
  const { durable, volatile } = context;
  const version = stratumOf('node', process.disk);
  const remarks = [STATE_WORDS[process.snapshot.state] ?? 'down'];
  if (durable.epoch > 1) remarks.push(`epoch ${durable.epoch}`);
  if (volatile.degraded) remarks.push('degraded to asynchronous');
  if (volatile.waiting.length > 0) remarks.push(`${volatile.waiting.length} reads wait`);
  const gauge = gaugeOf(process, context);
  return {
    host: process.host,
    shape: 'replica',
    status,
    ...(version !== undefined && { version }),
    ...(gauge !== undefined && { gauge }),
    ...(status !== 'down' && { remark: remarks.join(', ') }),
  };
}

/** The acknowledgements that the oldest uncommitted entry of a leader has, of those that it needs. */
function gaugeOf({ snapshot }: ProcessView, context: NodeContext): SceneNode['gauge'] {
  const { volatile } = context;
  const leads = snapshot.state === 'leader.active' || snapshot.state === 'promoting';
  const need = volatile.config.acksNeeded;
  if (!leads || need === 0 || volatile.degraded || allCommitted(context)) return undefined;
  const lsn = committedLsn(context) + 1;
  const have = Object.values(volatile.peers).filter(({ acked }) => acked >= lsn).length;
  return { have: Math.min(have, need), need, label: `LSN ${lsn}` };
}

function monitorNode(world: WorldView, process: ProcessView): SceneNode {
  const status = world.host(process.host)?.status ?? 'up';
  const { durable, volatile } = process.snapshot.context as MonitorContext;
  const { state } = process.snapshot;
  const about = durable.leader ?? volatile.chosen;
  const remark = about === null ? `monitor: ${state}` : `monitor: ${state}, ${about}`;
  return { host: process.host, shape: 'replica', status, ...(status !== 'down' && { remark }) };
}

function clientNode(world: WorldView, process: ProcessView, { numbering }: Focus): SceneNode {
  const { sequence, input } = (process.snapshot.context as ClientContext).volatile;
  const current = process.snapshot.state === 'waiting' ? input.script[sequence - 1] : undefined;
  const name = `${process.id}${sequence}`;
  return {
    host: process.host,
    shape: 'client',
    status: world.host(process.host)?.status ?? 'up',
    ...(current !== undefined && { remark: `waits for ${current.f} ${numbering.get(OPERATION + name) ?? name}` }),
  };
}

/** Whose log counts: the leader of the latest epoch, whoever else believes to lead. */
function leaderOf(world: WorldView): ProcessView | undefined {
  let leader: ProcessView | undefined;
  for (const node of nodesOf(world)) {
    const { durable } = contextOf(node);
    if (durable.leads && (leader === undefined || durable.epoch > contextOf(leader).durable.epoch)) leader = node;
  }
  return leader;
}

/** The logs by LSN: a cell names its write by number, `w14`, or the epoch that it begins, `e2`. It is struck where the leader of the latest epoch has another history. */
function matrixOf(world: WorldView, { numbering }: Focus): LogMatrix {
  const leader = leaderOf(world);
  const truth = leader === undefined ? undefined : contextOf(leader).durable.wal;
  const nodes = nodesOf(world);
  const longest = nodes.reduce((most, node) => Math.max(most, contextOf(node).durable.wal.length), 0);
  const firstIndex = Math.max(1, longest - CELLS_MAX + 1);
  const committed = leader === undefined ? 0 : Math.max(0, contextOf(leader).volatile.applied);
  const lanes = nodes.map((node) => laneOf(node, { firstIndex, truth, numbering }));
  return { kind: 'log-matrix', title: 'WAL by LSN', epochWord: 'epoch', lanes, committed };
}

interface ShownLog {
  readonly firstIndex: number;
  readonly truth: Wal | undefined;
  readonly numbering: Focus['numbering'];
}

function laneOf(node: ProcessView, { firstIndex, truth, numbering }: ShownLog): LogLane {
  const { durable, volatile } = contextOf(node);
  const { wal } = durable;
  const fork = truth === undefined ? wal.length : forkPoint(wal, truth);
  // A log that goes on where the true one ends contradicts nothing yet.
  const parts = truth !== undefined && fork < truth.length;
  const onDisk = diskOf(node.disk).wal;
  const isOnDisk = ({ lsn, epoch }: Entry): boolean => lsn <= onDisk.length && epochAt(onDisk.epochs, lsn) === epoch;
  const cells = entriesBetween(wal, firstIndex, wal.length).map(
    (entry): LogCell => ({
      label: entry.write === '' ? `e${entry.epoch}` : `w${operationNumber(entry.write, numbering)}`,
      epoch: entry.epoch,
      durable: isOnDisk(entry),
      doomed: parts && entry.lsn > fork,
    }),
  );
  const isUp = node.snapshot.state !== 'down';
  const cursors = isUp
    ? [
        { label: 'received', index: wal.length },
        { label: 'flushed', index: volatile.flushed },
        { label: durable.leads ? 'committed' : 'applied', index: volatile.applied },
      ]
    : [];
  const leads = durable.leads && isUp;
  return { host: node.host, firstIndex, cells, cursors, leads };
}

function textOf(
  world: WorldView,
  drawn: { readonly nodes: readonly SceneNode[]; readonly matrix: LogMatrix; readonly key: string },
): string {
  const { nodes, matrix, key } = drawn;
  const sentences = [`${matrix.lanes.length} copies of one log, committed up to LSN ${matrix.committed}; key ${key}.`];
  for (const { host, version, status, remark, gauge } of nodes.filter(({ shape }) => shape === 'replica')) {
    const lane = matrix.lanes.find((one) => one.host === host);
    const disk = version === undefined ? 'nothing on disk' : `${version.label} as the last entry on disk`;
    const held = lane === undefined ? '' : ` has ${disk}${cursorWords(lane)}${doomedWords(lane)}`;
    const votes = gauge === undefined ? '' : `, ${gauge.have} of ${gauge.need} acknowledgements for ${gauge.label}`;
    const state = status === 'up' ? '' : `, is ${status}`;
    sentences.push(`${host}${held}${state}${votes}${remark === undefined ? '' : ` (${remark})`}.`);
  }
  for (const { host, remark } of nodes) {
    if (remark?.startsWith('waits')) sentences.push(`Client ${host} ${remark}.`);
  }
  for (const active of world.faults) sentences.push(`Fault ${active.fault.id} is in force: ${faultSentence(active)}`);
  if (world.inFlight.length > 0) sentences.push(`${world.inFlight.length} messages are on their way.`);
  return sentences.join(' ');
}

function cursorWords({ cursors }: LogLane): string {
  return cursors.map(({ label, index }) => `, ${label} ${index}`).join('');
}

function doomedWords({ cells, firstIndex }: LogLane): string {
  const first = cells.findIndex((cell) => cell?.doomed === true);
  if (first < 0) return '';
  return `, and from LSN ${firstIndex + first} on what the leader does not have`;
}
