import type { z } from 'zod';
import type { Problem } from './scenario.ts';

/** Finds the 1-based line of a path in a file; undefined where there is no file. */
export type Locate = (path: readonly PropertyKey[]) => number | undefined;

/** Says what zod found as problems a person can act on: field, found, allowed, fix. */
export function problemsOf(error: z.ZodError, input: unknown, schema: z.ZodType, locate?: Locate): Problem[] {
  return error.issues.flatMap((issue) => problemsOfIssue(issue as z.core.$ZodIssue, input, schema, locate));
}

function problemsOfIssue(issue: z.core.$ZodIssue, input: unknown, schema: z.ZodType, locate?: Locate): Problem[] {
  const at = (path: readonly PropertyKey[], found: string, allowed: string, fix: string): Problem => {
    const line = locate?.(path);
    return { ...(line !== undefined && { line }), field: fieldName(path), found, allowed, fix };
  };
  const found = describeValue(valueAt(input, issue.path));
  switch (issue.code) {
    case 'unrecognized_keys': {
      const allowed = keysAt(schema, issue.path);
      return issue.keys.map((key) => {
        const meant = nearest(key, allowed);
        const fix = meant === undefined ? 'Remove it.' : `Did you mean ${meant}?`;
        return at(
          [...issue.path, key],
          'a field that does not exist',
          allowed.length > 0 ? allowed.join(', ') : 'no such field',
          fix,
        );
      });
    }
    case 'invalid_value': {
      const values = issue.values.map((value) => String(value));
      const meant = nearest(String(valueAt(input, issue.path)), values);
      return [
        at(issue.path, found, values.join(', '), meant === undefined ? 'Use one of these.' : `Did you mean ${meant}?`),
      ];
    }
    case 'too_small':
      return [at(issue.path, found, `${limitOf(issue.origin)} of at least ${issue.minimum}`, 'Raise it.')];
    case 'too_big':
      return [at(issue.path, found, `${limitOf(issue.origin)} of at most ${issue.maximum}`, 'Lower it.')];
    case 'invalid_union': {
      if (issue.discriminator !== undefined) {
        const path = issue.path.at(-1) === issue.discriminator ? issue.path : [...issue.path, issue.discriminator];
        const options = discriminators(schema, path);
        return [
          at(path, describeValue(valueAt(input, path)), options.join(', ') || 'one of the kinds', 'Use one of these.'),
        ];
      }
      return [at(issue.path, found, expectedOfUnion(issue), 'Write it in one of these forms.')];
    }
    case 'invalid_type':
      return [
        at(issue.path, found, `a value of type ${issue.expected}`, found === 'nothing' ? 'Add it.' : 'Change it.'),
      ];
    default:
      return [at(issue.path, found, issue.message, 'Change it.')];
  }
}

function expectedOfUnion(issue: z.core.$ZodIssueInvalidUnion): string {
  const types = issue.errors
    .flat()
    .flatMap((inner) => (inner.code === 'invalid_type' ? [inner.expected as string] : []));
  return types.length > 0 ? [...new Set(types)].join(' or ') : 'another form';
}

function limitOf(origin: string): string {
  if (origin === 'array') return 'a length';
  if (origin === 'string') return 'a text length';
  return 'a number';
}

/** `variants[1].set.readRepair`; the whole file when the path is empty. */
export function fieldName(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'the whole';
  return path.reduce<string>(
    (name, part) =>
      typeof part === 'number' ? `${name}[${part}]` : name === '' ? String(part) : `${name}.${String(part)}`,
    '',
  );
}

/** A value in a few words: `"off"`, `9`, `a list of 3`, `nothing`. */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}…` : value);
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object') return 'a group of fields';
  return String(value);
}

export function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, part) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[part] : undefined,
    input,
  );
}

interface Def {
  readonly type: string;
  readonly innerType?: z.ZodType;
  readonly in?: z.ZodType;
  readonly element?: z.ZodType;
  readonly shape?: Record<string, z.ZodType>;
  readonly options?: readonly z.ZodType[];
  readonly valueType?: z.ZodType;
}

function defOf(schema: z.ZodType): Def {
  const def = schema.def as unknown as Def;
  if (def.innerType !== undefined) return defOf(def.innerType);
  if (def.type === 'pipe' && def.in !== undefined) return defOf(def.in);
  return def;
}

/** The schemas that a path may lead to: several behind a union. */
function schemasAt(schema: z.ZodType, path: readonly PropertyKey[]): z.ZodType[] {
  const def = defOf(schema);
  if (def.options !== undefined && def.type === 'union')
    return def.options.flatMap((option) => schemasAt(option, path));
  const [part, ...rest] = path;
  if (part === undefined) return [schema];
  const inner = typeof part === 'number' ? def.element : (def.shape?.[String(part)] ?? def.valueType);
  return inner === undefined ? [] : schemasAt(inner, rest);
}

function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  return [...new Set(schemasAt(schema, path).flatMap((found) => Object.keys(defOf(found).shape ?? {})))];
}

function discriminators(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  return schemasAt(schema, path).flatMap((found) => {
    const values = (found.def as unknown as { values?: readonly unknown[] }).values;
    return values?.map(String) ?? [];
  });
}

/** The allowed word that a wrong one was probably meant to be: at most a third of its letters away, and nearer than any other. */
export function nearest(word: string, allowed: readonly string[]): string | undefined {
  const limit = Math.max(1, Math.floor(word.length / 3));
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const candidate of allowed) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance === bestDistance && candidate !== best) best = undefined;
    if (distance >= bestDistance) continue;
    best = candidate;
    bestDistance = distance;
  }
  return best;
}

/** Insertions, deletions, substitutions and swaps of neighbours that turn one word into the other. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(row[j - 1]! + 1, last[j]! + 1, last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) row[j] = Math.min(row[j]!, beforeLast[j - 2]! + 1);
    }
    [beforeLast, last] = [last, row];
  }
  return last[b.length]!;
}
