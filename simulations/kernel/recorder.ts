import type { Effect, ProcessId } from './behavior.ts';
import { Digest } from './digest.ts';
import type { ActiveFault } from './faults.ts';
import type { HostRecord, ProcessRecord } from './host.ts';
import { OperationLog } from './operations.ts';
import type { Flying, Pending } from './queue.ts';
import type { Micros } from './time.ts';
import { kindCode, Trace } from './trace.ts';
import type { NoteView, StepKind, StepView, WorldView } from './view.ts';
import type { World } from './world.ts';

/** Which process an index stands for. */
export interface ProcessName {
  readonly id: ProcessId;
  readonly role: string;
  readonly host: number;
}

interface MessageCount {
  readonly type: string;
  sent: number;
  lost: number;
}

/** What a recorder keeps. */
export interface RecorderOptions {
  /** Keep operations, notes, faults and message counts, which checks need. A replay keeps none of them twice. */
  readonly records: boolean;
  /** Keep every step in a trace. */
  readonly trace: boolean;
  /** Fold every step into the digest. */
  readonly digest: boolean;
  /** Called after steps, with the world as the step left it and what its handler did. The step in full is made when asked for. */
  readonly observe?: (world: WorldView, effects: readonly Effect[], step: () => StepView) => void;
  /** Steps that leave no note of these names are not observed. Default: all are. */
  readonly observedNotes?: readonly string[] | undefined;
}

/** Keeps what a run leaves behind. */
export class Recorder {
  readonly trace = new Trace();
  readonly operations = new OperationLog();
  readonly notes: NoteView[] = [];
  readonly names: ProcessName[] = [];
  readonly faults: (ActiveFault & { untilUs: number })[] = [];
  readonly #digest = new Digest();
  readonly #options: RecorderOptions;
  /** The last step: its world, kind, process, host, cause and what it was about. */
  #world: World | undefined;
  #kind: StepKind = 'started';
  #process: ProcessRecord | undefined;
  #host: HostRecord | undefined;
  #cause = -1;
  #pending: Pending | undefined;
  #lastView: StepView | undefined;
  /** Whether the step under way has left a note that is observed. */
  #noted = false;
  /** By type, in the order of the first: a dozen at most, so that looking through them is faster than a table. */
  readonly #counts: MessageCount[] = [];
  readonly #lastStep = (): StepView => this.lastStep()!;

  constructor(options: RecorderOptions) {
    this.#options = options;
  }

