import type { Operation } from '../kernel/history.ts';
import type { Value } from '../kernel/value.ts';
import type { Run } from '../run/execute.ts';
import { faultTitle } from '../scenario/fault-title.ts';
import { operationsOf } from './jsonl.ts';
import { type ExportOptions, rangeOf } from './range.ts';
import { endOf } from './spans.ts';

/** A line of a history before it is written: its fields in order, values as EDN. */
interface Line {
  readonly atUs: number;
  /** Orders lines of one instant. */
  readonly order: number;
  readonly fields: readonly (readonly [name: string, edn: string])[];
}

/**
 * A run's history as Jepsen writes `history.edn`: one map a line with `:index :time :process :type :f :value`, times in nanoseconds.
 * As in Jepsen, a process whose operation ended in `:info` is never used again: its client goes on under a new number (the old one plus the
 * number of clients). With more than one key, values are `[key value]`, as jepsen.independent has them. The faults are the
 * nemesis's. Throws `ExportRefusal` for a range outside the run and for a key that no operation is on.
 */
export function exportEdn(run: Run, options: ExportOptions = {}): string {
  const operations = operationsOf(run, options);
  const keyed = new Set(operations.map(({ key }) => key)).size > 1;
  const lines = [...operationLines(run, operations, keyed), ...nemesisLines(run, options)];
  lines.sort((a, b) => a.atUs - b.atUs || a.order - b.order);
  return lines
    .map(({ atUs, fields }, index) => {
      const all = [[':index', String(index)], [':time', `${atUs}000`], ...fields];
      return `{${all.map(([name, edn]) => `${name} ${edn}`).join(', ')}}\n`;
    })
    .join('');
}

function operationLines(run: Run, operations: readonly Operation[], keyed: boolean): Line[] {
  const clients = [...new Set(run.record.operations.map(({ client }) => client))].sort();
  const numbers = new Map(clients.map((client, number) => [client, number]));
  const lines: Line[] = [];
  for (const operation of operations) {
    const { client, f, key, outcome } = operation;
    const process = numbers.get(client)!;
    if (outcome === 'info') numbers.set(client, process + clients.length);
    const value = (inner: Value) => (keyed ? `[${edn(key)} ${edn(inner)}]` : edn(inner));
    const line = (type: string, atUs: number, order: number, of: Value): Line => ({
      atUs,
      order,
      fields: [
        [':process', String(process)],
        [':type', `:${type}`],
        [':f', `:${f}`],
        [':value', value(of)],
        [':key', edn(key)],
      ],
    });
    lines.push(line('invoke', operation.invokedAt, operation.invokedOrder, operation.input));
    const told = outcome === 'ok' && f === 'read' ? operation.output : operation.input;
    // An operation that nobody gave up ends with the run; behind every moment that has an order.
    const order = outcome === 'info' ? operation.invokedOrder + 0.5 : operation.completedOrder;
    lines.push(line(outcome, endOf(run, operation), order, told));
  }
  return lines;
}

/** Faults as the nemesis reports them: `:info` at both ends. */
function nemesisLines(run: Run, options: ExportOptions): Line[] {
  const { fromUs, toUs } = rangeOf(run, options);
  return run.record.faults
    .flatMap(({ fault, sinceUs, untilUs }) => [
      { atUs: sinceUs, f: `:start-${kebab(fault.action.do)}`, value: faultTitle(fault) },
      { atUs: untilUs, f: `:stop-${kebab(fault.action.do)}`, value: faultTitle(fault) },
    ])
    .filter(({ atUs }) => atUs >= fromUs && atUs <= toUs)
    .map(({ atUs, f, value }) => ({
      atUs,
      order: -1,
      fields: [
        [':process', ':nemesis'],
        [':type', ':info'],
        [':f', f],
        [':value', edn(value)],
      ],
    }));
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** JSON as EDN: null is nil, lists are vectors, objects are maps with text keys. */
export function edn(value: Value | undefined): string {
  if (value === null || value === undefined) return 'nil';
  if (typeof value === 'string') return text(value);
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return `[${(value as readonly Value[]).map(edn).join(' ')}]`;
  return `{${Object.entries(value)
    .map(([name, inner]) => `${text(name)} ${edn(inner)}`)
    .join(', ')}}`;
}

/** EDN knows the escapes of Clojure's reader: JSON's, without the escaped slash. */
function text(value: string): string {
  return JSON.stringify(value);
}
