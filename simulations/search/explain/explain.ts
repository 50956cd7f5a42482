import type { Witness } from '../../checkers/verdict.ts';
import type { Operation } from '../../kernel/history.ts';
import { invariant } from '../../kernel/invariant.ts';
import type { StepView } from '../../kernel/view.ts';
import type { Focus } from '../../models/model.ts';
import type { Run } from '../../run/execute.ts';
import { operationOfSteps, recordedIn, type SentMessage } from '../shrink/recorded.ts';
import { Counterfactuals, type Otherwise } from './counterfactual.ts';
import { chosen, plain, summary, type Told } from './telling.ts';

/** One event of an explanation. */
export interface ExplainedEvent {
  /** Its step; of a message that never arrived, the step that sent it. */
  readonly step: number;
  readonly atUs: number;
  readonly host: string;
  readonly sentence: string;
  /** `cause`: it happened, and mattered. `absence`: something that did not arrive, or not in time. `witness`: what the checker saw. */
  readonly role: 'cause' | 'absence' | 'witness';
  /** Whether the run keeps the property without it (or, of an absence, with it); null: not tried. */
  readonly necessary: boolean | null;
  /** Not necessary, since something else is wrong without it; but the checker names other operations then. */
  readonly decisive: boolean;
}

/** Why a run violates a property: the few events on which it depends, in order. Plain JSON. */
export interface Explanation {
  readonly property: string;
  /** What is wrong, and what it took. */
  readonly sentence: string;
  readonly events: readonly ExplainedEvent[];
  /** The steps of the events, rising: what a picture highlights. */
  readonly steps: readonly number[];
}

export interface ExplainOptions {
  /** How many runs may be spent on what would have happened otherwise. Default 200. */
  readonly runsMax?: number;
}

/**
 * Explains a violation from the causal graph of a run with history. The operations of the witness, and those that wrote what they
 * returned, are followed to the steps that show or move state; what did not arrive is told as well. Each fault and each message among
 * them is judged by running what would have happened without it. Undefined when the run does not violate the property.
 */
export function explain(run: Run, property: string, options: ExplainOptions = {}): Explanation | undefined {
  const verdict = run.verdicts.find(({ id }) => id === property)?.verdict;
  if (verdict?.status !== 'violated') return undefined;
  const story = new Story(run, property, verdict.witness, options.runsMax ?? 200);
  const told = chosen([...story.faults(), ...story.messages(), ...story.moments()]);
  return {
    property,
    sentence: `${verdict.sentence} ${summary(told)}`.trim(),
    events: told.map(plain),
    steps: [...new Set(told.map(({ step }) => step))].sort((a, b) => a - b),
  };
}

const ELSE = 'Without it something else would be wrong.';
const WITHOUT = 'Without it nothing would be wrong.';
const IN_TIME = 'Had it arrived in the usual time, nothing would be wrong.';

/** A violation and the part of the run that belongs to it. */
class Story {
  readonly #run: Run;
  readonly #witness: Witness;
  readonly #focus: Focus;
  readonly #operationOf: Int32Array;
  readonly #messages: readonly SentMessage[];
  readonly #otherwise: Counterfactuals;
  /** The operations of the witness, and those that wrote what they returned. */
  readonly #operations: ReadonlySet<number>;
  readonly #firstStep: number;
  readonly #lastStep: number;

