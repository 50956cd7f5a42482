import type { RunRecord } from '../../kernel/view.ts';
import type { DeclaredSeries } from '../series.ts';
import { judgeReads, type WalAppended } from './history.ts';

/** How stale each read was, and how many entries of the leader no follower had received, moment by moment. */
export function series({ operations, notes }: Pick<RunRecord, 'operations' | 'notes'>): readonly DeclaredSeries[] {
  const judged = judgeReads(operations);
  const unanswered = operations.filter(({ f, outcome }) => f === 'read' && outcome !== 'ok');
  const unknown = unanswered.map(({ id }) => ({ operation: id, value: undefined }));
  const changes = tails(notes);
  const points = judged.map(({ read, behind }) => ({ operation: read.id, value: behind }));
  return [
    ...(changes.length === 0
      ? []
      : [{ kind: 'level', id: 'tail', title: 'Entries that only the leader has', unit: 'count', changes } as const]),
    ...(points.length + unknown.length === 0
      ? []
      : [
          {
            kind: 'points',
            id: 'staleness',
            title: 'Staleness, acknowledged writes behind',
            unit: 'count',
            points: [...points, ...unknown],
          } as const,
        ]),
  ];
}

/** The tail that an asynchronous failover would lose at that moment. */
function tails(notes: RunRecord['notes']): readonly { readonly atUs: number; readonly value: number }[] {
  const changes: { atUs: number; value: number }[] = [];
  let [last, copied, epoch] = [0, 0, 0];
  for (const { name, data, atUs } of notes) {
    if (name !== 'wal.appended') continue;
    const { from, to, leads, epoch: own } = data as WalAppended;
    if (own < epoch) continue;
    if (leads && own > epoch) copied = from - 1;
    epoch = own;
    if (leads) last = to;
    else copied = Math.max(copied, to);
    changes.push({ atUs, value: Math.max(0, last - copied) });
  }
  return changes;
}
