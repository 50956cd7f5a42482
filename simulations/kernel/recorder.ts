import type { Effect, ProcessId } from './behavior.ts';
import { Digest } from './digest.ts';
import type { ActiveFault } from './faults.ts';
import type { HostRecord, ProcessRecord } from './host.ts';
import { OperationLog } from './operations.ts';
import type { Pending } from './queue.ts';
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

/** What a recorder keeps. */
export interface RecorderOptions {
  /** Keep operations, notes, faults and message counts, which checks need. A replay keeps none of them twice. */
  readonly records: boolean;
  /** Keep every step in a trace. */
  readonly trace: boolean;
  /** Fold every step into the digest. */
  readonly digest: boolean;
  /** Called after each step, with the world as the step left it. */
  readonly observe?: (world: WorldView, step: StepView) => void;
}

/** Keeps what a run leaves behind. */
export class Recorder {
  readonly trace = new Trace();
  readonly operations = new OperationLog();
  readonly notes: NoteView[] = [];
  readonly names: ProcessName[] = [];
  readonly messages: Record<string, { sent: number; lost: number }> = {};
  readonly faults: (ActiveFault & { untilUs: number })[] = [];
  readonly #digest = new Digest();
  readonly #options: RecorderOptions;
  #world: World | undefined;
  #last:
    | {
        kind: StepKind;
        process: ProcessRecord | undefined;
        host: HostRecord | undefined;
        cause: number;
        pending: Pending | undefined;
      }
    | undefined;
  #lastView: StepView | undefined;

  constructor(options: RecorderOptions) {
    this.#options = options;
  }

  /** A name is the same in a replay, so it may be given again. */
  named(index: number, id: ProcessId, role: string, host: number): void {
    this.names[index] = { id, role, host };
  }

  sent(type: string): void {
    if (!this.#options.records) return;
    const count = this.messages[type];
    if (count === undefined) this.messages[type] = { sent: 1, lost: 0 };
    else count.sent++;
  }

  effect(world: World, process: ProcessRecord, effect: Effect): void {
    if (!this.#options.records) return;
    if (effect.type === 'client.invoke') this.operations.invoke(process.id, effect, world.nowUs, world.step);
    else if (effect.type === 'client.complete') this.operations.complete(process.id, effect, world.nowUs, world.step);
    else if (effect.type === 'note') {
      const { name, data } = effect;
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
    const processIndex = process?.index ?? -1;
    if (kind === 'lost' && options.records) this.messages[pending!.message!.type]!.lost++;
    if (options.trace) this.trace.push(kind, world.nowUs, processIndex, host?.index ?? -1, cause, pending);
    if (options.digest) this.#fold(world, kind, processIndex, host?.index ?? -1, cause, pending);
    this.#world = world;
    this.#last = { kind, process, host, cause, pending };
    this.#lastView = undefined;
    if (options.observe !== undefined) options.observe(world.view, this.lastStep()!);
  }

  /** The step that has just been made. */
  lastStep(): StepView | undefined {
    const last = this.#last;
    const world = this.#world;
    if (last === undefined || world === undefined) return undefined;
    this.#lastView ??= stepView(world, last, world.step - 1);
    return this.#lastView;
  }

  /** The digest of everything so far: sixteen hexadecimal digits. */
  digest(): string {
    return this.#digest.hex();
  }

  #fold(
    world: World,
    kind: StepKind,
    process: number,
    host: number,
    cause: number,
    pending: Pending | undefined,
  ): void {
    const digest = this.#digest;
    digest.word(kindCode(kind));
    digest.integer(world.nowUs);
    digest.word(process * 1024 + host);
    digest.word(cause);
    if (pending !== undefined) {
      if (pending.message !== undefined) digest.value(pending.message);
      if (pending.timer !== '') digest.text(pending.timer);
      if (pending.token !== null) digest.value(pending.token);
      if (pending.lostTo !== undefined) digest.text(pending.lostTo);
    }
    const effects = world.effects;
    for (let at = 0; at < effects.length; at++) {
      const effect = effects[at]!;
      if (effect.type === 'note' || effect.type === 'client.complete') digest.value(effect);
    }
  }
}

/** A step in full, from what the world and the recorder know at that moment. */
export function stepView(
  world: World,
  last: {
    readonly kind: StepKind;
    readonly process: ProcessRecord | undefined;
    readonly host: HostRecord | undefined;
    readonly cause: number;
    readonly pending: Pending | undefined;
  },
  index: number,
): StepView {
  const { kind, process, host, cause, pending } = last;
  const message = pending?.message;
  const isFault = kind === 'fault.begin' || kind === 'fault.end';
  return {
    index,
    atUs: world.nowUs,
    kind,
    process: process?.id ?? '',
    host: host?.id ?? '',
    cause,
    ...(message !== undefined && {
      from: pending!.sender,
      fromHost: world.hosts[pending!.from]!.id,
      to: pending!.to,
      message,
      sentUs: pending!.sentUs,
      duplicate: pending!.duplicate,
      heldUs: pending!.heldUs,
    }),
    ...(pending?.lostTo !== undefined && { lostTo: pending.lostTo }),
    ...(kind === 'timer' && { timer: pending!.timer }),
    ...(kind === 'persisted' && { token: pending!.token }),
    ...(isFault && { fault: faultOf(world, pending!) }),
    effects: world.effects.slice(),
  };
}

function faultOf(world: World, pending: Pending): ActiveFault {
  const fault = world.setup.faults[pending.target]!;
  const active = world.field.active.find((candidate) => candidate.fault === fault);
  return active ?? { fault, sinceUs: world.nowUs, sides: [] };
}
