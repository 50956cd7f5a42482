import { expect } from 'vitest';
import type { ConsensusKnobs } from '../../../simulations/models/consensus/knobs.ts';
import type { Members } from '../../../simulations/models/consensus/messages.ts';
import { changeSimply, type MemberChange } from '../../../simulations/models/consensus/raft/membership.ts';
import { Group, members } from './interaction.ts';
import { type Output, outputOf, type Shown, stateLines } from './interaction-shown.ts';

/** One command of a script, and what the published implementation printed. */
export interface Step {
  readonly cmd: string;
  readonly args: readonly string[];
  readonly input?: string;
  readonly expected: string;
}

/** A command as it stands in the script. */
const lineOf = ({ cmd, args }: Pick<Step, 'cmd' | 'args'>): string => [cmd, ...args].join(' ');

/** Commands and options that ask for what our Raft does not have, with the reason. */
const NOT_OURS: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [
    /async-storage-writes=true/,
    'storage is one disk that ends writes in order; there are no separate append and apply threads',
  ],
  [/^process-(append|apply)-thread/, 'there are no separate append and apply threads'],
  [/^forget-leader/, 'no command makes a server forget its leader'],
  [/^report-unreachable/, 'nobody tells a leader that a server cannot be reached; it finds out by silence'],
  [/^set-randomized-election-timeout/, 'time-outs are drawn by the simulator'],
  [/transition=explicit/, 'a joint group is always left without being asked'],
  [
    /step-down-on-removal=true/,
    'a change of the group takes effect when it is in the log, there when it is applied; a leader that it removes leaves at its commit and tells of none behind it',
  ],
  [/disable-conf-change-validation=true/, 'a change of the group is always checked against the one under way'],
  [/max-committed-size-per-ready=/, 'committed entries are applied at once'],
];

/** Why a script does not apply to our Raft: the first command or option that has no counterpart; undefined where it does. */
export function notOurs(steps: readonly Step[]): string | undefined {
  for (const step of steps) {
    const line = lineOf(step);
    const known = NOT_OURS.find(([pattern]) => pattern.test(line));
    if (known !== undefined) return `${line}: ${known[1]}`;
    if (COMMANDS[step.cmd] === undefined) return `${step.cmd}: a command that the driver does not know`;
  }
  return undefined;
}

const OPS = { v: 'voter', l: 'learner', r: 'remove' } as const;

function wantedOf(input: string, before: Members): Members {
  const changes = input.split(/\s+/).flatMap((word): MemberChange[] => {
    const op = OPS[word[0] as keyof typeof OPS];
    return op === undefined ? [] : [{ op, server: word.slice(1) }];
  });
  return changes.reduce((group, change) => {
    const changed = changeSimply(group, [change]);
    if (!changed.ok) throw new Error(`${input}: ${changed.problem}`);
    return changed.members;
  }, before);
}

const numbers = (args: readonly string[]): readonly string[] => args.filter((arg) => /^\d+$/.test(arg));

function option(args: readonly string[], name: string): string | undefined {
  return args.find((arg) => arg.startsWith(`${name}=`))?.slice(name.length + 1);
}

const list = (text = ''): readonly string[] =>
  text
    .replace(/[()]/g, '')
    .split(',')
    .filter((id) => id !== '');

/** What a script says of the whole group, read off its first commands. */
export function knobsOf(steps: readonly Step[]): Partial<ConsensusKnobs> {
  const args = steps.flatMap((step) => (step.cmd === 'add-nodes' ? step.args : []));
  // A change of more than one voter, or one that is asked for as joint, goes through a joint group.
  const isJoint = steps.some(({ cmd, args: said, input = '' }) => {
    return (
      cmd === 'propose-conf-change' && (said.includes('transition=implicit') || input.trim().split(/\s+/).length > 1)
    );
  });
  return {
    preVote: option(args, 'prevote') === 'true',
    checkQuorum: option(args, 'checkquorum') === 'true',
    read: option(args, 'read-only') === 'lease-based' ? 'lease' : 'readIndex',
    membership: isJoint ? 'joint' : 'single',
  };
}

type Run = (group: Group, step: Step & { readonly line: string }) => void;

