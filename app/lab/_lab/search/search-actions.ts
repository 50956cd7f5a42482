import {
  type Explanation,
  formatCount,
  type RunningSweep,
  type ShrinkReport,
  type SweepState,
} from '../../../../simulations/index.ts';
import type { ExplainAnswer, ExplainTask } from '../../../_work/explain.worker.ts';
import type { ShrinkAnswer, ShrinkTask } from '../../../_work/shrink.worker.ts';
import { startSweep } from '../../../_work/sweep-host.ts';
import { plural } from '../state/format.ts';
import type { LabStore } from '../state/store.ts';
import { begun, ended, further, type Outcome } from './jobs.ts';
import type { SearchStore, SweepPlan, SweepResult } from './search-store.ts';
import { requestOf, sweepSubject, violationSubject } from './subject.ts';
import { firstViolation, sweepEndWords } from './sweep-words.ts';
import { startJob } from './worker-job.ts';

/** What a reader can ask of the search pane. Everything runs in workers; a new question of a kind ends the one before it. */
export interface SearchActions {
  plan(part: Partial<SweepPlan>): void;
  /** Runs the setup in view on seeds 1 to `plan.seeds`. */
  sweep(): void;
  /** Ends the sweep; what its seeds have shown is kept. */
  cancelSweep(): void;
  /** Makes the run in view smaller while it violates a property. */
  shrink(property: string): void;
  cancelShrink(): void;
  /** Explains why the run in view violates a property. */
  explain(property: string): void;
  /** Ends all workers, for a pane that goes away. */
  stop(): void;
}

/** Live figures change at most this often: the reader can follow, and the page keeps its frames. */
const TELL_EVERY_MS = 250;

export function searchActions(lab: LabStore, store: SearchStore): SearchActions {
  const sweeping = sweepActions(lab, store);
  const shrinking = shrinkActions(lab, store);
  const explaining = explainActions(lab, store);
  return {
    plan: (part) => store.setState(({ plan }) => ({ plan: { ...plan, ...part } })),
    ...sweeping,
    ...shrinking,
    explain: explaining.explain,
    stop: () => {
      sweeping.cancelSweep();
      shrinking.cancelShrink();
      explaining.cancelExplain();
    },
  };
}

function sweepActions(lab: LabStore, store: SearchStore): Pick<SearchActions, 'sweep' | 'cancelSweep'> {
  let running: RunningSweep | undefined;
  const end = (state: SweepState, reason: SweepResult['end']) => {
    const { plan, sweeps } = store.getState();
    running = undefined;
    const asked = sweeps.running?.progress ?? plan;
    const result: SweepResult = { seeds: asked.seeds, stopAtFirst: asked.stopAtFirst, state, end: reason };
    store.setState({ sweeps: ended(sweeps, { ok: true, result }), said: sweepEndWords(result) });
  };
  const cancelSweep = () => {
    if (running === undefined) return;
    const state = running.state();
    running.cancel();
    end(state, 'cancelled');
  };
  const sweep = () => {
    cancelSweep();
    const { applied } = lab.getState();
    const { plan } = store.getState();
    const { seed: _, ...request } = requestOf(lab.getState(), applied);
    const blank = { ...plan, ran: 0, perSecond: undefined, state: undefined };
    store.setState(({ sweeps }) => ({
      sweeps: begun(sweeps, sweepSubject(lab.getState(), applied), blank),
      said: `Started on ${plural(plan.seeds, 'seed')}.`,
    }));
    const startMs = performance.now();
    let toldMs = 0;
    running = startSweep(
      { request, seeds: { from: 1, to: plan.seeds } },
      {
        onProgress: (ran) => {
          const nowMs = performance.now();
          if (running === undefined || nowMs - toldMs < TELL_EVERY_MS) return;
          toldMs = nowMs;
          const perSecond = (ran / (nowMs - startMs)) * 1000;
          tellProgress(store, { ...plan, ran, perSecond, state: running.state() });
        },
        onDone: (state) => end(state, state.stopped === null ? 'all' : 'first'),
        onError: (message) => {
          running = undefined;
          store.setState((now) => ({ sweeps: ended(now.sweeps, { ok: false, message }), said: message }));
        },
      },
      { stop: plan.stopAtFirst ? { violations: 1 } : undefined },
    );
  };
  return { sweep, cancelSweep };
}

function tellProgress(store: SearchStore, progress: NonNullable<ReturnType<typeof runningSweep>>): void {
  const before = runningSweep(store)?.state;
  const first = firstViolation(progress.state);
  const isNew = first !== undefined && firstViolation(before) === undefined;
  store.setState(({ sweeps, said }) => ({
    sweeps: further(sweeps, progress),
    said: isNew ? `First violation: seed ${formatCount(first)}.` : said,
  }));
}

function runningSweep(store: SearchStore) {
  return store.getState().sweeps.running?.progress;
}

function shrinkActions(lab: LabStore, store: SearchStore): Pick<SearchActions, 'shrink' | 'cancelShrink'> {
  let stop: (() => void) | undefined;
  const end = (outcome: Outcome<ShrinkReport> | undefined, said: string) => {
    stop = undefined;
    store.setState(({ smaller }) => ({ smaller: ended(smaller, outcome), said }));
  };
  const cancelShrink = () => {
    if (stop === undefined) return;
    stop();
    end(undefined, 'Cancelled.');
  };
  const shrink = (property: string) => {
    cancelShrink();
    const state = lab.getState();
    const subject = violationSubject(state, state.applied, property);
    const task: ShrinkTask = { request: requestOf(state, state.applied), property };
    store.setState(({ smaller }) => ({ smaller: begun(smaller, subject, undefined), said: 'Making the run smaller.' }));
    const worker = new Worker(new URL('../../../_work/shrink.worker.ts', import.meta.url), { type: 'module' });
    stop = startJob<ShrinkAnswer>(worker, task, (answer) => {
      if (answer.type === 'progress') store.setState(({ smaller }) => ({ smaller: further(smaller, answer.progress) }));
      else if (answer.type === 'failed') end({ ok: false, message: answer.message }, answer.message);
      else {
        const { before, after } = answer.result;
        const words = `The smallest run found has ${plural(after.events, 'event')}; this one has ${formatCount(before.events)}.`;
        end({ ok: true, result: answer.result }, words);
      }
    });
  };
  return { shrink, cancelShrink };
}

function explainActions(lab: LabStore, store: SearchStore) {
  let stop: (() => void) | undefined;
  const end = (outcome: Outcome<Explanation> | undefined, said: string) => {
    stop = undefined;
    store.setState(({ explains }) => ({ explains: ended(explains, outcome), said }));
  };
  const cancelExplain = () => {
    if (stop === undefined) return;
    stop();
    end(undefined, '');
  };
  const explain = (property: string) => {
    cancelExplain();
    const state = lab.getState();
    const subject = violationSubject(state, state.applied, property);
    const task: ExplainTask = { request: requestOf(state, state.applied), property };
    store.setState(({ explains }) => ({ explains: begun(explains, subject, undefined), said: 'Explaining the run.' }));
    const worker = new Worker(new URL('../../../_work/explain.worker.ts', import.meta.url), { type: 'module' });
    stop = startJob<ExplainAnswer>(worker, task, (answer) => {
      if (answer.type === 'failed') end({ ok: false, message: answer.message }, answer.message);
      else end({ ok: true, result: answer.result }, `Explained with ${plural(answer.result.events.length, 'event')}.`);
    });
  };
  return { explain, cancelExplain };
}
