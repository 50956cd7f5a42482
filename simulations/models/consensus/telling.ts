import type { StepView } from '../../kernel/view.ts';

/** The data of the notes of one name that a step left. */
export function notes<Data>(step: StepView, name: string): readonly Data[] {
  return step.effects.flatMap((effect) =>
    effect.type === 'note' && effect.name === name ? [effect.data as Data] : [],
  );
}

/** Whether a step sent a message of that type. */
export const sends = (step: StepView, type: string): boolean =>
  step.effects.some((effect) => effect.type === 'send' && effect.message.type === type);
