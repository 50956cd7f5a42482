import type { Packet, ProcessView, WorldView } from '../../kernel/view.ts';
import { faultSentence } from '../../scenario/fault-title.ts';
import type { Focus } from '../model.ts';
import type { Scene, SceneNode } from '../scene.ts';
import type { ClientContext } from './client.ts';
import { entryMark, OPERATION, snapshotMark, stratumOf } from './focus.ts';
import { leads, serverOf } from './history.ts';
import type { Entry, LogSnapshot, Result } from './messages.ts';
import { logMatrix, logText } from './panels.ts';
import { lastIndexOf } from './raft/log.ts';
import { quorumSize } from './raft/quorum.ts';

/** The group at one moment: who leads, what each server has on disk for the key in view, votes under way, and the logs. */
export function scene(world: WorldView, focus: Focus): Scene {
  const nodes: SceneNode[] = [];
  for (const process of world.processes) {
    if (process.role === 'server') nodes.push(serverNode(world, process, focus));
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
  readonly entries?: readonly Entry[];
  readonly snapshot?: LogSnapshot;
};

/** The version of the key in focus that a message carries, `v5`; undefined when it carries none. */
function carriedLabel({ from, message }: Packet, focus: Focus): string | undefined {
  const { key, sequence, result, entries, snapshot } = message as Load;
  if (entries !== undefined) {
    const marks = entries.flatMap((entry) => entryMark(entry, focus) ?? []);
    return marks.at(-1)?.label;
  }
  if (snapshot !== undefined) return snapshotMark(snapshot, focus)?.label;
  const write = result === undefined ? `${from}${sequence}` : result.write;
  const isWrite = message.type === 'Write' || message.type === 'Cas';
  if (result === undefined && !(isWrite && key === focus.key)) return undefined;
  const rank = focus.numbering.get(write);
  return rank === undefined ? undefined : `v${rank}`;
}

const ROLE_WORDS: Readonly<Record<string, string>> = { preCandidate: 'pre-candidate', transferring: 'hands over' };

/** Votes of a candidate, and of a leader the servers that have its oldest entry which is not committed. */
function gaugeOf(process: ProcessView): SceneNode['gauge'] {
  const { durable, volatile } = serverOf(process);
  const { members, settings, granted, office, commit } = volatile;
  const need = quorumSize(members.voters.length, settings.quorum);
  const count = (has: (server: string) => boolean): number => Math.min(need, members.voters.filter(has).length);
  const { state } = process.snapshot;
  if (state === 'preCandidate' || state === 'candidate') {
    const term = state === 'candidate' ? durable.term : durable.term + 1;
    return { have: count((server) => granted.includes(server)), need, label: `votes for term ${term}` };
  }
  if (office === null || lastIndexOf(durable) <= commit) return undefined;
  const holders = office.progress.filter(({ match }) => match > commit).map(({ server }) => server);
  return { have: count((server) => holders.includes(server)), need, label: `entry ${commit + 1}` };
}

function serverNode(world: WorldView, process: ProcessView, focus: Focus): SceneNode {
  const { state } = process.snapshot;
  const status = world.host(process.host)?.status ?? 'up';
  const version = stratumOf('server', process.disk, focus);
  const gauge = status === 'up' ? gaugeOf(process) : undefined;
  const { term } = serverOf(process).durable;
  const remark = status === 'down' ? `term ${term}` : `${ROLE_WORDS[state] ?? state}, term ${term}`;
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
  return {
    host: process.host,
    shape: 'client',
    status: world.host(process.host)?.status ?? 'up',
    ...(current !== undefined && { remark: `waits for ${current.f} ${numbering.get(OPERATION + name) ?? name}` }),
  };
}

function textOf(world: WorldView, nodes: readonly SceneNode[], focus: Focus): string {
  const servers = nodes.filter(({ shape }) => shape === 'replica');
  const leaders = world.processes.filter(
    (process) => process.role === 'server' && leads(process) && world.host(process.host)?.status !== 'down',
  );
  const who = leaders.map((process) => `${process.host} leads term ${serverOf(process).durable.term}`).join(' and ');
  const sentences = [`${servers.length} servers, key ${focus.key}; ${who === '' ? 'nobody leads' : who}.`];
  for (const { host, status, version, remark, gauge } of servers) {
    const held = version === undefined ? 'has nothing of the key' : `has ${version.label} on disk`;
    const state = status === 'up' ? '' : `, is ${status}`;
    const votes = gauge === undefined ? '' : `, counts ${gauge.have} of ${gauge.need} for ${gauge.label}`;
    sentences.push(`${host} (${remark}) ${held}${state}${votes}.`);
  }
  for (const { host, remark } of nodes) {
    if (remark?.startsWith('waits')) sentences.push(`Client ${host} ${remark}.`);
  }
  for (const active of world.faults) sentences.push(`Fault ${active.fault.id} is in force: ${faultSentence(active)}`);
  if (world.inFlight.length > 0) sentences.push(`${world.inFlight.length} messages are on their way.`);
  return sentences.join(' ');
}
