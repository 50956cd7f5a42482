import { checkNoResurrection, type FinalContents } from '../../checkers/acknowledged.ts';
import { checkConvergence } from '../../checkers/convergence.ts';
import { allOf, many, partOf } from '../../checkers/counted.ts';
import type { Verdict } from '../../checkers/verdict.ts';
import type { Operation } from '../../kernel/history.ts';
import type { RunRecord } from '../../kernel/view.ts';
import type { Property } from '../model.ts';
import { numberOperations, operationNames, operationNumber } from '../numbering.ts';
import { agreedOf, shownOf } from './datum.ts';
import { wordsOf } from './focus.ts';
import { type Discarded, diskOf, mergedContents, regionsOf } from './history.ts';
import type { MultiLeaderKnobs } from './knobs.ts';
import { ROUNDS_BETWEEN_TRIES_MAX } from './replicate.ts';
import {
  countBounds,
  hadSeen,
  healedUs,
  itemsOf,
  lostAdds,
  neverHeals,
  operationsInCut,
  standing,
  type TakenWrite,
  writesOf,
} from './story.ts';
import { configOf } from './topology.ts';
import { compareVectors } from './vectors.ts';

type Eventually = Extract<Property<MultiLeaderKnobs>, { kind: 'eventually' }>;

const unknown = (sentence: string, spent = 0): Verdict => ({ status: 'unknown', sentence, spent });

/** `decided`: steps that decided it, beside those in which the operations begin and end. */
function violated(sentence: string, told: readonly Operation[], decided: readonly number[] = []): Verdict {
  const ends = told.flatMap((one) => [one.invokedStep, one.completedStep]).filter((step) => step !== undefined);
  const steps = [...ends, ...decided];
  const [first] = told;
  const operations = told.map(({ id }) => id);
  return { status: 'violated', sentence, witness: { operations, steps, ...(first && { key: first.key }) } };
}

/** Why regions may still differ for good reasons; undefined: they had all the time they need. */
function unsettled(run: RunRecord, knobs: MultiLeaderKnobs): string | undefined {
  if (neverHeals(run)) return 'A fault lasts to the end of the run.';
  const vectors = regionsOf(run.end).map(({ disk }) => diskOf(disk).vector);
  if (vectors.every((vector) => compareVectors(vector, vectors[0]!) === 'equal')) return undefined;
  const lastUs = run.operations.reduce((last, { invokedAt }) => Math.max(last, invokedAt), healedUs(run) ?? 0);
  const { retransmitUs, regions } = configOf(knobs);
  const neededUs = (ROUNDS_BETWEEN_TRIES_MAX + 4) * retransmitUs * regions.length;
  return run.endUs - lastUs >= neededUs ? undefined : 'Writes are still on their way.';
}

function converged(run: RunRecord, knobs: MultiLeaderKnobs): Verdict {
  const isCart = knobs.data === 'cart';
  const numbering = numberOperations(run.operations);
  const replicas = regionsOf(run.end).map(({ id, disk }) => {
    const contents = Object.entries(diskOf(disk).store).map(([key, { datum }]) => {
      const agreed = agreedOf(datum, isCart);
      if (Array.isArray(agreed) && agreed.length === 0) return [key, null] as const;
      if (datum.kind !== 'siblings' || !Array.isArray(agreed)) return [key, agreed] as const;
      const writes = (agreed as readonly string[]).map((write) => operationNumber(write, numbering));
      return [key, `the siblings that operations ${writes.join(' and ')} wrote`] as const;
    });
    return { replica: id, contents: Object.fromEntries(contents) };
  });
  const verdict = checkConvergence(replicas, { describe: (value) => wordsOf(value), noun: 'region' });
  if (verdict.status !== 'violated') return verdict;
  const reason = unsettled(run, knobs);
  return reason === undefined ? verdict : unknown(`${verdict.sentence} ${reason}`, run.events);
}

