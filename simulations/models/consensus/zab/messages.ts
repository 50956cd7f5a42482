import type { Entry, StoreSnapshot } from '../messages.ts';

/** Identifies a transaction: the epoch of its primary, and its place among that primary's, from 1. {0, 0}: before the first. */
export type Zxid = { readonly epoch: number; readonly counter: number };

/** A transaction in a history; `term` is its epoch. */
export type Transaction = Entry & { readonly counter: number };

/** A prefix of a history as the state that it leads to; `term` and `counter` are the zxid of its last transaction. */
export type HistorySnapshot = StoreSnapshot & { readonly counter: number };

/** Whom a server wants for its leader, and why: the epoch that this one acknowledged last, and the last transaction in its history. */
export type Vote = { readonly leader: string; readonly epoch: number; readonly last: Zxid };

/** Leader election. Not `looking`: the sender has a leader, namely the one it names. */
export type Notification = {
  readonly type: 'Notification';
  readonly round: number;
  readonly vote: Vote;
  readonly looking: boolean;
};

/** Phase 1. A follower tells its prospective leader the last epoch that it agreed to. */
export type CEpoch = { readonly type: 'CEpoch'; readonly acceptedEpoch: number };
/** An epoch above all that a quorum agreed to. */
export type NewEpoch = { readonly type: 'NewEpoch'; readonly epoch: number };
/** The follower agrees to nothing of an earlier epoch any more. `counts` is false where it had agreed to this one before. `last` is where its history ends. */
export type AckEpoch = {
  readonly type: 'AckEpoch';
  readonly epoch: number;
  readonly counts: boolean;
  readonly currentEpoch: number;
  readonly last: Zxid;
};

/** Phase 2. Keep your history up to `after` (or take the snapshot instead), and let these follow. The last `counter` of them are of the new epoch. */
export type NewLeader = {
  readonly type: 'NewLeader';
  readonly epoch: number;
  /** False, a mistake: there is no history in it, and the follower goes on with its own. */
  readonly synchronises: boolean;
  readonly after: Zxid;
  readonly snapshot: HistorySnapshot | null;
  readonly entries: readonly Transaction[];
  readonly counter: number;
};
/** The follower has the leader's history on disk. */
export type AckNewLeader = { readonly type: 'AckNewLeader'; readonly epoch: number; readonly counter: number };

/** Phase 3. */
export type Propose = { readonly type: 'Propose'; readonly epoch: number; readonly entry: Transaction };
/** The follower has everything up to that transaction on disk. */
export type Ack = { readonly type: 'Ack'; readonly epoch: number; readonly counter: number };
/** Everything up to that transaction may be delivered; 0: the history that the epoch began with. */
export type Commit = { readonly type: 'Commit'; readonly epoch: number; readonly counter: number };

/** The leader is there. `counter`: its last proposal; `commit`: the last one that is committed. */
export type Ping = {
  readonly type: 'Ping';
  readonly epoch: number;
  readonly counter: number;
  readonly commit: number;
  readonly round: number;
};
export type Pong = { readonly type: 'Pong'; readonly epoch: number; readonly counter: number; readonly round: number };

/** A follower asks how far it must be to answer a read. */
export type Sync = {
  readonly type: 'Sync';
  readonly epoch: number;
  readonly client: string;
  readonly sequence: number;
};
export type Synced = {
  readonly type: 'Synced';
  readonly epoch: number;
  readonly client: string;
  readonly sequence: number;
  readonly counter: number;
};

/** What servers of this protocol send each other. */
export type ZabMessage =
  | Notification
  | CEpoch
  | NewEpoch
  | AckEpoch
  | NewLeader
  | AckNewLeader
  | Propose
  | Ack
  | Commit
  | Ping
  | Pong
  | Sync
  | Synced;
