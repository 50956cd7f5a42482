import type { Effect, HostId, Message, ProcessId } from '../../kernel/behavior.ts';
import { invariant } from '../../kernel/invariant.ts';
import type { DiskPin, MessagePin, Schedule, TimerPin } from '../../kernel/schedule.ts';
import type { ProcessView, StepView } from '../../kernel/view.ts';
import type { Run } from '../../run/execute.ts';

/** A choice that chance made in a run. `operation` is the client operation that it was made for, by id; -1: none. */
interface Chosen {
  readonly operation: number;
  /** The step that asked for it. */
  readonly step: number;
}

/** A message between two hosts, the `nth` of its type from one to the other. `delayUs` is undefined where the run does not show it. */
export interface SentMessage extends Chosen {
  readonly from: HostId;
  readonly to: HostId;
  readonly type: string;
  readonly nth: number;
  readonly sentUs: number;
  readonly sender: ProcessId;
  readonly target: ProcessId;
  readonly message: Message;
  delayUs: number | undefined;
  lost: boolean;
  duplicateDelayUs: number | undefined;
  /** The step in which it, or its first copy, arrived or was lost; undefined while it was under way. */
  outcomeStep: number | undefined;
}

interface DiskWrite extends Chosen {
  readonly host: HostId;
  readonly nth: number;
  readonly askedUs: number;
  delayUs: number | undefined;
}

interface DrawnTimer extends Chosen {
  readonly process: ProcessId;
  readonly timer: string;
  readonly nth: number;
  readonly setUs: number;
  delayUs: number | undefined;
}

/** Every choice of a run, in the order in which they were made. */
export interface Recorded {
  readonly messages: readonly SentMessage[];
  readonly disks: readonly DiskWrite[];
  /** Timers with a delay from a range; the others leave no choice. */
  readonly timers: readonly DrawnTimer[];
}

/** Which client operation each step happened for: the one that the causes lead back to, by id; -1: none. */
export function operationOfSteps(run: Run): Int32Array {
  const { trace } = timelineOf(run);
  const operationOf = new Int32Array(trace.length).fill(-1);
  for (const { id, invokedStep } of run.record.operations) operationOf[invokedStep!] = id;
  for (let step = 0; step < trace.length; step++) {
    const cause = trace.cause(step);
    if (operationOf[step] === -1 && cause >= 0) operationOf[step] = operationOf[cause]!;
  }
  return operationOf;
}

/** Reads the choices of a run from its history. The run must have been executed with history. */
export function recordedIn(run: Run): Recorded {
  const timeline = timelineOf(run);
  const operationOf = operationOfSteps(run);
  const reader = new Reader(run);
  for (let step = 0; step < timeline.length; step++) {
    const view = timeline.step(step);
    const loss = timeline.trace.loss(step);
    reader.outcome(view, loss !== undefined && loss.why === 'cut' && loss.underway);
    for (const effect of view.effects) reader.effect(view, effect, operationOf[step]!);
    if (view.effects.some(isDrawnTimer)) reader.due(step, timeline.worldAt(step + 1).process(view.process));
  }
  timeline.worldAt(timeline.length);
  for (const { sentStep, toHost, message, arrivesUs, sentUs, duplicate } of run.record.end.inFlight) {
    reader.arrived({ cause: sentStep, toHost, message, delayUs: arrivesUs - sentUs, duplicate, lost: false });
  }
  return reader;
}

function timelineOf(run: Run) {
  invariant(run.timeline !== undefined, 'the choices of a run are read from its history');
  return run.timeline;
}

interface Arrival {
  readonly cause: number;
  readonly toHost: HostId;
  readonly message: unknown;
  readonly delayUs: number | undefined;
  readonly duplicate: boolean;
  readonly lost: boolean;
  readonly step?: number;
}

class Reader implements Recorded {
  readonly messages: SentMessage[] = [];
  readonly disks: DiskWrite[] = [];
  readonly timers: DrawnTimer[] = [];
  readonly #counts = new Map<string, number>();
  /** What was asked for and has not come, by the step that asked. */
  readonly #open = new Map<string, SentMessage[]>();
  readonly #writes = new Map<number, DiskWrite[]>();
  readonly #set = new Map<string, DrawnTimer>();
  readonly #faults: Run['record']['faults'];

  constructor({ record }: Run) {
    this.#faults = record.faults;
  }

