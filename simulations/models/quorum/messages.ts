import type { OperationName } from '../../kernel/history.ts';
import type { Value } from '../../kernel/value.ts';
import type { MessageMark } from '../scene.ts';
import type { Cell, Cells, Clocks, HybridClock, VersionKind } from './versions.ts';

/** A known bug, planted on purpose; `none` is the model as it should be. */
export type Mistake =
  | 'none'
  | 'purge-before-grace'
  | 'hint-overwrites-newer'
  | 'repair-resurrects-delete'
  | 'coordinator-counts-own-ack-twice';

/** What every process of the cluster is told at its start. Times in microseconds. */
export type Config = {
  /** The N hosts that own every key, in ring order. */
  readonly replicas: readonly string[];
  /** Further nodes, which only hold hints. */
  readonly spares: readonly string[];
  readonly readQuorum: number;
  readonly writeQuorum: number;
  readonly sloppy: boolean;
  readonly version: VersionKind;
  readonly readRepair: 'off' | 'async' | 'blocking';
  readonly requestTimeoutUs: number;
  /** How long a coordinator waits before it hands a hint to another node; 0: no hints. */
  readonly hintAfterUs: number;
  readonly hintEveryUs: number;
  readonly hintTtlUs: number;
  readonly gcGraceUs: number;
  readonly antiEntropyEveryUs: number;
  readonly mistake: Mistake;
};

/** Where the requests of a client are coordinated: on a replica, or in the client's own library. */
export type CoordinatorAt = 'replica' | 'client';

/** One operation of a client's script. It begins at `atUs` on the client's clock, or `waitUs` after the one before it ended. */
export type ScriptedOperation = {
  readonly f: Extract<OperationName, 'read' | 'write' | 'delete'>;
  readonly key: string;
  readonly value: Value;
  /** The coordinator's host. */
  readonly via: string;
  readonly atUs: number;
  readonly waitUs: number;
};

// Client to coordinator and back. `sequence` is the client's own number for the operation, from 1.
type Asked = { readonly sequence: number; readonly key: string; readonly seen: HybridClock };
export type ReadRequest = { readonly type: 'Read' } & Asked;
export type WriteRequest = {
  readonly type: 'Write' | 'Delete';
  readonly value: Value;
  readonly context: Clocks;
} & Asked;
export type ReadReply = { readonly type: 'ReadReply'; readonly sequence: number; readonly cells: Cells };
export type WriteReply = { readonly type: 'WriteReply'; readonly sequence: number; readonly cell: Cell };

// Coordinator to replica and back. The four legs of the WARS model are RWrite, RAck, RRead and RResp.
export type RWrite = { readonly type: 'RWrite'; readonly key: string; readonly cell: Cell };
export type RAck = { readonly type: 'RAck' };
export type RRead = { readonly type: 'RRead'; readonly key: string };
export type RResp = { readonly type: 'RResp'; readonly cells: Cells };
/** The newest version seen by a read, for a replica that lacks it; `acknowledge` when the reader waits for it. */
export type Repair = {
  readonly type: 'Repair';
  readonly key: string;
  readonly cells: Cells;
  readonly acknowledge: boolean;
};
export type RepairAck = { readonly type: 'RepairAck' };

/** A write kept by one node for another, `target`, that did not answer. */
export type Hint = { readonly type: 'Hint'; readonly target: string; readonly key: string; readonly cell: Cell };
export type HintAck = { readonly type: 'HintAck'; readonly target: string };
export type HintReplay = { readonly type: 'HintReplay'; readonly key: string; readonly cell: Cell };
export type HintReplayAck = { readonly type: 'HintReplayAck'; readonly write: string };

/** A replica is back and asks for its hints. */
export type Rejoin = { readonly type: 'Rejoin' };
export type RejoinAck = { readonly type: 'RejoinAck' };

// Anti-entropy, between the processes of two hosts and between a process and its own replica.
export type TreeRead = { readonly type: 'TreeRead' };
export type Tree = { readonly type: 'Tree'; readonly tree: readonly number[] };
export type MerkleRoot = { readonly type: 'MerkleRoot'; readonly root: number };
/** The answer: empty when the roots agree, else the whole tree below the root. */
export type MerkleRange = { readonly type: 'MerkleRange'; readonly tree: readonly number[] };
export type RangesRead = { readonly type: 'RangesRead'; readonly ranges: readonly number[] };
export type Ranges = { readonly type: 'Ranges'; readonly entries: Entries };
/** Versions of the ranges that differ; `exchange` asks for the receiver's own in return. */
export type MerkleStream = {
  readonly type: 'MerkleStream';
  readonly ranges: readonly number[];
  readonly entries: Entries;
  readonly exchange: boolean;
};
export type Entries = readonly { readonly key: string; readonly cells: Cells }[];

export type ProcessStarted = { readonly type: 'process.started' };
export type ProcessCrashed = { readonly type: 'process.crashed' };
export type ProcessRestarted = { readonly type: 'process.restarted' };

/** The latency of this message type is the W leg of the fitted distributions; all others share A = R = S. */
export const WRITE_LEG = 'RWrite';

const read = (solid: boolean): MessageMark => ({ glyph: 'circle', solid, family: solid ? 'value' : 'read' });
const write = (solid: boolean): MessageMark => ({ glyph: 'square', solid, family: solid ? 'write' : 'ack' });
const repair = (solid: boolean): MessageMark => ({ glyph: 'diamond', solid, family: solid ? 'repair' : 'tree' });
const control: MessageMark = { glyph: 'triangle', solid: false, family: 'control' };

/** How each message is drawn: solid carries a value, hollow carries none. */
export const MESSAGE_MARKS: Readonly<Record<string, MessageMark>> = {
  Read: read(false),
  RRead: read(false),
  ReadReply: read(true),
  RResp: read(true),
  Write: write(true),
  Delete: write(true),
  RWrite: write(true),
  WriteReply: write(false),
  RAck: write(false),
  HintAck: write(false),
  HintReplayAck: write(false),
  RepairAck: write(false),
  Repair: repair(true),
  Hint: repair(true),
  HintReplay: repair(true),
  MerkleStream: repair(true),
  Ranges: repair(true),
  MerkleRoot: repair(false),
  MerkleRange: repair(false),
  Tree: repair(false),
  TreeRead: control,
  RangesRead: control,
  Rejoin: control,
  RejoinAck: control,
};
