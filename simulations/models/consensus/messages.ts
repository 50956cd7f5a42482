import type { Value } from '../../kernel/value.ts';
import type { MessageMark } from '../scene.ts';

/** Who votes and who only receives. `outgoing` is empty except in a joint configuration; then a decision needs a majority of `voters` and one of `outgoing`. */
export type Members = {
  readonly voters: readonly string[];
  readonly outgoing: readonly string[];
  readonly learners: readonly string[];
  /** Voters of `outgoing` that become learners when the joint configuration is left. */
  readonly learnersNext: readonly string[];
};

/** What an entry does to the state machine, or to the group itself. */
export type Command =
  | { readonly kind: 'noop' }
  | { readonly kind: 'read'; readonly key: string }
  | { readonly kind: 'write'; readonly key: string; readonly value: Value }
  | { readonly kind: 'cas'; readonly key: string; readonly from: Value; readonly to: Value }
  | { readonly kind: 'members'; readonly members: Members };

/** One place of the replicated log. `term` is the number of the leader that put it there: a term, a ballot or an epoch. `client` and `sequence` name the request that it came from; '' and 0 for the leader's own entries. */
export type Entry = {
  readonly index: number;
  readonly term: number;
  readonly client: string;
  readonly sequence: number;
  readonly command: Command;
};

/** How a read is answered. */
export type ReadMode = 'log' | 'readIndex' | 'lease' | 'local';

/** What every server is told at its start. Times in microseconds. */
export type Settings = {
  /** All servers, those outside the first configuration included, in ring order. */
  readonly servers: readonly string[];
  /** The voters of the first configuration. */
  readonly voters: readonly string[];
  readonly electionMinUs: number;
  /** From the shortest to the longest: what an election timer is drawn from. */
  readonly electionUs: readonly [number, number];
  readonly heartbeatUs: number;
  /** False: answers before the disk has it; the disk is written every `flushEveryUs`. */
  readonly fsync: boolean;
  readonly flushEveryUs: number;
  /** False, a mistake: a vote is answered before it is on disk, and not written for its own sake. */
  readonly votePersist: boolean;
  readonly preVote: boolean;
  readonly checkQuorum: boolean;
  readonly read: ReadMode;
  /** How long a leader may answer reads alone after a majority heard from it, on its own clock. */
  readonly leaseUs: number;
  readonly commitRule: 'currentTerm' | 'anyTerm';
  readonly membership: 'joint' | 'single' | 'naive';
  /** False, a mistake: a leader changes the group before an entry of its own term is committed. */
  readonly singleChangeGuard: boolean;
  /** Applied entries between two snapshots; 0: none is ever taken. */
  readonly snapshotEvery: number;
  /** False, a mistake: snapshots lack the sessions of clients. */
  readonly snapshotSessions: boolean;
  readonly quorum: 'majority' | 'half';
  /** Entries in one message at most. */
  readonly batchMax: number;
  /** Paxos: how many slots after the last one that is applied may be under way. */
  readonly window: number;
  /** Paxos. False, a mistake: a proposer ignores what acceptors had accepted before. */
  readonly adoptAccepted: boolean;
  /** Zab. False, a mistake: a new leader broadcasts without making its followers' histories like its own. */
  readonly epochSync: boolean;
  /** Over how many regions servers and clients are spread. */
  readonly regions: number;
};

/** One key as the state machine holds it: its value, the write that made it, and that write's place in the log. */
export type Cell = { readonly key: string; readonly value: Value; readonly write: string; readonly index: number };

/** What the state machine answered to one command: `ok` is false for a compare-and-set that found something else. */
export type Result = { readonly ok: boolean; readonly value: Value; readonly write: string; readonly index: number };

/** The latest command of one client, so that a repeated request is answered and not carried out again (dissertation, section 6.3). */
export type ClientSession = { readonly client: string; readonly sequence: number; readonly result: Result };

/** The key-value store with its sessions: what the log is for. */
export type Machine = { readonly cells: readonly Cell[]; readonly sessions: readonly ClientSession[] };

/** A prefix of the log, up to and with `index`, as the state that it leads to. `term` is the last entry's term, ballot or epoch. */
export type StoreSnapshot = { readonly index: number; readonly term: number; readonly machine: Machine };

/** Raft's also holds the group as of that entry. */
export type LogSnapshot = StoreSnapshot & { readonly members: Members };

