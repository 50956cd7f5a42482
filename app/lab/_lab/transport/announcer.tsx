'use client';

import { useEffect, useState } from 'react';
import { formatCount } from '../../../../simulations/index.ts';
import { useLab } from '../state/context.tsx';
import { narrationOf } from '../state/hooks.ts';

/** A reader who holds an arrow key hears where it ends, not every step on the way. */
const QUIET_MS = 400;

/** Speaks the moment, but only when paused or stepping. */
export function Announcer() {
  const run = useLab((state) => state.run);
  const model = useLab((state) => state.model);
  const focus = useLab((state) => state.focus);
  const steps = useLab((state) => (state.playing ? undefined : state.steps));
  const [words, setWords] = useState('');
  useEffect(() => {
    if (run === undefined || steps === undefined) return;
    const timer = setTimeout(() => {
      setWords(
        `step ${formatCount(steps)} of ${formatCount(run.events)}: ${narrationOf(model, run, focus, steps - 1)}`,
      );
    }, QUIET_MS);
    return () => clearTimeout(timer);
  }, [run, model, focus, steps]);
  return (
    <p className="sr" aria-live="polite" data-testid="live">
      {words}
    </p>
  );
}
