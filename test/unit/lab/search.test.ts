import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Setup } from '../../../app/_run/setup.ts';
import { storyCone } from '../../../app/_stage/layout/story.ts';
import { begun, ended, findingOf, further, type Jobs, noJobs } from '../../../app/lab/_lab/search/jobs.ts';
import { sweepSubject, violationSubject } from '../../../app/lab/_lab/search/subject.ts';
import {
  firstViolation,
  rateRows,
  rateWords,
  scaleEnd,
  sweepEndWords,
} from '../../../app/lab/_lab/search/sweep-words.ts';
import { startJob } from '../../../app/lab/_lab/search/worker-job.ts';
import { changeActions } from '../../../app/lab/_lab/state/change.ts';
import { lookActions } from '../../../app/lab/_lab/state/look.ts';
import { createLabStore } from '../../../app/lab/_lab/state/store.ts';
import { told, untold } from '../../../app/lab/_lab/state/story.ts';
import {
  explain,
  modelById,
  prepareJob,
  rateOf,
  type Scenario,
  type SweepState,
  serveSweep,
} from '../../../simulations/index.ts';
import { scenarios } from '../../helpers/scenarios.ts';

const inversion = scenarios.find(({ id }) => id === 'quorum-read-inversion')!;

function lab(carried: readonly Scenario[] = [inversion]) {
  const store = createLabStore({ model: modelById('quorum')!, scenarios: carried });
  const change = changeActions(store);
  change.chooseScenario('quorum-read-inversion');
  return { store, change, look: lookActions(store) };
}

/** What really running seeds 1 to `seeds` of a variant shows. */
function swept(variant: string, seeds: number): SweepState {
  const job = { request: { model: 'quorum', scenario: inversion, variant }, seeds: { from: 1, to: seeds } };
  expect(prepareJob(job).ok).toBe(true);
  const states: SweepState[] = [];
  const receive = serveSweep((message) => {
    if (message.type === 'tally') states.push({ next: seeds + 1, stopped: null, tally: message.tally });
  });
  receive({ type: 'job', sweep: 0, job });
  receive({ type: 'chunk', sweep: 0, seeds: job.seeds });
  return states[0]!;
}

describe('a result of a search', () => {
  const [one, other] = [
    { key: '1', title: 'one' },
    { key: '2', title: 'other' },
  ];

  it('is shown for the subject that it was found on and for no other', () => {
    const jobs: Jobs<number, string> = ended(begun(noJobs, one, 0), { ok: true, result: 'found' });
    expect(findingOf(jobs, '1')).toEqual({ kind: 'ended', outcome: { ok: true, result: 'found' } });
    expect(findingOf(jobs, '2')).toEqual({ kind: 'elsewhere', subject: one, running: undefined });
  });

  it('comes back when the reader comes back to its subject, after another one was searched', () => {
    const first: Jobs<number, string> = ended(begun(noJobs, one, 0), { ok: true, result: 'first' });
    const both = ended(begun(first, other, 0), { ok: true, result: 'second' });
    expect(findingOf(both, '1')).toMatchObject({ outcome: { result: 'first' } });
    expect(findingOf(both, '2')).toMatchObject({ outcome: { result: 'second' } });
  });

  it('is not shown as current while a job of another subject runs: its progress is named as that one’s', () => {
    const jobs: Jobs<number, string> = further(begun(noJobs, one, 0), 7);
    expect(findingOf(jobs, '1')).toEqual({ kind: 'running', progress: 7 });
    expect(findingOf(jobs, '2')).toEqual({ kind: 'elsewhere', subject: one, running: 7 });
  });

  it('never answers for a subject with what was found on another, in any order of begins, ends and cancels', () => {
    const act = fc.record({ key: fc.constantFrom('a', 'b', 'c'), act: fc.constantFrom('begin', 'end', 'cancel') });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
        let jobs: Jobs<string, string> = noJobs;
        for (const { key, act } of acts) {
          if (act === 'begin') jobs = begun(jobs, { key, title: key }, key);
          else {
            const result = jobs.running?.subject.key ?? '';
            jobs = ended(jobs, act === 'cancel' ? undefined : { ok: true, result });
          }
          for (const asked of ['a', 'b', 'c']) {
            const finding = findingOf(jobs, asked);
            if (finding.kind === 'running') expect(finding.progress).toBe(asked);
            if (finding.kind === 'ended') expect(finding.outcome).toEqual({ ok: true, result: asked });
            if (finding.kind === 'elsewhere') expect(finding.subject.key).not.toBe(asked);
          }
        }
      }),
    );
  });
});

