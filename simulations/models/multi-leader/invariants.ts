import { many } from '../../checkers/counted.ts';
import { listOf } from '../../checkers/linearizability-sentence.ts';
import { sameValue } from '../../checkers/value-identity.ts';
import type { Value } from '../../kernel/value.ts';
import type { StepView, WorldView } from '../../kernel/view.ts';
import type { Finding, Property } from '../model.ts';
import { operationNumber } from '../numbering.ts';
import { mergeStores } from './apply.ts';
import { agreedOf, shownOf } from './datum.ts';
import { type Accepted, type Applied, configIn, type Discarded, regionOf, regionsOf } from './history.ts';
import type { MultiLeaderKnobs } from './knobs.ts';
import type { Store } from './messages.ts';
import { compareVectors } from './vectors.ts';

type Always = Extract<Property<MultiLeaderKnobs>, { kind: 'always' }>;

/** The first finding among a step's notes of that name. */
function amongNotes<Data extends { readonly key: string }>(
  step: StepView,
  name: string,
  find: (data: Data) => Finding['sentence'] | undefined,
): Finding | undefined {
  for (const effect of step.effects) {
    if (effect.type !== 'note' || effect.name !== name) continue;
    const data = effect.data as Data & Value;
    const sentence = find(data);
    if (sentence !== undefined) return { sentence, witness: { operations: [], steps: [step.index], key: data.key } };
  }
  return undefined;
}

const entryWords = (origin: string, seq: number): string => `write number ${seq} of region ${origin}`;

/** Another region that has applied exactly the same writes and holds something else under the key. */
function disagreement(world: WorldView, host: string, key: string): Finding['sentence'] | undefined {
  const { data } = configIn(world);
  const regions = regionsOf(world).filter(({ snapshot }) => snapshot.state !== 'down');
  const self = regions.find((region) => region.host === host);
  if (self === undefined) return undefined;
  const own = regionOf(self).durable;
  const agreed = (store: Store): Value => agreedOf(store[key]?.datum, data === 'cart');
  for (const region of regions) {
    const { vector, store } = regionOf(region).durable;
    if (region === self || compareVectors(vector, own.vector) !== 'equal') continue;
    const [mine, theirs] = [agreed(own.store), agreed(store)];
    if (sameValue(mine, theirs) || (isNothing(mine) && isNothing(theirs))) continue;
    const areWrites = [own.store, store].some((one) => one[key]?.datum.kind === 'siblings');
    return (numbering) => {
      const [one, other] = [mine, theirs].map((value) => heldWords(value, areWrites, numbering));
      return `${host} and ${region.host} have applied the same writes and differ on key ${key}: ${host} has ${one}; ${region.host} has ${other}.`;
    };
  }
  return undefined;
}

/** What a region holds: siblings by the operations that wrote them. */
function heldWords(value: Value, areWrites: boolean, numbering: ReadonlyMap<string, number>): string {
  if (!areWrites || !Array.isArray(value)) return value === null ? 'nothing' : JSON.stringify(value);
  const numbers = value.map((write) => operationNumber(String(write), numbering));
  return `what ${numbers.length === 1 ? 'operation' : 'operations'} ${listOf(numbers)} wrote`;
}

/** A tombstone and nothing at all read the same; so do an empty cart and none. */
const isNothing = (value: Value): boolean => value === null || (Array.isArray(value) && value.length === 0);

/** What a counter stands at when all regions are counted together, in memory as well as on disk. */
export function totalOf(world: WorldView, key: string): number {
  const config = { ...configIn(world), mistake: 'none' } as const;
  const all = regionsOf(world).reduce<Store>(
    (merged, region) => mergeStores(merged, regionOf(region).durable.store, config),
    {},
  );
  const value = shownOf(all[key]?.datum, false);
  return typeof value === 'number' ? value : 0;
}

/** Claims that hold after every step. Each names the `sometimes` that shows it was put to the test. */
export const invariants: readonly Always[] = [
  {
    kind: 'always',
    id: 'limit-never-exceeded',
    title: 'the counter never exceeds its limit',
    exercisedBy: 'limit-reached',
    notes: ['write.accepted'],
    check(world, step, { limit }) {
      if (limit === 0) return undefined;
      return amongNotes<Accepted>(step, 'write.accepted', ({ key, origin, act }) => {
        if (act.do !== 'count' || act.amount <= 0) return undefined;
        const total = totalOf(world, key);
        if (total <= limit) return undefined;
        return `${origin} took an increment of ${key}; all regions together have now counted ${total}, and the limit is ${limit}.`;
      });
    },
  },
  {
    kind: 'always',
    id: 'later-write-wins',
    title: 'no write loses to one that it had seen',
    exercisedBy: 'write-discarded-or-replaced',
    notes: ['write.discarded'],
    check(_world, step) {
      return amongNotes<Discarded>(step, 'write.discarded', ({ write, by, hadSeen }) =>
        hadSeen
          ? (numbering) => {
              const [lost, won] = [write, by].map((name) => operationNumber(name, numbering));
              return `${step.host} dropped operation ${lost} for operation ${won}, which it had seen: the clock that stamped operation ${won} was ahead.`;
            }
          : undefined,
      );
    },
  },
  {
    kind: 'always',
    id: 'causal-delivery',
    title: 'no write is applied before one that it had seen',
    exercisedBy: 'write-after-foreign-write',
    notes: ['entry.applied'],
    check(_world, step) {
      return amongNotes<Applied>(step, 'entry.applied', ({ origin, seq, missing }) =>
        missing === null
          ? undefined
          : `${step.host} applied ${entryWords(origin, seq)} before ${entryWords(missing.origin, missing.seq)}, which it had seen.`,
      );
    },
  },
  {
    kind: 'always',
    id: 'vectors-move-forward',
    title: 'no version vector goes back',
    exercisedBy: 'write-replicated',
    notes: ['entry.applied'],
    check(_world, step) {
      return amongNotes<Applied>(step, 'entry.applied', ({ origin, seq, had }) =>
        seq > had
          ? undefined
          : `${step.host} had ${many(had, 'write')} of region ${origin} and applied ${entryWords(origin, seq)} again.`,
      );
    },
  },
  {
    kind: 'always',
    id: 'same-writes-same-state',
    title: 'regions that applied the same writes hold the same',
    exercisedBy: 'write-replicated',
    notes: ['entry.applied'],
    check(world, step) {
      return amongNotes<Applied>(step, 'entry.applied', ({ key }) => disagreement(world, step.host, key));
    },
  },
];
