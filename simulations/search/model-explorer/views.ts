import type { HostId, ProcessId } from '../../kernel/behavior.ts';
import type { Operation } from '../../kernel/history.ts';
import { invariant } from '../../kernel/invariant.ts';
import type { Micros } from '../../kernel/time.ts';
import type { HostView, NoteView, Packet, ProcessView, RunRecord, StepView, WorldView } from '../../kernel/view.ts';
import type { HostState, ProcessState } from './host-state.ts';
import type { SubStep } from './host-step.ts';
import type { KeptNotes } from './kept-notes.ts';
import { clockOf, type Layout, type State } from './state.ts';
import type { Tables } from './tables.ts';

/** A host in the middle of a step. */
export interface During {
  readonly host: number;
  readonly processes: readonly ProcessState[];
}

/**
 * A state as the world that a model's properties look at. There is no time in it: a clock shows how many stamps were taken from it, a packet
 * has no age, a timer no due time, and a step no number. During a step the packets are those after it.
 */
export class StateWorld implements WorldView {
  readonly step = 0;
  readonly faults = [];
  readonly #tables: Tables;
  readonly #layout: Layout;
  readonly #state: State;
  readonly #during: During | undefined;

  constructor(tables: Tables, layout: Layout, state: State, during?: During) {
    this.#tables = tables;
    this.#layout = layout;
    this.#state = state;
    this.#during = during;
  }

  get nowUs(): Micros {
    return clockOf(this.#state[this.#layout.clock]!) as Micros;
  }

  get hosts(): readonly HostView[] {
    return this.#parts().map(({ id, up }) => ({ id, status: up ? 'up' : 'down', clockUs: this.nowUs }));
  }

  get processes(): readonly ProcessView[] {
    return this.#parts().flatMap(({ id, processes }) => processes.map((process) => processView(process, id)));
  }

  get inFlight(): readonly Packet[] {
    return this.#tables.networks.at(this.#state[this.#layout.network]!).map((parcel) => packet(this.#tables, parcel));
  }

  host(id: HostId): HostView | undefined {
    return this.hosts.find((host) => host.id === id);
  }

  process(id: ProcessId): ProcessView | undefined {
    return this.processes.find((process) => process.id === id);
  }

  reachable(): boolean {
    return true;
  }

  #parts(): readonly HostState[] {
    return Array.from({ length: this.#layout.hosts }, (_, at) => {
      const part = this.#tables.hosts.at(this.#state[at]!);
      return this.#during?.host === at ? { ...part, processes: this.#during.processes } : part;
    });
  }
}

function processView({ id, role, snapshot, disk, timers }: ProcessState, host: string): ProcessView {
  return { id, role, host, snapshot, disk, diskStep: -1, timers: timers.map((name) => ({ name, dueUs: 0 })) };
}

function packet(tables: Tables, id: number): Packet {
  const { from, to, fromHost, toHost, message, copy } = tables.parcels.at(id);
  const hosts = tables.setting.topology.hosts;
  return {
    from,
    to,
    fromHost: hosts[fromHost]!.id,
    toHost: hosts[toHost]!.id,
    message,
    sentUs: 0,
    arrivesUs: 0,
    sentStep: -1,
    duplicate: copy,
    heldUs: 0,
  };
}

/** A step of the kernel's within a step of the search, without its number, its cause and its times. */
export function stepOf(host: string, { kind, process, letter, lostTo, timer, token, effects }: SubStep): StepView {
  return {
    index: 0,
    atUs: 0 as Micros,
    kind,
    process,
    host,
    cause: -1,
    ...(letter !== undefined && { from: letter.from, to: letter.to, message: letter.message }),
    ...(lostTo !== undefined && { lostTo }),
    ...(timer !== undefined && { timer }),
    ...(token !== undefined && { token }),
    effects,
  };
}

/** The remarks of the steps that an event set off on a host. */
export function notesOf(host: string, steps: readonly SubStep[]): readonly NoteView[] {
  return steps.flatMap(({ process, effects }) =>
    effects.flatMap((effect): NoteView[] =>
      effect.type === 'note'
        ? [{ step: 0, atUs: 0 as Micros, process, host, name: effect.name, data: effect.data }]
        : [],
    ),
  );
}

/** Notes that are kept, as a run has them but for their times. */
export function notesKept(notes: KeptNotes): readonly NoteView[] {
  return notes.map(({ process, host, name, data }) => ({ step: 0, atUs: 0 as Micros, process, host, name, data }));
}

/** Fields of a run that a property may look at; reading any other stops with an invariant, since its answer could not be trusted. */
export function recordOf(
  property: string,
  known: Partial<RunRecord> & { operations: readonly Operation[] },
): RunRecord {
  return new Proxy(known as RunRecord, {
    get(record, field: string & keyof RunRecord) {
      invariant(field in record, 'a property is declared as explorable, but looks at what exploration does not know', {
        property,
        field,
      });
      return record[field];
    },
  });
}
