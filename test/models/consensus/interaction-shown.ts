import type { Command, Entry, Members } from '../../../simulations/models/consensus/messages.ts';

/** What the published implementation prints of one server: whatever of it stands in an output. `last`: the last entries that it appended. */
export interface Shown {
  term?: number;
  vote?: string;
  commit?: number;
  lead?: string;
  role?: string;
  entries?: readonly string[];
  members?: string;
  votes?: boolean;
}

/** What an output says by server: of a `Ready` (what holds as it begins), and of what happened after it. */
export interface Output {
  readonly ready: ReadonlyMap<string, Shown>;
  readonly after: ReadonlyMap<string, Shown>;
}

const ROLES: Readonly<Record<string, string>> = {
  follower: 'StateFollower',
  'pre-candidate': 'StatePreCandidate',
  candidate: 'StateCandidate',
  leader: 'StateLeader',
};

class Reader {
  readonly ready = new Map<string, Shown>();
  readonly after = new Map<string, Shown>();
  #server: string;
  #entries: string[] | undefined;

  constructor(server: string) {
    this.#server = server;
  }

  line(line: string): void {
    const handling = /^> (\d+) (handling Ready|receiving messages)/.exec(line);
    if (handling !== null) {
      this.#server = handling[1]!;
      this.#entries = undefined;
      return;
    }
    if (/^\d+\/\d+ Entry/.test(line)) this.#entries?.push(line);
    else this.#entries = undefined;
    if (line === 'Entries:') {
      this.#entries = [];
      this.#put(this.ready, this.#server, { entries: this.#entries });
    }
    const soft = /^Lead:(\d+) State:(\w+)/.exec(line);
    if (soft !== null) this.#put(this.ready, this.#server, { lead: soft[1] === '0' ? '' : soft[1]!, role: soft[2]! });
    const hard = /^HardState Term:(\d+)(?: Vote:(\d+))? Commit:(\d+)/.exec(line);
    if (hard !== null) {
      const vote = hard[2] ?? '';
      this.#put(this.ready, this.#server, { term: Number(hard[1]), vote, commit: Number(hard[3]) });
    }
    const became = /^INFO (\d+) became ([\w-]+) at term (\d+)/.exec(line);
    if (became !== null) this.#put(this.after, became[1]!, { role: ROLES[became[2]!]!, term: Number(became[3]) });
    const switched = /^INFO (\d+) switched to configuration (.*?)(?: autoleave)?$/.exec(line);
    if (switched !== null) this.#put(this.after, switched[1]!, { members: switched[2]! });
  }

  #put(into: Map<string, Shown>, server: string, shown: Shown): void {
    into.set(server, { ...into.get(server), ...shown });
    // What came later counts, wherever it was said.
    const other = into === this.ready ? this.after : this.ready;
    const before = other.get(server);
    if (before === undefined) return;
    other.set(server, Object.fromEntries(Object.entries(before).filter(([field]) => !(field in shown))));
  }
}

/** Reads what a command printed; `server` is whom it is about where nothing else is said. */
export function outputOf(expected: string, server: string): Output {
  const reader = new Reader(server);
  for (const line of expected.split('\n')) reader.line(line.trim());
  return reader;
}

/** One line of `raft-state`. */
export function stateLines(expected: string): readonly (readonly [server: string, shown: Shown])[] {
  return expected.split('\n').flatMap((line) => {
    const found = /^(\d+): (\w+) \(((?:Non-)?Voter)\) Term:(\d+) Lead:(\d+)/.exec(line);
    if (found === null) return [];
    const [, server, role, vote, term, lead] = found;
    const shown = { role: role!, term: Number(term), lead: lead === '0' ? '' : lead!, votes: vote === 'Voter' };
    return [[server!, shown] as const];
  });
}

function commandText(command: Command): string {
  if (command.kind === 'noop') return 'EntryNormal ""';
  if (command.kind === 'write') return `EntryNormal "${String(command.value)}"`;
  return 'EntryConfChange';
}

/** An entry of ours as the published implementation prints one; of a change of the group, only that it is one. */
export const entryLine = ({ term, index, command }: Entry): string => `${term}/${index} ${commandText(command)}`;

/** A group of ours as the published implementation prints one. */
export function described({ voters, outgoing, learners, learnersNext }: Members): string {
  const list = (servers: readonly string[]): string => `(${[...servers].sort((a, b) => +a - +b).join(' ')})`;
  const parts = [`voters=${list(voters)}${outgoing.length === 0 ? '' : `&&${list(outgoing)}`}`];
  if (learners.length > 0) parts.push(`learners=${list(learners)}`);
  if (learnersNext.length > 0) parts.push(`learners_next=${list(learnersNext)}`);
  return parts.join(' ');
}
