'use client';

import { useSyncExternalStore } from 'react';
import { readPrediction, subscribeToPredictions, writePrediction } from '../../../_prose/predictions.ts';
import { shelfOf } from './teaching.ts';

/** What the reader answered about a scenario, kept in this browser, and the setter; undefined takes it back. */
export function useKept(
  scenario: string,
  name: string,
): readonly [string | undefined, (text: string | undefined) => void] {
  const shelf = shelfOf(scenario);
  const kept = useSyncExternalStore(
    subscribeToPredictions,
    () => readPrediction(shelf, name),
    () => undefined,
  );
  return [kept, (text) => writePrediction(shelf, name, text)];
}
