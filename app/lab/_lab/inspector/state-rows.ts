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

/** Deeper than this a value is written in one line. */
const DEPTH = 2;
const TEXT_MAX = 120;

/** A state as lines, in the order in which the model wrote it. */
export function flatten(value: unknown, prefix = '', depth = 0): readonly StateRow[] {
  if (!isGroup(value)) return prefix === '' ? [] : [{ path: prefix, text: wordsOf(value) }];
  const entries = Object.entries(value);
  const whole = wordsOf(value);
  const oneLine =
    depth > 0 &&
    (depth >= DEPTH || entries.length === 0 || (whole.length <= 28 && entries.every(([, part]) => !isGroup(part))));
  if (oneLine) return [{ path: prefix, text: whole }];
  return entries.flatMap(([name, part]) => flatten(part, prefix === '' ? name : `${prefix}.${name}`, depth + 1));
}

/** The lines of a state, with what changed since it was `before`; a line that is gone is shown as none. */
export function compare(before: unknown, after: unknown): readonly ChangedRow[] {
  const was = new Map(flatten(before).map(({ path, text }) => [path, text]));
  const is = flatten(after);
  const names = new Set(is.map(({ path }) => path));
  const rows = is.map(({ path, text }) => {
    const old = was.get(path) ?? 'none';
    const changed = before !== undefined && old !== text;
    return { path, text, before: changed ? old : undefined, changed };
  });
  const gone = [...was].filter(([path]) => !names.has(path) && !is.some((row) => row.path.startsWith(`${path}.`)));
  return [...rows, ...gone.map(([path, text]) => ({ path, text: 'none', before: text, changed: text !== 'none' }))];
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
