import { knownModel } from '../models/known.ts';
import { scenarioData } from '../scenario/format.ts';
import type { Scenario, ScenarioData } from '../scenario/scenario.ts';

/** A scenario as a link carries it, for one that the site does not ship. `loadScenarioData` reads it back. */
export function carriedBy(scenario: Scenario): ScenarioData {
  const knobs = knownModel(scenario.model)?.knobs ?? {};
  return scenarioData(scenario, (knob) => knobs[knob]?.spec.kind === 'duration');
}
