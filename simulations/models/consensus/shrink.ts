import type { Value } from '../../kernel/value.ts';
import type { Shrinking, SmallerSystem, WrittenOperation } from '../model.ts';
import { type ConsensusKnobs, knobs as specs } from './knobs.ts';
import { settingsOf } from './topology.ts';
import { OPERATOR, scriptsOf, type Workload, workload as workloadSchema } from './workload.ts';

/** What the model keeps of an operation beside its time, its client and the server asked first. */
type Act = { readonly f: string; readonly key: string; readonly value: Value; readonly from?: Value };

function operations(run: Parameters<Shrinking<ConsensusKnobs>['operations']>[0]): readonly WrittenOperation[] {
  const scripts = new Map(
    scriptsOf(workloadSchema.parse(run.workload), run.draw).map(({ client, script }) => [client, script]),
  );
  const begun = new Map<string, number>();
  return run.operations.map(({ client, invokedAt }): WrittenOperation => {
    const at = begun.get(client) ?? 0;
    begun.set(client, at + 1);
    const { f, key, value, from, via } = scripts.get(client)![at]!;
    const act: Act = { f, key, value, ...(from !== undefined && { from }) };
    return { client, atUs: invokedAt, ...(via !== '' && { via }), act };
  });
}

/** Values are written out, because the number of an operation changes when others go. What an operator does stays as it is. */
function workload(written: readonly WrittenOperation[], before: unknown): Readonly<Record<string, unknown>> {
  const clients = [...new Set(written.map(({ client }) => client))].filter((client) => client !== OPERATOR).sort();
  const script: Record<string, object[]> = Object.fromEntries(clients.map((client) => [client, []]));
  for (const { client, atUs, via, act } of written) {
    const { f, key, value, from } = act as Act;
    script[client]?.push({
      f,
      key,
      atUs,
      ...(via !== undefined && { via }),
      ...(f !== 'read' && { value }),
      ...(from !== undefined && { from }),
    });
  }
  const { operator } = before as Workload;
  return { script, ...(operator.length > 0 && { operator }) };
}

/** Whether somebody changes the group: then the servers that it names must be there. */
const namesServers = (load: unknown): boolean => (load as Workload).operator.length > 0;

/** Fewer servers, down to three; a majority of them is what it is. */
function smaller(knobs: ConsensusKnobs, load: unknown): readonly SmallerSystem[] {
  if (namesServers(load)) return [];
  const { voters } = settingsOf(knobs);
  const systems: SmallerSystem[] = [];
  // Spares have the numbers after the voters: with fewer voters they would be others.
  for (let servers = 3; servers < knobs.servers && knobs.spares === 0; servers++) {
    systems.push({ set: { servers }, hosts: voters, left: voters.slice(0, servers) });
  }
  return systems;
}

/** What is not needed is switched off; what nobody draws from goes back to its default. */
function simpler(
  knobs: ConsensusKnobs,
  load: unknown,
): readonly (readonly [knob: string, value: string | number | boolean])[] {
  const off: (readonly [string, string | number | boolean])[] = [
    ['lossRatio', 0],
    ['duplicateRatio', 0],
    ['reorderRatio', 0],
    ...(namesServers(load) ? [] : [['spares', 0] as const]),
    ['preVote', false],
  ];
  const back = ['snapshotEvery', 'batchMax', 'latencyMin', 'latencyMax', 'persistMin', 'persistMax'] as const;
  const changes = [...off, ...back.map((knob) => [knob, specs[knob].default] as const)];
  return changes.filter(([knob, value]) => knobs[knob as keyof ConsensusKnobs] !== value);
}

/** How runs of a replicated log are made smaller. */
export const shrinking: Shrinking<ConsensusKnobs> = { operations, workload, smaller, simpler };
