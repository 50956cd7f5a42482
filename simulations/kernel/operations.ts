import type { Effect, ProcessId } from './behavior.ts';
import type { Operation } from './history.ts';
import { invariant } from './invariant.ts';

type Invoke = Extract<Effect, { type: 'client.invoke' }>;
type Complete = Extract<Effect, { type: 'client.complete' }>;

/** An operation while its run goes on. */
type Open = { -readonly [Field in keyof Operation]: Operation[Field] };

/** Turns the client effects of a run into its history of operations. */
export class OperationLog {
  readonly #operations: Open[] = [];
  /** Client → its own name for an operation → the operation, while it is open. */
  readonly #byClient = new Map<ProcessId, Map<number, Open>>();
  #moments = 0;

  invoke(client: ProcessId, effect: Invoke, atUs: number, step: number): void {
    let own = this.#byClient.get(client);
    if (own === undefined) {
      own = new Map();
      this.#byClient.set(client, own);
    }
    invariant(!own.has(effect.operation), 'a client began the same operation twice', {
      client,
      operation: effect.operation,
    });
    const operation: Open = {
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
      completedStep: undefined,
      version: undefined,
    };
    own.set(effect.operation, operation);
    this.#operations.push(operation);
  }

  complete(client: ProcessId, effect: Complete, atUs: number, step: number): void {
    const open = this.#byClient.get(client);
    const operation = open?.get(effect.operation);
    invariant(operation !== undefined, 'a client completed what it never began, or had completed', {
      client,
      operation: effect.operation,
    });
    open!.delete(effect.operation);
    operation.output = effect.output;
    operation.outcome = effect.outcome;
    operation.version = effect.version;
    operation.completedStep = step;
    if (effect.outcome === 'info') return;
    operation.completedAt = atUs;
    operation.completedOrder = this.#moments++;
  }

  get operations(): readonly Operation[] {
    return this.#operations;
  }
}
