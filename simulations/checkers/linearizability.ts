import type { Operation } from '../kernel/history.ts';
import { invariant } from '../kernel/invariant.ts';
import { linearizabilityWitness } from './linearizability-witness.ts';
import { searchLinearization } from './linearization-search.ts';
import { compileProgram } from './program.ts';
import { isWriter, type SequentialSpec, unsupportedOperation, writtenValue } from './specs.ts';
import type { Verdict } from './verdict.ts';

/** Configurations visited before a check gives up: a second or two at worst. */
export const LINEARIZABILITY_BUDGET = 2_000_000;

/** How hard to try, and how to say it. */
export interface LinearizabilityOptions {
  /** Configurations visited (8 candidates looked at count as one) over all keys. Default {@link LINEARIZABILITY_BUDGET}. */
  readonly budget?: number;
  /** The value of an operation in a sentence, such as "v4". Default: what it wrote or returned, as JSON. */
  readonly describe?: (operation: Operation) => string;
}

/** The operations of each key that can matter, in order of invocation; keys in order of appearance. */
function partition(operations: readonly Operation[], spec: SequentialSpec): Operation[][] {
  const blank = spec.nullMayBeBlank && !operations.some((one) => isWriter(one) && writtenValue(one, spec) === null);
  const keys = new Map<string, Operation[]>();
  let last = Number.NEGATIVE_INFINITY;
  let sorted = true;
  for (const operation of operations) {
    if (operation.outcome === 'fail' || (operation.outcome === 'info' && operation.f === 'read')) continue;
    if (blank && operation.f === 'read' && operation.output === null) continue;
    sorted &&= operation.invokedOrder >= last;
    last = operation.invokedOrder;
    const partition = keys.get(operation.key);
    if (partition === undefined) keys.set(operation.key, [operation]);
    else partition.push(operation);
  }
  const partitions = [...keys.values()];
  if (!sorted) for (const one of partitions) one.sort((a, b) => a.invokedOrder - b.invokedOrder);
  return partitions;
}

function okVerdict(operations: readonly Operation[], keys: number): Verdict {
  const count = operations.length;
  const found = `${count} operation${count === 1 ? '' : 's'}${keys > 1 ? ` on ${keys} keys` : ''}`;
  return { status: 'ok', sentence: `One order of the ${found} explains everything they returned.` };
}

/**
 * Whether every key behaved as one sequential object: some order of its operations, in which each takes effect between
 * its invocation and its completion, explains what they returned (Herlihy & Wing 1990). Keys are checked one by one, which is
 * the same thing (locality). An operation that failed did nothing. One of unknown outcome may take effect at any time after
 * its invocation, or never; a read of unknown outcome says nothing, nor does a read of null where `spec.nullMayBeBlank`.
 *
 * `violated` names a small set of operations that no order explains, from which no read can be left out (unless the budget of the
 * reduction runs out first). Nothing was left out
 * of it that could have explained what is in it, so it proves the violation alone. `unknown`: the budget ran out, or the
 * history is empty. Throws when an operation is not one of `spec.operations`.
 */
export function checkLinearizable(
  operations: readonly Operation[],
  spec: SequentialSpec,
  options: LinearizabilityOptions = {},
): Verdict {
  const unsupported = unsupportedOperation(operations, spec);
  invariant(unsupported === undefined, 'the specification does not know this operation', { spec, unsupported });
  if (operations.length === 0) return { status: 'unknown', sentence: 'The history holds no operation.', spent: 0 };
  const budget = options.budget ?? LINEARIZABILITY_BUDGET;
  const partitions = partition(operations, spec).sort((a, b) => a.length - b.length);
  let spent = 0;
  // A key gets its share of what is left, so that one hard key cannot keep the others from being judged; what they
  // leave over goes to the hard ones in a second round.
  let open = partitions;
  for (let round = 0; round < 2 && open.length > 0 && spent < budget; round += 1) {
    const undecided: Operation[][] = [];
    for (const [index, history] of open.entries()) {
      const share = Math.ceil((budget - spent) / (open.length - index));
      const program = compileProgram(history, spec);
      const result = searchLinearization(program, share);
      spent += result.spent;
      if (result.status === 'unknown') undecided.push(history);
      if (result.status !== 'violated') continue;
      const failedAt = program.returnAt[result.furthest]!;
      return linearizabilityWitness({ history, whole: operations, failedAt, spec, describe: options.describe });
    }
    open = undecided;
  }
  if (open.length === 0) return okVerdict(operations, partitions.length);
  const sentence = `No answer within ${spent} configurations${hardKey(open[0]!)}.`;
  return { status: 'unknown', sentence, spent };
}

function hardKey(history: readonly Operation[]): string {
  const key = history[0]!.key;
  return key === '' ? '' : ` on key ${key}`;
}
