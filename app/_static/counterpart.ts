import { heldTo, type Scenario } from '../../simulations/index.ts';
import { loadScenarios } from '../_content/scenarios.ts';
import { type PinnedRun, pinnedRun } from './pinned.ts';

/** The run that a scenario is compared with, held to the same objectives. */
export interface CounterpartRun extends PinnedRun {
  readonly scenario: Scenario;
}

/** The pinned run of the variant that a scenario names in `compareWith`; undefined where it names none. A name that does not exist stops the build. */
export function counterpartOf(scenario: Scenario): CounterpartRun | undefined {
  const { compareWith } = scenario;
  if (compareWith === undefined) return undefined;
  const other = loadScenarios().find(({ id }) => id === compareWith.scenario);
  const variant = other?.variants.find(({ id }) => id === compareWith.variant);
  if (other === undefined || variant === undefined)
    throw new Error(
      `${scenario.id}: compareWith names ${compareWith.scenario}/${compareWith.variant}, which does not exist.`,
    );
  return { scenario: other, ...pinnedRun(heldTo(other, scenario), variant) };
}
