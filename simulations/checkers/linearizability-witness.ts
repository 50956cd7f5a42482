import type { Operation } from '../kernel/history.ts';
import { violationSentence } from './linearizability-sentence.ts';
import { searchLinearization } from './linearization-search.ts';
import { compileProgram } from './program.ts';
import { isWriter, mayExplain, observedValue, openUntil, type SequentialSpec } from './specs.ts';
import { sameValue } from './value-identity.ts';
import type { Verdict, Witness } from './verdict.ts';

/** One question of the reduction may visit this many configurations; the whole of it twenty times as many. */
const QUESTION_BUDGET = 10_000;
const REDUCTION_BUDGET = 200_000;

/** How many earlier operations are tried as the partner of a two-operation explanation. */
const PARTNERS_MAX = 100;

/** What is known when the search for an order has failed on one key. */
export interface LinearizabilityFailure {
  /** The operations of the key that can matter, in order of invocation. */
  readonly history: readonly Operation[];
  /** All operations, those that failed and other keys included: sentences tell what happened to a value. */
  readonly whole: readonly Operation[];
  /** The completion that no order gets past. */
  readonly failedAt: number;
  readonly spec: SequentialSpec;
  readonly describe?: ((operation: Operation) => string) | undefined;
}

/**
 * Reduces a violation by leaving operations out. Reads may always go: fewer observations are easier to explain. A writer
 * may go only when nobody who stays can have found its value, because it is another one, or because a write that
 * stays came in between. Then an order that explains the whole history also explains what remains, so that what
 * remains proves the violation alone. One writer of a value stays as long as somebody who found it stays.
 */
class Reduction {
  private readonly failure: LinearizabilityFailure;
  private readonly appends: boolean;
  private left = REDUCTION_BUDGET;

  constructor(failure: LinearizabilityFailure) {
    this.failure = failure;
    this.appends = failure.history.some((operation) => operation.f === 'append');
  }

  isViolated(operations: readonly Operation[], budget = Math.min(this.left, QUESTION_BUDGET)): boolean {
    if (this.left <= 0) return false;
    const result = searchLinearization(compileProgram(operations, this.failure.spec), budget);
    this.left -= result.spent;
    return result.status === 'violated';
  }

  mayExplain(writer: Operation, observer: Operation): boolean {
    return isWriter(writer) && mayExplain(writer, observer, { spec: this.failure.spec, appends: this.appends });
  }

  /** The operations and every writer that may explain one of them, and so on, in order of invocation. */
  close(seeds: Iterable<Operation>): Operation[] {
    const closed = new Set(seeds);
    for (const observer of closed) {
      for (const writer of this.failure.history) if (this.mayExplain(writer, observer)) closed.add(writer);
    }
    return this.failure.history.filter((operation) => closed.has(operation));
  }

  /** What happened before the completion that failed: reads still open then cannot matter, the rest may. */
  prefix(): Operation[] {
    const { history, failedAt } = this.failure;
    return this.close(
      history.filter(
        (operation) =>
          operation.invokedOrder <= failedAt && (isWriter(operation) || operation.completedOrder <= failedAt),
      ),
    );
  }

  /** The two stories that readers know best: the last read against one earlier write, or against one earlier read. */
  shortStory(): Operation[] | undefined {
    const { history, failedAt } = this.failure;
    const last = history.find((operation) => operation.outcome === 'ok' && operation.completedOrder === failedAt);
    if (last === undefined || last.f !== 'read') return undefined;
    const alone = this.close([last]);
    if (this.isViolated(alone)) return alone;
    const before = history.filter(
      (operation) => operation.outcome === 'ok' && operation.completedOrder < last.invokedOrder,
    );
    before.sort((a, b) => b.completedOrder - a.completedOrder);
    for (const reads of [false, true]) {
      const partners = before.filter(
        (operation) => (operation.f === 'read') === reads && !this.agrees(operation, last),
      );
      for (const partner of partners.slice(0, PARTNERS_MAX)) {
        const story = this.close([last, partner]);
        if (this.isViolated(story)) return story;
      }
    }
    return undefined;
  }

  /** Leaves out ever smaller runs of operations, until no single one can be left out. */
  reduce(violation: readonly Operation[]): readonly Operation[] {
    let kept = violation;
    for (let length = kept.length >>> 1; length >= 1; ) {
      let reduced = false;
      for (let start = 0; start < kept.length; ) {
        const rest = this.without(kept, start, length);
        if (rest.length < kept.length && this.isViolated(rest)) {
          kept = rest;
          reduced = true;
        } else {
          start += length;
        }
      }
      if (length > 1) length >>>= 1;
      else if (!reduced) break;
    }
    return kept;
  }

  /** The operations without a run of them, but with the writers of it that must stay; all of them if that is not enough. */
  private without(kept: readonly Operation[], start: number, length: number): readonly Operation[] {
    const leaving = new Set(kept.slice(start, start + length));
    const staying = new Set(kept.filter((operation) => !leaving.has(operation)));
    for (const observer of staying) {
      for (const writer of this.missing(observer, staying)) {
        if (!leaving.has(writer)) return kept;
        staying.add(writer);
      }
    }
    return kept.filter((operation) => staying.has(operation));
  }

  /** The writers that must stay because of this observer, and do not. */
  private missing(observer: Operation, staying: ReadonlySet<Operation>): Operation[] {
    if (observedValue(observer) === undefined) return [];
    let overwrittenAt = Number.NEGATIVE_INFINITY;
    let explained = false;
    for (const writer of staying) {
      explained ||= this.mayExplain(writer, observer);
      const overwrites = writer.outcome === 'ok' && (this.appends ? isBlind(writer) : isWriter(writer));
      if (overwrites && writer.completedOrder < observer.invokedOrder) {
        overwrittenAt = Math.max(overwrittenAt, writer.invokedOrder);
      }
    }
    const absent = this.failure.history.filter((one) => !staying.has(one) && this.mayExplain(one, observer));
    const needed = absent.filter((writer) => openUntil(writer) >= overwrittenAt);
    return explained || needed.length > 0 ? needed : absent.slice(-1);
  }

  private agrees(operation: Operation, read: Operation): boolean {
    if (operation.f === 'read') return sameValue(operation.output, read.output);
    return operation.f !== 'append' && this.mayExplain(operation, read);
  }
}

function isBlind(operation: Operation): boolean {
  return operation.f === 'write' || operation.f === 'delete';
}

function stepsOf(operations: readonly Operation[]): number[] {
  return operations
    .flatMap((operation) => [operation.invokedStep, operation.completedStep])
    .filter((step) => step !== undefined);
}

/** A small set of operations of the key that no order explains, told in one sentence. */
export function linearizabilityWitness(failure: LinearizabilityFailure): Verdict {
  const reduction = new Reduction(failure);
  let violation: readonly Operation[] | undefined = reduction.shortStory();
  if (violation === undefined) {
    const prefix = reduction.prefix();
    violation = reduction.isViolated(prefix, REDUCTION_BUDGET) ? prefix : failure.history;
  }
  const { sentence, operations } = violationSentence({ ...failure, violation: reduction.reduce(violation) });
  const key = failure.history[0]!.key;
  const witness: Witness = { operations: operations.map(({ id }) => id), steps: stepsOf(operations) };
  return { status: 'violated', sentence, witness: key === '' ? witness : { ...witness, key } };
}
