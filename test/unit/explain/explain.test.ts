import { describe, expect, test } from 'vitest';
import { explanationLines } from '../../../simulations/cli/explain.ts';
import { execute, type Run } from '../../../simulations/run/execute.ts';
import { loadScenario } from '../../../simulations/run/load-scenario.ts';
import { resolveRun } from '../../../simulations/run/resolve.ts';
import { explain } from '../../../simulations/search/explain/explain.ts';
import { recordedIn } from '../../../simulations/search/shrink/recorded.ts';
import { statusOf } from '../../../simulations/search/shrink/search.ts';
import { examples, requestOf, shrunk, violating } from '../shrink/shrunk.ts';

function shrunkRun(file: string): Run {
  const loaded = loadScenario(file);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  const resolved = resolveRun({ model: loaded.scenario.model, scenario: loaded.scenario });
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems));
  return execute(resolved.input);
}

const runs = examples.flatMap(([id, variant]) => {
  const request = requestOf(id, variant);
  const { report } = shrunk(request);
  return [
    { title: `${id}, ${variant}, as it is`, run: execute(request.input), property: request.property, small: false },
    { title: `${id}, ${variant}, shrunk`, run: shrunkRun(report.file), property: request.property, small: true },
  ];
});

describe.each(runs)('$title: $property', ({ run, property, small }) => {
  const explanation = explain(run, property)!;

  test('at most 12 events, in order, each with a plain sentence; the steps are theirs', () => {
    const { events, steps, sentence } = explanation;
    expect(events.length).toBeGreaterThanOrEqual(2);
    expect(events.length).toBeLessThanOrEqual(12);
    expect(events.map(({ atUs }) => atUs)).toEqual(events.map(({ atUs }) => atUs).sort((a, b) => a - b));
    for (const event of events) {
      expect(event.sentence).toMatch(/^[A-Za-z].{8,}\.$/);
      expect(event.sentence).not.toMatch(/undefined|NaN|\[object|null/);
    }
    expect(new Set(steps)).toEqual(new Set(events.map(({ step }) => step)));
    expect(sentence).toContain(run.verdicts.find(({ id }) => id === property)!.verdict.sentence);
    expect(events.some(({ role }) => role === 'witness')).toBe(true);
  });

  test('what is called necessary is: without it, or had it arrived, the property is kept', () => {
    const necessary = explanation.events.filter((event) => event.necessary === true);
    if (small) expect(necessary.length).toBeGreaterThan(0);
    for (const event of necessary)
      expect(statusOf(withoutIt(run, event), property), event.sentence).not.toBe('violated');
  });
});

/** The run without an event, made by hand: the fault left out, the missing message delivered, the delivered one lost. */
function withoutIt(run: Run, { step, role, sentence }: { step: number; role: string; sentence: string }): Run {
  const { input } = run;
  const view = run.timeline!.step(step);
  if (view.kind === 'fault.begin') {
    return execute({ ...input, faults: input.faults.filter(({ id }) => id !== view.fault!.fault.id) });
  }
  // Of a message that was late the event is the step that sent it, of any other the step in which it arrived or was lost.
  const late = role === 'absence' && view.kind !== 'lost';
  const isIt = (one: { step: number; outcomeStep: number | undefined; to: string }) =>
    late ? one.step === step && sentence.includes(`to ${one.to} `) : one.outcomeStep === step;
  const message = recordedIn(run).messages.find(isIt)!;
  const { from, to, type, nth } = message;
  const delayUs = input.schedule?.messageUs ?? 2_000;
  const others = (input.schedule?.messages ?? []).filter(
    (pin) => pin.from !== from || pin.to !== to || pin.type !== type || pin.nth !== nth,
  );
  const pin = { from, to, type, nth, delayUs, lost: role !== 'absence' };
  return execute({ ...input, schedule: { ...input.schedule, messages: [...others, pin] } });
}

test.each(violating)('%s, %s: at most 12 events, in order, each with a plain sentence', (id, variant) => {
  const { input, property } = requestOf(id, variant);
  const { events, sentence } = explain(execute(input), property)!;
  expect(sentence).toMatch(/^\S.{20,}\.$/);
  expect(events.length).toBeLessThanOrEqual(12);
  expect(events.map(({ atUs }) => atUs)).toEqual(events.map(({ atUs }) => atUs).sort((a, b) => a - b));
  for (const event of events) {
    expect(event.sentence).toMatch(/^[A-Za-z].{8,}\.$/);
    expect(event.sentence).not.toMatch(/undefined|NaN|\[object|null/);
  }
});

test('the read inversion: 2 faults, 3 lost messages, told in the order in which they happened', () => {
  const { input, property } = requestOf('quorum-read-inversion', 'off');
  const { sentence, events } = explain(execute(input), property)!;
  expect(sentence).toBe(
    'Read 10 returned v4 after read 9 had returned v5. It took 2 faults and 3 lost messages: without any one of them nothing would be wrong.',
  );
  const told = events.map((event) => event.sentence);
  expect(told).toContain('Fault: cut a r1 r2 | r3 r4 r5 b began. Without it nothing would be wrong.');
  expect(told).toContain(
    'The version of write 8 from r2 to r3 was lost on the way. Had it arrived in the usual time, nothing would be wrong.',
  );
  expect(told.at(-1)).toBe('Read 10 returned version 4 to b.');
});

describe('of several lost adds, one is explained', () => {
  const { input, property } = requestOf('cart-multiregion', 'lww-wall');
  const run = execute(input);
  const { events } = explain(run, property)!;
  const decisive = events.filter((event) => event.decisive);

  test('by the write that won over it although it had been seen, and what brought the two about', () => {
    const told = decisive.map(({ sentence }) => sentence);
    expect(told.at(-1)).toMatch(
      /version 8 wins over version 9, though version 9 had seen it\. Without it something else would be wrong\.$/,
    );
    expect(decisive.every(({ necessary }) => necessary === false)).toBe(true);
  });

  test('and without any of these the run still loses an add, but another one', () => {
    expect(decisive.length).toBeGreaterThan(1);
    expect(run.verdicts.find(({ id }) => id === property)!.verdict).toMatchObject({
      sentence: expect.stringContaining('acknowledged operation 14, which added honey'),
    });
    const lost = (one: Run) => one.verdicts.find(({ id }) => id === property)!.verdict;
    for (const event of decisive) {
      const otherwise = lost(withoutIt(run, event));
      expect(otherwise.status, event.sentence).toBe('violated');
      expect('sentence' in otherwise && otherwise.sentence).not.toContain(
        'acknowledged operation 14, which added honey',
      );
    }
  });
});

test('a figure of the whole run has no event to point at, and the text says where to look instead', () => {
  const { input, property } = requestOf('raft-compaction', 'never');
  const explanation = explain(execute(input), property)!;
  expect(explanation.events).toEqual([]);
  expect(explanationLines(explanation).at(-1)).toContain('`faultline compare` shows the run beside another variant');
});

test('a run that keeps a property has nothing to explain', () => {
  const { input } = requestOf('quorum-read-inversion', 'off');
  expect(explain(execute(input), 'no-lost-acknowledged-write')).toBeUndefined();
  expect(explain(execute(input), 'no such property')).toBeUndefined();
});

test('the bound on runs holds: with none to spend nothing is judged', () => {
  const { input, property } = requestOf('quorum-read-inversion', 'off');
  const { events, sentence } = explain(execute(input), property, { runsMax: 0 })!;
  expect(events.every(({ necessary, decisive }) => necessary === null && !decisive)).toBe(true);
  expect(sentence).toBe('Read 10 returned v4 after read 9 had returned v5.');
});
