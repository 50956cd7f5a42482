import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exportShiViz, SHIVIZ_DELIMITER, SHIVIZ_PATTERN } from '../../../simulations/export/shiviz.ts';
import type { Run } from '../../../simulations/run/execute.ts';
import { runOf, variants } from '../../helpers/scenarios.ts';

interface LogEvent {
  readonly host: string;
  readonly clock: Readonly<Record<string, number>>;
  readonly event: string;
  readonly step: number;
}

/** Reads an uploaded log as ShiViz does: line 1 the parser, line 2 the delimiter, the rest split at it (js/model/parser.js). */
function readLog(text: string): readonly { readonly label: string; readonly events: readonly LogEvent[] }[] {
  const [pattern = '', delimiter = '', ...rest] = text.split('\n');
  const body = rest.join('\n').trim();
  const labels = ['', ...Array.from(body.matchAll(new RegExp(delimiter, 'gm')), (match) => match.groups!.trace!)];
  return body
    .split(new RegExp(delimiter.replace(/\(\?<\w+?>/g, '(?:'), 'gm'))
    .map((execution, at) => ({
      label: labels[at]!,
      events: Array.from(execution.matchAll(new RegExp(pattern, 'gm')), ({ groups }) => ({
        host: groups!.host!,
        clock: JSON.parse(groups!.clock!) as Record<string, number>,
        event: groups!.event!,
        step: Number(groups!.step),
      })),
    }))
    .filter(({ events }) => events.length > 0);
}

/** What ShiViz refuses (js/model/modelGraph.js): gaps in a host's own count, unknown hosts, counts that a host never reached. */
function refusals(events: readonly LogEvent[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { host } of events) counts.set(host, (counts.get(host) ?? 0) + 1);
  const own = new Map<string, number>();
  return events.flatMap(({ host, clock, step }) => {
    const expected = (own.get(host) ?? 0) + 1;
    own.set(host, expected);
    const wrong = Object.entries(clock).filter(([other, time]) => time < 1 || time > (counts.get(other) ?? 0));
    return [
      ...(clock[host] === expected ? [] : [`step ${step}: ${host} counts ${clock[host]}, not ${expected}`]),
      ...wrong.map(([other, time]) => `step ${step}: ${other} never counted ${time}`),
    ];
  });
}

const knows = (later: LogEvent, earlier: LogEvent) =>
  Object.entries(earlier.clock).every(([host, time]) => (later.clock[host] ?? 0) >= time);

/** Happens-before by walking the causal trace: the step before on the same host, and the send of a delivered message. */
function reaches(run: Run, from: number, to: number, lowest: number): boolean {
  const { trace } = run.timeline!;
  const seen = new Set<number>();
  const todo = [to];
  for (let step = todo.pop(); step !== undefined; step = todo.pop()) {
    if (step === from) return true;
    if (step < lowest || seen.has(step)) continue;
    seen.add(step);
    let before = step - 1;
    const silent = ['lost', 'fault.begin', 'fault.end'];
    while (before >= lowest && (trace.host(before) !== trace.host(step) || silent.includes(trace.kind(before))))
      before--;
    if (before >= lowest) todo.push(before);
    if (trace.kind(step) === 'deliver' && trace.cause(step) >= lowest) todo.push(trace.cause(step));
  }
  return false;
}

describe('ShiViz log', () => {
  test.each(variants)('%s %s: ShiViz reads every host event and accepts its clocks', (id, variant) => {
    const run = runOf(id, variant);
    const [execution, ...more] = readLog(exportShiViz(run));
    expect(more).toEqual([]);
    expect(execution!.label).toContain(run.digest);
    expect(refusals(execution!.events)).toEqual([]);
    const { trace } = run.timeline!;
    const silent = Array.from({ length: trace.length }, (_, step) => trace.kind(step)).filter(
      (kind) => kind === 'lost' || kind.startsWith('fault.'),
    );
    expect(execution!.events.length).toBeGreaterThan(trace.length - silent.length - run.record.faults.length - 1);
    const byStep = new Map(execution!.events.map((event) => [event.step, event]));
    let messages = 0;
    for (const event of execution!.events) {
      if (trace.kind(event.step) !== 'deliver') continue;
      messages++;
      const sent = byStep.get(trace.cause(event.step))!;
      expect(knows(event, sent)).toBe(true);
      expect(knows(sent, event)).toBe(false);
    }
    const delivered = Array.from({ length: trace.length }, (_, step) => trace.kind(step)).filter(
      (kind) => kind === 'deliver',
    );
    expect(messages).toBe(delivered.length);
    expect(messages).toBeGreaterThan(10);
  });

  test('any range: the clocks order two events exactly when the causal trace does (quorum-read-inversion, fuzzed)', () => {
    const run = runOf('quorum-read-inversion', 'off');
    const range = fc.tuple(fc.integer({ min: 0, max: 2_400_000 }), fc.integer({ min: 20_000, max: 60_000 }));
    fc.assert(
      fc.property(range, fc.infiniteStream(fc.nat()), ([fromUs, lengthUs], picks) => {
        const toUs = Math.min(2_500_000, fromUs + lengthUs);
        const events = readLog(exportShiViz(run, { fromUs, toUs }))[0]?.events ?? [];
        expect(refusals(events)).toEqual([]);
        if (events.length < 2) return;
        for (let pair = 0; pair < 20; pair++) {
          const [a, b] = [picks.next().value, picks.next().value].map((pick) => events[pick! % events.length]!);
          if (a!.step >= b!.step) continue;
          expect(knows(b!, a!), `${a!.step} before ${b!.step}`).toBe(reaches(run, a!.step, b!.step, events[0]!.step));
        }
      }),
      { numRuns: 30 },
    );
  });

  test('the refusals see a clock that skips, and one that names a count never reached', () => {
    const event = { host: 'a', event: '', step: 1 };
    expect(refusals([{ ...event, clock: { a: 2 } }])).toHaveLength(2);
    expect(refusals([{ ...event, clock: { a: 1, b: 1 } }])).toEqual(['step 1: b never counted 1']);
  });

  test('two logs, one after the other, are two executions with names of their own', () => {
    const [one, other] = ['off', 'blocking'].map((variant) => exportShiViz(runOf('quorum-read-inversion', variant)));
    const both = readLog(one! + other!.split('\n').slice(2).join('\n'));
    expect(both.map(({ label }) => label.split(', ').at(2))).toEqual([
      `digest ${runOf('quorum-read-inversion', 'off').digest}`,
      `digest ${runOf('quorum-read-inversion', 'blocking').digest}`,
    ]);
  });

  test('the groups that ShiViz requires are there, and lost messages are told where they were sent', () => {
    expect(SHIVIZ_PATTERN).toMatch(/\(\?<host>.*\(\?<clock>.*\(\?<event>/);
    expect(SHIVIZ_DELIMITER).toContain('(?<trace>');
    const log = exportShiViz(runOf('quorum-read-inversion', 'off'), { fromUs: 500_000, toUs: 520_000 });
    expect(log).toMatch(/^r2 .*Lost: RWrite to r3\./m);
  });
});
