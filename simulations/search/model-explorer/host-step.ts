import type { Behavior, Effect, Environment, HostId, ProcessEvent, ProcessId } from '../../kernel/behavior.ts';
import { invariant, unreachable } from '../../kernel/invariant.ts';
import type { StepKind } from '../../kernel/view.ts';
import type { HostState, Letter, ProcessState } from './host-state.ts';

/** What happens to a host: everything that can come from outside of it, or from its own disk and clocks. */
export type HostEvent =
  | { readonly type: 'start' }
  | ({ readonly type: 'deliver' } & Letter)
  /** A message to this host is lost on the way. */
  | ({ readonly type: 'lose' } & Letter)
  | { readonly type: 'timer'; readonly process: ProcessId; readonly timer: string }
  | { readonly type: 'persisted'; readonly process: ProcessId }
  | { readonly type: 'crash' }
  | { readonly type: 'restart' };

/** One step of the kernel's, as part of what an event sets off on a host. */
export interface SubStep {
  readonly kind: StepKind;
  /** '' when it is about the host. */
  readonly process: ProcessId;
  /** The message delivered or lost. */
  readonly letter?: Letter;
  readonly lostTo?: 'chance' | 'down' | 'gone';
  readonly timer?: string;
  readonly token?: PersistedToken;
  readonly effects: readonly Effect[];
  /** The host's processes after it. */
  readonly processes: readonly ProcessState[];
}

type PersistedToken = Extract<Effect, { type: 'disk.persist' }>['token'];

/** Everything that an event sets off on one host at that instant. */
export interface HostOutcome {
  readonly host: HostState;
  /** At least one. */
  readonly steps: readonly SubStep[];
  /** What went to other hosts, in order. */
  readonly sent: readonly Letter[];
  /** Processes that are no more. */
  readonly ended: readonly ProcessId[];
}

/** What a host's step depends on besides the host: the programs, the way to other hosts, and what the clock shows. */
export interface Surroundings {
  readonly behaviors: Readonly<Record<string, Behavior>>;
  hostOf(process: ProcessId): HostId;
  readonly clockUs: number;
}

const NO_EFFECTS: readonly Effect[] = [];
const STARTED: ProcessEvent = { type: 'process.started' };
const RESTARTED: ProcessEvent = { type: 'process.restarted' };
const CRASHED: ProcessEvent = { type: 'process.crashed' };

/**
 * One event on one host, and all that it sets off there without any time passing: messages between its own processes and the processes that it
 * starts, in the kernel's order (world.ts, effects.ts, fault-script.ts say the same with times). A host steps alone: nothing
 * here looks at another host, so that a step can be remembered.
 */
export function stepHost(host: HostState, event: HostEvent, surroundings: Surroundings): HostOutcome {
  const step = new HostStep(host, surroundings);
  step.begin(event);
  return step.outcome();
}

/** A process while its host steps. */
type Live = { -readonly [Field in keyof ProcessState]: ProcessState[Field] };

/** What waits for its turn within the instant. */
interface Turn {
  readonly kind: 'started' | 'restarted' | 'deliver';
  readonly process: ProcessId;
  readonly letter?: Letter;
}

class HostStep {
  readonly #host: HostState;
  readonly #surroundings: Surroundings;
  readonly #live: Map<ProcessId, Live>;
  readonly #turns: Turn[] = [];
  readonly #steps: SubStep[] = [];
  readonly #sent: Letter[] = [];
  readonly #ended: ProcessId[] = [];
  #up: boolean;

  constructor(host: HostState, surroundings: Surroundings) {
    this.#host = host;
    this.#up = host.up;
    this.#surroundings = surroundings;
    this.#live = new Map(host.processes.map((process) => [process.id, { ...process }]));
  }

  begin(event: HostEvent): void {
    switch (event.type) {
      case 'start':
        this.#all('started');
        break;
      case 'restart':
        this.#up = true;
        this.#all('restarted');
        break;
      case 'crash':
        this.#crash();
        break;
      case 'deliver':
        if (this.#up) this.#deliver(event);
        else this.#lose(event, 'down');
        break;
      case 'lose':
        this.#lose(event, 'chance');
        break;
      case 'timer':
        this.#fire(event.process, event.timer);
        break;
      case 'persisted':
        this.#persisted(event.process);
        break;
      default:
        unreachable(event);
    }
    for (let at = 0; at < this.#turns.length; at++) this.#take(this.#turns[at]!);
  }

  outcome(): HostOutcome {
    const host = { id: this.#host.id, up: this.#up, processes: this.#processes() };
    return { host, steps: this.#steps, sent: this.#sent, ended: this.#ended };
  }

  /** Every process that is there, in order, before anything that they cause. */
  #all(kind: 'started' | 'restarted'): void {
    for (const process of this.#live.keys()) this.#turns.push({ kind, process });
  }

  #take({ kind, process, letter }: Turn): void {
    if (letter !== undefined) {
      this.#deliver(letter);
      return;
    }
    const live = this.#live.get(process);
    if (live !== undefined) this.#react(live, kind === 'started' ? STARTED : RESTARTED, '', { kind });
  }

  #deliver(letter: Letter): void {
    const { from, to, message } = letter;
    const live = this.#live.get(to);
    if (live === undefined) this.#lose(letter, 'gone');
    else this.#react(live, message, from, { kind: 'deliver', letter });
  }

  #lose(letter: Letter, lostTo: NonNullable<SubStep['lostTo']>): void {
    this.#record({ kind: 'lost', process: '', letter, lostTo });
  }

  #fire(process: ProcessId, timer: string): void {
    const live = this.#living(process);
    live.timers = live.timers.filter((name) => name !== timer);
    this.#react(live, { type: `timer.${timer}` }, '', { kind: 'timer', timer });
  }

