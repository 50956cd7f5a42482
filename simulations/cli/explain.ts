import { type Explanation, explain, formatDuration } from '../index.ts';
import { EXIT, print, table, withCommas } from './output.ts';
import { type ViolationOptions, violatingRun } from './violation.ts';

export interface ExplainOptions extends ViolationOptions {
  readonly json?: boolean;
}

/** `faultline explain SCENARIO`: the few events of a run on which its violation depends. Exit status 0; 2 when nothing is violated. */
export function explainCommand(name: string, options: ExplainOptions): number {
  const { run, request } = violatingRun(name, options, true);
  const explanation = explain(run, request.property)!;
  print(options.json, explanation, () => [
    `${run.input.model.title}, ${withCommas(run.events)} events, seed ${run.input.seed}`,
    '',
    ...explanationLines(explanation),
  ]);
  return EXIT.ok;
}

const MARKS = { cause: '', absence: 'missing', witness: 'seen' } as const;

const NEEDED = '* each of these is needed: in the same run without it (of what is missing: with it) the property holds';
const DECISIVE =
  '+ in the same run without one of these (of what is missing: with it) the checker names other operations: this is right, something else is wrong';
const NEITHER =
  'no single event decides it: without any one of them the run still violates the property; `faultline shrink` finds a smaller run';

const WHOLE =
  'it is a figure of the whole run, so no event stands out; `faultline compare` shows the run beside another variant';

/**
 * An explanation as text: what is wrong, then its events with their times; `*` marks those without which nothing would be wrong, `+` those without which
 * something else would be.
 */
export function explanationLines({ property, sentence, events }: Explanation): readonly string[] {
  const rows = events.map((event) => [
    `${event.necessary === true ? '*' : event.decisive ? '+' : ' '} ${formatDuration(event.atUs)}`,
    MARKS[event.role],
    event.sentence,
  ]);
  const legend = [
    ...(events.some(({ necessary }) => necessary === true) ? [NEEDED] : []),
    ...(events.some(({ decisive }) => decisive) ? [DECISIVE] : []),
  ];
  if (events.length === 0) return [`${property}: ${sentence}`, '', WHOLE];
  return [`${property}: ${sentence}`, '', ...table(rows), '', ...(legend.length === 0 ? [NEITHER] : legend)];
}
