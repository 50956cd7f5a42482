import type { HostId, Message, ProcessId, Snapshot } from '../kernel/behavior.ts';
import type { Operation } from '../kernel/history.ts';
import type { NoteView } from '../kernel/view.ts';

/** How often the world may misbehave in one explored run. What is not counted here never happens. */
export interface ExploreBudgets {
  /** Messages that are lost on the way. */
  readonly losses: number;
  /** Hosts that crash; a host that crashed may restart at any time, for nothing. */
  readonly crashes: number;
  /** Messages that arrive twice. */
  readonly duplicates: number;
  /** Timers that fire, those of the workload not counted. */
  readonly timers: number;
}

/** The notes of a step of an explored run, and what is kept of the steps up to it. */
interface NotesAt {
  /** Those that are kept, those of the step included, in no order of time. */
  readonly kept: readonly NoteView[];
  /** All notes of the step, in order. */
  readonly now: readonly NoteView[];
  /** All operations so far. */
  readonly operations: readonly Operation[];
}

/** A process, as it stands in a state of an exploration. */
export interface ExploredProcess {
  readonly id: ProcessId;
  readonly role: string;
  /** The active leaf state of its chart. */
  readonly state: string;
  readonly context: Snapshot['context'];
  /** The durable half of the context that a crash would leave. */
  readonly disk: unknown;
}

/** What visiting every interleaving of a small configuration needs to know about a model. All of it is a promise of the model's. */
export interface Explorable<K, W> {
  /** The knobs of the smallest configuration that is worth exploring, where they differ from the defaults. */
  readonly knobs: Partial<K>;
  /** Its workload, in the form of a scenario file with durations in microseconds. */
  readonly workload: Readonly<Record<string, unknown>>;
  /** Role → timers by which the clients begin their next operation. They fire whenever they like and cost no budget. */
  readonly workloadTimers: Readonly<Record<string, readonly string[]>>;
  /** Types of messages that arrive before anything else happens, in any order: what they settle is taken as settled at once. Default: none. */
  readonly prompt?: readonly string[];
  /**
   * What leads to a state worth exploring: until the first note of that name, one that is kept, a run takes one course: the first step that is possible, with or
   * without those of the workload. Default: every course is explored from the start.
   */
  readonly prologue?: { readonly until: string; readonly works: boolean };
  /** Whether a timer never rings, which keeps the configuration small. Default: every timer may. */
  silent?(process: { readonly id: ProcessId; readonly role: string }, timer: string): boolean;
  /**
   * A context without what nothing looks at any more while its process is in that state: neither its chart before it writes it again, nor a
   * property that is judged. Default: all of it.
   */
  settled?(process: ExploredProcess): unknown;
  /**
   * Whether a process will do nothing about a message, whatever happens before it arrives: then it is dropped at once, which saves every moment at which it
   * could arrive in vain. Default: messages are kept.
   */
  ignores?(process: ExploredProcess, letter: { readonly from: ProcessId; readonly message: Message }): boolean;
  /**
   * Properties `eventually` that can be judged without a clock. `history`: from the operations alone, and for good, so that a prefix of a run
   * can already break it. `notes`: the same from the notes that are kept, whatever their order. `state`: from operations, notes that are
   * kept and processes, at any moment. `end`: the same, once nothing is left to do.
   */
  readonly judged: Readonly<Record<string, 'history' | 'notes' | 'state' | 'end'>>;
  /** Properties `always` that rest on the length of time, such as that of a lease, and so are not judged. */
  readonly timed: readonly string[];
  /** What may go wrong unless somebody says otherwise, where without it nothing worth a look happens. */
  readonly budgets: Partial<ExploreBudgets>;
  /** Notes that are kept, by name: how many that say the same make a difference, at most. What is kept makes states differ. */
  readonly keptNotes: Readonly<Record<string, number>>;
  /** Claims `sometimes` that need notes of several steps: whether a step makes them true. The others are asked with the notes of each step alone. */
  readonly occurs: Readonly<Record<string, (notes: NotesAt) => boolean>>;
  /** Names of fields, in messages and contexts, whose lists are sets: what happens next never depends on their order. */
  unordered(knobs: K): readonly string[];
  /** Names of fields, in messages and contexts, on which nothing that happens depends with these knobs, such as times where nobody measures any. */
  unread(knobs: K): readonly string[];
  /** Groups of hosts that may be renamed among one another without any other change. */
  interchangeable(knobs: K, workload: W): readonly (readonly HostId[])[];
  /**
   * Whether a message may meet another process of the same name than the one it was for. When not, a message to a process that
   * has ended is dropped at once, which saves every moment at which it could arrive in vain.
   */
  reusesNames(budgets: ExploreBudgets): boolean;
  /** Decisions that are known to help, the best first: tried as the other variant of a counterexample. */
  readonly fixes: readonly {
    readonly title: string;
    readonly set: Readonly<Record<string, string | number | boolean>>;
  }[];
  /** Where a knob chooses another protocol altogether: its values that are explored in a form of their own. Every other value is explored in this one. */
  readonly forms?: {
    readonly knob: keyof K & string;
    readonly of: Readonly<Record<string, Explorable<K, W>>>;
  };
}
