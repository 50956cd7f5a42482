import type { Operation, Outcome } from '../kernel/history.ts';
import type { Timeline } from '../kernel/timeline.ts';
import type { Metric } from '../models/model.ts';
import type { DeclaredSeries } from '../models/series.ts';
import type { Run } from './execute.ts';

interface Named {
  readonly id: string;
  readonly title: string;
  readonly unit: Metric['unit'];
  /** Rising, in microseconds. */
  readonly atUs: Float64Array;
}

/** A value for each of some operations, at the instant at which it ended: with an answer, or when its client gave up. */
export interface PointSeries extends Named {
  readonly kind: 'points';
  /** NaN: unknown. */
  readonly values: Float64Array;
  readonly operations: Int32Array;
  /** How each operation ended, as its place in {@link ENDINGS}. Distributions count those that ended ok and whose value is known. */
  readonly endings: Uint8Array;
}

/** A value that holds from one instant to the next: 0 before the first, the last one to the end of the run. */
export interface LevelSeries extends Named {
  readonly kind: 'level';
  readonly values: Float64Array;
  readonly endUs: number;
}

/** Events of two kinds. Of a `share` the part that is good matters, of a `count` how many there are. */
export interface EventSeries extends Named {
  readonly kind: 'share' | 'count';
  /** 1: ended ok, delivered or still under way; 0: not. */
  readonly good: Uint8Array;
  /** What the two kinds are called: `ok` and `not ok`. */
  readonly words: readonly [good: string, rest: string];
}

/** What a run measures over simulated time. */
export type Series = PointSeries | LevelSeries | EventSeries;

/** How operations end; `info`: the outcome is unknown. */
export const ENDINGS: readonly Outcome[] = ['ok', 'info', 'fail'];

const known = new WeakMap<Run, readonly Series[]>();

/**
 * Every series of a run: latency by kind of operation, what the model declares, availability, and load. Made once, in one pass over the
 * history and one over the trace; the same whatever moment is in view. Empty for a run without history.
 */
export function seriesOf(run: Run): readonly Series[] {
  let series = known.get(run);
  if (series === undefined) {
    series = run.timeline === undefined ? [] : build(run, run.timeline);
    known.set(run, series);
  }
  return series;
}

/** Operations in the order in which they ended, those that never did left out. */
interface Ended {
  readonly order: readonly Operation[];
  /** By operation id; Infinity: open at the end of the run. */
  readonly endUs: Float64Array;
}

function build(run: Run, timeline: Timeline): readonly Series[] {
  const { operations, endUs } = run.record;
  const { model, knobs } = run.input;
  const ended = endedOf(operations, timeline);
  const declared = model.series?.({ operations, notes: run.record.notes, endUs }, knobs) ?? [];
  return [
    ...latencies(ended),
    ...declared.map((one) => declaredSeries(one, ended, endUs)),
    ...availability(ended),
    ...operationLoad(operations, ended, endUs),
    ...messageLoad(run, timeline),
  ];
}

function endedOf(operations: readonly Operation[], timeline: Timeline): Ended {
  const endUs = numbers(operations, ({ completedStep }) =>
    completedStep === undefined ? Number.POSITIVE_INFINITY : timeline.timeUs(completedStep),
  );
  const order = operations
    .filter(({ completedStep }) => completedStep !== undefined)
    .sort((a, b) => a.completedStep! - b.completedStep! || a.id - b.id);
  return { order, endUs };
}

function latencies({ order, endUs }: Ended): readonly Series[] {
  const names = [...new Set(order.map(({ f }) => f))].sort((a, b) => (a === 'read' ? -1 : b === 'read' ? 1 : 0));
  return names.map((f) => {
    const own = order.filter((operation) => operation.f === f);
    const head = { id: `latency-${f}`, title: `${f[0]!.toUpperCase()}${f.slice(1)} latency`, unit: 'us' } as const;
    return points(head, own, endUs, ({ id, invokedAt }) => endUs[id]! - invokedAt);
  });
}

function points(
  head: Pick<Named, 'id' | 'title' | 'unit'>,
  own: readonly Operation[],
  endUs: Float64Array,
  measure: (operation: Operation) => number,
): PointSeries {
  return {
    kind: 'points',
    ...head,
    atUs: numbers(own, ({ id }) => endUs[id]!),
    values: numbers(own, measure),
    operations: new Int32Array(numbers(own, ({ id }) => id)),
    endings: new Uint8Array(numbers(own, ({ outcome }) => ENDINGS.indexOf(outcome))),
  };
}

