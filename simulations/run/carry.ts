import { modelById } from '../models/registry.ts';
import { scenarioData, scenarioText } from '../scenario/format.ts';
import type { Scenario, ScenarioData } from '../scenario/scenario.ts';

/** A scenario as a link carries it: for one that the site does not ship. */
export function carriedBy(scenario: Scenario): ScenarioData {
  return scenarioData(scenario, durationKnobs(scenario));
}

/** A scenario as the text of a YAML file. */
export function fileOf(scenario: Scenario): string {
  return scenarioText(scenario, durationKnobs(scenario));
}

function durationKnobs({ model }: Scenario): (knob: string) => boolean {
  const knobs = modelById(model)?.knobs ?? {};
  return (knob) => knobs[knob]?.spec.kind === 'duration';
}
