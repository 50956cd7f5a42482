import {
  type Comparison,
  compareRuns,
  execute,
  formatDuration,
  type MetricPair,
  modelById,
  type OperationPair,
  parseLink,
  type Run,
  type RunReport,
  type RunRequest,
  reportOf,
  resolveRun,
} from '../index.ts';
import { isShipped, readScenario } from './files.ts';
import { CliError, EXIT, print, table, withCommas } from './output.ts';
import { problemLines } from './problems.ts';
import { ORIGIN, scenarioOfLink } from './run.ts';

export interface CompareCommandOptions {
  readonly variant?: string;
  readonly seed?: number;
  readonly set?: Readonly<Record<string, string>>;
  /** The variant of the second run. Default: that of the first. */
  readonly with?: string;
  /** The seed of the second run. Default: that of the first. */
  readonly withSeed?: number;
  /** Knobs of the second run, on top of those of the first. */
  readonly withSet?: Readonly<Record<string, string>>;
  /** A link to the second run, when the first is one. */
  readonly withLink?: string;
  readonly json?: boolean;
}

/** One of the two runs. */
interface CompareSide {
  /** As it is called after "in". */
  readonly name: string;
  readonly run: Run;
  readonly report: RunReport;
}

type Asked = RunRequest & { readonly carried?: boolean };

/** `faultline compare`: two runs of a scenario, a model or behind two links: where they part, because of what, and what came of it. Throws a `CliError` for bad input. */
export function compareCommand(name: string, options: CompareCommandOptions): number {
  const [a, b] = isLink(name) ? linkSides(name, options) : scenarioSides(name, options);
  const comparison = compareRuns(a.run, b.run, { names: [a.name, b.name] });
  print(options.json, documentOf(a, b, comparison), () => lines(a, b, comparison));
  return EXIT.ok;
}

function isLink(text: string): boolean {
  return /^(https?:\/\/|\/lab\/)/.test(text);
}

function linkSides(link: string, options: CompareCommandOptions): readonly [CompareSide, CompareSide] {
  const { withLink, with: variant, withSeed, withSet = {} } = options;
  if (withLink === undefined)
    throw new CliError(
      '--with-link: found nothing; allowed: a second link from the lab. Name the run to compare with.',
    );
  if (variant !== undefined || withSeed !== undefined || Object.keys(withSet).length > 0)
    throw new CliError('--with-link: found with --with, --with-seed or --with-set; allowed: alone. Use one of them.');
  const asked = [askedByLink('the first link', link), askedByLink('the second link', withLink)] as const;
  if (asked[0].model !== asked[1].model)
    throw new CliError(
      `--with-link: found a run of ${asked[1].model}; allowed: a run of ${asked[0].model}. Compare two runs of one model.`,
    );
  return [sideOf('the first run', asked[0]), sideOf('the second run', asked[1])];
}

function askedByLink(source: string, link: string): Asked {
  const parsed = parseLink(link);
  if (!parsed.ok) throw new CliError(problemLines(source, parsed.problems));
  const { model, variant, seed, set, faults } = parsed.state;
  return { model, ...scenarioOfLink(parsed.state), variant, seed, set, faults };
}

function scenarioSides(name: string, options: CompareCommandOptions): readonly [CompareSide, CompareSide] {
  const { variant, seed, set = {}, with: other, withSeed, withSet = {}, withLink } = options;
  if (withLink !== undefined)
    throw new CliError(
      '--with-link: found with a scenario; allowed: with a link. Use --with, --with-seed or --with-set.',
    );
  if (other === undefined && withSeed === undefined && Object.keys(withSet).length === 0)
    throw new CliError(
      '--with: found nothing to compare with; allowed: --with VARIANT, --with-seed N, --with-set knob=value. Name at least one.',
    );
  const scenario = modelById(name) === undefined ? readScenario(name) : undefined;
  const model = scenario?.model ?? name;
  const carried = scenario !== undefined && !isShipped(name);
  const first: Asked = { model, scenario, carried, variant, seed, set };
  const second: Asked = { ...first, variant: other ?? variant, seed: withSeed ?? seed, set: { ...set, ...withSet } };
  const named = (asked: Asked, position: string) =>
    asked.variant !== undefined && first.variant !== second.variant ? `"${asked.variant}"` : position;
  const ids = scenario?.variants.map(({ id }) => id) ?? [];
  const known = { ...first, variant: variant ?? ids[0] };
  return [sideOf(named(known, 'the first run'), known), sideOf(named(second, 'the second run'), second)];
}