describe('the subject of a sweep', () => {
  const { store } = lab();
  const state = store.getState();
  const plain = state.applied;
  const keyOf = (setup: Setup) => sweepSubject(state, setup).key;

  it('is the same for every seed, and the same again when a knob is turned back', () => {
    expect(keyOf({ ...plain, seed: 7 })).toBe(keyOf(plain));
    expect(keyOf({ ...plain, set: { replicas: 3, readQuorum: 2 } })).toBe(
      keyOf({ ...plain, set: { readQuorum: 2, replicas: 3 } }),
    );
    expect(keyOf({ ...plain, faults: inversion.faults })).toBe(keyOf(plain));
  });

  const others: Readonly<Record<string, Partial<Setup>>> = {
    variant: { variant: 'blocking' },
    knob: { set: { replicas: 7 } },
    faults: { faults: inversion.faults.slice(1) },
    carried: { carried: { ...inversion, durationUs: 1_000_000 } },
  };
  for (const [what, part] of Object.entries(others)) {
    it(`is another one with another ${what}`, () => expect(keyOf({ ...plain, ...part })).not.toBe(keyOf(plain)));
  }

  it('of a violation is another one with another seed or property', () => {
    const key = (setup: Setup, property: string) => violationSubject(state, setup, property).key;
    expect(key({ ...plain, seed: 7 }, 'linearizable')).not.toBe(key(plain, 'linearizable'));
    expect(key(plain, 'converges')).not.toBe(key(plain, 'linearizable'));
  });
});

