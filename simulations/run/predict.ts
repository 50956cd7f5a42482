import { unreachable } from '../kernel/invariant.ts';
import type { Metric } from '../models/model.ts';
import type { Predict } from '../scenario/predict-schema.ts';
import type { Problem } from '../scenario/scenario.ts';
import { momentOf, neverHappens } from './captions.ts';
import type { Run } from './execute.ts';
import { isShown } from './predict-conditions.ts';

/** What the run answers to the question before it. */
export type PredictAnswer =
  | { readonly kind: 'choice'; readonly option: string }
  | { readonly kind: 'number'; readonly metric: Metric }
  /** Items in the order in which they come, with the step after which each has happened. */
  | { readonly kind: 'order'; readonly items: readonly { readonly id: string; readonly steps: number }[] };

/** What a reader predicted: an option, a number in the metric's unit, or items in order. */
export type Guess =
  | { readonly kind: 'choice'; readonly option: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'order'; readonly items: readonly string[] };

/** The answer of a run, or why it gives none: no option or several are right, a moment never comes. Needs the run's history. */
export function answerOf(
  run: Run,
  predict: Predict,
):
  | { readonly ok: true; readonly answer: PredictAnswer }
  | { readonly ok: false; readonly problems: readonly Problem[] } {
  switch (predict.kind) {
    case 'choice': {
      const right = predict.options.filter(({ when }) => when.every((condition) => isShown(run, condition)));
      if (right.length === 1) return { ok: true, answer: { kind: 'choice', option: right[0]!.id } };
      const found = right.length === 0 ? 'no option that is so' : `${right.map(({ id }) => id).join(' and ')} at once`;
      return refuse({
        field: 'predict.options',
        found,
        allowed: 'options of which exactly one is so in the run',
        fix: 'Change the conditions in when.',
      });
    }
    case 'number': {
      const metric = run.metrics.find(({ id }) => id === predict.metric);
      if (metric !== undefined && metric.value >= predict.min && metric.value <= predict.max)
        return { ok: true, answer: { kind: 'number', metric } };
      return refuse({
        field: 'predict.metric',
        found: metric === undefined ? `no ${predict.metric} in this run` : `${predict.metric} = ${metric.value}`,
        allowed: `a metric from ${predict.min} to ${predict.max}`,
        fix: 'Widen the scale, or name another metric.',
      });
    }
    case 'order':
      return orderOf(run, predict.items);
    default:
      return unreachable(predict);
  }
}

function orderOf(run: Run, items: Extract<Predict, { kind: 'order' }>['items']): ReturnType<typeof answerOf> {
  const moments = items.map(({ id, at }) => ({ id, at, steps: momentOf(run, at)?.steps }));
  const missing = moments.flatMap(({ at, steps }, index) =>
    steps === undefined ? [neverHappens(`predict.items[${index}].at`, at)] : [],
  );
  if (missing.length > 0) return refuse(...missing);
  const rising = moments.map(({ id, steps }) => ({ id, steps: steps! })).sort((a, b) => a.steps - b.steps);
  const tie = rising.find((item, index) => item.steps === rising[index - 1]?.steps);
  if (tie === undefined) return { ok: true, answer: { kind: 'order', items: rising } };
  return refuse({
    field: 'predict.items',
    found: `${tie.id} at the same step as another`,
    allowed: 'moments that come one after another',
    fix: 'Name another event for one of them.',
  });
}

function refuse(...problems: readonly Problem[]): ReturnType<typeof answerOf> {
  return { ok: false, problems };
}

/** Whether a guess is right. A number is when it is off by at most the share of the scale that the question allows. */
export function isRight(predict: Predict, answer: PredictAnswer, guess: Guess): boolean {
  if (answer.kind === 'choice' && guess.kind === 'choice') return answer.option === guess.option;
  if (answer.kind === 'number' && guess.kind === 'number' && predict.kind === 'number') {
    return Math.abs(answer.metric.value - guess.value) <= predict.within * (predict.max - predict.min);
  }
  if (answer.kind === 'order' && guess.kind === 'order') {
    const right = answer.items.map(({ id }) => id);
    return right.length === guess.items.length && right.every((id, at) => id === guess.items[at]);
  }
  return false;
}
