import type { Operation } from '../kernel/history.ts';
import { unreachable } from '../kernel/invariant.ts';
import type { Value } from '../kernel/value.ts';
import { appendedValue, mayExplain, observedValue, openUntil, type SequentialSpec, writtenValue } from './specs.ts';
import { type Identity, identityOf } from './value-identity.ts';

/** What a step does to the state: 0 demands `first`, 1 sets `first`, 2 demands `first` and sets `second`, 3 appends. */
export const Step = { read: 0, write: 1, cas: 2, append: 3 } as const;

/** The number of one of the four steps. */
export type StepKind = (typeof Step)[keyof typeof Step];

/** One operation with its values interned: equal values have equal numbers, so that a step compares integers. */
export interface CompiledStep {
  readonly kind: StepKind;
  readonly first: number;
  readonly second: number;
}

/** Operations of unknown outcome that do the same: only their invocations differ, so the earliest is used first. */
export interface UnknownClass {
  readonly step: CompiledStep;
  /** Invocations in order. */
  readonly callAt: readonly number[];
  /** The bit of the first member; the others follow. */
  readonly firstBit: number;
}

/** The history of one key, ready for the search. Operations that ended ok are numbered by invocation. */
export interface Program {
  readonly operations: readonly Operation[];
  readonly steps: readonly CompiledStep[];
  readonly callAt: readonly number[];
  /** Operation numbers by completion, and the order of each completion. */
  readonly returns: readonly number[];
  readonly returnAt: readonly number[];
  /** A number per operation, distinct among operations that overlap: the bit that says "already placed". */
  readonly slots: readonly number[];
  readonly slotCount: number;
  readonly unknowns: readonly UnknownClass[];
  readonly unknownCount: number;
  readonly initial: number;
  readonly appends: boolean;
  /** The first invocation of a write of unknown outcome: from then on a key may be overwritten. Infinity if there is none. */
  readonly unknownOverwriteAt: number;
  readonly values: ValueTable;
}

/** Values by number, in both directions. Numbers are dense from 0. */
export class ValueTable {
  private readonly numbers = new Map<Identity, number>();
  private readonly values: Value[] = [];
  private readonly appended = new Map<number, number>();
  /** Characters of all values that appends made: the memory they hold, which a search must bound. */
  joinedLength = 0;

  get size(): number {
    return this.values.length;
  }

  /** The number of a value, new if it was never seen. */
  intern(value: Value): number {
    const identity = identityOf(value);
    const known = this.numbers.get(identity);
    if (known !== undefined) return known;
    this.numbers.set(identity, this.values.length);
    return this.values.push(value) - 1;
  }

  /** The number of `held` followed by `added`, or -1 when they do not fit. Remembered, because joining long texts is slow. */
  append(held: number, added: number): number {
    const pair = held * 0x200_0000 + added;
    const known = this.appended.get(pair);
    if (known !== undefined) return known;
    const value = appendedValue(this.values[held]!, this.values[added]!);
    const result = value === undefined ? -1 : this.intern(value);
    this.joinedLength += String(value).length;
    this.appended.set(pair, result);
    return result;
  }

  /** Whether a value may have grown by appends from another. */
  startsWith(whole: number, beginning: number): boolean {
    const value = this.values[whole]!;
    const start = this.values[beginning]!;
    if (typeof value === 'string' && typeof start === 'string') return value.startsWith(start);
    return start === null || typeof value === typeof start;
  }
}

function compileStep(operation: Operation, spec: SequentialSpec, values: ValueTable): CompiledStep {
  switch (operation.f) {
    case 'read':
      return { kind: Step.read, first: values.intern(operation.output), second: 0 };
    case 'write':
    case 'delete':
      return { kind: Step.write, first: values.intern(writtenValue(operation, spec)), second: 0 };
    case 'cas':
      return {
        kind: Step.cas,
        first: values.intern(observedValue(operation)!),
        second: values.intern(writtenValue(operation, spec)),
      };
    case 'append':
      return { kind: Step.append, first: values.intern(writtenValue(operation, spec)), second: 0 };
    default:
      return unreachable(operation.f);
  }
}

/**
 * The unknown outcomes worth trying: those whose value somebody may have found. Repeats, because a compare-and-set of
 * unknown outcome is itself somebody only while it is worth trying: with registers full of timeouts most of them go.
 */
