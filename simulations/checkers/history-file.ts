import type { Operation, OperationName, Outcome } from '../kernel/history.ts';
import type { Value } from '../kernel/value.ts';
import { isList } from './value-identity.ts';

/** One thing wrong with a history file. */
export interface HistoryProblem {
  /** From 1. */
  readonly line: number;
  readonly field: string;
  readonly found: string;
  readonly allowed: string;
  readonly fix: string;
}

/** A parsed history, or what is wrong with it. At most 20 problems are listed. */
export type ParsedHistory =
  | { readonly ok: true; readonly operations: readonly Operation[] }
  | { readonly ok: false; readonly problems: readonly HistoryProblem[] };

/** What a history may contain. */
export interface HistoryOptions {
  /** The operations that the object understands (`spec.operations`). Default: all five. */
  readonly operations?: readonly OperationName[];
}

const PROBLEMS_MAX = 20;

const synonyms = new Map<string, OperationName>([
  ['read', 'read'],
  ['get', 'read'],
  ['write', 'write'],
  ['put', 'write'],
  ['cas', 'cas'],
  ['append', 'append'],
  ['delete', 'delete'],
]);
const everyOperation: readonly OperationName[] = ['read', 'write', 'cas', 'append', 'delete'];
const types = ['invoke', 'ok', 'fail', 'info'];

type Fields = { readonly [field: string]: Value | undefined };
type Pending = { -readonly [field in keyof Operation]: Operation[field] };

class HistoryReader {
  readonly problems: HistoryProblem[] = [];
  readonly operations: Pending[] = [];
  private readonly open = new Map<string, { operation: Pending; line: number }>();
  private readonly allowed: readonly OperationName[];

  constructor(options: HistoryOptions) {
    this.allowed = options.operations ?? everyOperation;
  }

  readLine(text: string, line: number): void {
    const fields = this.parse(text, line);
    if (fields === undefined) return;
    const process = fields.process;
    if (typeof process !== 'number' && typeof process !== 'string') {
      this.report(line, 'process', process, 'a number or a text', 'Say which client the line belongs to.');
      return;
    }
    // Jepsen's nemesis injects faults; its lines are no operations.
    if (process === 'nemesis' || process === ':nemesis') return;
    const type = fields.type;
    if (typeof type !== 'string' || !types.includes(type)) {
      this.report(line, 'type', type, types.join(', '), 'Use invoke for a start and one of the others for its end.');
    } else if (type === 'invoke') {
      this.invoke(String(process), fields, line);
    } else {
      this.complete(String(process), fields, line);
    }
  }

  private parse(text: string, line: number): Fields | undefined {
    try {
      const parsed: Value = JSON.parse(text);
      if (parsed !== null && typeof parsed === 'object' && !isList(parsed)) return parsed;
      this.report(line, 'line', parsed, 'a JSON object', 'Write one object per line, such as {"process":0,…}.');
    } catch {
      this.report(line, 'line', text, 'a JSON object', 'Write one object per line; check quotes, commas and braces.');
    }
    return undefined;
  }

  private invoke(client: string, fields: Fields, line: number): void {
    const before = this.open.get(client);
    if (before !== undefined) {
      const fix = `Complete the operation of line ${before.line} first, with info if its outcome is unknown.`;
      this.report(line, 'type', 'invoke', `ok, fail or info, because process ${client} is busy`, fix);
      return;
    }
    const f = this.readOperationName(fields, line);
    if (f === undefined) return;
    const key = this.readKey(fields, line);
    const input = this.readInput(f, fields, line);
    const operation: Pending = {
      id: this.operations.length,
      client,
      f,
      key: key ?? '',
      input,
      output: null,
      outcome: 'info',
      invokedAt: line,
      completedAt: Number.POSITIVE_INFINITY,
      invokedOrder: line,
      completedOrder: Number.POSITIVE_INFINITY,
    };
    this.operations.push(operation);
    this.open.set(client, { operation, line });
  }

  private complete(client: string, fields: Fields, line: number): void {
    const pending = this.open.get(client);
    if (pending === undefined) {
      const fix = 'Add the invoke line before it, or remove this one.';
      this.report(line, 'type', fields.type, `invoke, because process ${client} has nothing open`, fix);
      return;
    }
    this.open.delete(client);
    const { operation } = pending;
    const f = this.readOperationName(fields, line);
    if (f !== undefined && f !== operation.f) {
      this.report(
        line,
        'f',
        fields.f,
        `${operation.f}, as in line ${pending.line}`,
        'Complete the operation that is open.',
      );
    }
    const key = this.readKey(fields, line);
    if (key !== undefined && key !== operation.key) {
      const allowed = `the key of line ${pending.line}, ${quote(operation.key)}`;
      this.report(line, 'key', fields.key, allowed, 'Use the same key in both lines of an operation.');
    }
    operation.outcome = fields.type as Outcome;
    if (operation.outcome === 'info') return;
    operation.completedAt = line;
    operation.completedOrder = line;
    if (operation.outcome === 'ok' && operation.f === 'read') operation.output = this.readOutput(fields, line);
  }

