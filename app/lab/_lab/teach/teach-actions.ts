import { answerOf, momentOf, type Predict } from '../../../../simulations/index.ts';
import { scenarioOf } from '../../../_run/setup.ts';
import { changed } from '../state/change.ts';
import { framed, moment } from '../state/look.ts';
import type { LabState, LabStore, TeachView } from '../state/store.ts';
import { captionAt, captionsIn } from './teaching.ts';

/** What a reader or a lecturer can do about captions, prediction and challenge. */
export interface TeachActions {
  /** Opens the prediction or the challenge in the place of the verdict; undefined closes it, and leaves an open question unanswered. */
  teach(view: TeachView | undefined): void;
  /** To the next or the previous caption; without captions a step. */
  stepCaption(direction: 1 | -1): void;
  /** Stage, diagram and captions alone, for an audience. */
  present(on: boolean): void;
  /** Brings the run that answers the prediction into view, at what shows it. */
  showAnswer(predict: Predict): void;
  /** Brings the run from which the challenge starts into view. */
  startChallenge(): void;
}

export function teachActions(store: LabStore): TeachActions {
  const { setState } = store;
  return {
    teach: (teaching) => setState(({ asking }) => ({ teaching, asking: teaching === 'predict' ? asking : undefined })),
    stepCaption: (direction) => setState((state) => ({ ...captioned(state, direction), host: undefined })),
    present: (presenting) => setState({ presenting }),
    showAnswer: (predict) =>
      setState((state) => {
        const scenario = scenarioOf(state, state.setup);
        if (scenario === undefined) return {};
        const variant = predict.variant ?? scenario.variants[0]?.id;
        const run = changed(state, 'choice', { variant, seed: scenario.seed, set: {}, faults: undefined });
        const next = { ...state, ...run };
        return { ...run, asking: undefined, ...evidence(next, predict) };
      }),
    startChallenge: () =>
      setState((state) => {
        const scenario = scenarioOf(state, state.setup);
        const challenge = scenario?.challenge;
        if (scenario === undefined || challenge === undefined) return {};
        const variant = challenge.variant ?? scenario.variants[0]?.id;
        const faults = challenge.faults === 'none' ? [] : undefined;
        const run = changed(state, 'choice', { variant, seed: scenario.seed, set: {}, faults });
        return { ...run, undone: [], redone: [], verdict: undefined };
      }),
  };
}

function captioned(state: LabState, direction: 1 | -1): Partial<LabState> {
  const captions = captionsIn(state);
  if (captions.placed.length === 0) return moment(state, { steps: state.steps + direction });
  const at = captionAt(captions, state);
  const here = captions.placed[at];
  // Between two captions, back leads to the one in view first.
  const between = here !== undefined && state.steps > here.steps;
  const target = captions.placed[direction === 1 ? at + 1 : between ? at : at - 1];
  if (target === undefined) return direction === 1 ? {} : moment(state, { steps: 0 });
  if (target.step === undefined) return moment(state, { timeUs: target.atUs });
  return { ...moment(state, { steps: target.steps }), selected: target.step };
}

/** What shows the answer: the moment that the question names, or else the witness or the moments that it is about. */
function evidence(state: LabState, predict: Predict): Partial<LabState> {
  const { run } = state;
  if (run === undefined) return {};
  const { show } = predict;
  if (show?.on === 'property') return framed(state, show.property);
  if (show !== undefined) {
    const at = momentOf(run, show);
    return at === undefined ? {} : { ...moment(state, { steps: at.steps }), selected: at.step, host: undefined };
  }
  if (predict.kind === 'choice') {
    const answered = answerOf(run, predict);
    const right = answered.ok && answered.answer.kind === 'choice' ? answered.answer.option : undefined;
    const when = predict.options.find(({ id }) => id === right)?.when ?? [];
    const shown = when.find((condition) => condition.check === 'property');
    return shown === undefined ? {} : framed(state, shown.property);
  }
  if (predict.kind === 'number') return {};
  const times = predict.items.flatMap(({ at }) => momentOf(run, at)?.atUs ?? []);
  return times.length === 0 ? {} : moment(state, { timeUs: Math.max(...times) });
}
