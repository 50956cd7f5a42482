import type { Operation } from '../../kernel/history.ts';
import type { DeclaredSeries } from '../series.ts';
import { judgeReads } from './history.ts';

/**
 * How stale each read was, against the newest write of its key that was acknowledged before the read began. In versions it is the *k* of
 * k-staleness; in time it is the *t* at which the read shows that the write was not yet visible (Bailis et al., VLDB 2012, sections 3.1 and
 * 3.3): how long before the read the newest write that it missed had been acknowledged, 0 when it missed none. A read without an answer
 * has no known staleness; one before the first acknowledged write could miss nothing and is left out.
 */
export function series({ operations }: { readonly operations: readonly Operation[] }): readonly DeclaredSeries[] {
  const judged = judgeReads(operations, 0);
  const unanswered = operations.filter(({ f, outcome }) => f === 'read' && outcome !== 'ok');
  if (judged.length + unanswered.length === 0) return [];
  const unknown = unanswered.map(({ id }) => ({ operation: id, value: undefined }));
  return [
    {
      kind: 'points',
      id: 'staleness-versions',
      title: 'Staleness, versions behind',
      unit: 'count',
      points: [...judged.map(({ read, behind }) => ({ operation: read.id, value: behind })), ...unknown],
    },
    {
      kind: 'points',
      id: 'staleness-time',
      title: 'Staleness, age of the newest write missed',
      unit: 'us',
      points: [
        ...judged.map(({ read, behind, newest }) => ({
          operation: read.id,
          value: behind === 0 ? 0 : read.invokedAt - newest.completedAt,
        })),
        ...unknown,
      ],
    },
  ];
}
