import type { Value } from '../../kernel/value.ts';
import type { Shrinking, SmallerSystem, WrittenOperation } from '../model.ts';
import { isStrict, type QuorumKnobs, knobs as specs } from './knobs.ts';
import { configOf } from './topology.ts';
import { scriptsOf, workload as workloadSchema } from './workload.ts';

/** What the model keeps of an operation beside its time, its client and its coordinator. */
type Act = { readonly f: string; readonly key: string; readonly value: Value };

function operations(run: Parameters<Shrinking<QuorumKnobs>['operations']>[0]): readonly WrittenOperation[] {
  const { replicas } = configOf(run.knobs);
  const scripts = new Map(
    scriptsOf(workloadSchema.parse(run.workload), replicas, run.draw).map(({ client, script }) => [client, script]),
  );
  const begun = new Map<string, number>();
  return run.operations.map(({ client, invokedAt }): WrittenOperation => {
    const at = begun.get(client) ?? 0;
    begun.set(client, at + 1);
    const { f, key, value, via } = scripts.get(client)![at]!;
    const act: Act = { f, key, value: value === `${client}:${at + 1}` ? null : value };
    return { client, atUs: invokedAt, ...(run.knobs.coordinatorAt === 'replica' && { via }), act };
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

/** What a quorum is, whatever N is: one, all, or a majority. Undefined: a number chosen for other reasons. */
function quorumOf(size: number, replicas: number): ((replicas: number) => number) | undefined {
  if (size === Math.floor(replicas / 2) + 1 && replicas > 2) return (n) => Math.floor(n / 2) + 1;
  if (size === 1) return () => 1;
  if (size === replicas) return (n) => n;
  return undefined;
}

/**
 * Fewer replicas, such that one stays one, all stay all and a majority stays a majority, of three at least; and R + W > N holds where
 * it held and nowhere else.
 */
function smaller(knobs: QuorumKnobs): readonly SmallerSystem[] {
  const { replicas, readQuorum, writeQuorum } = knobs;
  const [reads, writes] = [readQuorum, writeQuorum].map((size) => quorumOf(size, replicas));
  if (reads === undefined || writes === undefined) return [];
  const hosts = configOf(knobs).replicas;
  const systems: SmallerSystem[] = [];
  for (let n = replicas >= 3 ? 3 : 2; n < replicas; n++) {
    const set = { replicas: n, readQuorum: reads(n), writeQuorum: writes(n) };
    if (isStrict({ ...knobs, ...set }) === isStrict(knobs)) systems.push({ set, hosts, left: hosts.slice(0, n) });
  }
  return systems;
}

/** Repair that is not needed is switched off; latencies that nobody draws from and limits that nobody meets go back to their defaults. */
function simpler(knobs: QuorumKnobs): readonly (readonly [knob: string, value: string | number | boolean])[] {
  const off: (readonly [string, string | number | boolean])[] = [
    ['antiEntropyEvery', 0],
    ['hintAfter', 0],
    ['readRepair', 'off'],
    ['sloppyQuorum', false],
    ['spares', 0],
    ['lossRatio', 0],
    ['duplicateRatio', 0],
  ];
  const back = ['latency', 'latencyMin', 'latencyMax', 'persistTime', 'requestTimeout', 'gcGrace'] as const;
  const more = ['hintEvery', 'hintTtl'] as const;
  const changes = [...off, ...[...back, ...more].map((knob) => [knob, specs[knob].default] as const)];
  return changes.filter(([knob, value]) => knobs[knob as keyof QuorumKnobs] !== value);
}

/** How quorum runs are made smaller. */
export const shrinking: Shrinking<QuorumKnobs> = { operations, workload, smaller, simpler };
