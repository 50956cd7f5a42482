import { partOf, percentOf } from '../checkers/counted.ts';
import type { Verdict } from '../checkers/verdict.ts';
import type { Operation } from '../kernel/history.ts';
import type { RunRecord } from '../kernel/view.ts';
import { knownModel } from '../models/known.ts';
import type { Model, Property } from '../models/model.ts';
import { formatDuration } from '../scenario/duration.ts';
import type { AnswerObjective, MetricObjective } from '../scenario/objective-schema.ts';
import type { Scenario } from '../scenario/scenario.ts';

type AnyProperty = Property<Readonly<Record<string, unknown>>>;

/** The occurrence without which an objective is not judged. */
const ASKED = 'operation-begun';

/**
 * The model of a scenario, which judges the scenario's objectives as it does its own properties, and has the hazard `objectives-asked`: that
 * there were operations for each of them. Undefined where there is no such model.
 */
export function modelOf(scenario: Pick<Scenario, 'model' | 'objectives'>): Model | undefined {
  const model = knownModel(scenario.model);
  const { objectives = [] } = scenario;
  if (model === undefined || objectives.length === 0) return model;
  const asked: AnyProperty = {
    kind: 'sometimes',
    id: ASKED,
    title: 'a client tried something',
    check: ({ operations }) => operations.length > 0,
  };
  const judged = objectives.map((objective): AnyProperty => {
    const { id, title } = objective;
    const check: Extract<AnyProperty, { kind: 'eventually' }>['check'] =
      objective.kind === 'answers'
        ? (run) => answersIn(run, objective)
        : (run, knobs) => metricIn(run, knobs, model, objective);
    return { kind: 'eventually', id, title, exercisedBy: ASKED, check };
  });
  const answers = objectives.filter((objective) => objective.kind === 'answers');
  const hazard: Model['witnesses'][string] = {
    title: 'clients tried what each objective speaks of',
    check: (run) => answers.every((objective) => judgedBy(objective, run).length > 0),
  };
  return {
    ...model,
    properties: [...judged, ...model.properties, asked],
    witnesses: { ...model.witnesses, 'objectives-asked': hazard },
  };
}

/** A scenario held to another one's objectives instead of its own: what `compareWith` asks for. */
export function heldTo(scenario: Scenario, { objectives }: Scenario): Scenario {
  return { ...scenario, objectives: objectives ?? [] };
}

/** The operations that an objective speaks of, without those that the end of the run cut short. */
function judgedBy(objective: AnswerObjective, { operations, endUs }: RunRecord): readonly Operation[] {
  const { withinUs } = objective;
  return operations.filter(
    (one) => concerns(objective, one) && (isInTime(one, withinUs) || one.invokedAt + withinUs <= endUs),
  );
}

const NOUNS: Readonly<Record<AnswerObjective['of'], string>> = { all: 'operation', reads: 'read', updates: 'update' };

/** How many of the operations that an objective speaks of were answered in time. */
function answersIn(run: RunRecord, objective: AnswerObjective): Verdict {
  const { of, withinUs, share } = objective;
  const judged = judgedBy(objective, run);
  if (judged.length === 0)
    return { status: 'unknown', sentence: 'None of the operations that it speaks of began.', spent: 0 };
  const missed = judged.filter((one) => !isInTime(one, withinUs));
  const found = judged.length - missed.length;
  const counted = `${partOf(found, judged.length, NOUNS[of])} answered within ${formatDuration(withinUs)}`;
  const sentence = `${counted}: ${percentOf(found, judged.length)}; the objective is ${percent(share)}.`;
  if (found >= share * judged.length) return { status: 'ok', sentence };
  const [first] = missed;
  const steps = first?.completedStep ?? first?.invokedStep;
  return {
    status: 'violated',
    sentence,
    witness: { operations: missed.slice(0, 1).map(({ id }) => id), steps: steps === undefined ? [] : [steps] },
  };
}

const isInTime = ({ outcome, invokedAt, completedAt }: Operation, withinUs: number): boolean =>
  outcome === 'ok' && completedAt - invokedAt <= withinUs;

function concerns({ of, clients, fromUs, untilUs }: AnswerObjective, { f, client, invokedAt }: Operation): boolean {
  if (of !== 'all' && (f === 'read') !== (of === 'reads')) return false;
  if (clients !== undefined && !clients.includes(client)) return false;
  return invokedAt >= (fromUs ?? 0) && invokedAt < (untilUs ?? Number.POSITIVE_INFINITY);
}

function metricIn(
  run: RunRecord,
  knobs: Readonly<Record<string, unknown>>,
  model: Model,
  { metric: id, atLeast, atMost }: MetricObjective,
): Verdict {
  const metric = model.metrics(run, knobs).find((one) => one.id === id);
  if (metric === undefined) return { status: 'unknown', sentence: `The run did not measure ${id}.`, spent: 0 };
  const { title, unit, value } = metric;
  const told = (amount: number) =>
    unit === 'us'
      ? formatDuration(amount)
      : unit === 'ratio'
        ? percent(amount)
        : String(Math.round(amount * 100) / 100);
  const bounds = [
    ...(atLeast === undefined ? [] : [`at least ${told(atLeast)}`]),
    ...(atMost === undefined ? [] : [`at most ${told(atMost)}`]),
  ];
  const sentence = `${title}: ${told(value)}; the objective is ${bounds.join(' and ')}.`;
  const met = value >= (atLeast ?? Number.NEGATIVE_INFINITY) && value <= (atMost ?? Number.POSITIVE_INFINITY);
  return met ? { status: 'ok', sentence } : { status: 'violated', sentence, witness: { operations: [], steps: [] } };
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`;
}
