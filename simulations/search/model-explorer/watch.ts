import type { Operation } from '../../kernel/history.ts';
import { invariant } from '../../kernel/invariant.ts';
import type { Micros } from '../../kernel/time.ts';
import type { NoteView, RunRecord, StepView, WorldView } from '../../kernel/view.ts';
import type { Explorable } from '../../models/explorable.ts';
import type { Model, Property } from '../../models/model.ts';
import type { Action } from './action.ts';
import type { Claim } from './claims.ts';
import { operationsOf } from './history.ts';
import type { SubStep } from './host-step.ts';
import type { Moves } from './moves.ts';
import { brokenOf, CLAIMS_MAX, clockOf, packClock, type State } from './state.ts';
import type { Outcome } from './tables.ts';
import { notesKept, notesOf, recordOf, StateWorld, stepOf } from './views.ts';

type Knobs = Readonly<Record<string, unknown>>;
type StepClaim = Extract<Claim, { judged: 'step' }>;
type RunClaim = Exclude<Claim, { judged: 'step' }>;
type Sometimes = Extract<Property<Knobs>, { kind: 'sometimes' }>;

/** Room for numbers of parts: two of them are an exact whole number. */
const PARTS_MAX = 2 ** 26;

/** What was found out about an outcome once and for all. */
interface Looked {
  /** Claims that it breaks whatever the world around it. */
  readonly broken: number;
  /** Checks that looked at the world, and so must look again. */
  readonly open: readonly { readonly claim: StepClaim; readonly step: SubStep }[];
  readonly notes: readonly NoteView[];
  /** Types of the messages that were lost. */
  readonly lost: readonly string[];
  /** Histories and kept notes with which what has not happened yet was looked for. */
  readonly tried: Set<number>;
}

/**
 * Judges a model's own properties on the steps and states of a search. Claims about steps leave a bit in the state, because a step that
 * breaks one may lead to where another leads that breaks none. What a check said is kept with what it looked at: a step, a history.
 */
export class Watch {
  readonly claims: readonly Claim[];
  /** Ids of `sometimes` that happened. */
  readonly seen = new Set<string>();
  /** Claims for which some verdict was unknown for want of budget. */
  readonly undecided = new Set<string>();
  /** Whether some run came to its end. */
  ended = false;
  readonly #moves: Moves;
  readonly #knobs: Knobs;
  readonly #stepClaims: readonly StepClaim[];
  readonly #looked = new WeakMap<Outcome, Looked>();
  readonly #operations: (readonly Operation[])[] = [];
  /** What was judged already, by the number of the history, or of the notes for claims about those. */
  readonly #judged = new Map<RunClaim, (boolean | undefined)[]>();
  readonly #occurs: Explorable<never, never>['occurs'];
  readonly #occurred = new Set<number>();
  #unseen: readonly Sometimes[];

