import { many } from '../../checkers/counted.ts';
import type { StepView, WorldView } from '../../kernel/view.ts';
import type { Finding, Property } from '../model.ts';
import { operationNumber } from '../numbering.ts';
import { contextOf, diskOf, isUnfencedLeader, nodesOf, type WalAppended, type WriteAcknowledged } from './history.ts';
import { acksNeeded, type ReplicationKnobs } from './knobs.ts';
import { type EpochStart, entryAt, epochAt, forkPoint, isPrefix, type Wal } from './wal.ts';

type Always = Extract<Property<ReplicationKnobs>, { kind: 'always' }>;

/** The data of a step's notes of that name. */
function notesOf<Data>(step: StepView, name: string): readonly Data[] {
  return step.effects.flatMap((effect) =>
    effect.type === 'note' && effect.name === name ? [effect.data as Data] : [],
  );
}

const finding = (step: StepView, sentence: Finding['sentence']): Finding => ({
  sentence,
  witness: { operations: [], steps: [step.index] },
});

/** Two leaders are only found out when one of them begins to serve or takes a write: until then neither differs from the other. */
function twoLeaders(world: WorldView, step: StepView): Finding | undefined {
  const leading = nodesOf(world).filter((node) => isUnfencedLeader(world, node));
  if (leading.length < 2) return undefined;
  const words = leading.map((node) => `${node.id} (epoch ${contextOf(node).durable.epoch})`);
  return finding(step, `${words.join(' and ')} accept writes at the same time.`);
}

/** What a follower has just added must be what the leader of that epoch has at the same LSN. */
function notOfLeader(world: WorldView, step: StepView): Finding | undefined {
  const [added] = notesOf<WalAppended>(step, 'wal.appended');
  const follower = world.process(step.process);
  if (added === undefined || added.leads || follower === undefined) return undefined;
  const leader = nodesOf(world).find((node) => {
    const { durable } = contextOf(node);
    return durable.leads && durable.epoch === added.epoch;
  });
  if (leader === undefined) return undefined;
  const [own, theirs] = [contextOf(follower).durable.wal, contextOf(leader).durable.wal];
  const [mine, yours] = [entryAt(own, added.to), entryAt(theirs, added.to)];
  if (isPrefix(own, theirs) && mine?.write === yours?.write) return undefined;
  const parts = isPrefix(own, theirs) ? added.to - 1 : forkPoint(own, theirs);
  const where = Math.min(parts, ...differingStarts(own, theirs)) + 1;
  return finding(step, `The log of ${step.host} is not that of its leader ${leader.id}: they differ at LSN ${where}.`);
}

/** The LSNs before those at which an epoch begins in one history and not in the other. */
function differingStarts(own: Wal, theirs: Wal): readonly number[] {
  const [a, b] = [own.epochs, theirs.epochs.filter(({ lsn }) => lsn <= own.length)];
  const differs = ({ epoch, lsn }: EpochStart, other: readonly EpochStart[]): boolean =>
    !other.some((start) => start.epoch === epoch && start.lsn === lsn);
  return [...a.filter((start) => differs(start, b)), ...b.filter((start) => differs(start, a))].map(
    ({ lsn }) => lsn - 1,
  );
}

/** How many nodes have the entry on disk. */
function copiesOnDisk(world: WorldView, { epoch, lsn }: WriteAcknowledged): number {
  return nodesOf(world).filter(({ disk }) => {
    const { wal } = diskOf(disk);
    return wal.length >= lsn && epochAt(wal.epochs, lsn) === epoch;
  }).length;
}

/** How many disks the mode promises. Followers that acknowledge what they have received promise no disk but the leader's. */
function disksPromised(knobs: ReplicationKnobs): number {
  return knobs.ackPoint === 'received' ? 1 : 1 + acksNeeded(knobs);
}

/** Claims that hold after every step. Each names the `sometimes` that shows it was put to the test. */
export const invariants: readonly Always[] = [
  {
    kind: 'always',
    id: 'one-unfenced-leader',
    title: 'one unfenced leader at a time',
    exercisedBy: 'leader-replaced',
    notes: ['leader.active', 'wal.appended'],
    check(world, step) {
      return twoLeaders(world, step);
    },
  },
  {
    kind: 'always',
    id: 'acknowledged-durable',
    title: 'an acknowledged write is on as many disks as promised',
    exercisedBy: 'write-acknowledged',
    notes: ['write.acknowledged'],
    check(world, step, knobs) {
      const promised = disksPromised(knobs);
      for (const acknowledged of notesOf<WriteAcknowledged>(step, 'write.acknowledged')) {
        const copies = copiesOnDisk(world, acknowledged);
        if (copies >= promised) continue;
        const { lsn, write } = acknowledged;
        const where = `at LSN ${lsn} was acknowledged when it was on ${many(copies, 'disk')}, not ${promised}`;
        return finding(step, (numbering) => `Write ${operationNumber(write, numbering)} ${where}.`);
      }
      return undefined;
    },
  },
  {
    kind: 'always',
    id: 'follower-prefix',
    title: "a follower's log is a prefix of its leader's",
    exercisedBy: 'follower-appended',
    notes: ['wal.appended'],
    check(world, step) {
      return notOfLeader(world, step);
    },
  },
];
