'use client';

import { useMemo, useSyncExternalStore } from 'react';
import type { Focus, Model, NamedVerdict, Run } from '../../../../simulations/index.ts';
import { momentAt } from '../../../_run/moment.ts';
import { scenarioOf } from '../../../_run/setup.ts';
import { overallOf, variantOf } from '../../../_run/verdicts.ts';
import { isVeiled } from '../teach/teaching.ts';
import { useCalm, useLab } from './context.tsx';
import { stepInView } from './store.ts';

/** The sentence of a step, in the model's words. */
export function narrationOf(model: Model, run: Run, focus: Focus, step: number): string {
  const { timeline } = run;
  if (timeline === undefined || step < 0 || step >= timeline.length) return 'Nothing has happened yet.';
  const view = timeline.step(step);
  return model.narrate(view, { ...focus, world: momentAt(timeline, step + 1) });
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
