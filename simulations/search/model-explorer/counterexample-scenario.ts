import type { Knob } from '../../models/knob.ts';
import type { Model } from '../../models/model.ts';
import { execute, type Run } from '../../run/execute.ts';
import { chainOf } from '../../run/resolve.ts';
import type { Decision, Expectation, Scenario, Variant } from '../../scenario/scenario.ts';
import type { ModelPlan } from './resolve.ts';
import { STEP_US } from './schedule.ts';

type Setting = string | number | boolean;
type Settings = Readonly<Record<string, Setting>>;

/** A decision that might help, to be tried on the schedule of a counterexample. */
interface Alternative {
  readonly id: string;
  readonly title: string;
  readonly set: Settings;
  readonly decision: Decision;
  /** Somebody vouches for it: the scenario that was explored, or the model. */
  readonly isFix: boolean;
}

/** A scenario's texts are no longer than this. */
const TEXT_MAX = 600;

/** The run of a counterexample as a scenario of two variants: as explored, and the first alternative that breaks nothing on the same schedule. */
export function scenarioOfRun(
  plan: ModelPlan,
  run: Run,
  broken: { readonly property: string; readonly steps: number },
): Scenario {
  const { model, scenario, variant } = plan;
  const { input } = run;
  const { property, steps } = broken;
  const title = model.properties.find(({ id }) => id === property)!.title;
  const { alternative, run: other } = choose(plan, run, property);
  const names = Object.keys(alternative.set);
  const own = Object.fromEntries(names.map((name) => [name, input.knobs[name] as Setting]));
  const changed = changedKnobs(model, input.knobs);
  const sentence = run.verdicts.find(({ id }) => id === property)!.verdict.sentence;
  const [key] = model.keys(run.record.operations);
  const occurred =
    ({ witnessed }: Run) =>
    (name: string) =>
      witnessed[name] === true;
  const witness = Object.keys(model.witnesses).filter(occurred(run)).find(occurred(other));
  return {
    id: `${model.id}-${property}-explored`,
    title: `${model.title}: a shortest counterexample (${property})`,
    model: model.id,
    rules: scenario?.rules ?? [],
    claim: `However long messages and disk writes take: ${title}.`,
    finding: `In ${steps} steps it is not. ${sentence}`.slice(0, TEXT_MAX),
    decisions: [alternative.decision],
    knobs: Object.fromEntries(Object.entries(changed).filter(([name]) => !names.includes(name))),
    workload: plan.workload,
    faults: input.faults,
    ...(input.schedule !== undefined && { schedule: input.schedule }),
    durationUs: input.durationUs,
    seed: input.seed,
    variants: [
      {
        id: variant?.id ?? 'explored',
        title: variant?.title ?? 'As explored',
        part: 'broken',
        from: undefined,
        decision: undefined,
        set: own,
        expect: expectationsOf(run, property),
        rates: [],
      },
      variantOf(alternative, other, { property, from: variant?.id ?? 'explored' }),
    ],
    ...(witness !== undefined && { witness }),
    progressMin: 0,
    cost: { text: 'Not measured: this is one run, chosen for what it breaks.', metrics: [] },
    assumptions: [],
    view: { ...(key !== undefined && { key }), fromUs: 0, toUs: (steps + 2) * STEP_US },
  };
}

function variantOf(
  { id, title, set, decision, isFix }: Alternative,
  run: Run,
  { property, from }: { readonly property: string; readonly from: string },
): Variant {
  const helps = !violatedIn(run).includes(property);
  const expect = expectationsOf(run, property);
  return {
    id,
    title,
    part: helps && isFix ? 'fixed' : 'comparison',
    from,
    decision: decision.id,
    set,
    expect,
    rates: [],
  };
}

/** The property in question, and whatever else the run breaks. */
function expectationsOf(run: Run, property: string): Readonly<Record<string, Expectation>> {
  return Object.fromEntries(
    run.verdicts
      .filter(({ id, verdict }) => id === property || verdict.status === 'violated')
      .map(({ id, verdict }) => [id, verdict.status]),
  );
}

