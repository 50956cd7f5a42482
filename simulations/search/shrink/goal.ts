import type { Knob } from '../../models/knob.ts';
import { type RunInput, workloadDraw } from '../../run/execute.ts';
import { chainOf } from '../../run/resolve.ts';
import { formatDuration } from '../../scenario/duration.ts';
import type { Decision, Scenario, Variant } from '../../scenario/scenario.ts';
import type { KnobSettings } from './candidate.ts';

/** A way out of a violation: one decision after the other, the last of which repairs it. */
export interface Repair {
  readonly steps: readonly {
    readonly id: string;
    readonly title: string;
    readonly part: Variant['part'];
    /** The decision in which it differs from the step before it. */
    readonly decision: Decision;
    /** Its knobs on top of those of the violating run. */
    readonly set: KnobSettings;
  }[];
}

/**
 * The repairs that a scenario offers for one of its variants, shortest first, those that it calls fixed before those that it merely
 * compares. Whether one does repair a violation is for a run to say.
 */
export function repairsOf(scenario: Scenario, variant: Variant): readonly Repair[] {
  const knobs = (one: Variant) => ({ ...scenario.knobs, ...chainOf(scenario, one) });
  const before = knobs(variant);
  const repairs: Repair[] = [];
  for (const other of scenario.variants) {
    const path = pathTo(scenario, variant, other);
    if (path === undefined) continue;
    const steps = path.map(({ id, title, part, decision }, at) => {
      const after = knobs(path[at]!);
      const set = Object.fromEntries(Object.entries(after).filter(([knob, value]) => before[knob] !== value));
      return { id, title, part, decision: scenario.decisions.find((one) => one.id === decision)!, set };
    });
    repairs.push({ steps });
  }
  const rank = ({ steps }: Repair) => steps.length * 2 + (steps.at(-1)!.part === 'fixed' ? 0 : 1);
  return repairs.sort((a, b) => rank(a) - rank(b));
}

/** The variants from one to another, without the first: down the line of descent, or beside it where one decision is all that differs. */
function pathTo(scenario: Scenario, from: Variant, to: Variant): readonly Variant[] | undefined {
  if (from === to) return undefined;
  const path: Variant[] = [];
  for (let at: Variant | undefined = to; at !== undefined; at = scenario.variants.find(({ id }) => id === at?.from)) {
    if (at === from) return path;
    path.unshift(at);
  }
  // Siblings and forebears: one decision apart, or not comparable in this file.
  const apart = scenario.decisions.filter((decision) => differs(scenario, from, to, decision));
  return apart.length === 1 ? [{ ...to, decision: apart[0]!.id }] : undefined;
}

function differs(scenario: Scenario, from: Variant, to: Variant, { knobs }: Decision): boolean {
  const [one, other] = [chainOf(scenario, from), chainOf(scenario, to)];
  return knobs.some((knob) => (one[knob] ?? scenario.knobs[knob]) !== (other[knob] ?? scenario.knobs[knob]));
}

/** Groups of knobs that are no decision: the network is what it is, clients do as they do, and to ask for less is no repair. */
const GIVEN: ReadonlySet<string> = new Set(['network', 'clients', 'objective']);

/** Without a scenario: each knob of the design that was turned, alone, back to its default. */
export function defaultRepairs({ model, knobs }: RunInput): readonly Repair[] {
  return Object.entries(model.knobs)
    .filter(([name, knob]) => knobs[name] !== knob.default && !GIVEN.has(knob.spec.group))
    .map(([name, knob]) => {
      const value = knob.default as string | number | boolean;
      const decision = { id: name, title: knob.spec.label.toLowerCase(), knobs: [name] };
      const title = `${knob.spec.label}: ${knobWords(knob, value)}`;
      return { steps: [{ id: `default-${name}`, title, part: 'fixed', decision, set: { [name]: value } }] };
    });
}

/** A knob's value as a reader would say it. */
export function knobWords({ spec }: Knob, value: unknown): string {
  if (spec.kind === 'flag') return value === true ? 'on' : 'off';
  if (spec.kind === 'duration') return formatDuration(value as number);
  if (value === 0 && spec.zero !== undefined) return spec.zero;
  return spec.options?.find((option) => option.value === value)?.label ?? String(value);
}

/** The client operations of a run written out; undefined when the model cannot. */
export function writtenOut(
  input: RunInput,
  operations: Parameters<NonNullable<RunInput['model']['shrinking']>['operations']>[0]['operations'],
) {
  const { model, knobs, workload, seed } = input;
  return model.shrinking?.operations({ knobs: knobs as never, workload, draw: workloadDraw(seed), operations });
}
