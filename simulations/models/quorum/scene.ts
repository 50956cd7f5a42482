import type { Packet, ProcessView, WorldView } from '../../kernel/view.ts';
import { faultSentence } from '../../scenario/fault-title.ts';
import type { Focus } from '../model.ts';
import { OPERATION } from '../numbering.ts';
import type { Scene, SceneNode } from '../scene.ts';
import type { ClientContext } from './client.ts';
import type { CoordinatorContext } from './coordinator-state.ts';
import { countedForWrite } from './coordinator-write.ts';
import { markOf, stratumOf } from './focus.ts';
import { diskOf } from './history.ts';
import type { Entries } from './messages.ts';
import type { Cell, Cells } from './versions.ts';

/** The ring at one moment: what each node has on disk for the key in view, votes of requests under way, remarks. */
export function scene(world: WorldView, focus: Focus): Scene {
  const gauges = new Map<string, NonNullable<SceneNode['gauge']>>();
  for (const process of world.processes) {
    if (process.role === 'coordinator') gauges.set(process.host, gaugeOf(process, focus));
  }
  const nodes: SceneNode[] = [];
  for (const process of world.processes) {
    if (process.role === 'replica') nodes.push(replicaNode(world, process, gauges.get(process.host), focus));
    else if (process.role === 'client') nodes.push(clientNode(world, process, gauges.get(process.host), focus));
  }
  const packetLabels = world.inFlight.map((packet) => carriedLabel(packet, focus));
  return { kind: 'topology', layout: 'ring', nodes, packetLabels, text: textOf(world, nodes, focus) };
}

/** What messages of this model may carry. */
type Load = {
  readonly key?: string;
  readonly sequence?: number;
  readonly cell?: Cell;
  readonly cells?: Cells;
  readonly entries?: Entries;
};

/** The version of the key in focus that a message carries, `v5`; undefined when it carries none. */
function carriedLabel({ from, message }: Packet, focus: Focus): string | undefined {
  const { key, sequence, cell, cells, entries } = message as Load;
  const carried = cells ?? entries?.find((entry) => entry.key === focus.key)?.cells ?? (cell == null ? [] : [cell]);
  // Replies do not name their key: the numbering knows the writes of the key in focus only.
  if (carried.some(({ write }) => focus.numbering.has(write))) return markOf(carried, focus)?.label;
  // A client's own write has no version before its coordinator gives it one; its number is known.
  const isWrite = message.type === 'Write' || message.type === 'Delete';
  const rank = isWrite && key === focus.key ? focus.numbering.get(`${from}${sequence}`) : undefined;
  return rank === undefined ? undefined : `v${rank}`;
}

/** Votes of the coordinator started last on a host: answers or acknowledgements, and during write-back the holders. */
function gaugeOf(process: ProcessView, { numbering }: Focus): NonNullable<SceneNode['gauge']> {
  const progress = (process.snapshot.context as CoordinatorContext).volatile;
  const { config, cell, client, sequence } = progress.input;
  const verb = cell === null ? 'read' : cell.deleted ? 'delete' : 'write';
  const label = `${verb} ${numbering.get(`${OPERATION}${client}${sequence}`) ?? `${client}${sequence}`}`;
  if (process.snapshot.state === 'repairing') {
    return {
      have: Math.min(progress.acks.length, config.writeQuorum),
      need: config.writeQuorum,
      label: `${label}, writing back`,
    };
  }
  const need = cell === null ? config.readQuorum : config.writeQuorum;
  const have = cell === null ? progress.answers.length : countedForWrite(progress).length;
  return { have: Math.min(have, need), need, label };
}

function replicaNode(world: WorldView, process: ProcessView, gauge: SceneNode['gauge'], focus: Focus): SceneNode {
  const { hints } = diskOf(process.disk);
  const remarks: string[] = [];
  if (process.snapshot.state === 'rejoining') remarks.push('rejoining');
  if (hints.length > 0) remarks.push(`${hints.length} ${hints.length === 1 ? 'hint' : 'hints'}`);
  const version = stratumOf('replica', process.disk, focus);
  return {
    host: process.host,
    shape: 'replica',
    status: world.host(process.host)?.status ?? 'up',
    ...(version !== undefined && { version }),
    ...(gauge !== undefined && { gauge }),
    ...(remarks.length > 0 && { remark: remarks.join(', ') }),
  };
}

function clientNode(
  world: WorldView,
  process: ProcessView,
  gauge: SceneNode['gauge'],
  { numbering }: Focus,
): SceneNode {
  const { sequence, input } = (process.snapshot.context as ClientContext).volatile;
  const current = process.snapshot.state === 'waiting' ? input.script[sequence - 1] : undefined;
  const name = `${process.id}${sequence}`;
  return {
    host: process.host,
    shape: 'client',
    status: world.host(process.host)?.status ?? 'up',
    ...(gauge !== undefined && { gauge }),
    ...(current !== undefined && { remark: `waits for ${current.f} ${numbering.get(OPERATION + name) ?? name}` }),
  };
}

function textOf(world: WorldView, nodes: readonly SceneNode[], focus: Focus): string {
  const replicas = nodes.filter(({ shape }) => shape === 'replica');
  const sentences = [`${replicas.length} nodes on a ring, key ${focus.key}.`];
  for (const { host, status, version, remark, gauge } of replicas) {
    const held =
      version === undefined ? 'holds nothing' : `holds ${version.deleted ? 'the tombstone ' : ''}${version.label}`;
    const state = status === 'up' ? '' : `, is ${status}`;
    const votes = gauge === undefined ? '' : `, counts ${gauge.have} of ${gauge.need} for ${gauge.label}`;
    sentences.push(`${host} ${held}${state}${votes}${remark === undefined ? '' : ` (${remark})`}.`);
  }
  for (const { host, remark } of nodes) {
    if (remark?.startsWith('waits')) sentences.push(`Client ${host} ${remark}.`);
  }
  for (const active of world.faults) sentences.push(`Fault ${active.fault.id} is in force: ${faultSentence(active)}`);
  if (world.inFlight.length > 0) sentences.push(`${world.inFlight.length} messages are on their way.`);
  return sentences.join(' ');
}
