/** Thrown for a mistake of ours, never for bad input. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError';
}

/** Stops on a mistake of ours. `context` is printed with the message; expected failures are result unions instead. */
export function invariant(condition: unknown, message: string, context?: Record<string, unknown>): asserts condition {
  if (condition) return;
  throw new InvariantError(context === undefined ? message : `${message} ${JSON.stringify(context)}`);
}

/** The end of an exhaustive switch: the compiler proves that it is never reached. */
export function unreachable(value: never): never {
  throw new InvariantError(`unreachable case: ${JSON.stringify(value)}`);
}
