import type { Effect, Environment, Message } from '../../../kernel/behavior.ts';
import type { Draft } from '../../../kernel/copies.ts';
import { type Effects, send } from '../effects.ts';
import type { Entry, LogSnapshot, Machine, Members, Settings } from '../messages.ts';
import { EMPTY_MACHINE } from '../store.ts';
import { lastIndexOf, lastTermOf, membersAt, termAt } from './log.ts';
import { groupOf, placeOf } from './membership.ts';

/** What a server keeps on disk (paper, figure 2). */
export type Durable = {
  readonly term: number;
  readonly votedFor: string | null;
  readonly snapshot: LogSnapshot;
  readonly log: readonly Entry[];
};

/** What a leader knows of one server, itself included. */
export type Progress = {
  readonly server: string;
  /** The next index to send. */
  readonly next: number;
  /** The last index known to be on its disk. */
  readonly match: number;
  /** `probe`: one message may go, to find out what fits. `wait`: it is on its way. `stream`: entries are sent without waiting. */
  readonly pace: 'probe' | 'wait' | 'stream';
  /** The latest heartbeat round that it answered, when that was sent, and when any answer came; all by the leader's clock. */
  readonly round: number;
  readonly sentUs: number;
  readonly heardUs: number;
};

/** A read that waits until the leader knows that it still leads, and has applied `index`. */
export type PendingRead = {
  readonly client: string;
  readonly sequence: number;
  readonly key: string;
  readonly index: number;
  readonly round: number;
};

/** A change of the group that somebody waits for. */
export type PendingChange = { readonly client: string; readonly sequence: number };

/** What only a leader has. */
export type Office = {
  readonly progress: readonly Progress[];
  /** The entry that it began its term with: what came before is committed once that is. */
  readonly firstIndex: number;
  readonly round: number;
  readonly reads: readonly PendingRead[];
  readonly change: PendingChange | null;
  /** To whom it hands over; '' while it does not. */
  readonly transferee: string;
};

/** What a crash takes from a server. */
export type Volatile = {
  readonly settings: Settings;
  readonly commit: number;
  /** The state machine with every entry up to `commit` applied. */
  readonly machine: Machine;
  /** What the disk is known to have: the term, and the log up to this index. */
  readonly syncedTerm: number;
  readonly syncedIndex: number;
  /** Without fsync: the durable state that was last handed to the disk. */
  readonly flushed: Durable | null;
  /** The group in effect, where in the log it stands, and what this server is in it. */
  readonly members: Members;
  readonly membersIndex: number;
  readonly place: 'voter' | 'learner' | 'outside';
  /** Who leads the term, as far as known; ''. */
  readonly leader: string;
  /** When a leader was last heard; by the own clock. Null: never, and no number so early, since what is no small integer costs every copy an object. */
  readonly heardUs: number | null;
  readonly granted: readonly string[];
  readonly refused: readonly string[];
  readonly office: Office | null;
};

export type ServerContext = { readonly durable: Durable; readonly volatile: Volatile };
export type ServerStep = { readonly context?: ServerContext; readonly effects?: readonly Effect[] };

/** What is answered, and what becomes known, once the disk has a state. */
export type PersistToken = {
  /** To whom `reply` goes; '' when nobody waits. */
  readonly to: string;
  readonly reply: Message | null;
  /** The candidate's vote for itself. */
  readonly campaign: boolean;
  readonly term: number;
  readonly index: number;
  readonly logTerm: number;
};

const NOBODY: readonly string[] = [];

/** A server before it starts: on disk nothing but the first configuration, which servers outside it do not know. */
export function initialServer(input: ServerInput): ServerContext {
  const { settings, server } = input;
  const members = groupOf(settings.voters.includes(server) ? settings.voters : []);
  const snapshot = { index: 0, term: 0, members, machine: EMPTY_MACHINE };
  return awake({ term: 0, votedFor: null, snapshot, log: [] }, settings, server);
}

export type ServerInput = { readonly settings: Settings; readonly server: string };

/** A server that knows what its disk holds and nothing else. */
export function awake(durable: Durable, settings: Settings, server: string): ServerContext {
  const { members, index } = membersAt(durable, lastIndexOf(durable));
  const volatile: Volatile = {
    settings,
    commit: durable.snapshot.index,
    machine: durable.snapshot.machine,
    syncedTerm: durable.term,
    syncedIndex: lastIndexOf(durable),
    flushed: durable,
    members,
    membersIndex: index,
    place: placeOf(members, server),
    leader: '',
    heardUs: null,
    granted: NOBODY,
    refused: NOBODY,
    office: null,
  };
  return { durable, volatile };
}

