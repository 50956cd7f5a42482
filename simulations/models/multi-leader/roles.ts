import type { HostId } from '../../kernel/behavior.ts';
import type { StepView, WorldView } from '../../kernel/view.ts';
import { type Applied, configIn, regionsOf } from './history.ts';

/** The hosts that faults may name by their part, resolved when the fault begins. */
export const targets: Readonly<Record<string, (world: WorldView) => readonly HostId[]>> = {
  regions: (world) => configIn(world).regions,
  /** The first region: the hub of a star. */
  hub: (world) => configIn(world).regions.slice(0, 1),
  'other-regions': (world) => configIn(world).regions.slice(1),
  /** Regions that have not heard of some receiver for a while. */
  isolated: (world) =>
    regionsOf(world)
      .filter(({ snapshot }) => snapshot.state === 'isolated')
      .map(({ host }) => host),
  clients: (world) => world.processes.filter(({ role }) => role === 'client').map(({ host }) => host),
};

function noteOf(step: StepView, name: string): unknown {
  const found = step.effects.find((effect) => effect.type === 'note' && effect.name === name);
  return found?.type === 'note' ? found.data : undefined;
}

/** What faults may wait for. */
export const predicates: Readonly<Record<string, (world: WorldView, step: StepView) => boolean>> = {
  'write-accepted': (_world, step) => noteOf(step, 'write.accepted') !== undefined,
  'write-replicated': (_world, step) => noteOf(step, 'entry.applied') !== undefined,
  /** A region has applied a write beside one that the writer had not seen. */
  conflict: (_world, step) => (noteOf(step, 'entry.applied') as Applied | undefined)?.conflict != null,
  'increment-refused': (_world, step) => noteOf(step, 'write.refused') !== undefined,
  'region-isolated': (world) => regionsOf(world).some(({ snapshot }) => snapshot.state === 'isolated'),
};