  #persisted(process: ProcessId): void {
    const live = this.#living(process);
    const [done, ...writes] = live.writes;
    invariant(done !== undefined, 'a disk write ended that was never begun', { process });
    live.disk = done.durable;
    live.writes = writes;
    const { token } = done;
    this.#react(live, { type: 'disk.persisted', token }, '', { kind: 'persisted', token });
  }

  /** Takes what is not on disk, and every process that was started on the way. */
  #crash(): void {
    this.#up = false;
    for (const live of [...this.#live.values()]) {
      if (live.transient) {
        this.#end(live.id);
        continue;
      }
      const output = { effects: NO_EFFECTS };
      const behavior = this.#surroundings.behaviors[live.role]!;
      const recovered = behavior.recover(live.input, live.disk);
      live.snapshot = behavior.react(recovered, CRASHED, this.#environment(live.id, ''), output);
      invariant(output.effects.length === 0, 'a crashed process cannot act', { process: live.id });
      live.timers = [];
      live.writes = [];
    }
    this.#record({ kind: 'crashed', process: '' });
  }

  #react(live: Live, event: ProcessEvent, from: ProcessId, step: Pick<SubStep, 'kind' | 'letter' | 'timer' | 'token'>) {
    const output = { effects: NO_EFFECTS };
    const behavior = this.#surroundings.behaviors[live.role]!;
    live.snapshot = behavior.react(live.snapshot, event, this.#environment(live.id, from), output);
    const { effects } = output;
    for (const effect of effects) this.#carryOut(live, effect);
    if (live.snapshot.done) this.#end(live.id);
    this.#record({ ...step, process: live.id, effects });
  }

  #environment(self: ProcessId, from: ProcessId): Environment {
    return { self, host: this.#host.id, from, clockUs: this.#surroundings.clockUs };
  }

  #carryOut(live: Live, effect: Effect): void {
    switch (effect.type) {
      case 'send':
        this.#send({ from: live.id, to: effect.to, message: effect.message });
        break;
      case 'timer.set':
        if (!live.timers.includes(effect.name)) live.timers = [...live.timers, effect.name].sort();
        break;
      case 'timer.cancel':
        live.timers = live.timers.filter((name) => name !== effect.name);
        break;
      case 'disk.persist':
        live.writes = [...live.writes, { token: effect.token, durable: live.snapshot.context.durable }];
        break;
      case 'process.start':
        this.#spawn(effect);
        break;
      case 'client.invoke':
      case 'client.complete':
      case 'note':
        break;
      default:
        unreachable(effect);
    }
  }

  #send(letter: Letter): void {
    const toHost = this.#live.has(letter.to) ? this.#host.id : this.#surroundings.hostOf(letter.to);
    if (toHost === this.#host.id) this.#turns.push({ kind: 'deliver', process: letter.to, letter });
    else this.#sent.push(letter);
  }

  #spawn({ role, name, input }: Extract<Effect, { type: 'process.start' }>): void {
    const id = `${this.#host.id}/${name}`;
    const behavior = this.#surroundings.behaviors[role];
    invariant(behavior !== undefined, 'a process of an unknown role', { role });
    invariant(!this.#live.has(id), 'two processes of one name', { id });
    const snapshot = behavior.initial(input);
    const { durable } = snapshot.context;
    this.#live.set(id, { id, role, transient: true, input, snapshot, disk: durable, timers: [], writes: [] });
    this.#turns.push({ kind: 'started', process: id });
  }

  #end(process: ProcessId): void {
    this.#live.delete(process);
    this.#ended.push(process);
  }

  #living(process: ProcessId): Live {
    const live = this.#live.get(process);
    invariant(live !== undefined, 'a step of a process that does not exist', { process });
    return live;
  }

  #record(step: Omit<SubStep, 'processes' | 'effects'> & { readonly effects?: readonly Effect[] }): void {
    this.#steps.push({ effects: NO_EFFECTS, ...step, processes: this.#processes() });
  }

  /** As they are now. Those from the start come first and in their order; the order of the others means nothing. */
  #processes(): readonly ProcessState[] {
    const all = [...this.#live.values()].map((live) => ({ ...live }));
    const started = all.filter(({ transient }) => transient).sort((a, b) => (a.id < b.id ? -1 : 1));
    return [...all.filter(({ transient }) => !transient), ...started];
  }
}
