import { expect } from 'vitest';
import type { ConsensusKnobs } from '../../../simulations/models/consensus/knobs.ts';
import type { Members } from '../../../simulations/models/consensus/messages.ts';
import { changeSimply, type MemberChange } from '../../../simulations/models/consensus/raft/membership.ts';
import { Group, type GroupOptions, members } from './interaction.ts';
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

/** Commands and options that ask for what our Raft does not have, with the reason. A pattern sees the command, what stands under it, and the options of the servers. */
const NOT_OURS: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [
    /transition=explicit/,
    'a joint group is left as soon as it is committed (dissertation, section 4.3), and never when somebody asks for it',
  ],
  [
    /^propose-conf-change (\d+)[^|]*\|(.* )?r\1( |$)/,
    'a group without the leader decides as soon as it is in the log, there when it is applied, so that entries need other servers for their majority; and the leader leaves when it is committed (dissertation, section 4.2.2)',
  ],
  [
    /^add-nodes.*disable-conf-change-validation=true/,
    'a change of the group is always checked against the one under way',
  ],
  [/^add-nodes.*max-committed-size-per-ready=/, 'committed entries are applied at once'],
  [
    /^add-nodes.*allow-invariant-violations=true|^truncate/,
    'a disk keeps what it has confirmed, or nothing is promised (paper, figure 2)',
  ],
  [
    /^forget-leader.*read-only=lease/,
    'the case is that a command is refused, and our servers have no such command: the driver takes the leader out of their memory',
  ],
  [/^campaign-now/, 'the case is that a command is refused, and our servers have no such command'],
];

/** The options of servers that the driver knows what to do with. Ours have no limit on messages under way, and their leaders commit what others have on disk in any case. */
const OPTIONS: ReadonlySet<string> = new Set([
  'voters',
  'learners',
  'index',
  'prevote',
  'checkquorum',
  'read-only',
  'election-tick',
  'heartbeat-tick',
  'inflight',
  'async-storage-writes',
  'async-storage-writes-nonlocal-quorum',
  'step-down-on-removal',
]);

/** Why a script does not apply to our Raft: the first command or option that has no counterpart; undefined where it does. */
export function notOurs(steps: readonly Step[]): string | undefined {
  const options = steps.flatMap(({ cmd, args }) => (cmd === 'add-nodes' ? args : [])).join(' ');
  for (const step of steps) {
    const line = lineOf(step);
    const asked = step.cmd === 'add-nodes' ? line : `${line}|${step.input ?? ''} | ${options}`;
    const known = NOT_OURS.find(([pattern]) => pattern.test(asked));
    if (known !== undefined) return `${line}: ${known[1]}`;
    if (COMMANDS[step.cmd] === undefined) return `${step.cmd}: a command that the driver does not know`;
    const unknown = step.cmd === 'add-nodes' && step.args.slice(1).find((arg) => !OPTIONS.has(arg.split('=')[0]!));
    if (unknown) return `${line}: ${unknown} is an option that the driver does not know`;
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
function optionsOf(steps: readonly Step[]): GroupOptions {
  const args = steps.flatMap((step) => (step.cmd === 'add-nodes' ? step.args : []));
  return {
    knobs: knobsOf(steps, args),
    isAsynchronous: option(args, 'async-storage-writes') === 'true',
    electionTicks: Number(option(args, 'election-tick') ?? 3),
  };
}

function knobsOf(steps: readonly Step[], args: readonly string[]): Partial<ConsensusKnobs> {
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
  if (group.isChanging()) return;
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
    const type = option(args, 'type');
    for (const id of list(option(args, 'drop'))) group.deliver(id, { isLost: true, type });
    for (const id of numbers(args)) group.deliver(id, { type });
  },
  stabilize: (group, { args, expected, line }) => {
    const ids = numbers(args);
    group.stabilize(ids.length === 0 ? everybody(group) : ids);
    const output = outputOf(expected, ids[0] ?? '');
    compare(group, output.ready, line);
    compare(group, output.after, line);
  },
  'tick-heartbeat': (group, { args }) => group.pass(args[0]!, 1),
  'tick-election': (group, { args }) => group.passElection(args[0]!),
  tick: (group, { args }) => group.pass(args[0]!, Number(args[1])),
  'set-randomized-election-timeout': (group, { args }) => {
    group.of(args[0]!).timeoutTicks = Number(option(args, 'timeout'));
  },
  'forget-leader': (group, { args }) => group.forgetLeader(args[0]!),
  'report-unreachable': (group, { args }) => group.probe(args[0]!, args[1]!),
  'send-snapshot': (group, { args }) => group.sendSnapshot(args[0]!, args[1]!),
  'process-append-thread': (group, { args }) => {
    for (const id of numbers(args)) group.append(id);
  },
  // Ours applies what is committed at once.
  'process-apply-thread': () => {},
  compact: (group, { args }) => group.compact(args[0]!, Number(args[1])),
  'raft-state': (group, { expected, line }) => compare(group, new Map<string, Shown>(stateLines(expected)), line),
  'raft-log': (group, { args, expected, line }) => {
    if (group.isChanging()) return;
    const log = expected.split('\n').filter((entry) => !entry.startsWith('log is empty'));
    expect({ line, log: group.diskLog(args[0]!) }).toEqual({ line, log });
  },
  status: (group, { args, expected, line }) => {
    if (group.isChanging()) return;
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
 * takes effect when it is applied, here when it is in the log. Once the change is committed it must be the same again.
 */
export function follow(steps: readonly Step[]): void {
  const group = new Group(optionsOf(steps));
  for (const original of steps) {
    const step = { ...original, line: lineOf(original) };
    COMMANDS[step.cmd]!(group, step);
    if (TELLING.has(step.cmd)) compare(group, outputOf(step.expected, step.args[0] ?? '').after, step.line);
  }
  expect(group.isChanging()).toBe(false);
}
