/** One line of a state tree. */
export interface StateRow {
  /** `lastSeen.r5`. */
  readonly path: string;
  readonly text: string;
}

/** A line that is shown beside what it was. */
export interface ChangedRow extends StateRow {
  /** What the step changed it from; undefined: not changed. */
  readonly before: string | undefined;
  readonly changed: boolean;
}

/** What a process was started with is kept in its memory under these names. */
export const STARTED_WITH: readonly string[] = ['input', 'config', 'settings'];

/** Deeper than this a value is written in one line, unless more is asked for. */
const DEPTH = 2;
/** As deep as a tree goes. From {@link DEPTH} on, lists of records are written record by record too. */
export const TREE_DEPTH = 6;
const TEXT_MAX = 120;

/** A state as lines, in the order in which the model wrote it. Values deeper than `depthMax` are written in one line. */
export function flatten(value: unknown, depthMax = DEPTH): readonly StateRow[] {
  return linesOf(value, { prefix: '', depth: 0, depthMax });
}

interface Place {
  readonly prefix: string;
  readonly depth: number;
  readonly depthMax: number;
}

function linesOf(value: unknown, { prefix, depth, depthMax }: Place): readonly StateRow[] {
  const group = depthMax > DEPTH && isRecordList(value) ? recordsOf(value) : value;
  if (!isGroup(group)) return prefix === '' ? [] : [{ path: prefix, text: wordsOf(group) }];
  const entries = Object.entries(group);
  const whole = wordsOf(value);
  const isPlain = (part: unknown) => !isGroup(part) && !(depthMax > DEPTH && isRecordList(part));
  const isShort = whole.length <= 28 && entries.every(([, part]) => isPlain(part));
  const oneLine = depth > 0 && (depth >= depthMax || entries.length === 0 || isShort);
  if (oneLine) return [{ path: prefix, text: whole }];
  return entries.flatMap(([name, part]) =>
    linesOf(part, { prefix: prefix === '' ? name : `${prefix}.${name}`, depth: depth + 1, depthMax }),
  );
}

/** The records of a list by their place, from 1. */
function recordsOf(list: readonly unknown[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(list.map((record, at) => [String(at + 1), record]));
}

function isRecordList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.length > 0 && value.every(isGroup);
}

/** The lines of a state, with what changed since it was `before`; a line that is gone is shown as none. */
export function compare(before: unknown, after: unknown, depthMax = DEPTH): readonly ChangedRow[] {
  const was = new Map(flatten(before, depthMax).map(({ path, text }) => [path, text]));
  const is = flatten(after, depthMax);
  const names = new Set(is.map(({ path }) => path));
  const inner = new Set(is.flatMap(({ path }) => ancestorsOf(path)));
  const rows = is.map(({ path, text }) => {
    const old = was.get(path) ?? 'none';
    const changed = before !== undefined && old !== text;
    return { path, text, before: changed ? old : undefined, changed };
  });
  const gone = [...was].filter(([path]) => !names.has(path) && !inner.has(path));
  return [...rows, ...gone.map(([path, text]) => ({ path, text: 'none', before: text, changed: text !== 'none' }))];
}

/** `a` and `a.b` for `a.b.c`. */
function ancestorsOf(path: string): readonly string[] {
  const parts = path.split('.');
  return parts.slice(1).map((_, at) => parts.slice(0, at + 1).join('.'));
}

/** A value in the run's voice: `"b:13"`, `none`, `r1, r2`, `at 402600, from b`. */
export function wordsOf(value: unknown): string {
  const text = inWords(value);
  return text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX - 1)}…` : text;
}

function inWords(value: unknown): string {
  if (value === null || value === undefined) return 'none';
  if (typeof value === 'string') return value === '' ? '""' : value;
  if (Array.isArray(value))
    return value.length === 0
      ? 'none'
      : value.map((part) => (isGroup(part) || Array.isArray(part) ? `(${inWords(part)})` : inWords(part))).join(', ');
  if (!isGroup(value)) return String(value);
  const entries = Object.entries(value);
  if (entries.length === 0) return 'none';
  return entries.map(([name, part]) => `${name} ${isGroup(part) ? `(${inWords(part)})` : inWords(part)}`).join(', ');
}

function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
