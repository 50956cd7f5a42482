import type { StepView } from '../../kernel/view.ts';
import type { Explaining } from '../model.ts';
import { subject } from './narrate.ts';

/** What spreads versions without a client: whatever it brings counts for everybody. */
const REPAIRS: ReadonlySet<string> = new Set(['Repair', 'HintReplay', 'MerkleStream']);

function hasNote(step: StepView, name: string, key?: string): boolean {
  return step.effects.some((effect) => {
    if (effect.type !== 'note' || effect.name !== name) return false;
    return key === undefined || (effect.data as { readonly key: string }).key === key;
  });
}

/**
 * Purges and repairs change a key for everybody. Answers of replicas, versions on disk and quorums matter to their operation. Requests,
 * acknowledgements and the rounds of anti-entropy only pass things on.
 */
function tells(step: StepView, key: string): 'operation' | 'key' | undefined {
  const repairs = step.kind === 'deliver' && REPAIRS.has(step.message!.type) && hasNote(step, 'version.stored', key);
  if (repairs || hasNote(step, 'tombstone.purged', key)) return 'key';
  if (step.kind === 'deliver' && step.message?.type === 'RRead') return 'operation';
  if (step.kind === 'persisted') return step.token === null ? undefined : 'operation';
  return hasNote(step, 'quorum.met') ? 'operation' : undefined;
}

/** How quorum runs are explained. */
export const explaining: Explaining = { tells, subject };