function noAddLost(run: RunRecord): Verdict {
  const adds = writesOf(run).filter(({ act, operation }) => {
    return (act.do === 'add' || act.do === 'write') && operation.outcome === 'ok';
  });
  if (adds.length === 0) return unknown('No add was acknowledged.');
  const lost = lostAdds(run);
  const last = lost.at(-1);
  if (last === undefined) {
    return {
      status: 'ok',
      sentence: `${allOf(adds.length, 'acknowledged add')} survived, or ${adds.length === 1 ? 'was' : 'were'} removed by an operation that had seen ${adds.length === 1 ? 'it' : 'them'}.`,
    };
  }
  const what = last.act.do === 'add' ? `${last.act.item} to ${last.key}` : `a value to ${last.key}`;
  const others = lost.length === 1 ? '' : ` It is one of ${lost.length} lost adds.`;
  const sentence = `${last.origin} acknowledged operation ${last.operation.id}, which added ${what}. It is gone, and no operation that had seen it removed it.${others}`;
  const { winner, steps } = replacementOf(run, last);
  return violated(sentence, winner === undefined ? [last.operation] : [last.operation, winner], steps);
}

/** What took the place of a lost write, and where that was first decided. */
function replacementOf(
  run: RunRecord,
  { write }: TakenWrite,
): { readonly winner?: Operation; readonly steps: readonly number[] } {
  const drop = run.notes.find(({ name, data }) => name === 'write.discarded' && (data as Discarded).write === write);
  if (drop === undefined) return { steps: [] };
  const { by } = drop.data as Discarded;
  const winner = writesOf(run).find((other) => other.write === by)?.operation;
  return { ...(winner !== undefined && { winner }), steps: [drop.step] };
}

const spoken = ({ id }: Operation): string => `operation ${id}`;

function noResurrection(run: RunRecord, { data, resolve }: MultiLeaderKnobs): Verdict {
  if (data === 'cart') return noItemRisen(run);
  return resolve === 'siblings' ? noSiblingRisen(run) : checkNoResurrection(run.operations, writersAtEnd(run), spoken);
}

/** An item that is there at the end although every add of it had been seen by a remove that was acknowledged. */
function noItemRisen(run: RunRecord): Verdict {
  const writes = writesOf(run);
  const removes = writes.filter(({ act, operation }) => act.do === 'remove' && operation.outcome === 'ok');
  if (removes.length === 0) return unknown('No remove was acknowledged.');
  const contents = mergedContents(run);
  for (const [key, held] of Object.entries(contents)) {
    for (const item of itemsOf(held)) {
      const takers = removalOf(writes, removes, key, item);
      if (takers === undefined) continue;
      const removed = takers.map(({ operation }) => operation.id).join(' and ');
      const sentence = `${item} is in ${key} again: operation ${removed} had seen it and removed it, and nothing has added it since.`;
      return violated(
        sentence,
        takers.map(({ operation }) => operation),
      );
    }
  }
  return { status: 'ok', sentence: `What ${many(removes.length, 'acknowledged remove')} had seen stayed away.` };
}

/** The removes that together had seen every add of an item; undefined when one add escaped them. */
function removalOf(writes: readonly TakenWrite[], removes: readonly TakenWrite[], key: string, item: string) {
  const takers = new Set<TakenWrite>();
  for (const add of writes) {
    if (add.act.do !== 'add' || add.key !== key || add.act.item !== item) continue;
    const taker = removes.find(({ key: of, act }) => of === key && act.do === 'remove' && act.item === item);
    const seen = removes.find(
      (remove) => remove.key === key && remove.act.do === 'remove' && remove.act.item === item && hadSeen(remove, add),
    );
    if (taker === undefined || seen === undefined) return undefined;
    takers.add(seen);
  }
  return takers.size === 0 ? undefined : [...takers];
}

