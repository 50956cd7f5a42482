import { invariant } from '../../kernel/invariant.ts';
import { type Seeds, type StopRule, type SweepJob, seedCount } from './job.ts';
import { blankState, Ledger, type SweepState } from './ledger.ts';
import type { FromWorker, ToWorker } from './serve.ts';

/** A worker as the pool sees it: a Web Worker, a worker thread, or a fake. */
export interface WorkerPort {
  post(message: ToWorker): void;
  terminate(): void;
}

/** What a worker tells the pool. Nothing may be called before `spawn` has returned. */
export interface PortListener {
  onMessage(message: FromWorker): void;
  /** The worker is gone or unusable, with the reason in words. */
  onDeath(reason: string): void;
}

/** Starts a worker that runs `serveSweep`. */
export type Spawn = (listener: PortListener) => WorkerPort;

/** What a sweep tells whoever started it. After `onDone` or `onError` it says nothing more. */
export interface SweepHandlers {
  /** After each chunk; `ran` seeds of `of` have run, in order or not. */
  onProgress?(ran: number, of: number): void;
  onDone(state: SweepState): void;
  /** A run broke, or a chunk kept ending its workers; `state` holds what was finished before. */
  onError(message: string, state: SweepState): void;
}

/** A sweep that is running. */
export interface RunningSweep {
  /** Ends it at once, in the middle of a run; no handler is called any more. */
  cancel(): void;
  /** What it has so far: enough to go on from later. */
  state(): SweepState;
}

/** Workers that one chunk may end before the sweep is given up: chance rarely strikes one chunk three times. */
const DEATHS_MAX = 3;

interface Slot {
  readonly port: WorkerPort;
  /** The sweep whose job this worker holds. */
  jobOf: number | undefined;
  /** What it runs now. */
  busy: { readonly sweep: number; readonly seeds: Seeds } | undefined;
}

interface Current {
  readonly number: number;
  readonly job: SweepJob;
  readonly ledger: Ledger;
  readonly handlers: SweepHandlers;
  /** First seed of a chunk → workers that ended while they ran it. */
  readonly deaths: Map<number, number>;
}

/** Spreads one sweep after the other over workers that it starts when needed and keeps until it is closed. */
export class SweepPool {
  readonly #spawn: Spawn;
  readonly #slots: (Slot | undefined)[];
  #sweeps = 0;
  #current: Current | undefined;

  constructor(spawn: Spawn, workers: number) {
    invariant(Number.isInteger(workers) && workers > 0, 'a pool has at least one worker', { workers });
    this.#spawn = spawn;
    this.#slots = Array.from({ length: workers });
  }

  /** Starts a sweep, or goes on with one from where it was. One at a time. The job must resolve: see `prepareJob`. */
  start(job: SweepJob, handlers: SweepHandlers, options: { stop?: StopRule; begun?: SweepState } = {}): RunningSweep {
    invariant(this.#current === undefined, 'a pool runs one sweep at a time');
    const ledger = new Ledger(job.seeds, options.stop ?? {}, options.begun ?? blankState(job.seeds));
    const current: Current = { number: this.#sweeps++, job, ledger, handlers, deaths: new Map() };
    this.#current = current;
    if (ledger.finished) this.#done(current);
    else this.#handOut();
    return {
      cancel: () => {
        if (this.#current !== current) return;
        this.#current = undefined;
        this.#endBusy();
      },
      state: () => ledger.state,
    };
  }

  /** Ends every worker. A running sweep is cancelled. */
  close(): void {
    this.#current = undefined;
    for (const slot of this.#slots) slot?.port.terminate();
    this.#slots.fill(undefined);
  }

  /** Gives every free worker a chunk, and starts workers while there are chunks for them. */
  #handOut(): void {
    for (let at = 0; at < this.#slots.length; at++) {
      const current = this.#current;
      if (current === undefined) return;
      if (this.#slots[at]?.busy !== undefined) continue;
      const seeds = current.ledger.take();
      if (seeds === undefined) return;
      this.#assign(this.#slots[at] ?? this.#fill(at), current, seeds);
    }
  }

  #assign(slot: Slot, { number: sweep, job }: Current, seeds: Seeds): void {
    slot.busy = { sweep, seeds };
    if (slot.jobOf !== sweep) {
      slot.jobOf = sweep;
      slot.port.post({ type: 'job', sweep, job });
    }
    slot.port.post({ type: 'chunk', sweep, seeds });
  }

  #fill(at: number): Slot {
    // A worker that was replaced or ended may still speak; it is not listened to any more.
    const here = () => (this.#slots[at]?.port === port ? this.#slots[at] : undefined);
    const port = this.#spawn({
      onMessage: (message) => {
        const slot = here();
        if (slot !== undefined) this.#receive(slot, message);
      },
      onDeath: (reason) => {
        const slot = here();
        if (slot !== undefined) this.#bury(at, slot, reason);
      },
    });
    const slot: Slot = { port, jobOf: undefined, busy: undefined };
    this.#slots[at] = slot;
    return slot;
  }

  #receive(slot: Slot, message: FromWorker): void {
    slot.busy = undefined;
    const current = this.#current;
    // An answer to a sweep that has ended early only frees its worker.
    if (current?.number === message.sweep) this.#settle(current, message);
    this.#handOut();
  }

  #settle(current: Current, message: FromWorker): void {
    const { ledger, handlers, job } = current;
    if (message.type === 'failed') {
      this.#fail(current, message.message);
      return;
    }
    ledger.accept(message.seeds, message.tally);
    handlers.onProgress?.(ledger.ran, seedCount(job.seeds));
    // The handler may have cancelled it.
    if (ledger.finished && this.#current === current) this.#done(current);
  }

  #bury(at: number, slot: Slot, reason: string): void {
    this.#slots[at] = undefined;
    slot.port.terminate();
    const current = this.#current;
    if (slot.busy !== undefined && slot.busy.sweep === current?.number) {
      const { seeds } = slot.busy;
      const deaths = (current.deaths.get(seeds.from) ?? 0) + 1;
      current.deaths.set(seeds.from, deaths);
      current.ledger.giveBack(seeds);
      if (deaths >= DEATHS_MAX) {
        this.#fail(current, `seeds ${seeds.from} to ${seeds.to} ended ${deaths} workers, the last with: ${reason}`);
        return;
      }
    }
    this.#handOut();
  }

  #done(current: Current): void {
    this.#current = undefined;
    current.handlers.onDone(current.ledger.state);
  }

  #fail(current: Current, message: string): void {
    this.#current = undefined;
    this.#endBusy();
    current.handlers.onError(message, current.ledger.state);
  }

  #endBusy(): void {
    for (const [at, slot] of this.#slots.entries()) {
      if (slot?.busy === undefined) continue;
      this.#slots[at] = undefined;
      slot.port.terminate();
    }
  }
}