  /** A name is the same in a replay, so it may be given again. Only a trace needs names: worlds have them. */
  named(index: number, id: ProcessId, role: string, host: number): void {
    if (!this.#options.trace) return;
    this.names[index] = { id, role, host };
  }

  sent(type: string): void {
    if (!this.#options.records) return;
    this.#countOf(type).sent++;
  }

  /** How many messages of each type were sent and lost. */
  get messages(): Readonly<Record<string, { readonly sent: number; readonly lost: number }>> {
    return Object.fromEntries(this.#counts.map(({ type, sent, lost }) => [type, { sent, lost }]));
  }

  #countOf(type: string): MessageCount {
    const counts = this.#counts;
    for (let at = 0; at < counts.length; at++) if (counts[at]!.type === type) return counts[at]!;
    const first = { type, sent: 0, lost: 0 };
    counts.push(first);
    return first;
  }

  effect(world: World, process: ProcessRecord, effect: Effect): void {
    if (!this.#options.records) return;
    if (effect.type === 'client.invoke') this.operations.invoke(process.id, effect, world.nowUs, world.step);
    else if (effect.type === 'client.complete') this.operations.complete(process.id, effect, world.nowUs, world.step);
    else if (effect.type === 'note') {
      const { name, data } = effect;
      if (this.#options.observedNotes?.includes(name)) this.#noted = true;
      this.notes.push({ step: world.step, atUs: world.nowUs, process: process.id, host: process.host, name, data });
    }
  }

  fault(active: ActiveFault): void {
    if (this.#options.records) this.faults.push({ ...active, untilUs: Number.POSITIVE_INFINITY });
  }

  faultEnded(active: ActiveFault, atUs: Micros): void {
    const entry = this.faults.find(
      (candidate) => candidate.fault === active.fault && candidate.sinceUs === active.sinceUs,
    );
    if (entry !== undefined) entry.untilUs = atUs;
  }

  /** Called by the world after each step. */
  step(
    world: World,
    kind: StepKind,
    process: ProcessRecord | undefined,
    host: HostRecord | undefined,
    cause: number,
    pending: Pending | undefined,
  ): void {
    const options = this.#options;
    const processIndex = process === undefined ? -1 : process.index;
    const hostIndex = host === undefined ? -1 : host.index;
    if (kind === 'lost' && options.records) this.#countOf((pending as Flying).message.type).lost++;
    const code = options.digest || options.trace ? kindCode(kind) : 0;
    if (options.digest) this.#fold(world, code, processIndex, hostIndex, cause, pending);
    if (options.trace) this.trace.push(code, world.nowUs, processIndex, hostIndex, cause, pending, this.#digest.mark);
    this.#world = world;
    this.#kind = kind;
    this.#process = process;
    this.#host = host;
    this.#cause = cause;
    this.#pending = pending;
    this.#lastView = undefined;
    if (options.observe === undefined) return;
    if (options.observedNotes === undefined || this.#noted) options.observe(world.view, world.effects, this.#lastStep);
    this.#noted = false;
  }

  /** The step that has just been made. */
  lastStep(): StepView | undefined {
    const world = this.#world;
    if (world === undefined) return undefined;
    this.#lastView ??= this.#view(world);
    return this.#lastView;
  }

  /** The digest of everything so far: sixteen hexadecimal digits. */
  digest(): string {
    return this.#digest.hex();
  }

  #fold(world: World, kind: number, process: number, host: number, cause: number, pending: Pending | undefined): void {
    const digest = this.#digest;
    digest.word(kind);
    digest.integer(world.nowUs);
    digest.word(process * 1024 + host);
    digest.word(cause);
    if (pending !== undefined) {
      if (pending.kind === 'deliver' || pending.kind === 'lose') {
        digest.value(pending.message);
        if (pending.lostTo !== undefined) digest.text(pending.lostTo);
      } else if (pending.kind === 'timer') digest.text(pending.timer);
      else if (pending.kind === 'persisted' && pending.token !== null) digest.value(pending.token);
    }
    const effects = world.effects;
    for (let at = 0; at < effects.length; at++) {
      const effect = effects[at]!;
      if (effect.type === 'note' || effect.type === 'client.complete') digest.value(effect);
    }
  }

  /** The last step in full. */
  #view(world: World): StepView {
    const [kind, cause, pending] = [this.#kind, this.#cause, this.#pending];
    const [index, atUs] = [world.step - 1, world.nowUs];
    const [process, host] = [this.#process?.id ?? '', this.#host?.id ?? ''];
    const { effects } = world;
    // Written out for the kinds that are many: properties ask for one step in three, and a spread takes longer than most of them.
    switch (pending?.kind) {
      case 'deliver':
      case 'lose': {
        const { sender: from, to, message, sentUs, duplicate, heldUs, lostTo } = pending;
        const fromHost = world.hosts[pending.from]!.id;
        const flight = { from, fromHost, to, message, sentUs, duplicate, heldUs };
        if (lostTo !== undefined) return { index, atUs, kind, process, host, cause, ...flight, lostTo, effects };
        return {
          index,
          atUs,
          kind,
          process,
          host,
          cause,
          from,
          fromHost,
          to,
          message,
          sentUs,
          duplicate,
          heldUs,
          effects,
        };
      }
      case 'timer':
        return { index, atUs, kind, process, host, cause, timer: pending.timer, effects };
      case 'persisted':
        return { index, atUs, kind, process, host, cause, token: pending.token, effects };
      default: {
        const isFault = kind === 'fault.begin' || kind === 'fault.end';
        const fault = isFault ? { fault: faultOf(world, pending!) } : {};
        return { index, atUs, kind, process, host, cause, ...fault, effects };
      }
    }
  }
}

function faultOf(world: World, pending: Pending): ActiveFault {
  const fault = world.setup.faults[pending.target]!;
  const active = world.field.active.find((candidate) => candidate.fault === fault);
  return active ?? { fault, sinceUs: world.nowUs, sides: [] };
}
