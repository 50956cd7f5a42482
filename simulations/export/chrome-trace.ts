import type { Value } from '../kernel/value.ts';
import type { Run } from '../run/execute.ts';
import { slicesOf, THREADS } from './chrome-slices.ts';
import { flightOf } from './picture/run-index.ts';
import { type ExportOptions, type ExportRange, focusOf, identityOf, keepingMoment, rangeOf } from './range.ts';
import { isHostEvent } from './vector-clocks.ts';

/** An event of the Trace Event Format. `ts` and `dur` are microseconds, to the nanosecond. */
interface TraceEvent {
  readonly name: string;
  readonly ph: 'M' | 'X' | 'i' | 's' | 'f';
  readonly pid: number;
  readonly tid: number;
  readonly ts?: number;
  readonly dur?: number;
  readonly [field: string]: Value | undefined;
}

/** Threads of a host that hold no rows of slices. */
const MESSAGES = 1;
const STEPS = 2;

/**
 * A run in Chrome's Trace Event Format, for Perfetto (ui.perfetto.dev) and chrome://tracing. A host is a process; its threads are its
 * messages, its steps (instants), its outages, its clients' operations and the requests that it coordinates, spread over rows so
 * that slices nest. A message is a flow between two slices of at most 1 us: handlers take no simulated time, but flows bind
 * to slices only. Within a microsecond these slices follow each other in the order of the steps. A message that was lost, or whose other end
 * lies outside the range, has no flow. Throws `ExportRefusal` for a range outside the run.
 */
export function exportChromeTrace(run: Run, options: ExportOptions = {}): string {
  const range = rangeOf(run, options);
  const placed = slicesOf(range);
  const slices: TraceEvent[] = [];
  const threads = new Map<string, readonly [pid: number, tid: number, title: string]>();
  const thread = (pid: number, tid: number, title: string) => threads.set(`${pid} ${tid}`, [pid, tid, title]);
  run.topology.hosts.forEach((_, host) => {
    thread(host + 1, MESSAGES, 'messages');
    thread(host + 1, STEPS, 'steps');
  });
  for (const [{ name, category, host, fromUs, untilUs, args }, row] of placed) {
    const { first, title } = THREADS[category];
    const [pid, tid] = [host < 0 ? run.topology.hosts.length + 1 : host + 1, first + row];
    thread(pid, tid, row === 0 ? title : `${title} ${row + 1}`);
    slices.push({ name, cat: category, ph: 'X', pid, tid, ts: fromUs, dur: untilUs - fromUs, args });
  }
  const events = [...slices, ...keepingMoment(run, () => stepEvents(range, options))];
  // Stable: of slices that begin together, the longer one comes first, so that the shorter one nests in it.
  events.sort((a, b) => a.ts! - b.ts! || (b.dur ?? 0) - (a.dur ?? 0));
  const traceEvents = [...metadata(run, [...threads.values()]), ...events];
  const otherData = { run: identityOf(run), ...(options.replay !== undefined && { replay: options.replay }) };
  return `{"displayTimeUnit":"ms","otherData":${JSON.stringify(otherData)},"traceEvents":[\n${traceEvents
    .map((event) => JSON.stringify(event))
    .join(',\n')}\n]}\n`;
}

function metadata(
  run: Run,
  threads: readonly (readonly [pid: number, tid: number, title: string])[],
): readonly TraceEvent[] {
  const named = [...run.topology.hosts.map(({ id }) => id), 'faults'];
  const about = (name: string, pid: number, tid: number, args: Value): TraceEvent => ({
    name,
    ph: 'M',
    pid,
    tid,
    args,
  });
  return [
    ...named.flatMap((name, at) => [
      about('process_name', at + 1, 0, { name }),
      about('process_sort_index', at + 1, 0, { sort_index: at + 1 }),
    ]),
    ...threads.flatMap(([pid, tid, name]) => [
      about('thread_name', pid, tid, { name }),
      about('thread_sort_index', pid, tid, { sort_index: tid }),
    ]),
  ];
}

/** An instant for each step, a slice for each step that sent or received a message, a flow for each message. */
function stepEvents(range: ExportRange, options: ExportOptions): readonly TraceEvent[] {
  const { run, trace, timeline, firstStep, endStep } = range;
  const context = focusOf(run, options.key);
  const { arrivals, senders } = messagesOf(range);
  const moments = momentsOf(range);
  const faults = run.topology.hosts.length + 1;
  const events: TraceEvent[] = [];
  for (let step = firstStep; step < endStep; step++) {
    const view = timeline.step(step);
    const kind =
      view.kind === 'lost' ? `lost ${view.message?.type ?? ''}` : (view.message?.type ?? view.timer ?? view.kind);
    const sentence = run.input.model.narrate(view, context);
    const host = trace.host(step);
    const [pid, tid] = host < 0 ? [faults, THREADS.fault.first] : [host + 1, STEPS];
    const [ts, dur] = moments(step);
    events.push({
      name: kind,
      cat: view.kind,
      ph: 'i',
      s: 't',
      pid,
      tid,
      ts,
      args: { step, cause: view.cause, sentence },
    });
    if (!arrivals.has(step) && !senders.has(step)) continue;
    const place = { pid, tid: MESSAGES, ts };
    events.push({
      name: kind,
      cat: 'message',
      ph: 'X',
      ...place,
      dur,
      args: { step, message: view.message, from: view.from },
    });
    for (const [id, type] of senders.get(step) ?? [])
      events.push({ name: type, cat: 'message', ph: 's', id, ...place });
    const type = arrivals.get(step);
    if (type !== undefined) events.push({ name: type, cat: 'message', ph: 'f', bp: 'e', id: step, ...place });
  }
  return events;
}

/** The messages between hosts that were sent and received in a range, by step. A message is named by the step that received it. */
function messagesOf({ trace, firstStep, endStep }: ExportRange) {
  const arrivals = new Map<number, string>();
  const senders = new Map<number, (readonly [id: number, type: string])[]>();
  for (let step = firstStep; step < endStep; step++) {
    const flight = trace.kind(step) === 'deliver' ? flightOf(trace, step) : undefined;
    const sent = trace.cause(step);
    if (flight === undefined || sent < firstStep || !isHostEvent(trace, sent)) continue;
    const { type } = flight;
    arrivals.set(step, type);
    senders.set(sent, [...(senders.get(sent) ?? []), [step, type]]);
  }
  return { arrivals, senders };
}

/** When a step is drawn and for how long, in microseconds: the steps of one microsecond share it evenly, in their order. */
function momentsOf({ trace }: ExportRange): (step: number) => readonly [ts: number, dur: number] {
  return (step) => {
    const us = trace.timeUs(step);
    const first = us === 0 ? 0 : trace.stepsUntil(us - 1);
    const shareNs = Math.max(1, Math.floor(1000 / (trace.stepsUntil(us) - first)));
    // More than a thousand steps in a microsecond share its last nanosecond.
    const offsetNs = Math.min(999, (step - first) * shareNs);
    return [(us * 1000 + offsetNs) / 1000, shareNs / 1000];
  };
}
