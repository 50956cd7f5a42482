import type { Value } from '../kernel/value.ts';

/** A stand-in that is `===` for structurally equal values, so that it can be the key of a Map. */
export type Identity = null | boolean | number | string;

/** Sorted fields, so that {a, b} and {b, a} are one value; undefined fields count as absent, as in JSON. */
function canonicalJson(value: Value): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const fields = Object.entries(value)
    .filter((entry): entry is [string, Value] => entry[1] !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([field, content]) => `${JSON.stringify(field)}:${canonicalJson(content)}`).join(',')}}`;
}

/** Whether the value is a list. `Array.isArray` alone does not narrow readonly arrays. */
export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** The identity of a value. The NUL prefix keeps lists and records apart from strings that look like them. */
export function identityOf(value: Value): Identity {
  return value === null || typeof value !== 'object' ? value : `\u0000${canonicalJson(value)}`;
}

/** Structural equality of two values. */
export function sameValue(one: Value, other: Value): boolean {
  return identityOf(one) === identityOf(other);
}

const WORDING_LENGTH_MAX = 40;

/** A value for a sentence: JSON, cut in the middle so that both ends of a long one stay visible. */
export function wordingOf(value: Value): string {
  const json = canonicalJson(value);
  if (json.length <= WORDING_LENGTH_MAX) return json;
  return `${json.slice(0, 12)}…${json.slice(-24)}`;
}
