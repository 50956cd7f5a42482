'use client';

import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { Focus, Model, NamedVerdict, Run } from '../../../../simulations/index.ts';
import { momentAt } from '../../../_run/moment.ts';
import { scenarioOf } from '../../../_run/setup.ts';
import { overallOf, variantOf } from '../../../_run/verdicts.ts';
import { isVeiled } from '../teach/teaching.ts';
import { useLab, useLabStore } from './context.tsx';
import { type LabState, stepInView } from './store.ts';

/** While playing, panes of text change at most this often: nobody reads faster, and frames stay cheap. */
const CALM_MS = 150;

/** A part of the state that follows at once while paused, and calmly while playing. */
export function useCalm<T>(selector: (state: LabState) => T): T {
  const store = useLabStore();
  const [value, setValue] = useState(() => selector(store.getState()));
  const latest = useRef(selector);
  latest.current = selector;
  useEffect(() => {
    let last = 0;
    const take = () => {
      const state = store.getState();
      const now = performance.now();
      if (state.playing && now - last < CALM_MS) return;
      last = now;
      setValue(() => latest.current(state));
    };
    take();
    return store.subscribe(take);
  }, [store]);
  return value;
}

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
