import type { Operation } from '../../kernel/history.ts';
import type { RunRecord } from '../../kernel/view.ts';
import type { Property } from '../model.ts';
import { totalOf } from './invariants.ts';
import type { MultiLeaderKnobs } from './knobs.ts';
import { isAdd, operationsInCut, writesOf } from './story.ts';

type Sometimes = Extract<Property<MultiLeaderKnobs>, { kind: 'sometimes' }>;

const isOk = ({ outcome }: Operation): boolean => outcome === 'ok';
const noted = (run: RunRecord, name: string): boolean => run.notes.some((note) => note.name === name);

function occurrence(id: string, title: string, check: Sometimes['check']): Sometimes {
  return { kind: 'sometimes', id, title, check };
}

/** Whether a counter came to its limit, or somebody was refused because of it. */
function limitReached(run: RunRecord, { limit }: MultiLeaderKnobs): boolean {
  if (limit === 0) return false;
  const keys = new Set(run.operations.map(({ key }) => key));
  return noted(run, 'write.refused') || [...keys].some((key) => totalOf(run.end, key) >= limit);
}

/** Whether a write was taken for a key that holds one value by a region that knew an earlier one, or one was dropped. */
function replaced(run: RunRecord, { resolve }: MultiLeaderKnobs): boolean {
  if (!resolve.startsWith('lww')) return false;
  const first = new Map<string, number>();
  for (const { key, origin, seq, seen } of writesOf(run)) {
    if (Object.keys(seen).some((name) => seen[name]! >= (first.get(`${name} ${key}`) ?? Infinity))) return true;
    if (!first.has(`${origin} ${key}`)) first.set(`${origin} ${key}`, seq);
  }
  return noted(run, 'write.discarded');
}

/** What must happen for the other properties to mean anything. */
export const occurrences: readonly Sometimes[] = [
  occurrence('write-replicated', 'a write reached another region', (run) => noted(run, 'entry.applied')),
  occurrence('add-acknowledged', 'an add was acknowledged', (run) =>
    writesOf(run).some((write) => isAdd(write) && isOk(write.operation)),
  ),
  occurrence('remove-acknowledged', 'a remove or delete was acknowledged', ({ operations }, { data }) =>
    operations.some((operation) => data !== 'counter' && operation.f === 'delete' && isOk(operation)),
  ),
  occurrence('increment-acknowledged', 'something was counted', ({ operations }, { data }) =>
    operations.some((operation) => data === 'counter' && operation.f === 'append' && isOk(operation)),
  ),
  occurrence('operation-during-cut', 'a client tried something during a cut', (run) => operationsInCut(run).length > 0),
  occurrence('limit-reached', 'a counter came to its limit', limitReached),
  occurrence('write-discarded-or-replaced', 'last write wins dropped or replaced a write', replaced),
  occurrence('write-after-foreign-write', 'a region wrote after it had applied a write of another', (run) =>
    writesOf(run).some(({ seen, origin }) => Object.keys(seen).some((name) => name !== origin)),
  ),
];
