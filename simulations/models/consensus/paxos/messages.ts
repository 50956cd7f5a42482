import type { Entry, StoreSnapshot } from '../messages.ts';

/** Phase 1a: may this ballot go ahead? `from` is the first slot that the proposer does not know to be chosen. */
export type Prepare = { readonly type: 'Prepare'; readonly ballot: number; readonly from: number };

/** Phase 1b: the acceptor will accept nothing of a lower ballot, and this is what it has accepted, from the slot asked for on. `snapshot`: what lies before, where it has been put away. */
export type Promised = {
  readonly type: 'Promise';
  readonly ballot: number;
  readonly accepted: readonly Entry[];
  readonly snapshot: StoreSnapshot | null;
};

/** Phase 2a. Every slot up to `commit` is chosen. */
export type Accept = {
  readonly type: 'Accept';
  readonly ballot: number;
  readonly entry: Entry;
  readonly commit: number;
};

/** Phase 2b: the acceptor has the proposal on disk. */
export type Accepted = { readonly type: 'Accepted'; readonly ballot: number; readonly index: number };

/** The acceptor has promised a higher ballot. */
export type Nack = { readonly type: 'Nack'; readonly ballot: number; readonly promised: number };

/** The leader is there, and every slot up to `commit` is chosen. */
export type Heartbeat = {
  readonly type: 'Heartbeat';
  readonly ballot: number;
  readonly commit: number;
  readonly round: number;
};
export type HeartbeatReply = { readonly type: 'HeartbeatReply'; readonly ballot: number; readonly round: number };

/** A learner lacks what is chosen from this slot on. */
export type LearnRequest = { readonly type: 'LearnRequest'; readonly ballot: number; readonly from: number };

/** Values that are chosen. `commit`: how far the sender knows. */
export type Learn = {
  readonly type: 'Learn';
  readonly ballot: number;
  readonly entries: readonly Entry[];
  readonly snapshot: StoreSnapshot | null;
  readonly commit: number;
};

/** What servers of this protocol send each other. */
export type PaxosMessage =
  | Prepare
  | Promised
  | Accept
  | Accepted
  | Nack
  | Heartbeat
  | HeartbeatReply
  | LearnRequest
  | Learn;
