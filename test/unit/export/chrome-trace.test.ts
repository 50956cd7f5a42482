import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { exportChromeTrace } from '../../../simulations/export/chrome-trace.ts';
import { execute } from '../../../simulations/index.ts';
import { longInput } from '../../helpers/long-run.ts';
import { openingVariants, runOf } from '../../helpers/scenarios.ts';

const place = { name: z.string().min(1), pid: z.int().min(1), tid: z.int().min(0) };
const at = { ...place, cat: z.string(), ts: z.number().min(0) };
const args = z.record(z.string(), z.unknown());
const eventSchema = z.discriminatedUnion('ph', [
  z.strictObject({ ...place, ph: z.literal('M'), args }),
  z.strictObject({ ...at, ph: z.literal('X'), dur: z.number().min(0), args }),
  z.strictObject({ ...at, ph: z.literal('i'), s: z.literal('t'), args }),
  z.strictObject({ ...at, ph: z.literal('s'), id: z.int() }),
  z.strictObject({ ...at, ph: z.literal('f'), id: z.int(), bp: z.literal('e') }),
]);
const fileSchema = z.strictObject({
  displayTimeUnit: z.literal('ms'),
  otherData: z.record(z.string(), z.string()),
  traceEvents: z.array(eventSchema),
});
type Event = z.infer<typeof eventSchema>;
type Slice = Extract<Event, { ph: 'X' }>;

const isSlice = (event: Event): event is Slice => event.ph === 'X';
/** Whole nanoseconds: sums of fractions of a microsecond would not compare. */
const ns = (us: number) => Math.round(us * 1000);

/** Slices that partly overlap an earlier one of their thread: neither inside it nor after it. */
function misnested(events: readonly Event[]): readonly string[] {
  const open = new Map<string, number[]>();
  return events.filter(isSlice).flatMap(({ name, pid, tid, ts, dur }) => {
    const stack = open.get(`${pid} ${tid}`) ?? [];
    open.set(`${pid} ${tid}`, stack);
    while (stack.length > 0 && stack.at(-1)! <= ns(ts)) stack.pop();
    const fits = stack.length === 0 || ns(ts + dur) <= stack.at(-1)!;
    stack.push(ns(ts + dur));
    return fits ? [] : [`${name} at ${ts}`];
  });
}

const read = (text: string) => fileSchema.parse(JSON.parse(text)).traceEvents;

describe('Chrome trace', () => {
  test.each(openingVariants)(
    '%s %s: fields as documented, slices nest, flows pair and bind to slices',
    (id, variant) => {
      const run = runOf(id, variant);
      const events = read(exportChromeTrace(run));
      expect(misnested(events)).toEqual([]);
      const { trace } = run.timeline!;
      expect(events.filter(({ ph }) => ph === 'i')).toHaveLength(trace.length);
      const starts = events.filter((event) => event.ph === 's');
      const ends = new Map(events.flatMap((event) => (event.ph === 'f' ? [[event.id, event] as const] : [])));
      expect(ends.size).toBe(starts.length);
      const delivered = Array.from({ length: trace.length }, (_, step) => step).filter(
        (step) => trace.kind(step) === 'deliver' && trace.from(step) !== trace.host(step),
      );
      expect(starts.map((event) => event.id).sort((a, b) => a - b)).toEqual(delivered);
      const messages = events.filter(isSlice).filter(({ cat }) => cat === 'message');
      const slices = new Set(messages.map(({ pid, tid, ts }) => `${pid} ${tid} ${ns(ts)}`));
      // A flow binds to whatever slice is open: two in one place would be a guess.
      expect(slices.size).toBe(messages.length);
      for (const start of starts) {
        const end = ends.get(start.id)!;
        expect(end.ts).toBeGreaterThan(start.ts);
        for (const { pid, tid, ts } of [start, end]) expect(slices.has(`${pid} ${tid} ${ns(ts)}`)).toBe(true);
      }
    },
  );

  test('every process and thread in use has a name, hosts first, faults last', () => {
    const run = runOf('quorum-read-inversion', 'off');
    const events = read(exportChromeTrace(run));
    const named = (kind: string) => events.filter(({ ph, name }) => ph === 'M' && name === kind);
    expect(named('process_name').map((event) => (event as Slice).args.name)).toEqual([
      'r1',
      'r2',
      'r3',
      'r4',
      'r5',
      'a',
      'b',
      'faults',
    ]);
    const threads = new Set(named('thread_name').map(({ pid, tid }) => `${pid} ${tid}`));
    for (const { ph, pid, tid } of events) if (ph !== 'M') expect(threads.has(`${pid} ${tid}`)).toBe(true);
  });

  test('operations, requests, outages and faults are slices with their true times', () => {
    const run = runOf('quorum-read-inversion', 'off');
    const slices = read(exportChromeTrace(run)).filter(isSlice);
    const find = (cat: string, name: string | RegExp) =>
      slices.find(
        (slice) => slice.cat === cat && (typeof name === 'string' ? slice.name === name : name.test(slice.name)),
      );
    const read9 = run.record.operations[9]!;
    expect(find('operation', 'read 9 of x')).toMatchObject({
      pid: 6,
      ts: read9.invokedAt,
      dur: read9.completedAt - read9.invokedAt,
      args: { output: 'a:5', outcome: 'ok' },
    });
    expect(find('request', /^read-a/)).toMatchObject({ args: { role: 'coordinator' } });
    expect(find('outage', 'down')).toMatchObject({ pid: 2, ts: 524_000, dur: 188_000 });
    expect(find('fault', /^cut/)).toMatchObject({ pid: 8, ts: 632_000, dur: 136_000 });
  });

  test('a range holds no step outside it and no flow with one end', () => {
    const run = runOf('quorum-read-inversion', 'off');
    const events = read(exportChromeTrace(run, { fromUs: 590_000, toUs: 650_000 }));
    const instants = events.filter((event) => event.ph === 'i');
    expect(instants.length).toBeGreaterThan(10);
    for (const { ts } of instants) expect(ts >= 590_000 && ts < 650_001).toBe(true);
    const count = (ph: string) => events.filter((event) => event.ph === ph).length;
    expect(count('s')).toBe(count('f'));
    expect(count('s')).toBeGreaterThan(5);
  });

  test('a slice that partly overlaps another is seen', () => {
    const slice = { ph: 'X' as const, name: 'x', cat: '', pid: 1, tid: 1, args: {} };
    expect(
      misnested([
        { ...slice, ts: 0, dur: 5 },
        { ...slice, ts: 3, dur: 5 },
      ]),
    ).toEqual(['x at 3']);
  });
});

// More events than a call takes arguments: the stack overflowed.
test('a run of more than 200,000 steps is written whole', () => {
  const run = execute({ ...longInput(295), history: true });
  const { traceEvents } = JSON.parse(exportChromeTrace(run)) as { traceEvents: readonly Event[] };
  expect(run.events).toBeGreaterThan(200_000);
  expect(traceEvents.filter(({ ph }) => ph === 'i')).toHaveLength(run.events);
});
