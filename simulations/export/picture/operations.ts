import type { Operation } from '../../kernel/history.ts';
import type { Focus } from '../../models/model.ts';
import { operationNoun } from '../../models/nouns.ts';
import type { Version } from '../../models/scene.ts';
import type { Run } from '../../run/execute.ts';
import { operationIndex, operationVersions, rowsIn } from './operation-index.ts';

/** A client operation as a bar. Times in microseconds. */
export interface OperationBar {
  readonly operation: Operation;
  /** Index of the client's host. */
  readonly host: number;
  readonly fromUs: number;
  /** The completion, or when the client gave up. */
  readonly untilUs: number;
  /** `read 17`; with its key when that is not the one in focus. */
  readonly name: string;
  readonly version: Version | undefined;
  /** Where the value became known: a writer has it from the start, a reader at the end. */
  readonly chip: 'start' | 'end';
  /** Torn end and question mark. */
  readonly unknown: boolean;
  readonly failed: boolean;
  /** Whether it is on the key in focus. */
  readonly inFocus: boolean;
}

/** The operations that overlap a window, in the order of their beginnings. */
export function barsIn(run: Run, focus: Focus, fromUs: number, untilUs: number): readonly OperationBar[] {
  const { first, end } = rowsIn(run, fromUs, untilUs);
  const bars: OperationBar[] = [];
  for (let row = first; row < end; row++) {
    const bar = barOf(run, focus, row);
    if (bar !== undefined && bar.untilUs >= fromUs) bars.push(bar);
  }
  return bars;
}

/** One operation as a bar; undefined for a client that is no host of the topology. */
export function barOf(run: Run, focus: Focus, row: number): OperationBar | undefined {
  const index = operationIndex(run);
  const operation = run.record.operations[row]!;
  const host = index.host[row]!;
  if (host < 0) return undefined;
  const inFocus = operation.key === focus.key;
  const name = operationName(run, operation);
  return {
    operation,
    host,
    fromUs: index.fromUs[row]!,
    untilUs: index.untilUs[row]!,
    name: inFocus ? name : `${name} of ${operation.key}`,
    version: operationVersions(run, focus)[row],
    chip: operation.f === 'read' ? 'end' : 'start',
    unknown: operation.outcome === 'info',
    failed: operation.outcome === 'fail',
    inFocus,
  };
}

/** An operation of a run as its verdicts and steps name it: `read 17`, `operation 17`. */
export function operationName({ input }: Run, { f, id }: Pick<Operation, 'f' | 'id'>): string {
  return `${operationNoun(input.model, f)} ${id}`;
}
