import type { Value } from '../../kernel/value.ts';
import type { Shrinking, SmallerSystem, WrittenOperation } from '../model.ts';
import { type ReplicationKnobs, knobs as specs } from './knobs.ts';
import { configOf } from './topology.ts';
import { scriptsOf, workload as workloadSchema } from './workload.ts';

/** What the model keeps of an operation beside its time, its client and the node that it reads from. */
type Act = { readonly f: string; readonly key: string; readonly value: Value };

function operations(run: Parameters<Shrinking<ReplicationKnobs>['operations']>[0]): readonly WrittenOperation[] {
  const { nodes } = configOf(run.knobs);
  const scripts = new Map(
    scriptsOf(workloadSchema.parse(run.workload), nodes, run.draw).map(({ client, script }) => [client, script]),
  );
  const begun = new Map<string, number>();
  return run.operations.map(({ client, invokedAt }): WrittenOperation => {
    const at = begun.get(client) ?? 0;
    begun.set(client, at + 1);
    const { f, key, value, via } = scripts.get(client)![at]!;
    const isRouted = f === 'read' && run.knobs.routing !== 'leader';
    const act: Act = { f, key, value: value === `${client}:${at + 1}` ? null : value };
    return { client, atUs: invokedAt, ...(isRouted && { via }), act };
  });
}

function workload(written: readonly WrittenOperation[]): Readonly<Record<string, unknown>> {
  const clients = [...new Set(written.map(({ client }) => client))].sort();
  const script: Record<string, object[]> = Object.fromEntries(clients.map((client) => [client, []]));
  for (const { client, atUs, via, act } of written) {
    const { f, key, value } = act as Act;
    script[client]!.push({ f, key, atUs, ...(via !== undefined && { via }), ...(value !== null && { value }) });
  }
  return { script };
}

/** Fewer followers, as long as those that must acknowledge remain the same number, or all of them all. */
function smaller(knobs: ReplicationKnobs): readonly SmallerSystem[] {
  const hosts = configOf(knobs).nodes.slice(1);
  const least = knobs.mode === 'semi' ? Math.max(1, knobs.syncAcks) : 1;
  const systems: SmallerSystem[] = [];
  for (let followers = least; followers < knobs.followers; followers++) {
    systems.push({ set: { followers }, hosts, left: hosts.slice(0, followers) });
  }
  return systems;
}

/** Limits that nobody meets and latencies that change nothing go back to their defaults. */
function simpler(knobs: ReplicationKnobs): readonly (readonly [knob: string, value: string | number | boolean])[] {
  const off: (readonly [string, string | number | boolean])[] = [
    ['lossRatio', 0],
    ['duplicateRatio', 0],
  ];
  const back = ['applyDelay', 'lagMin', 'lagMax', 'latencyMin', 'latencyMax', 'persistTime'] as const;
  const more = ['requestTimeout', 'retryEvery', 'degradeAfter', 'suspectAfter', 'heartbeatEvery'] as const;
  const changes = [...off, ...[...back, ...more].map((knob) => [knob, specs[knob].default] as const)];
  return changes.filter(([knob, value]) => knobs[knob as keyof ReplicationKnobs] !== value);
}

/** How replication runs are made smaller. */
export const shrinking: Shrinking<ReplicationKnobs> = { operations, workload, smaller, simpler };
