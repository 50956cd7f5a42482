import type { ChartTransition } from '../../../simulations/index.ts';

/** Longer labels than this, in characters, are broken before the guard. */
const NARROW_MAX = 14;

/** `brief`: what leads where. `full`: with the handlers too, and every transition that stays. */
export type ChartDetail = 'brief' | 'full';

/** Width of words in the data face, which is monospaced, in px. `more`: room for that many characters besides. `size`: of the type, 10 px by default. */
export function wordPx(text: string, more = 0, size: 10 | 11 = 10): number {
  return (text.length + more) * 0.61 * size;
}

/** What sets a transition off: `RResp`, `any other event`, `at once`. */
export function eventWords(event: string | undefined): string {
  if (event === undefined) return 'at once';
  return event === '*' ? 'any other event' : event;
}

/** `timer.request [replied]`; `once quorumReached` for one that needs no event. */
export function briefLabel({ event, guard }: ChartTransition): string {
  if (guard === undefined) return eventWords(event);
  return event === undefined ? `once ${guard}` : `${eventWords(event)} [${guard}]`;
}

/** The same for a narrow picture, in one line or two: what every kernel event begins with is left out. */
export function narrowLabel(transition: ChartTransition): readonly string[] {
  const words = briefLabel({ ...transition, event: transition.event?.replace(/^process\./, '') });
  return words.length > NARROW_MAX ? words.split(' [').map((part, at) => (at === 0 ? part : `[${part}`)) : [words];
}

/** `RResp [late] / count, repair`. */
export function fullLabel(transition: ChartTransition): string {
  const { actions } = transition;
  return actions.length === 0 ? briefLabel(transition) : `${briefLabel(transition)} / ${actions.join(', ')}`;
}

/** A transition that ends where it begins. One that names its own state as its target leaves it and enters it again. */
export function stayLabel(transition: ChartTransition, detail: ChartDetail): string {
  const label = detail === 'brief' ? narrowLabel(transition).join(' ') : fullLabel(transition);
  return transition.target === undefined ? label : `${label}, anew`;
}
