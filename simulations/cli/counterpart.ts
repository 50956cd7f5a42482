import { execute, heldTo, resolveRun, type Scenario } from '../index.ts';
import { readScenario } from './files.ts';
import { CliError, table } from './output.ts';
import { problemLines } from './problems.ts';

const MARKS = { ok: 'holds', violated: 'VIOLATED', unknown: 'unknown' } as const;

/** Lines on the variant that a scenario is compared with: its verdicts on the same objectives. None where it names no other. */
export function counterpartLines(scenario: Scenario | undefined): readonly string[] {
  if (scenario?.compareWith === undefined) return [];
  const { scenario: id, variant } = scenario.compareWith;
  const other = heldTo(readScenario(id), scenario);
  const resolved = resolveRun({ model: other.model, scenario: other, variant });
  if (!resolved.ok) throw new CliError(problemLines(`${scenario.id}: compareWith`, resolved.problems));
  const run = execute({ ...resolved.input, history: false });
  const objectives = (scenario.objectives ?? []).map(({ id: objective }) => objective);
  const verdicts = run.verdicts
    .filter((named) => objectives.includes(named.id))
    .map(({ title, verdict }) => [`  ${MARKS[verdict.status]}`, title, verdict.sentence]);
  return [
    `compared with ${id}, ${resolved.variant?.title ?? variant} (model ${other.model}, seed ${run.input.seed}, digest ${run.digest})`,
    ...table(verdicts),
    '',
  ];
}
