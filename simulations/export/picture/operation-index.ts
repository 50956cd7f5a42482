import type { Focus } from '../../models/model.ts';
import type { Version } from '../../models/scene.ts';
import type { Run } from '../../run/execute.ts';
import { endOf } from '../spans.ts';
import { firstTime } from './flight-columns.ts';
import { runIndex } from './run-index.ts';

/** The operations of a run in columns, by invocation: row `n` is operation `n`. Times in microseconds. */
export interface OperationIndex {
  readonly fromUs: Float64Array;
  /** The completion, or when the client gave up. */
  readonly untilUs: Float64Array;
  /** The latest end among the rows up to this one: what begins a window is found by it. */
  readonly latestUs: Float64Array;
  /** Index of the client's host; -1 when it is no host of the topology. */
  readonly host: Int16Array;
  /** 1: nobody knows how it ended; 2: it was refused; 0: it succeeded. */
  readonly end: Uint8Array;
}

const known = new WeakMap<Run, OperationIndex>();

/** The operation columns of a run, made once. */
export function operationIndex(run: Run): OperationIndex {
  const ready = known.get(run) ?? build(run);
  known.set(run, ready);
  return ready;
}

/** The rows of operations that may overlap a window: from `first` to before `end`. Some in between ended before it. */
export function rowsIn(run: Run, fromUs: number, untilUs: number): { readonly first: number; readonly end: number } {
  const index = operationIndex(run);
  return { first: firstTime(index.latestUs, fromUs), end: firstTime(index.fromUs, Math.floor(untilUs) + 1) };
}

function build(run: Run): OperationIndex {
  const { operations } = run.record;
  const hosts = new Map(runIndex(run).hosts.map(({ id }, at) => [id, at]));
  const { length } = operations;
  const index = {
    fromUs: new Float64Array(length),
    untilUs: new Float64Array(length),
    latestUs: new Float64Array(length),
    host: new Int16Array(length),
    end: new Uint8Array(length),
  };
  let latest = 0;
  operations.forEach((operation, at) => {
    const endUs = endOf(run, operation);
    latest = Math.max(latest, endUs);
    index.fromUs[at] = operation.invokedAt;
    index.untilUs[at] = endUs;
    index.latestUs[at] = latest;
    index.end[at] = operation.outcome === 'info' ? 1 : operation.outcome === 'fail' ? 2 : 0;
    index.host[at] = hosts.get(hostOf(operation.client)) ?? -1;
  });
  return index;
}

/** A process's host: the part of its name before the first slash. */
function hostOf(process: string): string {
  const slash = process.indexOf('/');
  return slash < 0 ? process : process.slice(0, slash);
}

const versions = new WeakMap<Focus, WeakMap<Run, readonly (Version | undefined)[]>>();

/** The version that each operation on the key in focus wrote or saw, by row; found once for a focus. */
export function operationVersions(run: Run, focus: Focus): readonly (Version | undefined)[] {
  const ofFocus = versions.get(focus) ?? new WeakMap<Run, readonly (Version | undefined)[]>();
  versions.set(focus, ofFocus);
  const { model } = run.input;
  const ready =
    ofFocus.get(run) ??
    run.record.operations.map((operation) =>
      operation.key === focus.key ? model.versionOf(operation, focus) : undefined,
    );
  ofFocus.set(run, ready);
  return ready;
}
