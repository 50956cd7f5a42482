import type { Verdict } from '../checkers/verdict.ts';
import type { Effect } from '../kernel/behavior.ts';
import type { RecorderOptions } from '../kernel/recorder.ts';
import type { RunRecord, StepView, WorldView } from '../kernel/view.ts';
import type { Finding, Model, Property } from '../models/model.ts';
import { numberOperations } from '../models/numbering.ts';
import type { NamedVerdict } from './execute.ts';

type Always = Extract<Property<Readonly<Record<string, unknown>>>, { kind: 'always' }>;

/** Evaluates a model's properties: `always` while the run goes on, the others at its end. */
export class PropertyWatch {
  /** Those that mean something in this run. */
  readonly #properties: Model['properties'];
  readonly #knobs: Readonly<Record<string, unknown>>;
  readonly #findings = new Map<string, Finding>();
  #watched: readonly Always[];

  constructor(model: Model, knobs: Readonly<Record<string, unknown>>) {
    this.#properties = model.properties.filter(({ applies }) => applies === undefined || applies(knobs));
    this.#knobs = knobs;
    this.#watched = this.#properties.filter((property): property is Always => property.kind === 'always');
  }

  /** To be called after each step; undefined when the model has no `always`. */
  get observer(): RecorderOptions['observe'] {
    if (this.#watched.length === 0) return undefined;
    return (world, effects, step) => {
      for (const property of this.#watched) {
        if (concerns(property.notes, effects)) this.#check(property, world, step());
      }
    };
  }

  /** The notes that any `always` is about: most steps leave none, and need not be looked at. Undefined: one is about all steps. */
  get observedNotes(): RecorderOptions['observedNotes'] {
    const names = this.#watched.map(({ notes }) => notes);
    return names.every((some) => some !== undefined) ? [...new Set(names.flat())] : undefined;
  }

  #check(property: Always, world: WorldView, step: StepView): void {
    const finding = property.check(world, step, this.#knobs);
    if (finding === undefined) return;
    this.#findings.set(property.id, finding);
    this.#watched = this.#watched.filter((other) => other !== property);
  }

  /** The verdicts at the end of a run, one after another, since each may take a while. */
  *verdicts(record: RunRecord): Generator<NamedVerdict, void> {
    const reached = new Map<string, boolean>();
    for (const property of this.#properties) {
      if (property.kind === 'sometimes') reached.set(property.id, property.check(record, this.#knobs));
    }
    for (const property of this.#properties) {
      const { id, title, kind } = property;
      yield { id, title, kind, verdict: this.#verdict(property, record, reached) };
    }
  }

  #verdict(
    property: Property<Readonly<Record<string, unknown>>>,
    record: RunRecord,
    reached: ReadonlyMap<string, boolean>,
  ): Verdict {
    if (property.kind === 'sometimes') {
      return reached.get(property.id)
        ? { status: 'ok', sentence: 'It happened in this run.' }
        : { status: 'unknown', sentence: 'It did not happen in this run.', spent: record.events };
    }
    if (property.kind === 'eventually') {
      const verdict = property.check(record, this.#knobs);
      return verdict.status === 'ok' ? (this.#unexercised(property.exercisedBy, record, reached) ?? verdict) : verdict;
    }
    const finding = this.#findings.get(property.id);
    if (finding !== undefined) {
      const { sentence, witness } = finding;
      const told = typeof sentence === 'string' ? sentence : sentence(numberOperations(record.operations));
      return { status: 'violated', sentence: told, witness };
    }
    return (
      this.#unexercised(property.exercisedBy, record, reached) ?? {
        status: 'ok',
        sentence: 'It held after every step of this run.',
      }
    );
  }

  /** A claim that nothing put to the test is unknown, not ok. */
  #unexercised(exercisedBy: string, record: RunRecord, reached: ReadonlyMap<string, boolean>): Verdict | undefined {
    if (reached.get(exercisedBy) === true) return undefined;
    const title = this.#properties.find((property) => property.id === exercisedBy)?.title ?? exercisedBy;
    return { status: 'unknown', sentence: `Not put to the test in this run: ${title}.`, spent: record.events };
  }
}

/** Whether a step whose handler did this leaves a note of these names; any step does where no names are given. */
function concerns(names: readonly string[] | undefined, effects: readonly Effect[]): boolean {
  if (names === undefined) return true;
  for (let at = 0; at < effects.length; at++) {
    const effect = effects[at]!;
    if (effect.type === 'note' && names.includes(effect.name)) return true;
  }
  return false;
}
