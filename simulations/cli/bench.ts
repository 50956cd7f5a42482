import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import {
  derivedFigures,
  type EnginePart,
  engineParts,
  explore,
  type Figures,
  isMet,
  type Model,
  measurePart,
  modelById,
  models,
  type Scenario,
  type SweepJob,
  SweepPool,
  specById,
  sweepScenario,
  targets,
} from '../index.ts';
import { CliError, EXIT, percent, print, table, withCommas } from './output.ts';
import { runJob, spawnThread, startThread } from './threads.ts';

/** `faultline bench`: what engine, exploration and sweeps do on this machine, as named figures. Takes about five minutes. */
export async function benchCommand(options: { json?: boolean }): Promise<number> {
  const start = { ms: performance.now(), usage: process.cpuUsage() };
  const figures: Record<string, number> = {};
  for (const model of models) {
    const own: Record<string, number> = {};
    const prefix = prefixOf(model);
    const isHeld = isHeldTo(`${prefix}engine.`);
    // Each in a thread of its own: see PARTS.
    for (const part of engineParts) {
      const threads = isHeld && HELD_RATES.has(part) ? THREADS : 1;
      Object.assign(own, await bestOfThreads({ model: model.id, part }, threads));
    }
    Object.assign(own, derivedFigures(own));
    for (const [name, value] of Object.entries(own)) figures[prefix + name] = value;
    for (const [setup, knobs] of Object.entries(model.busySetups ?? {})) {
      for (const part of ['bare', 'history'] as const) {
        const rates = await measureInThread({ model: model.id, part, knobs });
        for (const [name, value] of Object.entries(rates)) figures[`${model.id}.${setup}.${name}`] = value;
      }
    }
  }
  figures['explore.statesPerSecond'] = exploreRate();
  const { user, system } = process.cpuUsage(start.usage);
  // More than one processor is the collector's and the compiler's threads at work beside ours.
  figures['machine.processorShare'] = Math.min(1, (user + system) / 1000 / (performance.now() - start.ms));
  for (const model of models) {
    const prefix = prefixOf(model);
    if (!isHeldTo(`${prefix}sweep.`)) continue;
    for (const [name, value] of Object.entries(await sweepRates(sweepScenario(model)))) figures[prefix + name] = value;
  }
  print(options.json, figures, () => figureLines(figures));
  return EXIT.ok;
}

/** What the names of a model's figures begin with. The first model is the one that figures are about where nothing else is said. */
function prefixOf(model: Model): string {
  return model === models[0] ? '' : `${model.id}.`;
}

/** Whether figures that begin so have a target. */
function isHeldTo(prefix: string): boolean {
  return targets.some(({ figure }) => figure.startsWith(prefix));
}

/** What a thread is asked to measure. */
export interface BenchRequest {
  readonly model: string;
  /** Default: the model's own. */
  readonly knobs?: Readonly<Record<string, string | number | boolean>>;
  readonly part: EnginePart;
}

/** Measures one part, in the thread that calls it. */
export function measureHere({ model, knobs, part }: BenchRequest): Figures {
  return measurePart(
    part,
    { model: modelById(model)!, knobs },
    { now: () => performance.now(), heapBytes: heapMeter() },
  );
}

/** The parts whose rates are held to a target, or are half of a ratio that is. */
const HELD_RATES: ReadonlySet<EnginePart> = new Set(['bare', 'byHand', 'history']);
/** In how many threads these are measured, one after the other. */
const THREADS = 3;

/** The best of several threads, rate by rate: how well code is compiled differs from one to the next, and other work can only slow one down. */
async function bestOfThreads(request: BenchRequest, threads: number): Promise<Figures> {
  const best: Record<string, number> = {};
  for (let thread = 0; thread < threads; thread++) {
    for (const [name, value] of Object.entries(await measureInThread(request))) {
      best[name] = Math.max(best[name] ?? value, value);
    }
  }
  return best;
}

function measureInThread(request: BenchRequest): Promise<Figures> {
  return new Promise((resolve, reject) => {
    const thread = startThread('bench-worker.js');
    thread.once('message', (figures: Figures) => {
      resolve(figures);
      void thread.terminate();
    });
    thread.once('error', reject);
    thread.postMessage(request);
  });
}

