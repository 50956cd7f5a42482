import type { Verdict } from '../checkers/verdict.ts';
import type { Operation } from '../kernel/history.ts';
import type { Metric } from '../models/model.ts';
import type { NamedVerdict, Run } from './execute.ts';
import { sameData } from './match-steps.ts';

/** A metric of both runs; undefined on a side that does not have it, for example a latency of reads when none was answered. */
export interface MetricPair {
  readonly id: string;
  readonly title: string;
  readonly unit: Metric['unit'];
  readonly a: number | undefined;
  readonly b: number | undefined;
  /** The second less the first; undefined unless both have it. */
  readonly delta: number | undefined;
}

/** A verdict of both runs; undefined where the model of a side does not have the property. */
export interface VerdictPair {
  readonly id: string;
  readonly title: string;
  readonly kind: NamedVerdict['kind'];
  readonly a: Verdict | undefined;
  readonly b: Verdict | undefined;
}

/** An operation that did not come to the same in both runs: another outcome, another answer, another question, or there on one side only. */
export interface OperationPair {
  readonly client: string;
  /** Position among the client's own operations, from 1. */
  readonly nth: number;
  readonly a: Operation | undefined;
  readonly b: Operation | undefined;
}

/** The metrics of both runs, in the order of the first. */
export function metricPairs(a: Run, b: Run): readonly MetricPair[] {
  return paired(a.metrics, b.metrics).map(([one, other]) => {
    const { id, title, unit } = (one ?? other)!;
    const delta = one === undefined || other === undefined ? undefined : other.value - one.value;
    return { id, title, unit, a: one?.value, b: other?.value, delta };
  });
}

/** The verdicts of both runs, in the order of the model. */
export function verdictPairs(a: Run, b: Run): readonly VerdictPair[] {
  return paired(a.verdicts, b.verdicts).map(([one, other]) => {
    const { id, title, kind } = (one ?? other)!;
    return { id, title, kind, a: one?.verdict, b: other?.verdict };
  });
}

/** The operations that differ, matched by client and number, in the order of invocation. */
export function operationPairs(a: Run, b: Run): readonly OperationPair[] {
  const numbered = ({ record }: Run) => {
    const counts = new Map<string, number>();
    return record.operations.map((operation) => {
      const nth = (counts.get(operation.client) ?? 0) + 1;
      counts.set(operation.client, nth);
      return { id: `${operation.client} ${nth}`, nth, operation };
    });
  };
  return paired(numbered(a), numbered(b))
    .filter(([one, other]) => !sameEnd(one?.operation, other?.operation))
    .map(([one, other]) => {
      const { nth, operation } = (one ?? other)!;
      return { client: operation.client, nth, a: one?.operation, b: other?.operation };
    });
}

function sameEnd(a: Operation | undefined, b: Operation | undefined): boolean {
  const end = ({ f, key, input, output, outcome }: Operation) => [f, key, input, output, outcome];
  return a !== undefined && b !== undefined && sameData(end(a), end(b));
}

/** Pairs by id: all of the first, then what only the second has. */
function paired<T extends { readonly id: string }>(
  a: readonly T[],
  b: readonly T[],
): readonly (readonly [T | undefined, T | undefined])[] {
  const inB = new Map(b.map((item) => [item.id, item]));
  const inA = new Set(a.map(({ id }) => id));
  return [
    ...a.map((item) => [item, inB.get(item.id)] as const),
    ...b.filter(({ id }) => !inA.has(id)).map((item) => [undefined, item] as const),
  ];
}