  constructor(run: Run, property: string, witness: Witness, runsMax: number) {
    invariant(run.timeline !== undefined, 'an explanation needs the history of the run');
    const { operations } = run.record;
    const { model } = run.input;
    this.#run = run;
    this.#witness = witness;
    this.#focus = model.focus(operations, witness.key ?? model.keys(operations)[0] ?? '');
    this.#operationOf = operationOfSteps(run);
    this.#messages = recordedIn(run).messages;
    this.#otherwise = new Counterfactuals(run, property, this.#messages, runsMax);
    this.#operations = withWriters(this.#concerned(), operations);
    const ends = [...witness.steps, ...witness.operations.flatMap((id) => stepsOf(operations[id]!))];
    this.#lastStep = endsAtOnce(run, property) ? run.events - 1 : Math.max(0, ...ends);
    const begins = [...this.#operations].map((id) => operations[id]!.invokedStep!);
    this.#firstStep = Math.min(run.events, ...begins, ...witness.steps);
  }

  /** The faults that began before the violation showed and had not ended before it began; the end of one that mattered. */
  faults(): Told[] {
    const timeline = this.#run.timeline!;
    const events: Told[] = [];
    const needed = new Set<string>();
    const sinceUs = timeline.timeUs(Math.min(this.#firstStep, timeline.length - 1));
    for (let step = 0; step <= this.#lastStep; step++) {
      const kind = timeline.trace.kind(step);
      if (kind !== 'fault.begin' && kind !== 'fault.end') continue;
      const view = timeline.step(step);
      const { id } = view.fault!.fault;
      if (kind === 'fault.end') {
        if (needed.has(id)) events.push(this.#told(view, 'cause', undefined));
        continue;
      }
      const begun = this.#run.record.faults.find(({ fault }) => fault.id === id)!;
      if (begun.untilUs < sinceUs) continue;
      const otherwise = this.#otherwise.withoutFault(id);
      if (otherwise === 'kept') needed.add(id);
      events.push({ ...this.#told(view, 'cause', otherwise, otherwise === 'kept' ? WITHOUT : ''), kind: 'fault' });
    }
    return events;
  }

  /** What was sent for the story's operations: lost, late, or arrived and telling. */
  messages(): Told[] {
    const timeline = this.#run.timeline!;
    const lateUs = 2 * this.#otherwise.usualUs;
    return this.#messages.flatMap((message): Told[] => {
      const { operation, step, outcomeStep, delayUs = 0 } = message;
      if (!this.#operations.has(operation) || step > this.#lastStep) return [];
      const outcome = outcomeStep === undefined ? undefined : timeline.step(outcomeStep);
      const inTime = outcomeStep !== undefined && outcomeStep <= this.#lastStep;
      if (inTime && outcome!.kind === 'lost') return this.#absence(outcome!, message);
      if (delayUs > lateUs) return this.#lateness(message, inTime);
      if (!inTime || this.#roleOf(outcomeStep) === 'witness' || this.#tells(outcome!) === undefined) return [];
      return [this.#told(outcome!, 'cause', this.#otherwise.losing(message))];
    });
  }

  /** What happened without a message from another host: on disk, by a timer, within a host; what repair did; what the checker saw. */
  moments(): Told[] {
    const timeline = this.#run.timeline!;
    const own = (step: number) => this.#operations.has(this.#operationOf[step]!);
    const judged = new Set(
      this.#messages.flatMap(({ operation, outcomeStep }) => (this.#operations.has(operation) ? [outcomeStep] : [])),
    );
    const events: Told[] = [];
    for (let step = this.#firstStep; step <= this.#lastStep; step++) {
      const view = timeline.step(step);
      if (view.kind.startsWith('fault.')) continue;
      const seen = this.#roleOf(step) === 'witness';
      const begins =
        own(step) &&
        view.effects.some(({ type }) => type === 'client.invoke') &&
        this.#writes(this.#operationOf[step]!);
      const tells = judged.has(step) ? undefined : this.#tells(view);
      if (!seen && !begins && tells !== 'key' && (tells !== 'operation' || !own(step))) continue;
      events.push({ ...this.#told(view, this.#roleOf(step), undefined), kind: begins ? 'begin' : 'step' });
    }
    return events;
  }

  /** The operations of the witness; of one that names only steps, those that these happened for. */
  #concerned(): readonly number[] {
    const { operations, steps } = this.#witness;
    if (operations.length > 0) return operations;
    return [...new Set(steps.map((step) => this.#operationOf[step]!))].filter((id) => id >= 0);
  }

  #absence(outcome: StepView, message: SentMessage): Told[] {
    const chance = outcome.lostTo === 'chance';
    if (outcome.lostTo === 'gone') return [];
    const otherwise = chance ? this.#otherwise.arriving(message) : undefined;
    return [{ ...this.#told(outcome, 'absence', otherwise, otherwise === 'kept' ? IN_TIME : ''), kind: 'lost' }];
  }

  #lateness(message: SentMessage, arrived: boolean): Told[] {
    const { step, sentUs, to, delayUs = 0 } = message;
    const otherwise = this.#otherwise.arriving(message);
    const how = arrived ? `took ${delayUs / 1_000} ms` : 'was still on its way';
    const sentence = `${this.#subject(message)} ${how}.${otherwise === 'kept' ? ` ${IN_TIME}` : ''}`;
    return [{ step, atUs: sentUs, host: to, sentence, role: 'absence', ...judged(otherwise), kind: 'late' }];
  }

  #subject({ type, from, to, sender, target, message, step, sentUs }: SentMessage): string {
    const { explaining } = this.#run.input.model;
    if (explaining === undefined) return `The message ${type} from ${from} to ${to}`;
    const about = { from: sender, fromHost: from, to: target, host: to, process: target, message, effects: [] };
    const view = { ...about, kind: 'lost', index: step, atUs: sentUs, cause: step } as unknown as StepView;
    return explaining.subject(view, this.#focus);
  }

  #told(view: StepView, role: ExplainedEvent['role'], otherwise: Otherwise | undefined, clause = ''): Told {
    const { model } = this.#run.input;
    const world = this.#run.timeline!.worldAt(view.index + 1);
    const remark = role !== 'absence' && otherwise === 'other' ? ELSE : clause;
    const sentence = `${model.narrate(view, { ...this.#focus, world })} ${remark}`.trim();
    return { step: view.index, atUs: view.atUs, host: view.host, sentence, role, ...judged(otherwise), kind: 'step' };
  }

  #tells(view: StepView): 'operation' | 'key' | undefined {
    const { explaining } = this.#run.input.model;
    if (explaining !== undefined) return explaining.tells(view, this.#focus.key);
    return view.kind === 'started' ? undefined : 'operation';
  }

  #roleOf(step: number): 'witness' | 'cause' {
    const completes = this.#witness.operations.some((id) => this.#run.record.operations[id]!.completedStep === step);
    return completes || (this.#witness.operations.length === 0 && this.#witness.steps.includes(step))
      ? 'witness'
      : 'cause';
  }

  #writes(id: number): boolean {
    return this.#run.record.operations[id]?.f !== 'read';
  }
}

function judged(otherwise: Otherwise | undefined): Pick<ExplainedEvent, 'necessary' | 'decisive'> {
  return { necessary: otherwise === undefined ? null : otherwise === 'kept', decisive: otherwise === 'other' };
}

function stepsOf({ invokedStep, completedStep }: Operation): readonly number[] {
  return [invokedStep, completedStep].filter((step) => step !== undefined);
}

/** Whether the property is judged by what is left at the end, so that all of the run may matter: no operation of the witness is a read. */
function endsAtOnce(run: Run, property: string): boolean {
  const verdict = run.verdicts.find(({ id }) => id === property)!.verdict;
  if (verdict.status !== 'violated') return false;
  const { operations, steps } = verdict.witness;
  return steps.length === 0 || operations.every((id) => run.record.operations[id]!.f !== 'read');
}

/** The operations and, of each value that they returned, the operation that wrote it. */
function withWriters(ids: readonly number[], operations: readonly Operation[]): ReadonlySet<number> {
  const found = new Set(ids);
  for (const id of ids) {
    const { key, output, f } = operations[id]!;
    if (f !== 'read' || output === null) continue;
    const same = (one: Operation) => one.key === key && JSON.stringify(one.input) === JSON.stringify(output);
    const writer = operations.find((one) => one.f !== 'read' && same(one));
    if (writer !== undefined) found.add(writer.id);
  }
  return found;
}