/** A sibling that is there at the end although an acknowledged delete of its key by a client that had read it was to replace it. */
function noSiblingRisen(run: RunRecord): Verdict {
  const writes = writesOf(run);
  const deletes = writes.filter(({ act, operation }) => act.do === 'delete' && operation.outcome === 'ok');
  if (deletes.length === 0) return unknown('No delete was acknowledged.');
  const contents = mergedContents(run);
  for (const done of deletes) {
    const risen = standing(contents[done.key]).find((name) =>
      writes.some((write) => write.write === name && wasReadBefore(run, write, done)),
    );
    if (risen === undefined) continue;
    const written = `what operation ${operationNumber(risen, numberOperations(run.operations))} had written to ${done.key}`;
    return violated(`Operation ${done.operation.id} deleted ${written}, and it is there again.`, [done.operation]);
  }
  return { status: 'ok', sentence: `What ${many(deletes.length, 'acknowledged delete')} had read stayed away.` };
}

/** Whether the client of a delete had been shown a write before: only then the delete is about that write. */
function wasReadBefore(run: RunRecord, write: TakenWrite, done: TakenWrite): boolean {
  return run.operations.some(({ f, client, key, outcome, completedOrder, version }) => {
    if (f !== 'read' || outcome !== 'ok' || client !== done.operation.client || key !== done.key) return false;
    if (completedOrder > done.operation.invokedOrder) return false;
    const { touched } = version as { touched: Record<string, { seq: number }> };
    return (touched[write.origin]?.seq ?? 0) >= write.seq;
  });
}

function writersAtEnd(run: RunRecord): FinalContents {
  const ids = new Map(operationNames(run.operations).map((name, id) => [name, id]));
  const contents: Record<string, readonly (number | null)[]> = {};
  for (const [key, held] of Object.entries(mergedContents(run))) {
    contents[key] = standing(held).map((write) => ids.get(write) ?? null);
  }
  return contents;
}

function counterExact(run: RunRecord, { data }: MultiLeaderKnobs): Verdict {
  if (data !== 'counter') return unknown('Nothing was counted.');
  for (const [key, held] of Object.entries(mergedContents(run))) {
    const value = (shownOf(held.datum, false) ?? 0) as number;
    const { low, high } = countBounds(run.operations, key);
    if (value >= low && value <= high) continue;
    const right = low === high ? `${low}` : `${low} to ${high}`;
    const told = run.operations
      .filter((one) => one.key === key && one.f === 'append' && one.outcome === 'ok')
      .slice(-1);
    return violated(`${key} ends at ${value}; the acknowledged operations add up to ${right}.`, told);
  }
  return { status: 'ok', sentence: 'Every counter ends at the sum of what was acknowledged.' };
}

function availableInCut(run: RunRecord): Verdict {
  const tried = operationsInCut(run);
  if (tried.length === 0) return unknown('No operation began during a cut.');
  const unanswered = tried.filter(({ outcome }) => outcome === 'info');
  const answered = tried.length - unanswered.length;
  const sentence = `${partOf(answered, tried.length, 'operation', 'during a cut')} answered.`;
  return unanswered.length === 0 ? { status: 'ok', sentence } : violated(sentence, unanswered);
}

function outcome(id: string, title: string, exercisedBy: string, check: Eventually['check']): Eventually {
  return { kind: 'eventually', id, title, exercisedBy, check };
}

/** What the whole history and the final disks must show. */
export const outcomes: readonly Eventually[] = [
  outcome('no-acked-add-lost', 'no acknowledged add is lost', 'add-acknowledged', noAddLost),
  outcome('convergence', 'regions converge', 'write-replicated', converged),
  outcome('no-resurrection', 'nothing that was removed knowingly returns', 'remove-acknowledged', noResurrection),
  outcome('counter-exact', 'counters are exact', 'increment-acknowledged', counterExact),
  outcome('available-when-cut', 'every region answers during a cut', 'operation-during-cut', availableInCut),
];
