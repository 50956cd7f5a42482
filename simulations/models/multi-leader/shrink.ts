import type { Shrinking, SmallerSystem, WrittenOperation } from '../model.ts';
import { type MultiLeaderKnobs, knobs as specs } from './knobs.ts';
import type { Act } from './messages.ts';
import { configOf } from './topology.ts';
import { scriptsOf, workload as workloadSchema } from './workload.ts';

/** What the model keeps of an operation beside its time, its client and its region. */
type Kept = { readonly key: string; readonly act: Act | null };

function operations(run: Parameters<Shrinking<MultiLeaderKnobs>['operations']>[0]): readonly WrittenOperation[] {
  const { regions } = configOf(run.knobs);
  const load = workloadSchema.parse(run.workload);
  const scripts = new Map(
    scriptsOf(load, run.knobs.data, regions, run.draw).map(({ client, script }) => [client, script]),
  );
  const begun = new Map<string, number>();
  return run.operations.map(({ client, invokedAt }): WrittenOperation => {
    const at = begun.get(client) ?? 0;
    begun.set(client, at + 1);
    const { key, act, via } = scripts.get(client)![at]!;
    const kept: Kept = { key, act: act ?? null };
    return { client, atUs: invokedAt, via, act: kept };
  });
}

/** An act as the scenario file writes it. */
function fieldsOf(act: Act | null): { readonly f: string; readonly value?: unknown } {
  if (act === null) return { f: 'read' };
  switch (act.do) {
    case 'add':
      return { f: 'put', value: act.item };
    case 'remove':
      return { f: 'del', value: act.item };
    case 'write':
      return { f: 'put', value: act.value };
    case 'delete':
      return { f: 'del' };
    case 'count':
      return { f: act.amount > 0 ? 'put' : 'del', value: Math.abs(act.amount) };
  }
}

function workload(written: readonly WrittenOperation[]): Readonly<Record<string, unknown>> {
  const clients = [...new Set(written.map(({ client }) => client))].sort();
  const script: Record<string, object[]> = Object.fromEntries(clients.map((client) => [client, []]));
  for (const { client, atUs, via, act } of written) {
    const { key, act: what } = act as Kept;
    const { f, value } = fieldsOf(what);
    script[client]!.push({ f, key, atUs, ...(via !== undefined && { via }), ...(value !== undefined && { value }) });
  }
  return { script };
}

/** Fewer regions, the first ones; two are enough for a conflict. Rights are cut anew, so the limit stays as it is. */
function smaller(knobs: MultiLeaderKnobs): readonly SmallerSystem[] {
  const hosts = configOf(knobs).regions;
  const systems: SmallerSystem[] = [];
  for (let regions = 2; regions < knobs.regions; regions++) {
    systems.push({ set: { regions }, hosts, left: hosts.slice(0, regions) });
  }
  return systems;
}

/** Luck that is not needed is switched off; what nobody meets goes back to its default. */
function simpler(knobs: MultiLeaderKnobs): readonly (readonly [knob: string, value: string | number | boolean])[] {
  const off = [
    ['lossRatio', 0],
    ['duplicateRatio', 0],
    ['reorderRatio', 0],
    ['jitter', 0],
    ['skew', 0],
    ['topology', 'mesh'],
    ['delivery', 'causal'],
  ] as const;
  const back = ['rtt', 'localLatency', 'persistTime', 'replicateEvery', 'batch', 'requestTimeout', 'gcGrace'] as const;
  const changes = [...off, ...back.map((knob) => [knob, specs[knob].default] as const)];
  return changes.filter(([knob, value]) => knobs[knob] !== value);
}

/** How multi-leader runs are made smaller. */
export const shrinking: Shrinking<MultiLeaderKnobs> = { operations, workload, smaller, simpler };
