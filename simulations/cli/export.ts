import { writeFileSync } from 'node:fs';
import {
  type ExportName,
  ExportRefusal,
  execute,
  exportFormats,
  type Fault,
  formatLink,
  type LinkView,
  modelById,
  parseDuration,
  parseLink,
  type Run,
  resolveRun,
  type Scenario,
  type ScenarioData,
} from '../index.ts';
import { readScenario } from './files.ts';
import { CliError, EXIT, withCommas } from './output.ts';
import { problemLines } from './problems.ts';
import { shellWord } from './replay-line.ts';
import { scenarioOfLink } from './run.ts';

export interface ExportCommandOptions {
  /** One of {@link exportFormats}. */
  readonly as: string;
  readonly variant?: string;
  readonly seed?: number;
  readonly set?: Readonly<Record<string, string>>;
  /** Durations since the start of the run: `400 ms`, or whole microseconds. */
  readonly from?: string;
  readonly to?: string;
  /** The moment of a frame. */
  readonly at?: string;
  readonly key?: string;
  /** A file instead of standard output. */
  readonly out?: string;
}

/** What to run, and how whoever named it looks at it. */
interface Source {
  readonly model: string;
  readonly scenario?: Scenario;
  /** The scenario as a link carried it. */
  readonly file?: ScenarioData;
  readonly variant?: string;
  readonly seed?: number;
  readonly set: Readonly<Record<string, string | number | boolean>>;
  readonly faults?: readonly Fault[];
  readonly view: LinkView;
}

/**
 * `faultline export SCENARIO --as FORMAT`: a run of a scenario, of a model or behind a link, in the form that another tool reads. Pictures
 * show the scenario's or the link's own window unless a range is given; data hold the whole run. Throws a `CliError` for bad input.
 */
export function exportCommand(name: string, options: ExportCommandOptions): number {
  const format = formatNamed(options.as);
  const source = sourceOf(name, options);
  const run = runOf(name, source);
  const { view } = source;
  const ranged = options.from !== undefined || options.to !== undefined;
  const window = ranged
    ? { fromUs: instant('--from', options.from), toUs: instant('--to', options.to) }
    : exportFormats[format].picture
      ? { fromUs: view.fromUs, toUs: view.toUs }
      : {};
  if (options.at !== undefined && format !== 'frame')
    throw new CliError(`--at: found with --as ${format}; allowed: with --as frame. Use --from and --to for a range.`);
  const atUs = instant('--at', options.at) ?? momentOf(run, view);
  const key = options.key ?? (exportFormats[format].picture ? view.key : undefined);
  const text = written(name, () =>
    exportFormats[format].write(run, { ...window, atUs, key, replay: replayOf(run, source) }),
  );
  deliver(text, options.out);
  return EXIT.ok;
}

function formatNamed(name: string): ExportName {
  if (Object.hasOwn(exportFormats, name)) return name as ExportName;
  const names = Object.keys(exportFormats).join(', ');
  throw new CliError(`--as: found ${JSON.stringify(name)}; allowed: ${names}. Name one of these.`);
}

/** A link, a model or a scenario, with what the command line changes about it. */
function sourceOf(name: string, { variant, seed, set }: ExportCommandOptions): Source {
  const changes = { ...(variant !== undefined && { variant }), ...(seed !== undefined && { seed }) };
  if (!/^(https?:\/\/|\/lab\/)/.test(name)) {
    if (modelById(name) !== undefined) return { model: name, set: set ?? {}, view: {}, ...changes };
    const scenario = readScenario(name);
    return { model: scenario.model, scenario, set: set ?? {}, view: scenario.view, ...changes };
  }
  const parsed = parseLink(name);
  if (!parsed.ok) throw new CliError(problemLines('link', parsed.problems));
  const { scenario: _id, ...state } = parsed.state;
  const { scenario } = scenarioOfLink(parsed.state);
  const view = { ...scenario?.view, ...state.view };
  return { ...state, ...(scenario !== undefined && { scenario }), ...changes, set: { ...state.set, ...set }, view };
}

function runOf(name: string, source: Source): Run {
  const resolved = resolveRun(source);
  if (!resolved.ok) throw new CliError(problemLines(source.scenario?.id ?? name, resolved.problems));
  return execute(resolved.input);
}

/** `400 ms` in microseconds. */
function instant(field: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const us = /^\d{1,15}$/.test(text.trim()) ? Number(text) : parseDuration(text);
  if (us !== undefined) return us;
  const allowed = 'a duration such as 250 us, 400 ms or 2.5 s, or whole microseconds';
  throw new CliError(`${field}: found ${JSON.stringify(text)}; allowed: ${allowed}. Write it with a unit.`);
}

/** The moment that a link looks at. */
function momentOf({ timeline, record }: Run, { step }: LinkView): number | undefined {
  if (step === undefined || timeline === undefined) return undefined;
  return step === 0 ? 0 : timeline.timeUs(Math.min(step, record.events) - 1);
}

/** The command that makes the run again; edited faults and carried scenarios travel in a link. */
function replayOf(run: Run, { model, scenario, file, variant, set, faults }: Source): string {
  const { seed } = run.input;
  if (faults !== undefined || file !== undefined) {
    const state = {
      model,
      file,
      ...(scenario !== undefined && { scenario: scenario.id }),
      seed,
      set,
      faults,
      view: {},
    };
    return `faultline replay ${shellWord(formatLink({ ...state, ...(variant !== undefined && { variant }) }))}`;
  }
  const settings = Object.entries(set).map(([knob, value]) => ` --set ${shellWord(`${knob}=${value}`)}`);
  const named = variant ?? scenario?.variants[0]?.id;
  const choice = named === undefined ? '' : ` --variant ${shellWord(named)}`;
  return `faultline run ${shellWord(scenario?.id ?? model)}${choice} --seed ${seed}${settings.join('')}`;
}

/** Runs an export; what it refuses becomes a message and the status of bad input. */
function written(name: string, write: () => string): string {
  try {
    return write();
  } catch (error) {
    if (error instanceof ExportRefusal) throw new CliError(problemLines(name, [error.problem]));
    throw error;
  }
}

function deliver(text: string, out: string | undefined): void {
  if (out === undefined) {
    process.stdout.write(text);
    return;
  }
  try {
    writeFileSync(out, text);
  } catch (error) {
    throw new CliError(`--out: cannot write ${out}: ${(error as Error).message}`);
  }
  process.stdout.write(`wrote ${out}, ${withCommas(Buffer.byteLength(text))} bytes\n`);
}
