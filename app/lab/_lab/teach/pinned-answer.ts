import {
  answerOf,
  execute,
  type Guess,
  type Predict,
  type PredictAnswer,
  type Problem,
  type Run,
  resolveRun,
  type Scenario,
} from '../../../../simulations/index.ts';

/** The answer of a scenario's own run, whatever run is in view; or why there is none. */
export type PinnedAnswer =
  | { readonly ok: true; readonly answer: PredictAnswer; readonly run: Run }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const known = new WeakMap<Scenario, PinnedAnswer>();

/** Runs the variant that the question is about, as the scenario has it, once. */
export function pinnedAnswer(scenario: Scenario, predict: Predict): PinnedAnswer {
  const ready = known.get(scenario) ?? made(scenario, predict);
  known.set(scenario, ready);
  return ready;
}

function made(scenario: Scenario, predict: Predict): PinnedAnswer {
  const resolved = resolveRun({ model: scenario.model, scenario, variant: predict.variant });
  if (!resolved.ok) return resolved;
  const run = execute(resolved.input);
  const answered = answerOf(run, predict);
  return answered.ok ? { ...answered, run } : answered;
}

/** A guess as the text that is kept in the browser. */
export function guessText(guess: Guess): string {
  switch (guess.kind) {
    case 'choice':
      return guess.option;
    case 'number':
      return String(guess.value);
    case 'order':
      return guess.items.join(' ');
  }
}

/** The guess that a kept text stands for; undefined when it does not fit the question, which may have changed since. */
export function readGuess(predict: Predict, text: string | undefined): Guess | undefined {
  if (text === undefined) return undefined;
  switch (predict.kind) {
    case 'choice':
      return predict.options.some(({ id }) => id === text) ? { kind: 'choice', option: text } : undefined;
    case 'number': {
      const value = Number(text);
      return Number.isFinite(value) && value >= predict.min && value <= predict.max
        ? { kind: 'number', value }
        : undefined;
    }
    case 'order': {
      const items = text.split(' ');
      const same =
        items.toSorted().join(' ') ===
        predict.items
          .map(({ id }) => id)
          .toSorted()
          .join(' ');
      return same ? { kind: 'order', items } : undefined;
    }
  }
}

/** What the form shows before the reader has touched it; undefined: nothing is chosen yet. */
export function firstGuess(predict: Predict): Guess | undefined {
  switch (predict.kind) {
    case 'choice':
      return undefined;
    case 'number':
      return { kind: 'number', value: (predict.min + predict.max) / 2 };
    case 'order':
      return { kind: 'order', items: predict.items.map(({ id }) => id) };
  }
}
