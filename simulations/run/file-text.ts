import { stringify } from 'yaml';
import type { Scenario } from '../scenario/scenario.ts';
import { carriedBy } from './carry.ts';

/** A scenario as the text of a YAML file, which `loadScenario` reads back to the same scenario. */
export function fileOf(scenario: Scenario): string {
  return stringify(carriedBy(scenario), { lineWidth: 140, flowCollectionPadding: true });
}
