import type { StepView } from '../kernel/view.ts';
import { faultTitle } from '../scenario/fault-title.ts';

/** Steps that a handler answers in its model's own words. */
type Handled = 'deliver' | 'timer' | 'persisted' | 'started' | 'restarted';

/** What a model says of its own steps; the rest is the same in all models. */
export interface StepWords {
  readonly handled: Readonly<Record<Handled, () => string>>;
  /** A message as the beginning of a sentence: "The vote from r2 to r1". */
  readonly subject: () => string;
  /** What became of a message for a process that is no more: "came too late: the request was over". */
  readonly gone: string;
}

/** One plain sentence for a step of any model. */
export function tellStep(step: StepView, words: StepWords): string {
  const { kind, host } = step;
  switch (kind) {
    case 'lost':
      return `${words.subject()} ${lossOf(step, words.gone)}.`;
    case 'crashed':
      return `${host} crashed and lost what was not on disk.`;
    case 'paused':
      return `${host} paused: everything that arrives waits.`;
    case 'resumed':
      return `${host} went on.`;
    case 'fault.begin':
      return `Fault: ${faultWords(step)} began.`;
    case 'fault.end':
      return `Fault: ${faultWords(step)} ended.`;
    default:
      return words.handled[kind]();
  }
}

function lossOf({ lostTo }: StepView, gone: string): string {
  switch (lostTo) {
    case 'cut':
      return 'was lost: nothing passes the cut';
    case 'down':
      return 'was lost: the host is down';
    case 'gone':
      return gone;
    default:
      return 'was lost on the way';
  }
}

function faultWords({ fault }: StepView): string {
  return fault === undefined ? 'something' : faultTitle(fault.fault);
}
