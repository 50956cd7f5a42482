import type { StepView } from '../../kernel/view.ts';
import type { Explaining } from '../model.ts';
import { subject } from './narrate.ts';

/** What changes who leads, or what the log holds, for everybody. */
const FOR_EVERYBODY: ReadonlySet<string> = new Set([
  'leader.suspected',
  'leader.chosen',
  'leader.active',
  'leader.fenced',
  'wal.rewound',
  'semisync.degraded',
  'semisync.restored',
]);
/** What decides one operation. */
const FOR_ONE: ReadonlySet<string> = new Set(['write.acknowledged', 'read.behind', 'read.waited', 'token.lost']);

function tells(step: StepView): 'operation' | 'key' | undefined {
  for (const effect of step.effects) {
    if (effect.type === 'note' && FOR_EVERYBODY.has(effect.name)) return 'key';
  }
  if (step.kind === 'deliver' && (step.message?.type === 'Append' || step.message?.type === 'Read')) return 'operation';
  return step.effects.some((effect) => effect.type === 'note' && FOR_ONE.has(effect.name)) ? 'operation' : undefined;
}

/** How replication runs are explained. */
export const explaining: Explaining = { tells, subject };
