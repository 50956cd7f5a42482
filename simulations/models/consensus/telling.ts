import { listOf } from '../../checkers/linearizability-sentence.ts';
import { unreachable } from '../../kernel/invariant.ts';
import type { StepView } from '../../kernel/view.ts';
import type { Focus } from '../model.ts';
import { operationNumber } from '../numbering.ts';
import type { Entry, Members } from './messages.ts';

/** The data of the notes of one name that a step left. */
export function notes<Data>(step: StepView, name: string): readonly Data[] {
  return step.effects.flatMap((effect) =>
    effect.type === 'note' && effect.name === name ? [effect.data as Data] : [],
  );
}

/** Whether a step sent a message of that type. */
export const sends = (step: StepView, type: string): boolean =>
  step.effects.some((effect) => effect.type === 'send' && effect.message.type === type);

/** What an entry does, in words: "write 14 of x, version 3". `nothing`: what is said of one that does nothing. */
export function entryTold(entry: Entry, { key, numbering }: Focus, nothing: string): string {
  const { command, client, sequence } = entry;
  const name = `${client}${sequence}`;
  switch (command.kind) {
    case 'noop':
      return nothing;
    case 'members':
      return membersTold(command.members);
    case 'read':
      return `read ${operationNumber(name, numbering)} of ${command.key}`;
    case 'write':
    case 'cas': {
      const rank = command.key === key ? numbering.get(name) : undefined;
      const verb = command.kind === 'cas' ? 'compare-and-set' : 'write';
      return `${verb} ${operationNumber(name, numbering)} of ${command.key}${rank === undefined ? '' : `, version ${rank}`}`;
    }
    default:
      return unreachable(command);
  }
}

/** "the voters r1, r2 and r3"; of a joint configuration both groups. */
function membersTold({ voters, outgoing }: Members): string {
  const before = outgoing.length === 0 ? '' : ` jointly with ${listOf(outgoing)}`;
  return `the voters ${listOf(voters)}${before}`;
}

/** More entries than this are counted, not told one by one. */
const TOLD_MAX = 4;

/** How entries of a log are told. */
export interface EntryWords {
  /** What a place of the log is called: entry, slot. */
  readonly noun: readonly [one: string, several: string];
  readonly nothing: string;
}

/** Entries with what they do: "entry 2 (write 14 of x, version 3)"; many of them by their places: "entries 17 to 62 (46 in all)". */
export function entriesTold(entries: readonly Entry[], focus: Focus, { noun, nothing }: EntryWords): string {
  const [one, several] = noun;
  const [first, last] = [entries[0], entries.at(-1)];
  if (entries.length > TOLD_MAX) return `${several} ${first!.index} to ${last!.index} (${entries.length} in all)`;
  const told = entries.map((entry) => `${entry.index} (${entryTold(entry, focus, nothing)})`);
  return `${entries.length === 1 ? one : several} ${listOf(told)}`;
}
