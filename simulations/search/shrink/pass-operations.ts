import type { Operation } from '../../kernel/history.ts';
import type { WrittenOperation } from '../../models/model.ts';
import type { Candidate } from './candidate.ts';
import { ddmin } from './ddmin.ts';
import { slackUs } from './pass-times.ts';
import { type Recorded, without } from './recorded.ts';
import type { Search, Trial } from './search.ts';

/** Which written operation each operation of a history is: the nth of a client is its nth. -1: not one of them. */
export function writtenOf(written: readonly WrittenOperation[], history: readonly Operation[]): readonly number[] {
  const ofClient = new Map<string, number[]>();
  written.forEach(({ client }, index) => {
    const own = ofClient.get(client);
    if (own === undefined) ofClient.set(client, [index]);
    else own.push(index);
  });
  const begun = new Map<string, number>();
  return history.map(({ client }) => {
    const nth = begun.get(client) ?? 0;
    begun.set(client, nth + 1);
    return ofClient.get(client)?.[nth] ?? -1;
  });
}

/** Leaves out operations: first all that the verdict does not name, then by delta debugging. */
export function* fewerOperations(search: Search): Trial<void> {
  const { best, run, goal } = search;
  const { operations } = best;
  if (operations === undefined || operations.length === 0) return;
  search.stage = 'fewer operations';
  const indexes = writtenOf(operations, run.record.operations);
  const recorded = search.recorded();
  // What is left may need more time in the repaired run, which the operations that go used to show earlier.
  const extraUs = slackUs(run);
  const only = (kept: readonly number[]) => keepOnly(best, recorded, indexes, kept, extraUs);
  const verdict = run.verdicts.find(({ id }) => id === goal.property)!.verdict;
  const named = verdict.status === 'violated' ? verdict.witness.operations.map((id) => indexes[id]!) : [];
  const all = operations.map((_, index) => index);
  const hinted = named.length > 0 && named.length < all.length ? yield* search.keeps(only(named)) : false;
  const start = hinted ? all.filter((index) => named.includes(index)) : all;
  const kept = yield* ddmin(start, (subset) => search.keeps(only(subset)));
  if (kept.length > PAIRS_MAX) return;
  for (const [one, other] of pairs(kept)) {
    if (yield* search.keeps(only(kept.filter((index) => index !== one && index !== other)))) return;
  }
}

/** Of so few operations two may go where neither may go alone: a write and the read that found it. */
const PAIRS_MAX = 12;

function* pairs<T>(items: readonly T[]): Generator<readonly [T, T], void> {
  for (const [at, one] of items.entries()) for (const other of items.slice(at + 1)) yield [one, other];
}

function keepOnly(
  candidate: Candidate,
  recorded: Recorded,
  indexes: readonly number[],
  kept: readonly number[],
  extraUs: number,
): Candidate {
  const stays = new Set(kept);
  const gone = new Set(indexes.flatMap((index, id) => (stays.has(index) ? [] : [id])));
  const { operations, schedule } = candidate;
  return {
    ...candidate,
    durationUs: candidate.durationUs + extraUs,
    operations: operations!.filter((_, index) => stays.has(index)),
    schedule: schedule === undefined ? undefined : without(schedule, recorded, gone),
  };
}

/** Gives the operations of one client to another, so that fewer clients are left. */
export function* fewerClients(search: Search): Trial<void> {
  search.stage = 'fewer clients';
  const clients = [...new Set(search.best.operations?.map(({ client }) => client))];
  for (const client of clients.toReversed()) {
    for (const other of clients) {
      const { best } = search;
      if (other === client || best.operations?.some((one) => one.client === client) !== true) continue;
      const rename = (host: string) => (host === client ? other : host);
      const operations = best.operations.map((one) => ({ ...one, client: rename(one.client) }));
      const messages = best.schedule?.messages?.map((pin) => ({ ...pin, from: rename(pin.from), to: rename(pin.to) }));
      const schedule = best.schedule === undefined ? undefined : { ...best.schedule, messages };
      if (yield* search.keeps({ ...best, operations, schedule })) break;
    }
  }
}