function sideOf(name: string, asked: Asked): CompareSide {
  const resolved = resolveRun(asked);
  if (!resolved.ok) throw new CliError(problemLines(name, resolved.problems));
  const run = execute(resolved.input);
  return { name, run, report: reportOf(run, { ...asked, variantId: resolved.variant?.id }, ORIGIN) };
}

/** What `--json` prints. */
function documentOf(a: CompareSide, b: CompareSide, comparison: Comparison) {
  const { sentence, sharedSteps, divergence, differences, steps, metrics, verdicts, operations } = comparison;
  const brief = ({ report: { scenario, variant, seed, digest, events, link } }: CompareSide) => ({
    scenario,
    variant,
    seed,
    digest,
    events,
    link,
  });
  return {
    a: brief(a),
    b: brief(b),
    sentence,
    sharedSteps,
    divergence: divergence ?? null,
    differences,
    steps: { onlyA: steps.only.a, onlyB: steps.only.b, moved: steps.moved },
    metrics,
    verdicts: verdicts.map(({ id, title, a: one, b: other }) => ({ id, title, a: one?.status, b: other?.status })),
    operations,
  };
}

const MARKS = { ok: 'holds', violated: 'VIOLATED', unknown: 'unknown' } as const;

function lines(a: CompareSide, b: CompareSide, comparison: Comparison): readonly string[] {
  const { sentence, sharedSteps, divergence, differences, steps, metrics, verdicts, operations } = comparison;
  const side = (letter: string, { name, report, run }: CompareSide) =>
    `${letter}  ${name}: seed ${report.seed}, ${withCommas(run.events)} events, digest ${run.digest}`;
  const told = divergence?.told;
  const same = told?.a === told?.b;
  return [
    side('A', a),
    side('B', b),
    '',
    sentence,
    ...(told === undefined || same
      ? []
      : [`  A: ${told.a ?? 'nothing more happens.'}`, `  B: ${told.b ?? 'nothing more happens.'}`]),
    '',
    `the same: ${withCommas(sharedSteps)} steps; then ${withCommas(steps.only.a.length)} only in A, ${withCommas(steps.only.b.length)} only in B, ${withCommas(steps.moved.length)} at another time or with other content`,
    '',
    ...section(
      'inputs',
      differences.map(({ title, a: one, b: other }) => [title, one ?? 'absent', other ?? 'absent']),
    ),
    ...section('metrics', metrics.map(metricRow)),
    ...section(
      'verdicts',
      verdicts
        .filter(({ kind }) => kind !== 'sometimes')
        .map(({ title, a: one, b: other }) => [title, one ? MARKS[one.status] : '', other ? MARKS[other.status] : '']),
    ),
    ...section('operations that end otherwise', operations.slice(0, OPERATIONS_SHOWN).map(operationRow)),
    ...(operations.length > OPERATIONS_SHOWN
      ? [`  and ${withCommas(operations.length - OPERATIONS_SHOWN)} more`, '']
      : []),
    `open A  ${a.report.link}`,
    `open B  ${b.report.link}`,
  ];
}

const OPERATIONS_SHOWN = 20;

function section(title: string, rows: readonly (readonly string[])[]): readonly string[] {
  return rows.length === 0
    ? []
    : [...table([[`  ${title}`, 'A', 'B'], ...rows.map(([head, ...cells]) => [`  ${head}`, ...cells])]), ''];
}

function metricRow({ title, unit, a, b, delta }: MetricPair): readonly string[] {
  const words = (value: number | undefined) => {
    if (value === undefined) return 'none';
    return unit === 'us' ? formatDuration(value) : String(Math.round(value * 10_000) / 10_000);
  };
  return [
    title,
    words(a),
    words(b),
    ...(delta === undefined || delta === 0 ? [] : [`${delta > 0 ? '+' : ''}${words(delta)}`]),
  ];
}

function operationRow({ client, nth, a, b }: OperationPair): readonly string[] {
  const end = (operation: OperationPair['a']) =>
    operation === undefined
      ? 'absent'
      : `${operation.outcome}${operation.f === 'read' ? ` ${JSON.stringify(operation.output)}` : ''}`;
  const { f, key } = (a ?? b)!;
  return [`${client} ${f} ${key} (its ${nth})`, end(a), end(b)];
}
