import { execute, type Run } from '../../run/execute.ts';
import type { Decision, Expectation, Scenario, Variant } from '../../scenario/scenario.ts';
import { type Candidate, inputOf, type KnobSettings, workloadOf } from './candidate.ts';
import { knobWords, type Repair } from './goal.ts';
import { sharedHazards, violatedIn } from './search.ts';
import type { ShrinkRequest, Shrunk } from './shrink.ts';

const ID_MAX = 64;
const FINDING_MAX = 600;

/** A shrunk run as a scenario: the violating variant and, where a repair is known, the way to the repaired one. What each is expected to show is what it shows. */
export function scenarioOf(request: ShrinkRequest, shrunk: Shrunk): Scenario {
  const { scenario, property } = request;
  const { candidate, repair, after } = shrunk;
  const { model } = request.input;
  const runs = [after, ...candidate.alternatives.map((one) => runOf(request, candidate, one))];
  const decisions = repair?.steps.map(({ decision }) => decision) ?? [];
  const name = scenario?.id ?? model.id;
  const verdict = after.verdicts.find(({ id }) => id === property)!;
  const witness = witnessOf(request, runs);
  return {
    id: name.endsWith('-shrunk') ? name : `${name.slice(0, ID_MAX - '-shrunk'.length)}-shrunk`,
    title: `${scenario?.title ?? model.title}: the smallest run found`,
    model: model.id,
    rules: scenario?.rules ?? [],
    claim: scenario?.claim ?? `With these knobs a run keeps this property: ${verdict.title}.`,
    finding: findingOf(request, shrunk, verdict.verdict.sentence),
    decisions: [...new Map(decisions.map((decision) => [decision.id, decision])).values()],
    knobs: turnedKnobs(request, candidate, decisions),
    workload: workloadOf(model, candidate) as Scenario['workload'],
    faults: candidate.faults,
    ...(candidate.schedule !== undefined && { schedule: withoutEmpty(candidate.schedule) }),
    // The property that is violated may be one of them.
    ...(scenario?.objectives !== undefined && { objectives: scenario.objectives }),
    durationUs: candidate.durationUs,
    seed: candidate.seed,
    variants: variantsOf(request, shrunk, runs),
    ...(witness !== undefined && { witness }),
    progressMin: 0,
    cost: scenario?.cost ?? { text: 'Not measured: this run only shows the violation.', metrics: [] },
    assumptions: [],
    view: viewOf(after, property),
  };
}

function runOf({ input }: ShrinkRequest, candidate: Candidate, alternative: Candidate['alternatives'][number]): Run {
  return execute({ ...inputOf(input.model, candidate, alternative), history: false });
}

function findingOf({ input }: ShrinkRequest, { after, repair, candidate }: Shrunk, sentence: string): string {
  const last = repair?.steps.at(-1);
  const repaired = last === undefined ? '' : ` The same run, decided otherwise (${last.title}), keeps the property.`;
  const changed = Object.entries(candidate.knobs).filter(([name, value]) => input.knobs[name] !== value);
  const knobs = changed.map(([name, value]) => `${name} ${knobWords(input.model.knobs[name]!, value)}`).join(', ');
  const other = knobs === '' ? '' : ` Made simpler than in the run that this one comes from: ${knobs}.`;
  return `${sentence} ${after.events} events are enough to show it.${repaired}${other}`.slice(0, FINDING_MAX);
}

/** The knobs that are not at their defaults, but for those that a decision sets. */
function turnedKnobs({ input }: ShrinkRequest, { knobs }: Candidate, decisions: readonly Decision[]): KnobSettings {
  const decided = new Set(decisions.flatMap((decision) => decision.knobs));
  const turned = Object.entries(input.model.knobs).filter(
    ([name, knob]) => !decided.has(name) && knobs[name] !== knob.default,
  );
  return Object.fromEntries(turned.map(([name]) => [name, knobs[name] as string | number | boolean]));
}

function withoutEmpty(schedule: NonNullable<Candidate['schedule']>): NonNullable<Candidate['schedule']> {
  return Object.fromEntries(Object.entries(schedule).filter(([, pins]) => !Array.isArray(pins) || pins.length > 0));
}

function variantsOf(request: ShrinkRequest, { candidate, repair }: Shrunk, runs: readonly Run[]): readonly Variant[] {
  const { variant, property } = request;
  const steps: Repair['steps'] = repair?.steps ?? [];
  const all = [...new Set(steps.flatMap(({ decision }) => decision.knobs))];
  const set = (names: readonly string[], of: KnobSettings = {}) =>
    Object.fromEntries(names.map((name) => [name, of[name] ?? candidate.knobs[name]])) as KnobSettings;
  const broken: Variant = {
    id: variant?.id ?? 'broken',
    title: titleOf(request, all),
    part: 'broken',
    from: undefined,
    decision: undefined,
    set: set(all),
    expect: expectOf(runs[0]!, property),
    rates: [],
  };
  const others = steps.map(({ id, title, part, decision }, at): Variant => {
    const from = at === 0 ? broken.id : steps[at - 1]!.id;
    const own = set(decision.knobs, candidate.alternatives[at]!.set);
    return {
      id,
      title,
      part,
      from,
      decision: decision.id,
      set: own,
      expect: expectOf(runs[at + 1]!, property),
      rates: [],
    };
  });
  return [broken, ...others];
}

/** The variant's own title, unless the run was made with other values of what is decided. */
function titleOf({ scenario, variant, input }: ShrinkRequest, decided: readonly string[]): string {
  const own = variant === undefined || scenario === undefined ? undefined : { ...scenario.knobs, ...variant.set };
  const asWritten =
    own !== undefined && decided.every((knob) => own[knob] === undefined || own[knob] === input.knobs[knob]);
  if (asWritten) return variant!.title;
  const values = decided.map(
    (knob) => `${input.model.knobs[knob]!.spec.label} ${knobWords(input.model.knobs[knob]!, input.knobs[knob])}`,
  );
  return values.length === 0 ? 'As it was run' : values.join(', ');
}

function expectOf(run: Run, property: string): Readonly<Record<string, Expectation>> {
  const own = run.verdicts.find(({ id }) => id === property)!.verdict.status;
  return { [property]: own, ...Object.fromEntries(violatedIn(run).map((id) => [id, 'violated' as const])) };
}

/** A hazard that occurs in every variant, the source's own first; undefined when none does. */
function witnessOf({ scenario, input }: ShrinkRequest, runs: readonly Run[]): string | undefined {
  const own = scenario?.witness === undefined ? [] : [scenario.witness];
  return sharedHazards(runs, [...own, ...Object.keys(input.model.witnesses)])[0];
}

function viewOf({ verdicts }: Run, property: string): Scenario['view'] {
  const verdict = verdicts.find(({ id }) => id === property)!.verdict;
  const key = verdict.status === 'violated' ? verdict.witness.key : undefined;
  return key === undefined ? {} : { key };
}