describe('what many seeds showed', () => {
  const verdicts = lab().store.getState().run!.verdicts;

  it('on variant off counts the violating seeds and gives their interval; on blocking bounds what was not seen (50 seeds)', () => {
    const [off, blocking] = [swept('off', 50), swept('blocking', 50)];
    const row = (state: SweepState) => rateRows(verdicts, state, ['linearizable'])[0]!;
    const { violated, of, interval, seeds } = row(off).measured!;
    expect(violated).toBeGreaterThan(0);
    expect(seeds).toHaveLength(violated);
    expect(interval).toMatchObject({ low: rateOf(violated, of).low, high: rateOf(violated, of).high });
    expect(row(blocking).measured).toMatchObject({ violated: 0, seeds: [] });
    expect(rateWords(row(blocking).measured!)).toMatch(/^none; at most [\d.]+ %$/);
    expect(firstViolation(blocking)).toBeUndefined();
    expect(firstViolation(off)).toBe(seeds[0]);
  });

  it('gives no rate when the seeds ended because of what they showed', () => {
    const state: SweepState = { ...swept('off', 25), stopped: 'violations' };
    const [row] = rateRows(verdicts, state, ['linearizable']);
    expect(row!.measured).toMatchObject({ interval: undefined });
    expect(rateWords(row!.measured!)).toBe('');
    expect(sweepEndWords({ seeds: 1_000, stopAtFirst: true, state, end: 'first' })).toMatch(
      /^Stopped after 25 seeds\. \d+ of 14 checks violated, first by seed 11\.$/,
    );
  });

  it('says of a claim that no seed put to the test that it has no rate, rather than a rate of 0', () => {
    const { count, of } = rateOf(0, 0);
    const measured = { violated: count, of, interval: undefined, seeds: [], elsewhere: [] };
    expect(rateWords(measured)).toBe('put to the test in no seed');
  });

  it('has a row for every claim before anything is measured, in an order that what is found does not change', () => {
    const ids = (state: SweepState | undefined) => rateRows(verdicts, state, ['converges']).map(({ id }) => id);
    expect(ids(undefined)).toEqual(ids(swept('off', 25)));
    expect(ids(undefined)).toHaveLength(verdicts.filter(({ kind }) => kind !== 'sometimes').length);
  });

  it('is drawn on one scale that holds every interval, whatever the rates', () => {
    const rate = fc.tuple(fc.nat(500), fc.integer({ min: 500, max: 20_000 })).map(([count, of]) => rateOf(count, of));
    fc.assert(
      fc.property(fc.array(rate, { minLength: 1, maxLength: 6 }), (rates) => {
        const rows = rates.map((interval, at) => ({
          ...{ id: String(at), title: '' },
          measured: { violated: interval.count, of: interval.of, interval, seeds: [], elsewhere: [] },
        }));
        const end = scaleEnd(rows);
        for (const { high } of rates) expect(high).toBeLessThanOrEqual(end);
        expect(end).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('an explanation in view', () => {
  const open = () => {
    const { store, change, look } = lab();
    look.seek(1_000_000);
    const explanation = explain(store.getState().run!, 'linearizable')!;
    const before = store.getState();
    store.setState((state) => told(state, explanation));
    return { store, change, look, explanation, before };
  };

  it('holds all its events in the window and selects the first', () => {
    const { store, explanation } = open();
    const { window, selected, verdict } = store.getState();
    for (const { atUs } of explanation.events) {
      expect(atUs).toBeGreaterThanOrEqual(window.fromUs);
      expect(atUs).toBeLessThanOrEqual(window.toUs);
    }
    expect(selected).toBe(explanation.events[0]!.step);
    expect(verdict).toBe('linearizable');
  });

  it('gives the look back when it is closed, wherever the reader went meanwhile', () => {
    const { store, look, explanation, before } = open();
    look.select(explanation.events[3]!.step);
    look.showWindow({ fromUs: 0, toUs: 50_000 });
    store.setState(untold);
    const { window, steps, timeUs, selected, verdict, story } = store.getState();
    expect({ window, steps, timeUs, selected, verdict }).toEqual({
      window: before.window,
      steps: before.steps,
      timeUs: before.timeUs,
      selected: before.selected,
      verdict: before.verdict,
    });
    expect(story).toBeUndefined();
  });

  it('leaves the look alone when the run has changed meanwhile', () => {
    const { store, change } = open();
    change.setSeed(3);
    const { window, timeUs } = store.getState();
    store.setState(untold);
    expect(store.getState()).toMatchObject({ window, timeUs, story: undefined });
  });

  it('lights its own events and both ends of the messages that they tell of, and little else', () => {
    const { store, explanation } = open();
    const run = store.getState().run!;
    const { relation, chain } = storyCone(run, explanation.events, explanation.events[4]!.step);
    for (const { step } of explanation.events) expect(relation[step]).not.toBe(0);
    expect(chain).toContain(explanation.events[4]!.step);
    // Event 5 is a lost message: what sent it is lit with it.
    expect(chain).toHaveLength(2);
    expect(relation.filter((one) => one !== 0).length).toBeLessThanOrEqual(2 * explanation.events.length);
  });
});

describe('a worker with one task', () => {
  class FakeWorker {
    ended = 0;
    posted: unknown[] = [];
    onmessage: ((event: { data: unknown }) => void) | null = null;
    onerror: ((event: { message: string }) => void) | null = null;
    postMessage(message: unknown) {
      this.posted.push(message);
    }
    terminate() {
      this.ended++;
    }
  }
  type Answer = { readonly type: 'progress' } | { readonly type: 'done'; readonly result: number };
  const started = () => {
    const worker = new FakeWorker();
    const answers: unknown[] = [];
    const stop = startJob<Answer>(worker as unknown as Worker, 'task', (answer) => answers.push(answer));
    return { worker, answers, stop };
  };

  it('gets it, goes on after progress, and ends with its result', () => {
    const { worker, answers } = started();
    expect(worker.posted).toEqual(['task']);
    worker.onmessage!({ data: { type: 'progress' } });
    expect(worker.ended).toBe(0);
    worker.onmessage!({ data: { type: 'done', result: 1 } });
    expect(worker.ended).toBe(1);
    expect(answers).toEqual([{ type: 'progress' }, { type: 'done', result: 1 }]);
  });

  it('that breaks answers that it failed, in words even where the browser gives none', () => {
    const { worker, answers } = started();
    worker.onerror!({ message: '' });
    expect(answers).toEqual([{ type: 'failed', message: 'The worker did not start.' }]);
    expect(worker.ended).toBe(1);
  });

  it('ends at once when it is stopped', () => {
    const { worker, answers, stop } = started();
    stop();
    expect(worker.ended).toBe(1);
    expect(answers).toEqual([]);
  });
});
