import type { Verdict } from '../../../checkers/verdict.ts';
import type { NoteView, RunRecord } from '../../../kernel/view.ts';
import type { Property } from '../../model.ts';
import { commandName, firstClash, isSameCommand } from '../clash.ts';
import type { EntryApplied } from '../history.ts';
import type { ConsensusKnobs } from '../knobs.ts';

/** What `slot.chosen` notes say: a quorum has accepted this value for the slot, in that ballot. */
type SlotChosen = Omit<EntryApplied, 'executed'>;

const chosen = (note: NoteView): SlotChosen => note.data as SlotChosen;

function oneValuePerSlot(run: RunRecord): Verdict {
  return firstClash<SlotChosen>(run, 'slot.chosen', {
    slot: ({ index }) => index,
    agree: (one, other) => isSameCommand(chosen(one), chosen(other)),
    tell: (one, other, numbering) => {
      const [a, b] = [chosen(one), chosen(other)];
      const [first, second] = [commandName(a, numbering), commandName(b, numbering)];
      return `For slot ${a.index}, ${first} was chosen in ballot ${a.term} by ${one.host}, and ${second} in ballot ${b.term} by ${other.host}.`;
    },
    holds: 'No slot had two values chosen.',
  });
}

/** What Multi-Paxos promises beside what every replicated log does (Paxos Made Simple, section 2.1). */
export const slotOutcomes: readonly Property<ConsensusKnobs>[] = [
  {
    kind: 'eventually',
    id: 'one-value-per-slot',
    title: 'one chosen value in each slot',
    exercisedBy: 'ballot-succeeded',
    check: oneValuePerSlot,
  },
];