  private readOperationName(fields: Fields, line: number): OperationName | undefined {
    const f = typeof fields.f === 'string' ? synonyms.get(fields.f) : undefined;
    if (f !== undefined && this.allowed.includes(f)) return f;
    const allowed = [...synonyms].filter(([, name]) => this.allowed.includes(name)).map(([word]) => word);
    const fix = f === undefined ? 'Name the operation.' : 'Choose a model that has this operation, or leave it out.';
    this.report(line, 'f', fields.f, allowed.join(', '), fix);
    return undefined;
  }

  private readKey(fields: Fields, line: number): string | undefined {
    const key = fields.key;
    if (key === undefined || key === null) return undefined;
    if (typeof key === 'string' || typeof key === 'number') return String(key);
    this.report(line, 'key', key, 'a text or a number', 'Name the key, or leave it out when there is one object.');
    return undefined;
  }

  private readInput(f: OperationName, fields: Fields, line: number): Value {
    if (f === 'read') return null;
    const value = fields.value;
    if (f === 'delete') return value ?? null;
    if (f === 'cas' && (value === undefined || !isList(value) || value.length !== 2)) {
      this.report(line, 'value', value, 'a pair [from, to]', 'Give the value expected and the value to set.');
    } else if (value === undefined) {
      this.report(line, 'value', value, 'any JSON value', `Give the value of the ${f}.`);
    }
    return value ?? null;
  }

  private readOutput(fields: Fields, line: number): Value {
    if (fields.value !== undefined) return fields.value;
    this.report(line, 'value', undefined, 'any JSON value', 'Give what the read returned, null if it found nothing.');
    return null;
  }

  private report(line: number, field: string, found: Value | undefined, allowed: string, fix: string): void {
    if (this.problems.length >= PROBLEMS_MAX) return;
    this.problems.push({ line, field, found: found === undefined ? 'nothing' : quote(found), allowed, fix });
  }
}

function quote(value: Value): string {
  const json = JSON.stringify(value);
  return json.length > 60 ? `${json.slice(0, 59)}…` : json;
}

/**
 * Reads a history in JSON lines: `process`, `type` (invoke, ok, fail, info), `f` (read or get, write or put, cas, append,
 * delete), optional `key`, `value` (cas: [from, to]; delete: what goes, null for all of it; the value of a read is that of its completion). Other fields, blank
 * lines and the nemesis are ignored. A process does one thing at a time; one whose operation ended in info may go on.
 * An operation that is never completed has an unknown outcome. Times and orders are line numbers; a missing key is "".
 */
export function parseHistory(text: string, options: HistoryOptions = {}): ParsedHistory {
  const reader = new HistoryReader(options);
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() !== '') reader.readLine(index === 0 ? line.replace(/^\uFEFF/, '') : line, index + 1);
  }
  if (reader.problems.length > 0) return { ok: false, problems: reader.problems };
  return { ok: true, operations: reader.operations };
}

interface Moment {
  readonly order: number;
  readonly operation: Operation;
  readonly type: 'invoke' | Outcome;
}

/** An unknown outcome is written when its client goes on, or else at the end: it says nothing about when. */
function momentsOf(operations: readonly Operation[]): Moment[] {
  const byInvocation = [...operations].sort((a, b) => a.invokedOrder - b.invokedOrder);
  const unknown = new Map<string, Operation>();
  const moments: Moment[] = [];
  for (const operation of byInvocation) {
    const left = unknown.get(operation.client);
    if (left !== undefined) moments.push({ order: operation.invokedOrder - 0.5, operation: left, type: 'info' });
    unknown.delete(operation.client);
    moments.push({ order: operation.invokedOrder, operation, type: 'invoke' });
    if (operation.outcome === 'info') unknown.set(operation.client, operation);
    else moments.push({ order: operation.completedOrder, operation, type: operation.outcome });
  }
  for (const operation of unknown.values()) {
    moments.push({ order: Number.MAX_VALUE, operation, type: 'info' });
  }
  return moments.sort((a, b) => a.order - b.order);
}

function momentLine({ operation, type }: Moment, index: number): string {
  const process = /^(0|[1-9]\d{0,8})$/.test(operation.client) ? Number(operation.client) : operation.client;
  const key = operation.key === '' ? {} : { key: operation.key };
  const found = type === 'ok' ? operation.output : null;
  const value = operation.f === 'read' ? found : operation.input;
  return JSON.stringify({ index, process, type, f: operation.f, ...key, value });
}

/** Writes a history that {@link parseHistory} reads back: the same operations in the same order, with lines for times. */
export function historyToJsonLines(operations: readonly Operation[]): string {
  return momentsOf(operations)
    .map((moment, index) => `${momentLine(moment, index)}\n`)
    .join('');
}
