import type { Packet, ProcessView, WorldView } from '../../kernel/view.ts';
import { faultSentence } from '../../scenario/fault-title.ts';
import type { Focus } from '../model.ts';
import { OPERATION } from '../numbering.ts';
import type { Scene, SceneNode } from '../scene.ts';
import type { ClientContext } from './client.ts';
import { entryMark, snapshotMark, stratumOf } from './focus.ts';
import { numberWordIn, serversIn, settingsIn } from './history.ts';
import type { Entry, Result, StoreSnapshot } from './messages.ts';
import { logMatrix, logText } from './panels.ts';
import { protocolOf, sightOf } from './protocols.ts';
import { regionOf } from './regions.ts';

/** The group at one moment: who leads, what each server has on disk for the key in view, votes under way, and the logs. */
export function scene(world: WorldView, focus: Focus): Scene {
  const nodes: SceneNode[] = [];
  for (const process of world.processes) {
    if (protocolOf(process.role) !== undefined) nodes.push(serverNode(world, process, focus));
    else if (process.role === 'client') nodes.push(clientNode(world, process, focus));
  }
  const matrix = logMatrix(world, focus);
  const packetLabels = world.inFlight.map((packet) => carriedLabel(packet, focus));
  const text = `${textOf(world, nodes, focus)} ${logText(matrix)}`;
  return { kind: 'topology', layout: 'ring', nodes, packetLabels, panels: [matrix], text };
}

/** What messages of this model may carry. */
type Load = {
  readonly key?: string;
  readonly sequence?: number;
  readonly result?: Result;
  readonly entry?: Entry;
  readonly entries?: readonly Entry[];
  readonly snapshot?: StoreSnapshot | null;
};

/** The version of the key in focus that a message carries, `v5`; undefined when it carries none. */
function carriedLabel({ from, message }: Packet, focus: Focus): string | undefined {
  const { key, sequence, result, entry, entries, snapshot } = message as Load;
  if (entry !== undefined) return entryMark(entry, focus)?.label;
  if (entries !== undefined) {
    const marks = entries.flatMap((entry) => entryMark(entry, focus) ?? []);
    return marks.at(-1)?.label;
  }
  if (snapshot !== undefined && snapshot !== null) return snapshotMark(snapshot, focus)?.label;
  const write = result === undefined ? `${from}${sequence}` : result.write;
  const isWrite = message.type === 'Write' || message.type === 'Cas';
  if (result === undefined && !(isWrite && key === focus.key)) return undefined;
  const rank = focus.numbering.get(write);
  return rank === undefined ? undefined : `v${rank}`;
}

function serverNode(world: WorldView, process: ProcessView, focus: Focus): SceneNode {
  const status = world.host(process.host)?.status ?? 'up';
  const version = stratumOf(process.role, process.disk, focus);
  const sight = sightOf(process);
  const gauge = status === 'up' ? sight.gauge : undefined;
  const number = `${numberWordIn(world)} ${sight.number}`;
  const place = placeIn(world, process.host);
  const remark = [...place, ...(status === 'down' ? [] : [sight.part]), number].join(', ');
  return {
    host: process.host,
    shape: 'replica',
    status,
    ...(version !== undefined && { version }),
    ...(gauge !== undefined && { gauge }),
    remark,
  };
}

function clientNode(world: WorldView, process: ProcessView, { numbering }: Focus): SceneNode {
  const { sequence, input } = (process.snapshot.context as ClientContext).volatile;
  const current = process.snapshot.state === 'waiting' ? input.script[sequence - 1] : undefined;
  const name = `${process.id}${sequence}`;
  const act = current?.f === 'cas' ? 'compare-and-set' : current?.f;
  const waits = act === undefined ? [] : [`waits for ${act} ${numbering.get(OPERATION + name) ?? name}`];
  const words = [...placeIn(world, process.host), ...waits];
  return {
    host: process.host,
    shape: 'client',
    status: world.host(process.host)?.status ?? 'up',
    ...(words.length > 0 && { remark: words.join(', ') }),
  };
}

/** The region of a host, where there are several. */
function placeIn(world: WorldView, host: string): readonly string[] {
  const { regions } = settingsIn(world);
  return regions === 1 ? [] : [regionOf(host, regions)];
}

function textOf(world: WorldView, nodes: readonly SceneNode[], focus: Focus): string {
  const servers = nodes.filter(({ shape }) => shape === 'replica');
  const leaders = serversIn(world).filter(
    (process) => sightOf(process).leads && world.host(process.host)?.status !== 'down',
  );
  const word = numberWordIn(world);
  const who = leaders.map((process) => `${process.host} leads ${word} ${sightOf(process).number}`).join(' and ');
  const sentences = [`${servers.length} servers, key ${focus.key}; ${who === '' ? 'nobody leads' : who}.`];
  for (const { host, status, version, remark, gauge } of servers) {
    const held = version === undefined ? 'has nothing of the key' : `has ${version.label} on disk`;
    const state = status === 'up' ? '' : `, is ${status}`;
    const votes = gauge === undefined ? '' : `, counts ${gauge.have} of ${gauge.need} for ${gauge.label}`;
    sentences.push(`${host} (${remark}) ${held}${state}${votes}.`);
  }
  for (const { host, remark } of nodes) {
    if (remark?.includes('waits')) sentences.push(`Client ${host} ${remark}.`);
  }
  for (const active of world.faults) sentences.push(`Fault ${active.fault.id} is in force: ${faultSentence(active)}`);
  if (world.inFlight.length > 0) sentences.push(`${world.inFlight.length} messages are on their way.`);
  return sentences.join(' ');
}
