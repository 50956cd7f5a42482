import type { Value } from '../kernel/value.ts';
import { allOf, many } from './counted.ts';
import { sameValue, wordingOf } from './value-identity.ts';
import type { Verdict } from './verdict.ts';

/** What one replica holds. A missing key and a key that holds null are the same: nothing. The key '' is all that it holds. */
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
  /** What a replica is called. Default: replica. */
  readonly noun?: string;
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
  const { noun = 'replica' } = options;
  const [first, ...others] = replicas;
  if (first === undefined || others.length === 0) {
    return { status: 'unknown', sentence: `There are no two ${noun}s to compare.`, spent: 0 };
  }
  const keys = [...new Set(replicas.flatMap(({ contents }) => Object.keys(contents)))].sort();
  if (keys.length === 0) return { status: 'unknown', sentence: `No ${noun} holds anything.`, spent: 0 };
  for (const key of keys) {
    const differing = others.find((other) => !equal(held(first, key), held(other, key)));
    if (differing === undefined) continue;
    const [one, another] = [say(held(first, key)), say(held(differing, key))];
    const where = key === '' ? '' : ` on key ${key}`;
    const contents = `${first.replica} has ${one}; ${differing.replica} has ${another}`;
    const sentence = `${noun.charAt(0).toUpperCase()}${noun.slice(1)}s ${first.replica} and ${differing.replica} differ${where}: ${contents}.`;
    return { status: 'violated', sentence, witness: { operations: [], steps: [], ...(key === '' ? {} : { key }) } };
  }
  const where = keys[0] === '' ? '' : ` on ${many(keys.length, 'key')}`;
  return { status: 'ok', sentence: `${allOf(replicas.length, noun)} hold the same${where}.` };
}
