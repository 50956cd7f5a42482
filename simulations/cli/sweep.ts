import { existsSync } from 'node:fs';
import {
  blankFile,
  differenceOf,
  isComplete,
  isFinished,
  jobOf,
  modelById,
  prepareJob,
  type Seeds,
  type SweepFile,
  type SweepPlan,
  SweepPool,
  seedCount,
  shardOf,
  type VariantState,
  withStates,
} from '../index.ts';
import { readScenario } from './files.ts';
import { CliError, EXIT, withCommas } from './output.ts';
import { problemLines } from './problems.ts';
import { ProgressLine } from './progress-line.ts';
import { shellWord } from './replay-line.ts';
import { loadSweep, saveSweep } from './sweep-file.ts';
import { printSweep, statusOf } from './sweep-report.ts';
import { runJob, spawnThread, WORKERS_DEFAULT } from './threads.ts';

export interface SweepOptions {
  /** Default: every variant of the scenario. */
  readonly variant?: string;
  /** How many seeds. */
  readonly seeds: number;
  /** The first of them. */
  readonly from: number;
  readonly workers?: number;
  readonly set?: Readonly<Record<string, string>>;
  /** The `index`-th (from 1) of `of` parts of the seeds. */
  readonly shard?: { readonly index: number; readonly of: number };
  /** Where the sweep is kept; a second start goes on from there. */
  readonly out?: string;
  readonly stopAfter?: number;
  readonly untilWidth?: number;
  readonly progress?: boolean;
  readonly json?: boolean;
}

const SEED_MAX = 0xffffffff;
const SAVE_EVERY_MS = 5000;

/**
 * `faultline sweep SCENARIO`: many seeds on a pool of worker threads. Exit status: 1 when a property is violated in some seed, 3 when
 * something could not be judged or the sweep was interrupted, else 0; for a finished shard always 0, since only the whole is judged.
 */
export async function sweepCommand(name: string, options: SweepOptions): Promise<number> {
  const plan = planOf(name, options);
  const part = partOf(plan, options);
  const begun = begunFile(plan, part, options.out);
  const file = await runFile(begun, options);
  printSweep(file, options.json);
  return options.shard === undefined ? statusOf(file) : EXIT.ok;
}

