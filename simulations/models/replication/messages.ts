import type { OperationName } from '../../kernel/history.ts';
import type { Value } from '../../kernel/value.ts';
import type { MessageMark } from '../scene.ts';
import type { Entry, EpochStart, Position } from './wal.ts';

/** A known bug, planted on purpose; `none` is the model as it should be. */
type Mistake = 'none' | 'ack-before-flush' | 'follow-without-rewind';

/** What an acknowledgement of a follower says that it has done with an entry. */
type AckPoint = 'received' | 'flushed' | 'applied';

/** Where reads go. */
export type Routing = 'leader' | 'any' | 'sticky' | 'token';

/** What every process of the cluster is told at its start. Times in microseconds. */
export type Config = {
  /** Every node that holds the log; the first leads epoch 1. */
  readonly nodes: readonly string[];
  readonly monitor: string;
  /** How many followers must acknowledge an entry before the client hears of it; 0: asynchronous. */
  readonly acksNeeded: number;
  readonly ackPoint: AckPoint;
  /** How long an entry may wait for followers before the leader goes on without them; 0: for ever. */
  readonly degradeAfterUs: number;
  readonly fencing: boolean;
  readonly promote: 'freshest' | 'any';
  readonly routing: Routing;
  /** How long entries wait at the leader before the nearest follower is sent them, and the farthest; the others lie between. */
  readonly lagMinUs: number;
  readonly lagMaxUs: number;
  readonly applyDelayUs: number;
  readonly heartbeatEveryUs: number;
  readonly suspectAfterUs: number;
  /** How long a node that catches up waits for the leader before it asks again. */
  readonly joinEveryUs: number;
  readonly requestTimeoutUs: number;
  readonly retryEveryUs: number;
  readonly mistake: Mistake;
};

/** One operation of a client's script. It begins at `atUs` on the client's clock, or `waitUs` after the one before it ended. */
export type ScriptedOperation = {
  readonly f: Extract<OperationName, 'read' | 'write'>;
  readonly key: string;
  readonly value: Value;
  /** The node that a read goes to, where routing leaves the choice. */
  readonly via: string;
  readonly atUs: number;
  readonly waitUs: number;
};

// Client to node and back. `sequence` is the client's own number for the operation, from 1.
export type Write = { readonly type: 'Write'; readonly sequence: number; readonly key: string; readonly value: Value };
/** `token`: the newest place of the log that the client has seen; the answer must not be older. Null: anything will do. */
export type Read = {
  readonly type: 'Read';
  readonly sequence: number;
  readonly key: string;
  readonly at: 'leader' | 'any';
  readonly token: Position | null;
};
export type WriteReply = { readonly type: 'WriteReply'; readonly sequence: number; readonly position: Position };
/** `entry` null: nothing was ever written. `position`: how far the node had applied the log. */
export type ReadReply = {
  readonly type: 'ReadReply';
  readonly sequence: number;
  readonly entry: Entry | null;
  readonly position: Position;
};
/** Not done, and certainly not done later: this node does not lead, or may not. */
export type NotLeader = {
  readonly type: 'NotLeader';
  readonly sequence: number;
  readonly epoch: number;
  readonly leader: string | null;
};
/** The place that the token names is no longer part of the log. */
export type TokenLost = { readonly type: 'TokenLost'; readonly sequence: number };

// Leader to follower and back.
/** Entries after `prev`; with none it asks where the follower is. */
export type Append = {
  readonly type: 'Append';
  readonly epoch: number;
  readonly prev: Position;
  readonly entries: readonly Entry[];
};
export type AppendAck = {
  readonly type: 'AppendAck';
  readonly epoch: number;
  readonly received: number;
  readonly flushed: number;
  readonly applied: number;
};
/** A node that wants to follow says what it holds. */
export type Join = {
  readonly type: 'Join';
  readonly epoch: number;
  readonly length: number;
  readonly epochs: readonly EpochStart[];
};
/** The answer where the logs part: cut off everything after this LSN. */
export type Rewind = { readonly type: 'Rewind'; readonly epoch: number; readonly lsn: number };

// Failover monitor to nodes and clients, and back.
/** `serving`: it takes writes; otherwise it asks for a lease, or waits until its log is committed. */
export type Heartbeat = {
  readonly type: 'Heartbeat';
  readonly epoch: number;
  readonly sentUs: number;
  readonly serving: boolean;
};
/** Renews the lease from the moment at which the heartbeat was sent, on the leader's own clock. */
export type HeartbeatAck = { readonly type: 'HeartbeatAck'; readonly epoch: number; readonly sentUs: number };
export type Fence = { readonly type: 'Fence'; readonly epoch: number };
export type FenceAck = { readonly type: 'FenceAck'; readonly epoch: number };
/** Asks a node for the end of its log, and to take no more entries of earlier epochs. */
export type Ask = { readonly type: 'Ask'; readonly epoch: number };
export type AskReply = { readonly type: 'AskReply'; readonly epoch: number; readonly position: Position };
export type Promote = { readonly type: 'Promote'; readonly epoch: number };
export type NewLeader = { readonly type: 'NewLeader'; readonly epoch: number; readonly leader: string };
export type WhoLeads = { readonly type: 'WhoLeads' };

export type ProcessStarted = { readonly type: 'process.started' };
export type ProcessCrashed = { readonly type: 'process.crashed' };
export type ProcessRestarted = { readonly type: 'process.restarted' };

const control: MessageMark = { glyph: 'triangle', solid: false, family: 'control' };
const read = (solid: boolean): MessageMark => ({ glyph: 'circle', solid, family: solid ? 'value' : 'read' });
const write = (solid: boolean): MessageMark => ({ glyph: 'square', solid, family: solid ? 'write' : 'ack' });
const repair = (solid: boolean): MessageMark => ({ glyph: 'diamond', solid, family: solid ? 'repair' : 'position' });

/** How each message is drawn: solid carries a value, hollow carries none. */
export const MESSAGE_MARKS: Readonly<Record<string, MessageMark>> = {
  Read: read(false),
  ReadReply: read(true),
  TokenLost: read(false),
  Write: write(true),
  WriteReply: write(false),
  Append: write(true),
  AppendAck: write(false),
  Join: repair(false),
  Ask: repair(false),
  AskReply: repair(false),
  Rewind: repair(true),
  NotLeader: control,
  Heartbeat: control,
  HeartbeatAck: control,
  Fence: control,
  FenceAck: control,
  Promote: control,
  NewLeader: control,
  WhoLeads: control,
};
