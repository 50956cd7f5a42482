import type { RunRecord } from '../../kernel/view.ts';
import type { DeclaredSeries } from '../series.ts';
import type { EntryApplied, LeaderElected } from './history.ts';
import type { ConsensusKnobs } from './knobs.ts';

const TITLES = {
  raft: 'Term of the newest leader',
  paxos: 'Ballot of the newest leader',
  zab: 'Epoch of the newest leader',
} as const;

/** The term, ballot or epoch of the newest leader, and the last entry that any server has applied, over the time of a run. */
export function series({ notes }: Pick<RunRecord, 'notes'>, { protocol }: ConsensusKnobs): readonly DeclaredSeries[] {
  const terms: { atUs: number; value: number }[] = [];
  const applied: { atUs: number; value: number }[] = [];
  for (const { name, atUs, data } of notes) {
    if (name === 'leader.elected') {
      const { term } = data as LeaderElected;
      if (term > (terms.at(-1)?.value ?? 0)) terms.push({ atUs, value: term });
    } else if (name === 'entry.applied') {
      const { index } = data as EntryApplied;
      if (index > (applied.at(-1)?.value ?? 0)) applied.push({ atUs, value: index });
    }
  }
  return [
    { kind: 'level', id: 'term', title: TITLES[protocol], unit: 'count', changes: terms },
    { kind: 'level', id: 'committed-entries', title: 'Entries committed', unit: 'count', changes: applied },
  ];
}
