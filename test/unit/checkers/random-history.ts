import fc from 'fast-check';
import type { Operation, OperationName, Outcome } from '../../../simulations/kernel/history.ts';
import type { Value } from '../../../simulations/kernel/value.ts';
import type { BruteObject } from './brute-force.ts';

interface Move {
  readonly client: number;
  readonly key: string;
  readonly f: OperationName;
  readonly value: string;
  readonly other: string;
  readonly outcome: Outcome;
  readonly early: boolean;
  readonly lie: boolean;
}

type Draft = { -readonly [field in keyof Operation]: Operation[field] };

/** Plays moves against a store that is sometimes wrong: a client that is idle invokes, one that is busy completes. */
function play(moves: readonly Move[], object: BruteObject): Operation[] {
  const operations: Draft[] = [];
  const open = new Map<number, { draft: Draft; move: Move; applied: boolean }>();
  const store = new Map<string, Value>();
  const take = (draft: Draft, move: Move): boolean => {
    const held = store.has(draft.key) ? store.get(draft.key)! : object.initial;
    if (draft.f === 'read') draft.output = move.lie ? move.value : held;
    else if (draft.f === 'write') store.set(draft.key, draft.input);
    else if (draft.f === 'delete') store.set(draft.key, object.deleted);
    else if (draft.f === 'append') store.set(draft.key, `${held}${draft.input}`);
    else if (held === move.value || move.lie) store.set(draft.key, move.other);
    else return false;
    return true;
  };
  for (const [order, move] of moves.entries()) {
    const busy = open.get(move.client);
    if (busy === undefined) {
      const draft: Draft = {
        id: operations.length,
        client: `${move.client}`,
        f: move.f,
        key: move.key,
        input:
          move.f === 'cas' ? [move.value, move.other] : move.f === 'write' || move.f === 'append' ? move.value : null,
        output: null,
        outcome: 'info',
        invokedAt: order,
        completedAt: Number.POSITIVE_INFINITY,
        invokedOrder: order,
        completedOrder: Number.POSITIVE_INFINITY,
      };
      operations.push(draft);
      open.set(move.client, { draft, move, applied: move.early && move.outcome !== 'fail' && take(draft, move) });
      continue;
    }
    open.delete(move.client);
    const { draft, move: begun } = busy;
    if (begun.outcome === 'info') {
      draft.output = null;
      continue;
    }
    const done = begun.outcome === 'ok' && (busy.applied || (!begun.early && take(draft, begun)));
    draft.outcome = done ? 'ok' : 'fail';
    if (!done) draft.output = null;
    draft.completedAt = order;
    draft.completedOrder = order;
  }
  for (const draft of operations) if (draft.outcome !== 'ok') draft.output = null;
  return operations;
}

/** Small histories, about half of them linearizable: few values, so that the same one is written twice. */
export function randomHistory(options: {
  readonly object: BruteObject;
  readonly operations: readonly OperationName[];
  readonly values: readonly string[];
  readonly keys?: readonly string[];
  readonly movesMax?: number;
}): fc.Arbitrary<Operation[]> {
  const move = fc.record({
    client: fc.integer({ min: 0, max: 3 }),
    key: fc.constantFrom(...(options.keys ?? ['x'])),
    f: fc.constantFrom<OperationName>('read', ...options.operations),
    value: fc.constantFrom(...options.values),
    other: fc.constantFrom(...options.values),
    outcome: fc.constantFrom<Outcome>('ok', 'ok', 'ok', 'ok', 'info', 'fail'),
    early: fc.boolean(),
    lie: fc.integer({ min: 0, max: 7 }).map((draw) => draw === 0),
  });
  return fc
    .array(move, { minLength: 2, maxLength: options.movesMax ?? 16, size: 'max' })
    .map((moves) => play(moves, options.object));
}
