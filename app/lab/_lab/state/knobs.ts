import { chainOf } from '../../../../simulations/index.ts';
import { type KnobValue, type Lab, type Setup, scenarioOf } from '../../../_run/setup.ts';
import { variantOf } from '../../../_run/verdicts.ts';

/** What scenario and variant say of a knob, before the reader turns it. */
export function knobBase(lab: Lab, setup: Setup): Readonly<Record<string, unknown>> {
  const scenario = scenarioOf(lab, setup);
  const defaults = Object.fromEntries(Object.entries(lab.model.knobs).map(([name, knob]) => [name, knob.default]));
  return { ...defaults, ...scenario?.knobs, ...chainOf(scenario, variantOf(scenario, setup.variant)) };
}

/** The turned knobs of a setup after one more was turned; one that is back where it was is no longer among them. */
export function turned(lab: Lab, setup: Setup, name: string, value: KnobValue): Setup['set'] {
  const { [name]: _before, ...others } = setup.set;
  return knobBase(lab, setup)[name] === value ? others : { ...others, [name]: value };
}

/** The turned knobs of a setup under another variant, which takes back the knobs that it decides itself. */
export function withoutDecided(lab: Lab, setup: Setup, variant: string): Setup['set'] {
  const scenario = scenarioOf(lab, setup);
  const before = knobBase(lab, setup);
  const after = knobBase(lab, { ...setup, variant });
  const decided = new Set(scenario?.decisions.flatMap((decision) => decision.knobs) ?? []);
  return Object.fromEntries(
    Object.entries(setup.set).filter(
      ([name, value]) => !decided.has(name) && before[name] === after[name] && after[name] !== value,
    ),
  );
}
