import type { Value } from '../../kernel/value.ts';
import type { MessageMark } from '../scene.ts';
import type { Datum } from './datum.ts';
import type { HybridClock } from './hlc.ts';
import type { Vector } from './vectors.ts';

/** How concurrent writes to one key are brought together. */
export type Resolve = 'lww-wall' | 'lww-hlc' | 'siblings' | 'or-set' | 'pn-counter' | 'escrow';

/** What a key holds. */
export type Data = 'cart' | 'register' | 'counter';

/** A known bug, planted on purpose; `none` is the model as it should be. */
export type Mistake =
  | 'none'
  | 'apply-again'
  | 'remove-by-name'
  | 'merge-adds'
  | 'grant-without-deducting'
  | 'reuse-sequence';

/** What every region is told at its start. Times in microseconds. */
export type Config = {
  /** The hosts that accept writes, in ring order; the first is the hub of a star. */
  readonly regions: readonly string[];
  readonly topology: 'mesh' | 'ring' | 'star';
  readonly resolve: Resolve;
  readonly data: Data;
  /** How far the clock of each region is from true time. */
  readonly skewsUs: Readonly<Record<string, number>>;
  /** Whether an entry waits for the entries that its writer had seen. */
  readonly causal: boolean;
  /** The most that a counter may reach; 0: no limit. */
  readonly limit: number;
  readonly transferRights: boolean;
  readonly replicateEveryUs: number;
  readonly batch: number;
  /** How long a region waits for an acknowledgement before it sends again. */
  readonly retransmitUs: number;
  readonly gcGraceUs: number;
  readonly requestTimeoutUs: number;
  readonly mistake: Mistake;
};

/** What an update does, in the terms of the key's data. */
export type Act =
  | { readonly do: 'add' | 'remove'; readonly item: string }
  | { readonly do: 'write'; readonly value: Value }
  | { readonly do: 'delete' }
  | { readonly do: 'count'; readonly amount: number };

/** One operation of a client's script. It begins at `atUs` on the client's clock, or `waitUs` after the one before it ended. */
export type ScriptedOperation = {
  /** Undefined: a read. */
  readonly act?: Act;
  readonly key: string;
  /** The region that it goes to. */
  readonly via: string;
  readonly atUs: number;
  readonly waitUs: number;
};

/** One write in the log of the region that took it: the `seq`-th of `origin`. */
export type Entry = {
  readonly origin: string;
  readonly seq: number;
  readonly key: string;
  /** The client operation, such as `a14`; '' for rights handed from region to region. */
  readonly write: string;
  /** What its region had applied when it took the write. */
  readonly seen: Vector;
  /** What the client asked for; null for rights. Nothing but narration needs it. */
  readonly act: Act | null;
  /** What the write changes, to be merged with whatever is there. */
  readonly delta: Datum;
};

/** The newest write of each region that a key includes. */
export type Touched = Readonly<Record<string, { readonly seq: number; readonly write: string }>>;

/** What a region has under a key. */
export type Held = { readonly datum: Datum; readonly touched: Touched };
export type Store = Readonly<Record<string, Held>>;

// Client to region and back. `sequence` is the client's own number for the operation, from 1.
export type Read = { readonly type: 'Read'; readonly sequence: number; readonly key: string };
export type Update = {
  readonly type: 'Put' | 'Del';
  readonly sequence: number;
  readonly key: string;
  readonly act: Act;
  /** What the client had read of the key when siblings are kept. */
  readonly context: Vector;
};
export type ReadReply = {
  readonly type: 'ReadReply';
  readonly sequence: number;
  readonly value: Value;
  readonly siblings: number;
  readonly context: Vector;
  readonly touched: Touched;
};
export type UpdateReply = {
  readonly type: 'UpdateReply';
  readonly sequence: number;
  readonly origin: string;
  readonly seq: number;
  readonly context: Vector;
};
/** The region certainly did nothing. */
export type Refusal = { readonly type: 'Refusal'; readonly sequence: number };

/** Entries for a region that has everything in `base`; one that has not refuses them. `life` tells the sender's restarts apart. */
export type Replicate = {
  readonly type: 'Replicate';
  readonly base: Vector;
  readonly entries: readonly Entry[];
  readonly life: number;
};
/** What the sender has on disk. `refused`: the batch did not connect to it. */
export type Ack = { readonly type: 'Ack'; readonly vector: Vector; readonly refused: boolean };
/** A region is back, with this much, and asks for the rest; what it sent before is void. */
export type Resume = { readonly type: 'Resume'; readonly vector: Vector; readonly life: number };
/** A whole store: the answer to `Resume`, and for a region that lacks entries which no log holds any more. */
export type State = {
  readonly type: 'State';
  readonly vector: Vector;
  readonly store: Store;
  readonly clock: HybridClock;
};
export type RightsRequest = { readonly type: 'RightsRequest'; readonly key: string; readonly amount: number };

export type ProcessStarted = { readonly type: 'process.started' };
export type ProcessCrashed = { readonly type: 'process.crashed' };
export type ProcessRestarted = { readonly type: 'process.restarted' };

/** How each message is drawn. */
export const MESSAGE_MARKS: Readonly<Record<string, MessageMark>> = {
  Read: { glyph: 'circle', solid: false, family: 'read' },
  ReadReply: { glyph: 'circle', solid: true, family: 'value' },
  Put: { glyph: 'square', solid: true, family: 'write' },
  Del: { glyph: 'square', solid: true, family: 'write' },
  UpdateReply: { glyph: 'square', solid: false, family: 'ack' },
  Refusal: { glyph: 'square', solid: false, family: 'ack' },
  Replicate: { glyph: 'diamond', solid: true, family: 'repair' },
  State: { glyph: 'diamond', solid: true, family: 'repair' },
  Ack: { glyph: 'diamond', solid: false, family: 'tree' },
  Resume: { glyph: 'triangle', solid: false, family: 'control' },
  RightsRequest: { glyph: 'triangle', solid: false, family: 'control' },
};
