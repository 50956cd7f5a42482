import type { Operation } from '../../kernel/history.ts';
import type { Focus } from '../../models/model.ts';
import type { Version } from '../../models/scene.ts';
import type { Run } from '../../run/execute.ts';
import { endOf } from '../spans.ts';
import { runIndex } from './run-index.ts';

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
  const { hosts } = runIndex(run);
  const bars: OperationBar[] = [];
  for (const operation of run.record.operations) {
    if (operation.invokedAt > untilUs) break;
    const endUs = endOf(run, operation);
    const host = hosts.findIndex(({ id }) => id === hostOf(operation.client));
    if (endUs < fromUs || host < 0) continue;
    const inFocus = operation.key === focus.key;
    const name = operationName(operation);
    bars.push({
      operation,
      host,
      fromUs: operation.invokedAt,
      untilUs: endUs,
      name: inFocus ? name : `${name} of ${operation.key}`,
      version: inFocus ? run.input.model.versionOf(operation, focus) : undefined,
      chip: operation.f === 'read' ? 'end' : 'start',
      unknown: operation.outcome === 'info',
      failed: operation.outcome === 'fail',
      inFocus,
    });
  }
  return bars;
}

/** An operation as verdicts name it: `read 17`. */
export function operationName(operation: Operation): string {
  return `${operation.f} ${operation.id}`;
}

/** A process's host: the part of its name before the first slash. */
function hostOf(process: string): string {
  const slash = process.indexOf('/');
  return slash < 0 ? process : process.slice(0, slash);
}
