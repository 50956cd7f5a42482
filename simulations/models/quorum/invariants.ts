import type { StepView, WorldView } from '../../kernel/view.ts';
import type { Finding, Property } from '../model.ts';
import { operationNumber } from '../numbering.ts';
import { diskOf, type QuorumMet, type TombstonePurged, type VersionStored } from './history.ts';
import { isStrict, type QuorumKnobs } from './knobs.ts';
import { type Cells, compareVersions, type Version } from './versions.ts';

type Always = Extract<Property<QuorumKnobs>, { kind: 'always' }>;

/** The first finding among a step's notes of that name. */
function amongNotes<Data>(
  step: StepView,
  name: string,
  find: (data: Data) => Finding['sentence'] | undefined,
): Finding | undefined {
  for (const effect of step.effects) {
    if (effect.type !== 'note' || effect.name !== name) continue;
    const data = effect.data as Data;
    const sentence = find(data);
    if (sentence === undefined) continue;
    const { key } = data as { readonly key: string };
    return { sentence, witness: { operations: [], steps: [step.index], key } };
  }
  return undefined;
}

/** `r1`, `r1 and r2`, `r1, r2 and r3`. */
function listed(hosts: readonly string[]): string {
  return hosts.length < 2 ? (hosts[0] ?? 'nobody') : `${hosts.slice(0, -1).join(', ')} and ${hosts.at(-1)}`;
}

/** Two sets of at least R and W of the same N replicas share one when R + W > N: so it is enough that each set is as large as it claims. */
function undersizedQuorum(met: QuorumMet, knobs: QuorumKnobs): string | undefined {
  const distinct = [...new Set(met.members)];
  const needed = met.request === 'read' ? knobs.readQuorum : knobs.writeQuorum;
  if (distinct.length >= needed) return undefined;
  const other = met.request === 'read' ? `write quorum of ${knobs.writeQuorum}` : `read quorum of ${knobs.readQuorum}`;
  const counted = `${distinct.length} of the ${needed} replicas that its quorum needs (${listed(distinct)})`;
  return `A ${met.request} of ${met.key} was settled by ${counted}, so a ${other} need not meet it.`;
}

/** How many nodes have the version, or a newer one, on disk. Spares count by their hints when quorums are sloppy. */
function countOnDisk(world: WorldView, met: QuorumMet & { readonly version: Version }, knobs: QuorumKnobs): number {
  let count = 0;
  for (const process of world.processes) {
    if (process.role !== 'replica') continue;
    const { store, hints } = diskOf(process.disk);
    const hinted = knobs.sloppyQuorum && hints.some((hint) => hint.cell.write === met.write);
    if (hinted || hasVersion(store[met.key] ?? [], met.version)) count++;
  }
  return count;
}

function hasVersion(cells: Cells, version: Version): boolean {
  return cells.some((cell) => {
    const order = compareVersions(cell.version, version);
    return order === 'equal' || order === 'after';
  });
}

function movedBack({ key, now, over }: VersionStored): Finding['sentence'] | undefined {
  for (const old of over) {
    if (hasVersion(now, old.version)) continue;
    const kept = now.every((cell) => compareVersions(cell.version, old.version) === 'concurrent') && now.includes(old);
    if (kept) continue;
    return (numbering) => {
      const [own, newer] = [old, now[0]].map((cell) => cell && operationNumber(cell.write, numbering));
      const what = old.deleted ? `the tombstone of delete ${own}` : `the version of write ${own}`;
      return `A replica replaced ${what} under ${key} by ${newer === undefined ? 'nothing' : `the older version of write ${newer}`}.`;
    };
  }
  return undefined;
}

/** Claims that hold after every step. Each names the `sometimes` that shows it was put to the test. */
export const invariants: readonly Always[] = [
  {
    kind: 'always',
    id: 'quorums-intersect',
    title: 'quorums intersect',
    exercisedBy: 'strict-quorum-met',
    notes: ['quorum.met'],
    check(_world, step, knobs) {
      if (!isStrict(knobs)) return undefined;
      return amongNotes<QuorumMet>(step, 'quorum.met', (met) => undersizedQuorum(met, knobs));
    },
  },
  {
    kind: 'always',
    id: 'acknowledged-on-quorum',
    title: 'an acknowledged write is on W disks',
    exercisedBy: 'write-acknowledged',
    notes: ['quorum.met'],
    check(world, step, knobs) {
      return amongNotes<QuorumMet>(step, 'quorum.met', (met) => {
        if (met.version === undefined) return undefined;
        const count = countOnDisk(world, { ...met, version: met.version }, knobs);
        if (count >= knobs.writeQuorum) return undefined;
        const where = `${count} ${count === 1 ? 'disk' : 'disks'}, not ${knobs.writeQuorum}`;
        return `A ${met.request} of ${met.key} was acknowledged when it was on ${where}.`;
      });
    },
  },
  {
    kind: 'always',
    id: 'versions-move-forward',
    title: 'no replica goes back to an older version',
    exercisedBy: 'version-replaced',
    notes: ['version.stored'],
    check(_world, step) {
      return amongNotes<VersionStored>(step, 'version.stored', movedBack);
    },
  },
  {
    kind: 'always',
    id: 'no-early-purge',
    title: 'no tombstone is purged before its grace is over',
    exercisedBy: 'tombstone-purged',
    notes: ['tombstone.purged'],
    check(_world, step, knobs) {
      return amongNotes<TombstonePurged>(step, 'tombstone.purged', ({ key, ageUs }) => {
        if (ageUs >= knobs.gcGrace) return undefined;
        const [age, grace] = [ageUs, knobs.gcGrace].map((us) => `${Math.round(us / 1000)} ms`);
        return `The tombstone of ${key} was purged at the age of ${age}; its grace is ${grace}.`;
      });
    },
  },
];