  constructor(
    moves: Moves,
    options: {
      readonly model: Model;
      readonly explorable: Pick<Explorable<never, never>, 'occurs'>;
      readonly knobs: Knobs;
      readonly claims: readonly Claim[];
    },
  ) {
    this.#moves = moves;
    this.#knobs = options.knobs;
    this.#occurs = options.explorable.occurs;
    this.claims = options.claims;
    this.#stepClaims = this.claims.filter((claim): claim is StepClaim => claim.judged === 'step');
    invariant(
      this.#stepClaims.every(({ bit }) => bit < CLAIMS_MAX),
      'more claims about steps than a state has bits',
    );
    const needed = new Set(this.claims.map(({ property }) => property.exercisedBy));
    this.#unseen = options.model.properties.filter(
      (property): property is Sometimes => property.kind === 'sometimes' && needed.has(property.id),
    );
  }

  /** Looks at a step that led to `after`: marks there what it breaks, and notes what happens for the first time. */
  step({ host }: Pick<Action, 'host'>, outcome: Outcome, after: number[]): void {
    const looked = this.#look(host, outcome);
    let { broken } = looked;
    for (const { claim, step } of looked.open) {
      const world = this.#world(after, host, step);
      if (claim.property.check(world, this.#stepView(host, step), this.#knobs) !== undefined) broken |= 1 << claim.bit;
    }
    if (broken !== 0) {
      const { clock } = this.#moves.layout;
      const word = after[clock]!;
      after[clock] = packClock(clockOf(word), brokenOf(word) | broken);
    }
    if (this.#unseen.length > 0) this.#occur(looked, after);
  }

  /** Whether a claim is not broken in a state. */
  holds(claim: Claim, state: State): boolean {
    const { layout } = this.#moves;
    if (claim.judged === 'step') return (brokenOf(state[layout.clock]!) & (1 << claim.bit)) === 0;
    if (claim.judged === 'state') return this.#holdsNow(claim, state);
    if (claim.judged === 'end') return !this.#moves.isOver(state) || this.#holdsAtEnd(claim, state);
    const [history, notes] = [state[layout.history]!, state[layout.notes]!];
    const known = this.#judged.get(claim) ?? [];
    this.#judged.set(claim, known);
    const part = claim.judged === 'notes' ? notes : history;
    known[part] ??= this.#judge(claim, {
      operations: this.#operationsOf(history),
      ...(claim.judged === 'notes' && { notes: this.#notesOf(notes), events: 0 }),
    });
    return known[part];
  }

  #holdsAtEnd(claim: RunClaim, state: State): boolean {
    this.ended = true;
    return this.#holdsNow(claim, state);
  }

  #holdsNow(claim: RunClaim, state: State): boolean {
    const { layout, tables } = this.#moves;
    return this.#judge(claim, {
      operations: this.#operationsOf(state[layout.history]!),
      notes: this.#notesOf(state[layout.notes]!),
      end: new StateWorld(tables, layout, state),
      endUs: 0 as Micros,
      events: 0,
      stopped: 'idle',
      faults: [],
    });
  }

  #judge({ property }: RunClaim, known: Parameters<typeof recordOf>[1]): boolean {
    const verdict = property.check(recordOf(property.id, known), this.#knobs);
    if (verdict.status === 'unknown' && verdict.spent > 0) this.undecided.add(property.id);
    return verdict.status !== 'violated';
  }

  #look(host: number, outcome: Outcome): Looked {
    const known = this.#looked.get(outcome);
    if (known !== undefined) return known;
    const { steps } = outcome;
    let broken = 0;
    const open: { claim: StepClaim; step: SubStep }[] = [];
    for (const step of steps) {
      for (const claim of this.#stepClaims) {
        if (!isAbout(claim, step)) continue;
        const found = checkAlone(claim, this.#stepView(host, step), this.#knobs);
        if (found === undefined) open.push({ claim, step });
        else if (found) broken |= 1 << claim.bit;
      }
    }
    const lost = steps.flatMap(({ kind, letter }) => (kind === 'lost' ? [letter!.message.type] : []));
    const looked = { broken, open, notes: notesOf(this.#hostName(host), steps), lost, tried: new Set<number>() };
    this.#looked.set(outcome, looked);
    return looked;
  }

  /** Looks for what has not happened yet in what is new: the remarks and losses of a step, with the operations so far. */
  #occur({ notes, lost, tried }: Looked, after: State): void {
    const { layout } = this.#moves;
    const history = after[layout.history]!;
    const moment = history * PARTS_MAX + after[layout.notes]!;
    const isNew = notes.length === 0 && lost.length === 0 ? !this.#occurred.has(history) : !tried.has(moment);
    if (!isNew) return;
    this.#occurred.add(history);
    tried.add(moment);
    const known: Partial<RunRecord> & Pick<RunRecord, 'operations'> = {
      operations: this.#operationsOf(history),
      notes,
      messages: Object.fromEntries(lost.map((type) => [type, { sent: 1, lost: 1 }])),
      faults: [],
    };
    const kept = this.#notesOf(after[layout.notes]!);
    for (const property of this.#unseen) {
      const occurs = this.#occurs[property.id];
      const isSeen =
        occurs === undefined
          ? property.check(recordOf(property.id, known), this.#knobs)
          : occurs({ kept, now: notes, operations: this.#operationsOf(history) });
      if (isSeen) this.seen.add(property.id);
    }
    this.#unseen = this.#unseen.filter(({ id }) => !this.seen.has(id));
  }

  #operationsOf(history: number): readonly Operation[] {
    this.#operations[history] ??= operationsOf(this.#moves.tables.histories.at(history));
    return this.#operations[history];
  }

  #notesOf(notes: number): readonly NoteView[] {
    return notesKept(this.#moves.tables.notes.at(notes));
  }

  #world(state: State, host: number, { processes }: SubStep): WorldView {
    return new StateWorld(this.#moves.tables, this.#moves.layout, state, { host, processes });
  }

  #stepView(host: number, step: SubStep): StepView {
    return stepOf(this.#hostName(host), step);
  }

  #hostName(host: number): string {
    return this.#moves.tables.setting.topology.hosts[host]!.id;
  }
}

/** Whether a claim is about what a step says; as in a run, claims that name no notes are about every step. */
function isAbout({ property: { notes } }: StepClaim, { effects }: SubStep): boolean {
  return notes === undefined || effects.some((effect) => effect.type === 'note' && notes.includes(effect.name));
}

/** Whether a step breaks a claim all by itself; undefined when the check asks for the world. */
function checkAlone({ property }: StepClaim, step: StepView, knobs: Knobs): boolean | undefined {
  let looked = false;
  const world = new Proxy({} as WorldView, {
    get() {
      looked = true;
      throw new WorldNeeded();
    },
  });
  try {
    const broken = property.check(world, step, knobs) !== undefined;
    return looked ? undefined : broken;
  } catch (error) {
    if (error instanceof WorldNeeded) return undefined;
    throw error;
  }
}

class WorldNeeded extends Error {
  override readonly name = 'WorldNeeded';
}
