import type { StepView } from '../../kernel/view.ts';
import type { Explaining } from '../model.ts';
import { subject } from './narrate.ts';

function hasNote(step: StepView, ...names: readonly string[]): boolean {
  return step.effects.some((effect) => effect.type === 'note' && names.includes(effect.name));
}

/**
 * Elections, overwritten entries and installed snapshots change what everybody finds. Entries appended and applied, and reads served, matter to
 * their operation. Heartbeats and acknowledgements only pass things on.
 */
function tells(step: StepView): 'operation' | 'key' | undefined {
  if (hasNote(step, 'leader.elected', 'log.truncated', 'snapshot.installed', 'gap.filled')) return 'key';
  return hasNote(step, 'log.appended', 'slot.chosen', 'entry.applied', 'read.served') ? 'operation' : undefined;
}

/** How runs of a replicated log are explained. */
export const explaining: Explaining = { tells, subject };
