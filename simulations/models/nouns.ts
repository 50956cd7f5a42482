import { nounOf } from '../checkers/linearizability-sentence.ts';
import type { OperationName } from '../kernel/history.ts';
import type { Model } from './model.ts';

/** What verdicts and steps of a model call its operations of that kind: `read`, `compare-and-set`; what adds to a cart is an `operation`. */
export function operationNoun({ nouns }: Pick<Model, 'nouns'>, f: OperationName): string {
  return nouns?.[f] ?? nounOf(f);
}