/** What is to be run. Throws a `CliError` where the variants cannot. */
function planOf(name: string, options: SweepOptions): SweepPlan {
  const scenario = modelById(name) === undefined ? readScenario(name) : null;
  const chosen = options.variant === undefined ? undefined : [options.variant];
  const plan: SweepPlan = {
    name,
    model: scenario?.model ?? name,
    scenario,
    variants: chosen ?? scenario?.variants.map(({ id }) => id) ?? [null],
    set: options.set ?? {},
    seeds: { from: options.from, to: options.from + options.seeds - 1 },
    stop: {
      ...(options.stopAfter !== undefined && { violations: options.stopAfter }),
      ...(options.untilWidth !== undefined && { width: options.untilWidth }),
    },
  };
  if (plan.seeds.to > SEED_MAX) {
    const allowed = `at most ${withCommas(SEED_MAX - options.from + 1)} from ${options.from}, since seeds end at ${SEED_MAX}`;
    throw new CliError(`--seeds: found ${options.seeds}; allowed: ${allowed}. Lower one of the two.`);
  }
  const problems = plan.variants.flatMap((variant) => {
    const prepared = prepareJob(jobOf(plan, variant, plan.seeds));
    return prepared.ok ? [] : prepared.problems;
  });
  const distinct = [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
  if (distinct.length > 0) throw new CliError(problemLines(name, distinct));
  return plan;
}

/** The seeds of this command: a shard's, or all. */
function partOf(plan: SweepPlan, { shard, out, stopAfter, untilWidth }: SweepOptions): Seeds {
  if (shard === undefined) return plan.seeds;
  if (out === undefined)
    throw new CliError(
      '--shard: found without --out; allowed: with --out, the file that faultline merge reads. Add it.',
    );
  if (stopAfter !== undefined || untilWidth !== undefined) {
    const option = stopAfter !== undefined ? '--stop-after' : '--until-width';
    throw new CliError(
      `${option}: found with --shard; allowed: in a sweep of one piece, since no shard sees what the others find. Leave one of the two out.`,
    );
  }
  return shardOf(plan.seeds, shard);
}

/** What an earlier start of the same sweep has left in `out`; else a blank file. */
function begunFile(plan: SweepPlan, part: Seeds, out: string | undefined): SweepFile {
  if (out === undefined || !existsSync(out)) return blankFile(plan, part);
  const file = loadSweep(out);
  const fix = `${out} holds another sweep: name another file with --out, or remove it.`;
  const difference = differenceOf(file.plan, plan, fix);
  if (difference !== undefined) throw new CliError(problemLines(out, [difference]));
  if (file.seeds.from !== part.from || file.seeds.to !== part.to) {
    const words = ({ from, to }: Seeds) => `${from} to ${to}`;
    throw new CliError(problemLines(out, [{ field: 'seeds', found: words(file.seeds), allowed: words(part), fix }]));
  }
  return file;
}

/** Runs what is missing, one variant after the other, and keeps it in `out` on the way. */
async function runFile(begun: SweepFile, options: SweepOptions): Promise<SweepFile> {
  if (isComplete(begun)) return begun;
  const { plan, seeds } = begun;
  const states: VariantState[] = [...begun.variants];
  const keep = () => {
    if (options.out !== undefined) saveSweep(options.out, withStates(plan, seeds, states));
  };
  // Before anything runs: a file that cannot be written is known now, not after an hour.
  keep();
  const interrupt = new AbortController();
  const abort = () => interrupt.abort();
  process.once('SIGINT', abort).once('SIGTERM', abort);
  const pool = new SweepPool(spawnThread, options.workers ?? WORKERS_DEFAULT);
  const progress = new ProgressLine(options.progress === true);
  let keptMs = performance.now();
  try {
    for (const [at, state] of states.entries()) {
      if (isFinished(state, seeds)) continue;
      const { variant } = state;
      const title = variant === null ? '' : `${variant}: `;
      progress.begin(state.next - seeds.from);
      const ended = await runJob(pool, jobOf(plan, variant, seeds), {
        stop: plan.stop,
        begun: state,
        signal: interrupt.signal,
        onProgress: (ran, of, now) => {
          progress.show(title, ran, of);
          if (options.out === undefined || performance.now() - keptMs < SAVE_EVERY_MS) return;
          keptMs = performance.now();
          states[at] = { variant, ...now() };
          keep();
        },
      });
      states[at] = { variant, ...ended.state };
      progress.end(title, ended.state.next - seeds.from);
      keep();
      if (ended.how === 'broken') throw new CliError(`${ended.message}\n${keptLine(options.out)}`, EXIT.unknown);
      if (ended.how === 'interrupted')
        throw new CliError(interruptedLine(states[at]!, seeds, options.out), EXIT.unknown);
    }
  } finally {
    pool.close();
    process.removeListener('SIGINT', abort).removeListener('SIGTERM', abort);
  }
  return withStates(plan, seeds, states);
}

function interruptedLine({ variant, next }: VariantState, seeds: Seeds, out: string | undefined): string {
  const where = variant === null ? '' : `${variant}: `;
  const ran = `${withCommas(next - seeds.from)} of ${withCommas(seedCount(seeds))}`;
  return `interrupted: ${where}${ran} seeds have run. ${keptLine(out)}`;
}

function keptLine(out: string | undefined): string {
  return out === undefined
    ? 'Nothing is kept: with --out FILE the next start goes on from there.'
    : `They are in ${out}: the same command goes on from there, --out ${shellWord(out)} included.`;
}
