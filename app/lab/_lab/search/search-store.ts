import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Explanation, ShrinkProgress, ShrinkReport, SweepState } from '../../../../simulations/index.ts';
import type { LabStore } from '../state/store.ts';
import { type Jobs, noJobs } from './jobs.ts';

/** What the reader asks of a sweep: seeds 1 to `seeds`. */
export interface SweepPlan {
  readonly seeds: number;
  readonly stopAtFirst: boolean;
}

/** A sweep on its way. */
export interface SweepProgress extends SweepPlan {
  /** Seeds that have run. */
  readonly ran: number;
  /** Seeds a second since it began; undefined until some have run. */
  readonly perSecond: number | undefined;
  /** What the first of them showed; undefined until some have run. */
  readonly state: SweepState | undefined;
}

/** What a sweep found, in all its seeds or in those that it got to. */
export interface SweepResult extends SweepPlan {
  readonly state: SweepState;
  readonly end: 'all' | 'first' | 'cancelled';
}

/** Everything that the search pane knows. It outlives the pane: a result is there when the pane is opened again. */
export interface SearchState {
  readonly plan: SweepPlan;
  readonly sweeps: Jobs<SweepProgress, SweepResult>;
  readonly smaller: Jobs<ShrinkProgress | undefined, ShrinkReport>;
  readonly explains: Jobs<undefined, Explanation>;
  /** What is said aloud: a start, the first violation, an end. */
  readonly said: string;
}

export type SearchStore = StoreApi<SearchState>;

const stores = new WeakMap<LabStore, SearchStore>();

/** The store of a lab's searches, made with the first question. */
export function searchStoreOf(lab: LabStore): SearchStore {
  const known = stores.get(lab);
  if (known !== undefined) return known;
  const store = createStore<SearchState>(() => ({
    plan: { seeds: 1_000, stopAtFirst: true },
    sweeps: noJobs,
    smaller: noJobs,
    explains: noJobs,
    said: '',
  }));
  stores.set(lab, store);
  return store;
}
