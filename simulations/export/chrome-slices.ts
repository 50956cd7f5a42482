import type { Value } from '../kernel/value.ts';
import type { Run } from '../run/execute.ts';
import { faultTitle } from '../scenario/fault-title.ts';
import { operationName } from './picture/operations.ts';
import { runIndex } from './picture/run-index.ts';
import type { ExportRange } from './range.ts';
import { endOf, rowsOf, type Span } from './spans.ts';

/** Something that lasts, before it is given a thread. */
export interface Slice extends Span {
  readonly name: string;
  readonly category: 'operation' | 'request' | 'outage' | 'fault';
  /** Index of the host; -1: the faults, which belong to none. */
  readonly host: number;
  readonly args: Readonly<Record<string, Value | undefined>>;
}

/** The rows of each category, as threads of a host: the number of the first, and what they are called. */
export const THREADS = {
  operation: { first: 10, title: 'operations' },
  request: { first: 40, title: 'requests' },
  outage: { first: 3, title: 'outages' },
  fault: { first: 1, title: 'faults' },
} as const;

/** The slices of a range with the row that each has among those of its host and category: slices of one row never overlap. */
export function slicesOf(range: ExportRange): readonly (readonly [slice: Slice, row: number])[] {
  const slices = [...operations(range), ...requests(range), ...outages(range), ...faults(range)].filter(
    ({ fromUs, untilUs }) => fromUs <= range.toUs && untilUs >= range.fromUs,
  );
  const groups = new Map<string, Slice[]>();
  for (const slice of slices) {
    const name = `${slice.host} ${slice.category}`;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [slice]);
    else group.push(slice);
  }
  return [...groups.values()].flatMap((group) => {
    const rows = rowsOf(group);
    return group.map((slice) => [slice, rows.get(slice)!] as const);
  });
}

function operations({ run }: ExportRange): readonly Slice[] {
  const hosts = run.topology.hosts.map(({ id }) => id);
  return run.record.operations.map((operation) => ({
    name: `${operationName(run, operation)} of ${operation.key}`,
    category: 'operation',
    host: Math.max(0, hosts.indexOf(operation.client.split('/')[0]!)),
    fromUs: operation.invokedAt,
    untilUs: endOf(run, operation),
    args: {
      client: operation.client,
      key: operation.key,
      input: operation.input,
      output: operation.output,
      outcome: operation.outcome,
    },
  }));
}

/** Processes that were started for something, a coordinator for one request for example, from their first step to their last. */
function requests({ run, timeline, trace }: ExportRange): readonly Slice[] {
  const lasting = new Set(run.topology.processes.map(({ id }) => id));
  const spans = new Map<number, { first: number; last: number }>();
  for (let step = 0; step < trace.length; step++) {
    const process = trace.process(step);
    if (process < 0 || lasting.has(timeline.names[process]!.id)) continue;
    const span = spans.get(process);
    if (span === undefined) spans.set(process, { first: step, last: step });
    else span.last = step;
  }
  return [...spans].map(([process, { first, last }]) => {
    const { id, role, host } = timeline.names[process]!;
    return {
      name: id.slice(id.indexOf('/') + 1),
      category: 'request',
      host,
      fromUs: trace.timeUs(first),
      untilUs: trace.timeUs(last),
      args: { process: id, role, firstStep: first, lastStep: last },
    };
  });
}

function outages({ run }: ExportRange): readonly Slice[] {
  const index = runIndex(run);
  return run.topology.hosts.flatMap((_, host) =>
    (['down', 'paused'] as const).flatMap((name) =>
      index[name][host]!.map(({ fromUs, untilUs, step }) => ({
        name,
        category: 'outage' as const,
        host,
        fromUs,
        untilUs,
        args: { step },
      })),
    ),
  );
}

function faults({ run }: { readonly run: Run }): readonly Slice[] {
  return run.record.faults.map(({ fault, sides, sinceUs, untilUs }) => ({
    name: faultTitle(fault),
    category: 'fault',
    host: -1,
    fromUs: sinceUs,
    untilUs: Math.min(untilUs, run.record.endUs),
    args: { id: fault.id, sides },
  }));
}