const everybody = (group: Group): readonly string[] => [...group.servers.keys()];

/** What is compared of a server: every field that was printed. Entries must stand in its log. */
function compare(group: Group, output: Output['ready'], line: string): void {
  for (const [id, { entries = [], ...shown }] of output) {
    const ours = group.shown(id);
    const told = Object.fromEntries(Object.keys(shown).map((field) => [field, ours[field as keyof typeof ours]]));
    expect({ line, server: id, ...told }).toEqual({ line, server: id, ...shown });
    const log = group.log(id);
    const plain = entries.map((entry) => entry.replace(/(EntryConfChange)(V2)?.*/, '$1'));
    expect({ line, server: id, log }).toEqual({ line, server: id, log: expect.arrayContaining(plain) });
  }
}

const COMMANDS: Readonly<Record<string, Run>> = {
  'log-level': () => {},
  'add-nodes': (group, { args }) => {
    const [voters, learners] = [list(option(args, 'voters')), list(option(args, 'learners'))];
    group.add(Number(args[0]), members(voters, learners), Number(option(args, 'index') ?? 0));
  },
  campaign: (group, { args }) => group.campaign(args[0]!),
  propose: (group, { args }) => group.propose(args[0]!, args[1]!),
  'propose-conf-change': (group, { args, input = '' }) => {
    const id = args[0]!;
    group.change(id, wantedOf(input, group.membersOf(id)));
  },
  'transfer-leadership': (group, { args }) => group.transfer(option(args, 'from')!, option(args, 'to')!),
  'process-ready': (group, { args, expected, line }) => {
    const ids = numbers(args);
    const output = outputOf(expected, ids[0]!);
    compare(group, output.ready, line);
    for (const id of ids) group.handle(id);
    compare(group, output.after, line);
  },
  'deliver-msgs': (group, { args }) => {
    for (const id of list(option(args, 'drop'))) group.deliver(id, true);
    for (const id of numbers(args)) group.deliver(id);
  },
  stabilize: (group, { args, expected, line }) => {
    const ids = numbers(args);
    group.stabilize(ids.length === 0 ? everybody(group) : ids);
    const output = outputOf(expected, ids[0] ?? '');
    compare(group, output.ready, line);
    compare(group, output.after, line);
  },
  'tick-heartbeat': (group, { args }) => group.beat(args[0]!),
  'tick-election': (group, { args }) => group.passElection(args[0]!),
  compact: (group, { args }) => group.compact(args[0]!, Number(args[1])),
  'raft-state': (group, { expected, line }) => compare(group, new Map<string, Shown>(stateLines(expected)), line),
  'raft-log': (group, { args, expected, line }) => {
    expect({ line, log: group.log(args[0]!) }).toEqual({ line, log: expected.split('\n') });
  },
  status: (group, { args, expected, line }) => {
    const progress = Object.fromEntries(
      [...expected.matchAll(/^(\d+): State(\w+) match=(\d+)/gm)].map(([, id, pace, match]) => [id, `${pace} ${match}`]),
    );
    expect({ line, progress: group.progress(args[0]!) }).toEqual({ line, progress });
  },
};

/** Commands after which what was printed of each server is compared as it is. */
const TELLING: ReadonlySet<string> = new Set(['campaign', 'deliver-msgs', 'tick-heartbeat', 'tick-election']);

/**
 * Has our Raft do what a script says, and compares it, after each command, with whatever the published implementation printed. Not while the group changes: there a change
 * takes effect when it is applied, here when it is in the log. Once all have come to rest it must be the same again.
 */
export function follow(steps: readonly Step[]): void {
  const group = new Group(knobsOf(steps));
  let isChanging = false;
  for (const original of steps) {
    if (original.cmd === 'propose-conf-change') isChanging = true;
    const isWhole = original.cmd === 'stabilize' && [0, group.servers.size].includes(numbers(original.args).length);
    if (isChanging && isWhole) isChanging = false;
    const step = { ...original, line: lineOf(original), ...(isChanging && { expected: '' }) };
    COMMANDS[step.cmd]!(group, step);
    if (TELLING.has(step.cmd)) compare(group, outputOf(step.expected, step.args[0] ?? '').after, step.line);
  }
}