function usefulUnknowns(operations: readonly Operation[], spec: SequentialSpec, appends: boolean): Operation[] {
  let unknowns = operations.filter((operation) => operation.outcome === 'info');
  if (unknowns.length === 0) return unknowns;
  const settled = operations.filter(
    (operation) => operation.outcome === 'ok' && observedValue(operation) !== undefined,
  );
  if (!appends) return visibleUnknowns(unknowns, settled, spec);
  // Looking into every text is quadratic; past a million pairs the search may as well carry the useless ones.
  if (unknowns.length * settled.length > 1_000_000) return unknowns;
  unknowns = unknowns.filter((writer) => settled.some((reader) => mayExplain(writer, reader, { spec, appends })));
  return unknowns;
}

function visibleUnknowns(candidates: Operation[], settled: readonly Operation[], spec: SequentialSpec): Operation[] {
  let unknowns = candidates;
  for (;;) {
    // The last instant at which each value was found: what is written later explains nobody.
    const foundUntil = new Map<Identity, number>();
    for (const observers of [settled, unknowns]) {
      for (const observer of observers) {
        const observed = observedValue(observer);
        if (observed === undefined) continue;
        const identity = identityOf(observed);
        foundUntil.set(identity, Math.max(foundUntil.get(identity) ?? 0, openUntil(observer)));
      }
    }
    const useful = unknowns.filter((writer) => {
      const until = foundUntil.get(identityOf(writtenValue(writer, spec)));
      return until !== undefined && writer.invokedOrder <= until;
    });
    if (useful.length === unknowns.length) return useful;
    unknowns = useful;
  }
}

function groupUnknowns(unknowns: readonly Operation[], spec: SequentialSpec, values: ValueTable): UnknownClass[] {
  const groups = new Map<string, { step: CompiledStep; callAt: number[] }>();
  for (const operation of unknowns) {
    const step = compileStep(operation, spec, values);
    const name = `${step.kind} ${step.first} ${step.second}`;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, { step, callAt: [operation.invokedOrder] });
    else group.callAt.push(operation.invokedOrder);
  }
  let firstBit = 0;
  return [...groups.values()].map(({ step, callAt }) => {
    firstBit += callAt.length;
    return { step, callAt, firstBit: firstBit - callAt.length };
  });
}

/** Colours the intervals: an operation gets the slot of one that had returned before it was invoked, if there is one. */
function assignSlots(callAt: readonly number[], returns: readonly number[], returnAt: readonly number[]) {
  const slots = new Array<number>(callAt.length);
  const free: number[] = [];
  let slotCount = 0;
  let returned = 0;
  for (let operation = 0; operation < callAt.length; operation += 1) {
    while (returnAt[returned]! < callAt[operation]!) {
      free.push(slots[returns[returned]!]!);
      returned += 1;
    }
    slots[operation] = free.pop() ?? slotCount++;
  }
  return { slots, slotCount };
}

/**
 * Compiles the operations of one key, in order of invocation, without those that failed and without reads of unknown
 * outcome, which say nothing.
 */
export function compileProgram(operations: readonly Operation[], spec: SequentialSpec): Program {
  const values = new ValueTable();
  const initial = values.intern(spec.initial);
  const settled = operations.filter((operation) => operation.outcome === 'ok');
  const appends = operations.some((operation) => operation.f === 'append');
  const steps = settled.map((operation) => compileStep(operation, spec, values));
  const callAt = settled.map((operation) => operation.invokedOrder);
  const returns = settled.map((_, index) => index);
  returns.sort((a, b) => settled[a]!.completedOrder - settled[b]!.completedOrder);
  const returnAt = returns.map((index) => settled[index]!.completedOrder);
  const unknowns = usefulUnknowns(operations, spec, appends);
  return {
    operations: settled,
    steps,
    callAt,
    returns,
    returnAt,
    ...assignSlots(callAt, returns, returnAt),
    unknowns: unknowns.length === 0 ? [] : groupUnknowns(unknowns, spec, values),
    unknownCount: unknowns.length,
    initial,
    appends,
    unknownOverwriteAt: unknowns.find(({ f }) => f !== 'append')?.invokedOrder ?? Number.POSITIVE_INFINITY,
    values,
  };
}