  effect(view: StepView, effect: Effect, operation: number): void {
    const { index: step, host, atUs } = view;
    if (effect.type === 'send') {
      const to = hostOf(effect.to);
      if (to === host) return;
      const { type } = effect.message;
      const nth = this.#count(`${host}>${to}/${type}`);
      const ends = { sender: view.process, target: effect.to, message: effect.message };
      const unseen = { delayUs: undefined, lost: false, duplicateDelayUs: undefined, outcomeStep: undefined };
      const sent: SentMessage = { from: host, to, type, nth, operation, step, sentUs: atUs, ...ends, ...unseen };
      this.messages.push(sent);
      append(this.#open, wireName(step, to, effect.message), sent);
    } else if (effect.type === 'disk.persist') {
      const write: DiskWrite = { host, nth: this.#count(host), operation, step, askedUs: atUs, delayUs: undefined };
      this.disks.push(write);
      append(this.#writes, step, write);
    } else if (effect.type === 'timer.set') {
      const { name: timer } = effect;
      const nth = this.#count(`${view.process}/${timer}`);
      if (typeof effect.delayUs === 'number') return;
      const set: DrawnTimer = { process: view.process, timer, nth, operation, step, setUs: atUs, delayUs: undefined };
      this.timers.push(set);
      this.#set.set(`${step}/${timer}`, set);
    }
  }

  /** What a step shows of a choice made before. `cutAtOnce`: lost half way to a cut, which hides how long it would have taken. */
  outcome(view: StepView, cutAtOnce: boolean): void {
    const { kind, cause, atUs } = view;
    if ((kind === 'deliver' || kind === 'lost') && view.message !== undefined) {
      const delayUs = cutAtOnce ? undefined : atUs - view.sentUs!;
      const lost = view.lostTo === 'chance';
      const toHost = hostOf(view.to!);
      const duplicate = view.duplicate === true;
      this.arrived({ cause, toHost, message: view.message, delayUs, duplicate, lost, step: view.index });
    } else if (kind === 'persisted') {
      const write = this.#writes.get(cause)?.shift();
      if (write !== undefined) write.delayUs = atUs - write.askedUs;
    }
  }

  /** When the timers that a step set will ring, by the state after it: most are set anew before, and never do. */
  due(step: number, process: ProcessView | undefined): void {
    for (const { name, dueUs } of process?.timers ?? []) {
      const set = this.#set.get(`${step}/${name}`);
      if (set !== undefined) set.delayUs = localDelay(dueUs - set.setUs, this.#driftPpm(process!.host, set.setUs));
    }
  }

  arrived({ cause, toHost, message, delayUs, duplicate, lost, step }: Arrival): void {
    const same = this.#open.get(wireName(cause, toHost, message));
    const sent = same?.find((one) => (duplicate ? one.duplicateDelayUs : one.outcomeStep) === undefined);
    if (sent === undefined) return;
    if (duplicate) sent.duplicateDelayUs = delayUs;
    else Object.assign(sent, { delayUs, lost, outcomeStep: step });
  }

  #count(name: string): number {
    const count = (this.#counts.get(name) ?? 0) + 1;
    this.#counts.set(name, count);
    return count;
  }

  /** How much too fast the clock of a host ran at that time. */
  #driftPpm(host: HostId, atUs: number): number {
    let driftPpm = 0;
    for (const { fault, sides, sinceUs, untilUs } of this.#faults) {
      const { action } = fault;
      if (action.do !== 'clock' || atUs < sinceUs || atUs >= untilUs) continue;
      if (sides.some((side) => side.includes(host))) driftPpm += action.driftPpm;
    }
    return driftPpm;
  }
}

/** What a clock counts while a time passes: timers are set by the clock of their host, and so are their pins. */
function localDelay(trueUs: number, driftPpm: number): number {
  const rate = 1_000_000 + driftPpm;
  const nearUs = Math.round((trueUs * rate) / 1_000_000);
  const exactUs = [nearUs, nearUs - 1, nearUs + 1].find((us) => Math.round((us * 1_000_000) / rate) === trueUs);
  return exactUs ?? nearUs;
}

function wireName(step: number, to: HostId, message: unknown): string {
  return `${step} ${to} ${JSON.stringify(message)}`;
}

function isDrawnTimer(effect: Effect): boolean {
  return effect.type === 'timer.set' && typeof effect.delayUs !== 'number';
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

function hostOf(process: ProcessId): HostId {
  return process.split('/')[0]!;
}

/** A schedule that says of every choice what it was, so that chance has nothing left to say. */
export function pinned({
  messages,
  disks,
  timers,
}: Recorded): Required<Pick<Schedule, 'messages' | 'disks' | 'timers'>> {
  return {
    messages: messages.flatMap(({ from, to, type, nth, delayUs, lost, duplicateDelayUs }): MessagePin[] =>
      delayUs === undefined
        ? []
        : [
            {
              ...{ from, to, type, nth, delayUs },
              ...(lost && { lost }),
              ...(duplicateDelayUs !== undefined && { duplicateDelayUs }),
            },
          ],
    ),
    disks: disks.flatMap(({ host, nth, delayUs }): DiskPin[] =>
      delayUs === undefined ? [] : [{ host, nth, delayUs }],
    ),
    timers: timers.flatMap(({ process, timer, nth, delayUs }): TimerPin[] =>
      delayUs === undefined ? [] : [{ process, timer, nth, delayUs }],
    ),
  };
}

/** The schedule of the same run without some of its operations: what stays is counted anew. */
export function without(schedule: Schedule, recorded: Recorded, gone: ReadonlySet<number>): Schedule {
  const { messages = [], disks = [], timers = [] } = schedule;
  const sent = renumber(recorded.messages, gone, ({ from, to, type }) => `${from}>${to}/${type}`);
  const written = renumber(recorded.disks, gone, ({ host }) => host);
  return {
    ...schedule,
    messages: messages.flatMap((pin) => again(pin, sent.get(`${pin.from}>${pin.to}/${pin.type}#${pin.nth}`))),
    disks: disks.flatMap((pin) => again(pin, written.get(`${pin.host}#${pin.nth}`))),
    timers: timers.filter(({ process, timer, nth }) => {
      const set = recorded.timers.find((one) => one.process === process && one.timer === timer && one.nth === nth);
      return set === undefined || !gone.has(set.operation);
    }),
  };
}

const again = <P extends { readonly nth: number }>(pin: P, nth: number | undefined): P[] =>
  nth === undefined ? [] : [{ ...pin, nth }];

/** By old name and number: the number among those that stay. */
function renumber<C extends Chosen & { readonly nth: number }>(
  choices: readonly C[],
  gone: ReadonlySet<number>,
  nameOf: (choice: C) => string,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const numbers = new Map<string, number>();
  for (const choice of choices) {
    if (gone.has(choice.operation)) continue;
    const name = nameOf(choice);
    const nth = (counts.get(name) ?? 0) + 1;
    counts.set(name, nth);
    numbers.set(`${name}#${choice.nth}`, nth);
  }
  return numbers;
}
