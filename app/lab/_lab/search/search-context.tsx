'use client';

import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { SearchActions } from './search-actions.ts';
import type { SearchState, SearchStore } from './search-store.ts';

export interface SearchHandle {
  readonly store: SearchStore;
  readonly actions: SearchActions;
}

export const SearchContext = createContext<SearchHandle | undefined>(undefined);

/** The searches of the pane around it. */
export function useSearchHandle(): SearchHandle {
  const handle = useContext(SearchContext);
  if (handle === undefined) throw new Error('A part of the search pane stands outside <SearchPane>.');
  return handle;
}

/** A part of what the searches know. The selector must return something that is equal while nothing changed. */
export function useSearch<T>(selector: (state: SearchState) => T): T {
  return useStore(useSearchHandle().store, selector);
}
