'use client';

import { useEffect, useRef } from 'react';
import { scenarioOf } from '../../../_run/setup.ts';
import pane from '../parts/pane.module.css';
import { PaneHead } from '../parts/pane-head.tsx';
import { useLab } from '../state/context.tsx';
import type { TeachView } from '../state/store.ts';
import { ChallengeView } from './challenge-view.tsx';
import { PredictView } from './predict-view.tsx';
import styles from './teach-pane.module.css';

const titles: Readonly<Record<TeachView, string>> = { predict: 'Predict', challenge: 'Challenge' };

/** In the place of the verdict: the question before the run, or something to bring about. */
export function TeachPane({ view }: { readonly view: TeachView }) {
  const scenario = useLab((state) => scenarioOf(state, state.setup));
  const asking = useLab((state) => state.asking !== undefined);
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    // Whoever pressed a button to come here goes on here; whoever came by link is left where they are.
    if (document.activeElement?.closest('[data-teach]') != null) box.current?.focus({ preventScroll: true });
  }, []);
  const detail = view === 'predict' && asking ? 'verdicts hidden until then' : scenario?.id;
  return (
    <section
      ref={box}
      className={`${pane.pane} ${styles.pane}`}
      aria-labelledby="teach-head"
      data-testid="teach"
      tabIndex={-1}
    >
      <PaneHead id="teach-head" title={titles[view]} detail={detail} />
      {view === 'predict' && scenario?.predict !== undefined && (
        <PredictView key={scenario.id} scenario={scenario} predict={scenario.predict} />
      )}
      {view === 'challenge' && scenario?.challenge !== undefined && (
        <ChallengeView key={scenario.id} scenario={scenario} challenge={scenario.challenge} />
      )}
      {scenario?.[view] === undefined && <p className={styles.hint}>This scenario has none.</p>}
    </section>
  );
}
