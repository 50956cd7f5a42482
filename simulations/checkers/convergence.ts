import type { Value } from '../kernel/value.ts';
import { sameValue, wordingOf } from './value-identity.ts';
import type { Verdict } from './verdict.ts';

/** What one replica holds. A missing key and a key that holds null are the same: nothing. */
export interface ReplicaContents {
  readonly replica: string;
  readonly contents: { readonly [key: string]: Value | undefined };
}

/** How contents compare and how to say them. */
export interface ConvergenceOptions {
  /** Whether two replicas agree on a key. Default: structural equality. */
  readonly equal?: (one: Value, other: Value) => boolean;
  /** A value in a sentence. Default: JSON, and "nothing" for null. */
  readonly describe?: (value: Value) => string;
}

/**
 * Whether all replicas hold the same. Violated names the first key, in order of its text, and the first replica that
 * differs from the first one. Fewer than two replicas, or replicas without any key, give `unknown`.
 */
export function checkConvergence(replicas: readonly ReplicaContents[], options: ConvergenceOptions = {}): Verdict {
  const equal = options.equal ?? sameValue;
  const say = options.describe ?? ((value: Value) => (value === null ? 'nothing' : wordingOf(value)));
  const held = ({ contents }: ReplicaContents, key: string) =>
    Object.hasOwn(contents, key) ? (contents[key] ?? null) : null;
  const [first, ...others] = replicas;
  if (first === undefined || others.length === 0) {
    return { status: 'unknown', sentence: 'There are no two replicas to compare.', spent: 0 };
  }
  const keys = [...new Set(replicas.flatMap(({ contents }) => Object.keys(contents)))].sort();
  if (keys.length === 0) return { status: 'unknown', sentence: 'No replica holds anything.', spent: 0 };
  for (const key of keys) {
    const differing = others.find((other) => !equal(held(first, key), held(other, key)));
    if (differing === undefined) continue;
    const [one, another] = [say(held(first, key)), say(held(differing, key))];
    const sentence = `Replicas ${first.replica} and ${differing.replica} differ on key ${key}: ${one} and ${another}.`;
    return { status: 'violated', sentence, witness: { operations: [], steps: [], key } };
  }
  const count = `${keys.length} key${keys.length === 1 ? '' : 's'}`;
  return { status: 'ok', sentence: `All ${replicas.length} replicas hold the same on ${count}.` };
}