/** The first part of a name, and what its figures are about. */
const GROUPS: readonly (readonly [prefix: string, title: string])[] = [
  ['engine', 'Engine: busy runs, one thread'],
  ['run', 'A run with digest, history and all checks'],
  ['statechart', 'Charts alone'],
  ['sweep', 'Sweep: 10-second runs with all checks, two worker threads'],
  ['explore', 'Explore: two-phase commit, seven resource managers'],
  ['machine', 'Machine, while one thread was measured'],
];

/** The figures in groups, each with its target and whether it meets it. */
export function figureLines(figures: Figures): readonly string[] {
  const names = Object.keys(figures);
  const lines = table(names.map((name) => figureRow(name, figures[name]!)));
  const groups = [...GROUPS, [undefined, 'Other models'] as const].map(([prefix, title]) => {
    const own = lines.filter((_, at) => groupOf(names[at]!) === prefix);
    return own.length === 0 ? [] : [title, ...own.map((line) => `  ${line}`), ''];
  });
  return [...groups.flat(), ...crowding(figures['machine.processorShare'] ?? 1)];
}

function groupOf(name: string): string | undefined {
  return GROUPS.find(([prefix]) => name.startsWith(`${prefix}.`))?.[0];
}

/** Below this share of a processor the figures say more about the other work on the machine. */
const SHARE_MIN = 0.9;

function crowding(share: number): readonly string[] {
  if (share >= SHARE_MIN) return [];
  return [
    `Other work left ${percent(share)} of a processor to this process: figures that depend on time are worse by as much.`,
  ];
}

function figureRow(name: string, value: number): readonly string[] {
  const target = targets.find(({ figure }) => figure === name);
  if (target === undefined) return [name, amount(value)];
  const bound = target.atLeast === undefined ? `at most ${target.atMost}` : `at least ${withCommas(target.atLeast)}`;
  return [name, amount(value), `target ${bound}: ${isMet(target, value) ? 'met' : 'missed'}`];
}

function amount(value: number): string {
  return value >= 1000 ? withCommas(value) : value.toFixed(value < 10 ? 2 : 1);
}

/** Distinct states a second on two-phase commit with seven resource managers; the second of two rounds. */
function exploreRate(): number {
  const spec = specById('two-phase-commit')!;
  const knobs = { resourceManagers: 7, coordinatorMayStop: false, commitsAlone: false };
  explore(spec, { ...knobs, resourceManagers: 6 });
  const start = performance.now();
  const { distinct } = explore(spec, knobs);
  return (distinct / (performance.now() - start)) * 1000;
}

/** Seeds that warm the workers up, and those that are measured. */
const WARM_UP_SEEDS = 200;
const MEASURED_SEEDS = 1000;
/** The best of these counts, as with every rate: other work can only slow one down. */
const SWEEP_ROUNDS = 3;

/** Seeds a second on two worker threads that have been started and have run before. */
async function sweepRates(scenario: Scenario): Promise<Figures> {
  const pool = new SweepPool(spawnThread, 2);
  try {
    const request = { model: scenario.model, scenario };
    await finished(pool, { request, seeds: { from: 1, to: WARM_UP_SEEDS } });
    let seconds = Number.POSITIVE_INFINITY;
    for (let round = 0; round < SWEEP_ROUNDS; round++) {
      const start = performance.now();
      await finished(pool, { request, seeds: { from: 1, to: MEASURED_SEEDS } });
      seconds = Math.min(seconds, (performance.now() - start) / 1000);
    }
    return {
      'sweep.seedsPerSecond': MEASURED_SEEDS / seconds,
      'sweep.secondsPer10000Seeds': (10_000 * seconds) / MEASURED_SEEDS,
    };
  } finally {
    pool.close();
  }
}

async function finished(pool: SweepPool, job: SweepJob): Promise<void> {
  const ended = await runJob(pool, job, {});
  if (ended.how === 'broken') throw new CliError(`The sweep broke: ${ended.message}`);
}

/** Reads the heap after a collection. The collector is asked for here, so that the command needs no flags of node's. */
function heapMeter(): () => number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  return () => {
    // Twice: what the first one finalizes, the second one frees.
    collect();
    collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
}