function declaredSeries(declared: DeclaredSeries, { order, endUs }: Ended, runEndUs: number): Series {
  const { id, title, unit } = declared;
  if (declared.kind === 'level') {
    const changes = declared.changes.filter(({ atUs }, at) => declared.changes[at + 1]?.atUs !== atUs);
    return {
      kind: 'level',
      id,
      title,
      unit,
      atUs: numbers(changes, ({ atUs }) => atUs),
      values: numbers(changes, ({ value }) => value),
      endUs: runEndUs,
    };
  }
  const values = new Map(declared.points.map(({ operation, value }) => [operation, value ?? Number.NaN]));
  const own = order.filter((operation) => values.has(operation.id));
  return points({ id, title, unit }, own, endUs, (operation) => values.get(operation.id)!);
}

function availability({ order, endUs }: Ended): readonly Series[] {
  if (order.length === 0) return [];
  return [
    {
      kind: 'share',
      id: 'availability',
      title: 'Operations that end ok',
      unit: 'ratio',
      atUs: numbers(order, ({ id }) => endUs[id]!),
      good: new Uint8Array(numbers(order, ({ outcome }) => (outcome === 'ok' ? 1 : 0))),
      words: ['ok', 'not ok'],
    },
  ];
}

function operationLoad(operations: readonly Operation[], { order, endUs }: Ended, runEndUs: number): readonly Series[] {
  if (operations.length === 0) return [];
  const begun = numbers(operations, ({ invokedAt }) => invokedAt);
  const ended = numbers(order, ({ id }) => endUs[id]!);
  return [level({ id: 'operations-in-flight', title: 'Operations in flight', endUs: runEndUs }, begun, ended)];
}

/** Messages between hosts, as the trace tells of their ends and the last moment of those still under way. */
function messageLoad(run: Run, timeline: Timeline): readonly Series[] {
  const { trace } = timeline;
  const underway = timeline.worldAt(timeline.length).inFlight.filter(({ fromHost, toHost }) => fromHost !== toHost);
  const most = trace.length + underway.length;
  const [begun, ended, sent] = [new Float64Array(most), new Float64Array(trace.length), new Float64Array(most)];
  let [starts, ends, sentCount] = [0, 0, 0];
  for (let step = 0; step < trace.length; step++) {
    const kind = trace.kind(step);
    if ((kind !== 'deliver' && kind !== 'lost') || trace.from(step) === trace.host(step)) continue;
    const sentUs = trace.sentUs(step);
    begun[starts++] = sentUs;
    ended[ends++] = trace.timeUs(step);
    // When it was sent, doubled, and one more if it was lost: sorted as numbers, which is many times faster than as pairs.
    if (!trace.duplicate(step)) sent[sentCount++] = sentUs * 2 + (kind === 'lost' ? 1 : 0);
  }
  for (const { sentUs, duplicate } of underway) {
    begun[starts++] = sentUs;
    if (!duplicate) sent[sentCount++] = sentUs * 2;
  }
  if (starts === 0) return [];
  const sends = apart(sent.subarray(0, sentCount).sort());
  return [
    level(
      { id: 'messages-in-flight', title: 'Messages in flight', endUs: run.record.endUs },
      begun.subarray(0, starts).sort(),
      ended.subarray(0, ends),
    ),
    {
      kind: 'count',
      id: 'messages-sent',
      title: 'Messages sent',
      unit: 'count',
      ...sends,
      words: ['not lost', 'lost'],
    },
  ];
}

/** Takes doubled times, each one more for a loss, apart. */
function apart(keys: Float64Array): Pick<EventSeries, 'atUs' | 'good'> {
  const atUs = new Float64Array(keys.length);
  const good = new Uint8Array(keys.length);
  for (let at = 0; at < keys.length; at++) {
    const lost = keys[at]! % 2;
    atUs[at] = (keys[at]! - lost) / 2;
    good[at] = 1 - lost;
  }
  return { atUs, good };
}

/** How many have begun and not ended, from two rising columns. One change an instant: what begins and ends in it makes none. */
function level(
  { id, title, endUs }: { readonly id: string; readonly title: string; readonly endUs: number },
  begun: Float64Array,
  ended: Float64Array,
): LevelSeries {
  const at = new Float64Array(begun.length + ended.length);
  const values = new Float64Array(begun.length + ended.length);
  let [count, next, value, done] = [0, 0, 0, 0];
  while (next < begun.length || done < ended.length) {
    const now = Math.min(begun[next] ?? Number.POSITIVE_INFINITY, ended[done] ?? Number.POSITIVE_INFINITY);
    while (begun[next] === now) next++;
    while (ended[done] === now) done++;
    if (next - done === value) continue;
    value = next - done;
    at[count] = now;
    values[count++] = value;
  }
  return { kind: 'level', id, title, unit: 'count', atUs: at.slice(0, count), values: values.slice(0, count), endUs };
}

/** One number of each item. `Float64Array.from` does the same and takes ten times as long. */
function numbers<Item>(items: readonly Item[], measure: (item: Item) => number): Float64Array {
  const column = new Float64Array(items.length);
  for (let at = 0; at < items.length; at++) column[at] = measure(items[at]!);
  return column;
}
