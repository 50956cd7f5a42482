'use client';

import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { useStore } from 'zustand';
import type { TeachActions } from '../teach/teach-actions.ts';
import type { BranchActions } from './branching.ts';
import type { ChangeActions } from './change.ts';
import type { LookActions } from './look.ts';
import type { LabState, LabStore } from './store.ts';

/** What a reader can do, for every pane. */
export interface LabActions extends LookActions, ChangeActions, BranchActions, TeachActions {
  /** Starts or stops playing. */
  toggle(): void;
  pause(): void;
}

export interface LabHandle {
  readonly store: LabStore;
  /** The same state as text panes see it: see `calmStore`. */
  readonly calm: LabStore;
  readonly actions: LabActions;
}

export const LabContext = createContext<LabHandle | undefined>(undefined);

function useHandle(): LabHandle {
  const handle = useContext(LabContext);
  if (handle === undefined) throw new Error('A part of the lab stands outside <Lab>.');
  return handle;
}

/** A part of the lab's state. The selector must return something that is equal while nothing changed. */
export function useLab<T>(selector: (state: LabState) => T): T {
  return useStore(useHandle().store, selector);
}

/** Panes in here see the state calmly: they follow when the reader's hand rests, so that what moves under it stays smooth. */
export function Calm({ children }: { readonly children: ReactNode }) {
  const handle = useHandle();
  const calmed = useMemo(() => ({ ...handle, store: handle.calm }), [handle]);
  return <LabContext value={calmed}>{children}</LabContext>;
}

/** A part of the state for text: it follows when the reader's hand rests. */
export function useCalm<T>(selector: (state: LabState) => T): T {
  return useStore(useHandle().calm, selector);
}

export function useActions(): LabActions {
  return useHandle().actions;
}

export function useLabStore(): LabStore {
  return useHandle().store;
}