/** A copy that its maker may still change. */
export function draftOf(before: Volatile): Draft<Volatile> {
  return {
    settings: before.settings,
    commit: before.commit,
    machine: before.machine,
    syncedTerm: before.syncedTerm,
    syncedIndex: before.syncedIndex,
    flushed: before.flushed,
    members: before.members,
    membersIndex: before.membersIndex,
    place: before.place,
    leader: before.leader,
    heardUs: before.heardUs,
    granted: before.granted,
    refused: before.refused,
    office: before.office,
  };
}

/** A context that a handler has made and nobody else has seen: it may still change it in place. */
export type OwnContext = { durable: Durable; volatile: Draft<Volatile>; readonly [OWN]: true };
declare const OWN: unique symbol;

/** A copy that its maker may still change. */
export function ownCopy({ durable, volatile }: ServerContext): OwnContext {
  return { durable, volatile: draftOf(volatile) } as OwnContext;
}

/** A server's memory with some of it changed. */
export function remembering(before: Volatile, change: Partial<Volatile>): Volatile {
  return Object.assign(draftOf(before), change);
}

/** A copy that its maker may still change. */
export function officeDraft(before: Office): Draft<Office> {
  return {
    progress: before.progress,
    firstIndex: before.firstIndex,
    round: before.round,
    reads: before.reads,
    change: before.change,
    transferee: before.transferee,
  };
}

/** The same server with another office. */
export function withOffice({ durable, volatile }: ServerContext, change: Partial<Office>): ServerContext {
  const next = draftOf(volatile);
  next.office = Object.assign(officeDraft(volatile.office!), change);
  return { durable, volatile: next };
}

/** The log with other entries, and the group that follows from it. */
export function withLog({ durable, volatile }: ServerContext, log: readonly Entry[], server: string): ServerContext {
  const { term, votedFor, snapshot } = durable;
  const next: Durable = { term, votedFor, snapshot, log };
  return { durable: next, volatile: regrouped({ durable: next, volatile }, server) };
}

/** A server's memory with the group that its log says. */
export function regrouped({ durable, volatile }: ServerContext, server: string): Volatile {
  const { members, index } = membersAt(durable, lastIndexOf(durable));
  if (members === volatile.members) return volatile;
  return remembering(volatile, { members, membersIndex: index, place: placeOf(members, server) });
}

/** Enters a later term: nobody has this server's vote in it, and nobody is known to lead it. */
export function enterTerm({ durable, volatile }: ServerContext, term: number): ServerContext {
  const { snapshot, log } = durable;
  return { durable: { term, votedFor: null, snapshot, log }, volatile: remembering(volatile, { leader: '' }) };
}

/** What to do when a state is on disk. */
interface Afterwards {
  readonly to?: string;
  readonly reply?: Message;
  readonly campaign?: boolean;
}

/**
 * Writes the durable state to disk, then answers. Without fsync the answer goes out at once, the state counts as synced, and the disk gets it with
 * the next flush: what a crash in between takes has been promised.
 */
export function sync(context: ServerContext, effects: Effects, afterwards: Afterwards = {}): ServerContext {
  const { durable, volatile } = context;
  const { to = '', reply = null, campaign = false } = afterwards;
  const [term, index, logTerm] = [durable.term, lastIndexOf(durable), lastTermOf(durable)];
  if (!volatile.settings.fsync) {
    if (reply !== null) effects.push(send(to, reply));
    return { durable, volatile: remembering(volatile, { syncedTerm: term, syncedIndex: index }) };
  }
  const token: PersistToken = { to, reply, campaign, term, index, logTerm };
  effects.push({ type: 'disk.persist', token });
  return context;
}

/** The disk has the state of a token. Entries that another leader has replaced since do not count. `copy` makes the context that is changed. */
export function synced(
  context: ServerContext,
  { term, index, logTerm }: PersistToken,
  copy: (context: ServerContext) => OwnContext = ownCopy,
): ServerContext {
  const { durable, volatile } = context;
  const syncedTerm = Math.max(volatile.syncedTerm, term);
  const isKept = index > volatile.syncedIndex && termAt(durable, index) === logTerm;
  const syncedIndex = isKept ? index : volatile.syncedIndex;
  if (syncedTerm === volatile.syncedTerm && syncedIndex === volatile.syncedIndex) return context;
  const own = copy(context);
  own.volatile.syncedTerm = syncedTerm;
  own.volatile.syncedIndex = syncedIndex;
  return own;
}

/** Whether a leader was heard so lately that a server refuses to help to replace it (dissertation, section 4.2.3). */
export function hearsLeader({ heardUs, settings }: Volatile, { clockUs }: Environment): boolean {
  return heardUs !== null && clockUs - heardUs < settings.electionMinUs;
}
