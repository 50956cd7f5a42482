import type { StepView } from '../../kernel/view.ts';
import type { Explaining } from '../model.ts';
import { subject } from './narrate.ts';

function hasNote(step: StepView, names: readonly string[], key: string): boolean {
  return step.effects.some(
    (effect) =>
      effect.type === 'note' && names.includes(effect.name) && (effect.data as { readonly key: string }).key === key,
  );
}

/** What arrives from other regions changes a key for everybody there; a region's own writes matter to their operation. The rest passes things on. */
function tells(step: StepView, key: string): 'operation' | 'key' | undefined {
  if (hasNote(step, ['entry.applied', 'write.discarded', 'tombstone.purged', 'rights.moved'], key)) return 'key';
  if (step.kind === 'deliver' && step.message?.type === 'State') return 'key';
  return hasNote(step, ['write.accepted', 'write.refused'], key) ? 'operation' : undefined;
}

/** How multi-leader runs are explained. */
export const explaining: Explaining = { tells, subject };
