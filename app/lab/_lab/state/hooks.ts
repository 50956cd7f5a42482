'use client';

import { useMemo, useSyncExternalStore } from 'react';
import type { Focus, Model, NamedVerdict, Run } from '../../../../simulations/index.ts';
import { scenarioOf } from '../../../_run/setup.ts';
import { overallOf, variantOf } from '../../../_run/verdicts.ts';
import { isVeiled } from '../teach/teaching.ts';
import { useCalm, useLab } from './context.tsx';
import { stepInView } from './store.ts';

/** Sentences kept for each run. */
const SAID_MAX = 512;
const said = new WeakMap<Run, Map<string, string>>();

/** The sentence of a step, in the model's words. One that was said before is not made again: its moment would have to be found by replay. */
export function narrationOf(model: Model, run: Run, focus: Focus, step: number): string {
  const { timeline } = run;
  if (timeline === undefined || step < 0 || step >= timeline.length) return 'Nothing has happened yet.';
  const sentences = said.get(run) ?? new Map<string, string>();
  said.set(run, sentences);
  const name = `${step} ${focus.key}`;
  const known = sentences.get(name);
  if (known !== undefined) return known;
  // The moment first: the timeline then knows the step that led to it.
  const world = timeline.worldAt(step + 1);
  const sentence = model.narrate(timeline.step(step), { ...focus, world });
  if (sentences.size >= SAID_MAX) sentences.clear();
  sentences.set(name, sentence);
  return sentence;
}

/** The step that the text panes are about. */
export function useStepInView(): number {
  return useCalm(stepInView);
}

/** The variant of the run in view. */
export function useVariant() {
  const scenario = useLab((state) => scenarioOf(state, state.applied));
  const id = useLab((state) => state.applied.variant);
  return useMemo(() => variantOf(scenario, id), [scenario, id]);
}

/** Whether a media query holds; false on the server. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = matchMedia(query);
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    () => matchMedia(query).matches,
    () => false,
  );
}

/** The verdict in view: the one that the reader chose, or the one that matters most; undefined while a prediction about it is open. */
export function useShownVerdict(): NamedVerdict | undefined {
  const run = useLab((state) => state.run);
  const id = useLab((state) => state.verdict);
  const veiled = useLab(isVeiled);
  const variant = useVariant();
  return useMemo(() => {
    if (run === undefined || veiled) return undefined;
    return run.verdicts.find((named) => named.id === id) ?? overallOf(run, variant).first;
  }, [run, id, variant, veiled]);
}
