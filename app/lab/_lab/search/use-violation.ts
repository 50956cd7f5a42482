'use client';

import { useMemo } from 'react';
import type { NamedVerdict } from '../../../../simulations/index.ts';
import { useLab, useLabStore } from '../state/context.tsx';
import { useShownVerdict } from '../state/hooks.ts';
import { sweepSubject, violationSubject } from './subject.ts';

/** The verdict in view and, when it is violated, what smaller runs and explanations are about. */
export function useViolation(): {
  readonly shown: NamedVerdict | undefined;
  readonly property: string | undefined;
  /** Names the violation, or else the setup. */
  readonly subject: ReturnType<typeof sweepSubject>;
} {
  const store = useLabStore();
  const applied = useLab((state) => state.applied);
  const shown = useShownVerdict();
  const property = shown?.verdict.status === 'violated' ? shown.id : undefined;
  const subject = useMemo(() => {
    const lab = store.getState();
    return property === undefined ? sweepSubject(lab, applied) : violationSubject(lab, applied, property);
  }, [store, applied, property]);
  return { shown, property, subject };
}
