import type { RunRecord } from '../../kernel/view.ts';
import type { Hazard } from '../model.ts';
import type { Applied } from './history.ts';
import { notesOf } from './history.ts';
import type { MultiLeaderKnobs } from './knobs.ts';
import { areConcurrent, cutsOf, isAdd, operationsInCut, type TakenWrite, writesOf } from './story.ts';

/** Whether two regions, neither of which knew of the other's, each took such a write to one key while they were cut off. */
function concurrentInCut(run: RunRecord, counts: (write: TakenWrite) => boolean): boolean {
  const cuts = cutsOf(run);
  const writes = writesOf(run).filter(
    (write) => counts(write) && cuts.some(({ sinceUs, untilUs }) => write.atUs >= sinceUs && write.atUs < untilUs),
  );
  return writes.some((one, at) =>
    writes
      .slice(at + 1)
      .some((other) => other.key === one.key && other.origin !== one.origin && areConcurrent(one, other)),
  );
}

/** Hazards by the name that a scenario's `witness` gives. */
export const witnesses: Readonly<Record<string, Hazard<MultiLeaderKnobs>>> = {
  'concurrent-adds-in-cut': {
    title: 'two regions took concurrent adds to one key during a cut',
    check: (run) => concurrentInCut(run, isAdd),
  },
  'concurrent-counts-in-cut': {
    title: 'two regions counted the same thing during a cut',
    check: (run) => concurrentInCut(run, ({ act }) => act.do === 'count'),
  },
  conflict: {
    title: 'a region applied a write beside one that the writer had not seen',
    check: (run) => notesOf<Applied>(run, 'entry.applied').some(({ conflict }) => conflict !== null),
  },
  'operation-in-cut': {
    title: 'a client tried something during a cut',
    check: (run) => operationsInCut(run).length > 0,
  },
  'state-taken': {
    title: 'a region got a whole store from another',
    check: (run) => run.notes.some(({ name }) => name === 'state.taken'),
  },
};
