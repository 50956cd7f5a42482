import { unreachable } from '../kernel/invariant.ts';
import type { Model } from '../models/model.ts';
import type { Condition } from '../scenario/predict-conditions.ts';
import { anchorTitle, momentOf } from './captions.ts';
import type { Run } from './execute.ts';

/** Whether a finished run shows what a condition says. A property or metric that the model lacks is never shown. */
export function isShown(run: Run, condition: Condition): boolean {
  switch (condition.check) {
    case 'property':
      return run.verdicts.find(({ id }) => id === condition.property)?.verdict.status === condition.is;
    case 'metric': {
      const value = run.metrics.find(({ id }) => id === condition.metric)?.value;
      if (value === undefined) return false;
      const { atLeast = Number.NEGATIVE_INFINITY, atMost = Number.POSITIVE_INFINITY } = condition;
      return value >= atLeast && value <= atMost;
    }
    case 'hazard':
      return run.witnessed[condition.hazard] === condition.occurs;
    case 'event':
      return (momentOf(run, condition.at) !== undefined) === condition.happens;
    default:
      return unreachable(condition);
  }
}

/** A condition in a few words, for a list of what is still missing: `linearizable is violated`. */
export function conditionTitle(model: Model, condition: Condition): string {
  switch (condition.check) {
    case 'property': {
      const title = model.properties.find(({ id }) => id === condition.property)?.title ?? condition.property;
      return `${title}: ${{ ok: 'holds', violated: 'violated', unknown: 'unknown' }[condition.is]}`;
    }
    case 'metric': {
      const { metric, atLeast, atMost } = condition;
      const bounds = [atLeast !== undefined && `at least ${atLeast}`, atMost !== undefined && `at most ${atMost}`];
      return `${metric} is ${bounds.filter(Boolean).join(' and ')}`;
    }
    case 'hazard': {
      const title = model.witnesses[condition.hazard]?.title ?? condition.hazard;
      return condition.occurs ? title : `it is not so that ${title}`;
    }
    case 'event':
      return `${anchorTitle(condition.at)}: ${condition.happens ? 'happens' : 'does not happen'}`;
    default:
      return unreachable(condition);
  }
}