function violatedIn({ verdicts }: Run): readonly string[] {
  return verdicts.filter(({ verdict }) => verdict.status === 'violated').map(({ id }) => id);
}

/** The first alternative under which the same schedule breaks nothing; else the first that does not break the property; else the first. */
function choose(plan: ModelPlan, run: Run, property: string): { readonly alternative: Alternative; readonly run: Run } {
  const tried = alternatives(plan).map((alternative) => ({
    alternative,
    run: execute({ ...run.input, knobs: { ...run.input.knobs, ...alternative.set }, history: false, digest: false }),
  }));
  return (
    tried.find((one) => violatedIn(one.run).length === 0) ??
    tried.find((one) => !violatedIn(one.run).includes(property)) ??
    tried[0]!
  );
}

/** Other variants of the scenario, then what the model knows to help, then every other option of a knob, changed ones first. */
function alternatives(plan: ModelPlan): readonly Alternative[] {
  const { model, input } = plan;
  const { knobs } = input;
  const entries = Object.entries(model.knobs);
  const isChanged = ([name, knob]: readonly [string, Knob]) => knobs[name] !== knob.default;
  const found = [
    ...ofScenario(plan),
    ...plan.explorable.fixes.map(({ title, set }) => alternative({ title, set, model, isFix: true })),
    ...[...entries.filter(isChanged), ...entries.filter((entry) => !isChanged(entry))].flatMap((entry) =>
      ofKnob(entry, plan),
    ),
  ];
  return found.filter(({ set }) => {
    const differs = Object.entries(set).some(([name, value]) => knobs[name] !== value);
    return differs && model.constraints({ ...knobs, ...set } as never).length === 0;
  });
}

/** The variants that differ in exactly one decision from the one that was explored; those called fixed first. */
function ofScenario({ scenario, variant, input }: ModelPlan): readonly Alternative[] {
  if (scenario === undefined || variant === undefined) return [];
  const others = scenario.variants.flatMap((other): Alternative[] => {
    const differing = Object.entries(chainOf(scenario, other)).filter(([name, value]) => input.knobs[name] !== value);
    const decision = scenario.decisions.find(({ knobs }) => differing.every(([name]) => knobs.includes(name)));
    if (other === variant || differing.length === 0 || decision === undefined) return [];
    const { id, title } = other;
    const chain = chainOf(scenario, other);
    const set = Object.fromEntries(decision.knobs.map((name) => [name, chain[name] ?? (input.knobs[name] as Setting)]));
    return [{ id, title, set, decision, isFix: other.part === 'fixed' }];
  });
  return [...others.filter(({ isFix }) => isFix), ...others.filter(({ isFix }) => !isFix)];
}

function ofKnob([name, knob]: readonly [string, Knob], { model }: ModelPlan): readonly Alternative[] {
  const { kind, options, group } = knob.spec;
  const values: readonly { readonly value: string | boolean; readonly label: string }[] =
    kind === 'choice'
      ? options!
      : kind === 'flag'
        ? [
            { value: false, label: 'off' },
            { value: true, label: 'on' },
          ]
        : [];
  return values
    .filter(({ value }) => group !== 'mistake' || value === knob.default)
    .map(({ value, label }) =>
      alternative({ title: `${knob.spec.label}: ${label}`, set: { [name]: value }, model, isFix: group === 'mistake' }),
    );
}

function alternative(options: {
  readonly title: string;
  readonly set: Settings;
  readonly model: Model;
  readonly isFix: boolean;
}): Alternative {
  const { title, set, model, isFix } = options;
  const names = Object.keys(set);
  const labels = names.map((name) => model.knobs[name]!.spec.label.toLowerCase());
  const id = names.map((name) => `${name}-${set[name]}`).join('-');
  const decision: Decision = { id: names.join('-'), title: labels.join(' and '), knobs: names };
  return { id, title, set, decision, isFix };
}

function changedKnobs(model: Model, knobs: Readonly<Record<string, unknown>>): Settings {
  const changed = Object.entries(model.knobs).filter(([name, knob]) => knobs[name] !== knob.default);
  return Object.fromEntries(changed.map(([name]) => [name, knobs[name] as Setting]));
}
