import type { Packet, ProcessView, WorldView } from '../../kernel/view.ts';
import { faultSentence } from '../../scenario/fault-title.ts';
import type { Focus } from '../model.ts';
import { OPERATION } from '../numbering.ts';
import type { Scene, SceneNode } from '../scene.ts';
import { rightsHeld } from './change.ts';
import type { ClientContext } from './client.ts';
import { stratumOf } from './focus.ts';
import { configIn, diskOf, regionOf } from './history.ts';
import type { Entry, Store, Touched } from './messages.ts';
import { sheetWords, storesSheet, vectorsSheet } from './panels.ts';
import { receiversOf } from './paths.ts';
import { backlogOf } from './replicate.ts';

/** The regions on a ring with their clients, what travels between them, and two tables: what each holds, and what each has heard of whom. */
export function scene(world: WorldView, focus: Focus): Scene {
  const nodes: SceneNode[] = [];
  for (const process of world.processes) {
    if (process.role === 'region') nodes.push(regionNode(world, process, focus));
    else if (process.role === 'client') nodes.push(clientNode(world, process, focus));
  }
  const packetLabels = world.inFlight.map((packet) => carriedLabel(packet, focus));
  const panels = [storesSheet(world, focus), vectorsSheet(world)];
  return {
    kind: 'topology',
    layout: 'ring',
    nodes,
    packetLabels,
    panels,
    text: [textOf(world, nodes, focus), ...panels.map(sheetWords)].join(' '),
  };
}

/** What messages of this model may carry. */
type Load = {
  readonly key?: string;
  readonly sequence?: number;
  readonly value?: unknown;
  readonly entries?: readonly Entry[];
  readonly touched?: Touched;
  readonly store?: Store;
};

/** The versions of the key in focus that a message carries: `v5`, `v5…v9`; undefined when it carries none. */
function carriedLabel({ from, to, message }: Packet, { key, numbering }: Focus): string | undefined {
  const load = message as Load;
  const writes: string[] = [];
  for (const entry of load.entries ?? []) if (entry.key === key) writes.push(entry.write);
  for (const { write } of Object.values(load.touched ?? load.store?.[key]?.touched ?? {})) writes.push(write);
  if (message.type === 'Put' || message.type === 'Del') writes.push(`${from}${load.sequence}`);
  if (message.type === 'UpdateReply') writes.push(`${to}${load.sequence}`);
  const ranks = writes.map((write) => numbering.get(write) ?? 0).filter((rank) => rank > 0);
  if (ranks.length === 0) return undefined;
  if (typeof load.value === 'number') return `${load.value}`;
  const [low, high] = [Math.min(...ranks), Math.max(...ranks)];
  return low === high ? `v${low}` : `v${low}…v${high}`;
}

const STATE_WORDS: Readonly<Record<string, string>> = {
  isolated: 'isolated',
  draining: 'draining its backlog',
  catchingUp: 'catching up',
};

function regionNode(world: WorldView, process: ProcessView, focus: Focus): SceneNode {
  const { volatile } = regionOf(process);
  const { config } = volatile;
  const remarks: string[] = [];
  const word = STATE_WORDS[process.snapshot.state];
  if (word !== undefined) remarks.push(word);
  const backlog = Math.max(...receiversOf(config, process.id).map((name) => backlogOf(regionOf(process), name)));
  if (backlog > 0) remarks.push(`${backlog} to send`);
  if (volatile.waiting.length > 0) remarks.push(`${volatile.waiting.length} held back`);
  const skewUs = config.skewsUs[process.id] ?? 0;
  if (skewUs !== 0 && config.resolve.startsWith('lww')) {
    remarks.push(`clock ${skewUs > 0 ? '+' : '−'}${Math.abs(skewUs) / 1000} ms`);
  }
  if (config.resolve === 'escrow') {
    remarks.push(`${rightsHeld(diskOf(process.disk).store[focus.key]?.datum, process.id, config)} rights`);
  }
  const version = stratumOf('region', process.disk, focus);
  return {
    host: process.host,
    shape: 'replica',
    status: world.host(process.host)?.status ?? 'up',
    ...(version !== undefined && { version }),
    ...(remarks.length > 0 && { remark: remarks.join(', ') }),
  };
}

function clientNode(world: WorldView, process: ProcessView, { numbering }: Focus): SceneNode {
  const { sequence, input } = (process.snapshot.context as ClientContext).volatile;
  const { via, act } = input.script[Math.max(0, sequence - 1)] ?? { via: 'its region', act: undefined };
  const noun = act === undefined ? 'read' : 'operation';
  const name = `${process.id}${sequence}`;
  const isWaiting = process.snapshot.state === 'waiting';
  return {
    host: process.host,
    shape: 'client',
    status: world.host(process.host)?.status ?? 'up',
    ...(isWaiting && { remark: `waits for ${noun} ${numbering.get(OPERATION + name) ?? name} at ${via}` }),
  };
}

function textOf(world: WorldView, nodes: readonly SceneNode[], focus: Focus): string {
  const regions = nodes.filter(({ shape }) => shape === 'replica');
  const sentences = [`${regions.length} regions in a ${configIn(world).topology}, key ${focus.key}.`];
  for (const { host, status, version, remark } of regions) {
    const label = version?.label === version?.value ? '' : `${version?.label}: `;
    const held = version === undefined ? 'holds nothing' : `holds ${label}${version.value}`;
    const state = status === 'up' ? '' : `, is ${status}`;
    sentences.push(`${host} ${held}${state}${remark === undefined ? '' : ` (${remark})`}.`);
  }
  for (const { host, shape, remark } of nodes) {
    if (shape === 'client' && remark !== undefined) sentences.push(`Client ${host} ${remark}.`);
  }
  for (const active of world.faults) sentences.push(`Fault ${active.fault.id} is in force: ${faultSentence(active)}`);
  if (world.inFlight.length > 0) sentences.push(`${world.inFlight.length} messages are on their way.`);
  return sentences.join(' ');
}
