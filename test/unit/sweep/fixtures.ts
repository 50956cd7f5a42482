import {
  type FromWorker,
  jobOf,
  prepareJob,
  type Seeds,
  type Spawn,
  type StopRule,
  type SweepJob,
  type SweepPlan,
  SweepPool,
  type SweepState,
  serveSweep,
  type Tally,
} from '../../../simulations/index.ts';
import { runChunk } from '../../../simulations/search/sweep/run-chunk.ts';
import { TallyBook } from '../../../simulations/search/sweep/tally.ts';
import { scenarios } from '../../helpers/scenarios.ts';

export const scenario = scenarios.find(({ id }) => id === 'quorum-read-inversion')!;

/** Seeds of which each test may use the first ones: they are run once. */
const SEEDS_MAX = 160;

export const plan = (seeds: Seeds, changes: Partial<SweepPlan> = {}): SweepPlan => ({
  name: scenario.id,
  model: scenario.model,
  scenario,
  variants: ['off'],
  set: {},
  seeds,
  stop: {},
  ...changes,
});

export const job = (to: number, from = 1): SweepJob => ({
  ...jobOf(plan({ from, to }), 'off', { from, to }),
  exact: scenario.cost.metrics,
});

const prepared = prepareJob(job(1));
if (!prepared.ok) throw new Error(JSON.stringify(prepared.problems));

const tallies = new Map<number, Tally>();

/** The tally of one seed, run on first use. */
export function tallyOfSeed(seed: number): Tally {
  if (!prepared.ok || seed < 1 || seed > SEEDS_MAX) throw new Error(`no seed ${seed}`);
  const known = tallies.get(seed) ?? runChunk(prepared.prepared, { from: seed, to: seed });
  tallies.set(seed, known);
  return known;
}

/** The tallies of some seeds added up one by one. */
export function tallyOf({ from, to }: Seeds): Tally {
  const book = new TallyBook();
  for (let seed = from; seed <= to; seed++) book.addTally(tallyOfSeed(seed));
  return book.tally();
}

/** The state of a sweep of those seeds that has ended. */
export const stateOf = (seeds: Seeds): SweepState => ({ next: seeds.to + 1, stopped: null, tally: tallyOf(seeds) });

interface FakeWorker {
  readonly listener: Parameters<Spawn>[0];
  readonly inbox: { readonly sweep: number; readonly seeds: Seeds }[];
  ended: boolean;
}

/** Workers that answer when, and in the order in which, a test says; with the tallies that the seeds really have. */
export class FakeWorkers {
  readonly all: FakeWorker[] = [];
  readonly jobs: SweepJob[] = [];

  readonly spawn: Spawn = (listener) => {
    const worker: FakeWorker = { listener, inbox: [], ended: false };
    this.all.push(worker);
    return {
      post: (message) => {
        // Through JSON, since nothing else may travel.
        const { type, ...rest } = JSON.parse(JSON.stringify(message)) as typeof message;
        if (type === 'job') this.jobs.push((rest as { job: SweepJob }).job);
        else worker.inbox.push(rest as FakeWorker['inbox'][number]);
      },
      terminate: () => {
        worker.ended = true;
      },
    };
  };

  get busy(): readonly FakeWorker[] {
    return this.all.filter(({ inbox, ended }) => inbox.length > 0 && !ended);
  }

  answer(worker: FakeWorker): void {
    const { sweep, seeds } = worker.inbox.shift()!;
    const message: FromWorker = { type: 'tally', sweep, seeds, tally: tallyOf(seeds) };
    worker.listener.onMessage(JSON.parse(JSON.stringify(message)) as FromWorker);
  }

  die(worker: FakeWorker, reason: string): void {
    worker.inbox.length = 0;
    worker.listener.onDeath(reason);
  }
}

export type Outcome = { readonly state: SweepState } | { readonly error: string; readonly state: SweepState };

/** What a test does next with one of the busy workers. */
export type Step = (workers: FakeWorkers, busy: readonly FakeWorker[], at: number) => void;

/** Answers the busy worker of that number, counted round. */
export const answerAt =
  (picks: readonly number[]): Step =>
  (workers, busy, at) =>
    workers.answer(busy[(picks[at % picks.length] ?? 0) % busy.length]!);

/** Runs a sweep on fake workers, one step after the other, until it ends. */
export function sweepWith(options: {
  readonly job: SweepJob;
  readonly workers: number;
  readonly step: Step;
  readonly stop?: StopRule;
  readonly begun?: SweepState;
}): Outcome {
  const workers = new FakeWorkers();
  const pool = new SweepPool(workers.spawn, options.workers);
  const outcomes: Outcome[] = [];
  pool.start(
    options.job,
    { onDone: (state) => outcomes.push({ state }), onError: (error, state) => outcomes.push({ error, state }) },
    { stop: options.stop, begun: options.begun },
  );
  for (let at = 0; outcomes.length === 0 && at < 1000; at++) options.step(workers, workers.busy, at);
  if (outcomes.length !== 1) throw new Error(`${outcomes.length} outcomes`);
  return outcomes[0]!;
}

/** A spawn whose workers really run what they are asked, at once, in this thread. */
export const inThread =
  (defer: (answer: () => void) => void): Spawn =>
  ({ onMessage }) => {
    const receive = serveSweep((message) => defer(() => onMessage(message)));
    return { post: receive, terminate: () => {} };
  };
