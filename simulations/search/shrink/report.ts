import { invariant } from '../../kernel/invariant.ts';
import { carriedBy } from '../../run/carry.ts';
import { execute, type Run } from '../../run/execute.ts';
import { fileOf } from '../../run/file-text.ts';
import { loadScenario } from '../../run/load-scenario.ts';
import { resolveRun } from '../../run/resolve.ts';
import { formatLink } from '../../scenario/link.ts';
import type { ScenarioData } from '../../scenario/scenario.ts';
import { type Explanation, explain } from '../explain/explain.ts';
import { scenarioOf } from './scenario.ts';
import type { ShrinkProgress } from './search.ts';
import { type ShrinkOptions, type ShrinkRequest, shrink } from './shrink.ts';

/** How large a run is. */
export interface RunSize {
  readonly events: number;
  /** Operations that clients began. */
  readonly operations: number;
  readonly faults: number;
  /** Processes that exist from the start. */
  readonly processes: number;
  readonly durationUs: number;
  /** Messages, disk writes and timers that take another time than the usual one; null: all are drawn by chance. */
  readonly pins: number | null;
}

/** What shrinking found. Plain JSON: it crosses from a worker to a page as it is. */
export interface ShrinkReport {
  readonly property: string;
  readonly before: RunSize;
  readonly after: RunSize;
  readonly runs: number;
  /** Whether the bound on runs ended the search before nothing more could be left out. */
  readonly exhausted: boolean;
  /** The violating variant of the scenario below, and the one that repairs it; null: no repair is known. */
  readonly variant: string;
  readonly repair: string | null;
  readonly digest: string;
  /** The scenario as a YAML file and as a link carries it. */
  readonly file: string;
  readonly scenario: ScenarioData;
  /** Its path in the lab, with the violating variant. */
  readonly link: string;
  readonly explanation: Explanation;
}

/**
 * Shrinks a violating run, writes it as a scenario that loads and shows the same, and explains it. A generator, one trial a step;
 * drive it in a worker. Undefined when the run does not violate the property.
 */
export function* shrinkReport(
  request: ShrinkRequest,
  options: ShrinkOptions = {},
): Generator<ShrinkProgress, ShrinkReport | undefined> {
  const shrunk = yield* shrink(request, options);
  if (shrunk === undefined) return undefined;
  const file = fileOf(scenarioOf(request, shrunk));
  // What is handed out is what a reader of the file will get, so it goes through the file.
  const loaded = loadScenario(file);
  invariant(loaded.ok, 'a shrunk run gives a scenario that does not load', { loaded });
  const { scenario } = loaded;
  const resolved = resolveRun({ model: scenario.model, scenario });
  invariant(resolved.ok, 'a shrunk scenario gives no run', { resolved });
  const run = execute(resolved.input);
  invariant(run.digest === shrunk.after.digest, 'a shrunk scenario runs otherwise than the shrunk run', {});
  const variant = scenario.variants[0]!.id;
  const data = carriedBy(scenario);
  return {
    property: request.property,
    before: sizeOf(shrunk.before),
    after: sizeOf(run),
    runs: shrunk.runs,
    exhausted: shrunk.exhausted,
    variant,
    repair: scenario.variants.length > 1 ? scenario.variants.at(-1)!.id : null,
    digest: run.digest,
    file,
    scenario: data,
    link: formatLink({
      ...{ model: scenario.model, scenario: scenario.id, file: data, variant, seed: scenario.seed, set: {} },
      view: { verdict: request.property },
    }),
    explanation: explain(run, request.property)!,
  };
}

/** The size of a run. */
export function sizeOf({ events, input, record, topology }: Run): RunSize {
  const { schedule, faults, durationUs } = input;
  const pins = [schedule?.messages, schedule?.disks, schedule?.timers].reduce(
    (sum, some) => sum + (some?.length ?? 0),
    0,
  );
  return {
    events,
    operations: record.operations.length,
    faults: faults.length,
    processes: topology.processes.length,
    durationUs,
    pins: schedule?.messageUs === undefined ? null : pins,
  };
}
