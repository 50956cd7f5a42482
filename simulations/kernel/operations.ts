import type { Effect, ProcessId } from './behavior.ts';
import type { Operation } from './history.ts';
import { invariant } from './invariant.ts';

type Invoke = Extract<Effect, { type: 'client.invoke' }>;
type Complete = Extract<Effect, { type: 'client.complete' }>;

/** Turns the client effects of a run into its history of operations. */
export class OperationLog {
  readonly #operations: Operation[] = [];
  /** Client and the client's own name for the operation → position. */
  readonly #positions = new Map<string, number>();
  #moments = 0;

  invoke(client: ProcessId, effect: Invoke, atUs: number, step: number): void {
    const name = `${client} ${effect.operation}`;
    invariant(!this.#positions.has(name), 'a client began the same operation twice', {
      client,
      operation: effect.operation,
    });
    this.#positions.set(name, this.#operations.length);
    this.#operations.push({
      id: this.#operations.length,
      client,
      f: effect.f,
      key: effect.key,
      input: effect.input,
      output: null,
      outcome: 'info',
      invokedAt: atUs,
      completedAt: Number.POSITIVE_INFINITY,
      invokedOrder: this.#moments++,
      completedOrder: Number.POSITIVE_INFINITY,
      invokedStep: step,
    });
  }

  complete(client: ProcessId, effect: Complete, atUs: number, step: number): void {
    const position = this.#positions.get(`${client} ${effect.operation}`);
    invariant(position !== undefined, 'a client completed what it never began', {
      client,
      operation: effect.operation,
    });
    const operation = this.#operations[position]!;
    const known = effect.outcome !== 'info';
    this.#operations[position] = {
      ...operation,
      output: effect.output,
      outcome: effect.outcome,
      version: effect.version,
      completedAt: known ? atUs : Number.POSITIVE_INFINITY,
      completedOrder: known ? this.#moments++ : Number.POSITIVE_INFINITY,
      completedStep: step,
    };
  }

  get operations(): readonly Operation[] {
    return this.#operations;
  }
}
