import type { RunRequest } from '../../../../simulations/index.ts';
import { type Lab, type Setup, scenarioOf } from '../../../_run/setup.ts';
import { variantOf } from '../../../_run/verdicts.ts';
import type { Subject } from './jobs.ts';

/** The setup as workers are asked for it: with its seed, as plain data. */
export function requestOf(lab: Lab, setup: Setup): RunRequest {
  const { variant, seed, set, faults } = setup;
  return { model: lab.model.id, scenario: scenarioOf(lab, setup), variant, seed, set, faults };
}

/** The setup whatever its seed: what a sweep measures. */
export function sweepSubject(lab: Lab, setup: Setup): Subject {
  const { scenario, carried, set } = setup;
  const base = scenarioOf(lab, setup);
  const variant = variantOf(base, setup.variant);
  const faults = setup.faults ?? base?.faults ?? [];
  const knobs = Object.keys(set)
    .sort()
    .map((name) => [name, set[name]]);
  const edited = JSON.stringify(faults) !== JSON.stringify(base?.faults ?? []);
  const title = [
    variant?.title ?? lab.model.title,
    ...knobs.map(([name, value]) => `${name} ${value}`),
    ...(edited ? ['edited faults'] : []),
  ].join(', ');
  return { key: JSON.stringify([scenario, carried ?? null, variant?.id, knobs, faults]), title };
}

/** One run and one of its violations: what is made smaller and explained. */
export function violationSubject(lab: Lab, setup: Setup, property: string): Subject {
  const { key, title } = sweepSubject(lab, setup);
  const seed = setup.seed ?? scenarioOf(lab, setup)?.seed ?? 1;
  return { key: JSON.stringify([key, seed, property]), title: `${property}, ${title}, seed ${seed}` };
}