// Between clients and servers. `sequence` is the client's own number for the operation, from 1; a repeated request keeps it.
export type ReadRequest = { readonly type: 'Read'; readonly sequence: number; readonly key: string };
export type WriteRequest = {
  readonly type: 'Write';
  readonly sequence: number;
  readonly key: string;
  readonly value: Value;
};
export type CasRequest = {
  readonly type: 'Cas';
  readonly sequence: number;
  readonly key: string;
  readonly from: Value;
  readonly to: Value;
};
/** Asks for another group: exactly these voters and learners. */
export type ChangeRequest = {
  readonly type: 'ChangeMembers';
  readonly sequence: number;
  readonly voters: readonly string[];
  readonly learners: readonly string[];
};
export type TransferRequest = { readonly type: 'Transfer'; readonly sequence: number; readonly target: string };
export type ReadReply = { readonly type: 'ReadReply'; readonly sequence: number; readonly result: Result };
export type WriteReply = { readonly type: 'WriteReply'; readonly sequence: number; readonly result: Result };
/** A change of the group or of its leader is done, or why it cannot be. */
export type ChangeReply = { readonly type: 'ChangeReply'; readonly sequence: number; readonly refused: string };
/** Ask somebody else; '' when this server knows no leader. */
export type Redirect = { readonly type: 'Redirect'; readonly sequence: number; readonly leader: string };

// Between servers: Raft, figure 2 and section 9.6 (pre-vote) of the dissertation.
export type VoteRequest = {
  readonly type: 'PreVote' | 'RequestVote';
  readonly term: number;
  readonly lastIndex: number;
  readonly lastTerm: number;
  /** The leader itself asked for this election: nobody waits for its silence. */
  readonly transfer: boolean;
};
export type VoteReply = {
  readonly type: 'PreVoteReply' | 'VoteReply';
  readonly term: number;
  readonly granted: boolean;
};
/** AppendEntries; `Heartbeat` is one without entries. `round` and `sentUs` come back in the reply: for read index and lease. */
export type Append = {
  readonly type: 'AppendEntries' | 'Heartbeat';
  readonly term: number;
  readonly prevIndex: number;
  readonly prevTerm: number;
  readonly entries: readonly Entry[];
  readonly commit: number;
  readonly round: number;
  readonly sentUs: number;
};
/** `index`: on success the last entry that is on the follower's disk and in the leader's log, else the place to look at next, with `hintTerm`. */
export type AppendReply = {
  readonly type: 'AppendReply' | 'HeartbeatReply' | 'SnapshotReply';
  readonly term: number;
  readonly success: boolean;
  readonly index: number;
  readonly hintTerm: number;
  /** The `prevIndex` that was refused; 0 on success. */
  readonly refused: number;
  readonly round: number;
  readonly sentUs: number;
};
export type InstallSnapshot = {
  readonly type: 'InstallSnapshot';
  readonly term: number;
  readonly snapshot: LogSnapshot;
  readonly round: number;
  readonly sentUs: number;
};
/** The leader hands over: begin an election at once. */
export type TimeoutNow = { readonly type: 'TimeoutNow'; readonly term: number };

export type ProcessStarted = { readonly type: 'process.started' };
export type ProcessCrashed = { readonly type: 'process.crashed' };
export type ProcessRestarted = { readonly type: 'process.restarted' };

const control: MessageMark = { glyph: 'triangle', solid: false, family: 'control' };
const election: MessageMark = { glyph: 'triangle', solid: false, family: 'election' };

/** How each message is drawn: solid carries a value, hollow carries none. */
export const MESSAGE_MARKS: Readonly<Record<string, MessageMark>> = {
  Read: { glyph: 'circle', solid: false, family: 'read' },
  ReadReply: { glyph: 'circle', solid: true, family: 'value' },
  Write: { glyph: 'square', solid: true, family: 'write' },
  Cas: { glyph: 'square', solid: true, family: 'write' },
  WriteReply: { glyph: 'square', solid: false, family: 'ack' },
  AppendEntries: { glyph: 'square', solid: true, family: 'entries' },
  AppendReply: { glyph: 'square', solid: false, family: 'ack' },
  InstallSnapshot: { glyph: 'diamond', solid: true, family: 'snapshot' },
  SnapshotReply: { glyph: 'diamond', solid: false, family: 'snapshot' },
  PreVote: election,
  PreVoteReply: election,
  RequestVote: election,
  VoteReply: election,
  Heartbeat: control,
  HeartbeatReply: control,
  TimeoutNow: control,
  Redirect: control,
  ChangeMembers: control,
  Transfer: control,
  ChangeReply: control,
  // Paxos.
  Prepare: election,
  Promise: election,
  Nack: control,
  Accept: { glyph: 'square', solid: true, family: 'entries' },
  Accepted: { glyph: 'square', solid: false, family: 'ack' },
  LearnRequest: control,
  Learn: { glyph: 'diamond', solid: true, family: 'learn' },
  // Zab.
  Notification: election,
  CEpoch: election,
  NewEpoch: election,
  AckEpoch: election,
  NewLeader: { glyph: 'diamond', solid: true, family: 'history' },
  AckNewLeader: { glyph: 'diamond', solid: false, family: 'history' },
  Propose: { glyph: 'square', solid: true, family: 'entries' },
  Ack: { glyph: 'square', solid: false, family: 'ack' },
  Commit: control,
  Ping: control,
  Pong: control,
  Sync: control,
  Synced: control,
};
