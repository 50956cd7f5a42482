'use client';

import { useEffect, useMemo, useRef } from 'react';
import { flushSync } from 'react-dom';
import pane from '../parts/pane.module.css';
import { useLab, useLabStore } from '../state/context.tsx';
import type { SearchView } from '../state/store.ts';
import { ExplainView } from './explain-view.tsx';
import { searchActions } from './search-actions.ts';
import { SearchContext, useSearch } from './search-context.tsx';
import styles from './search-pane.module.css';
import { searchStoreOf } from './search-store.ts';
import { SeedsView } from './seeds-view.tsx';
import { SmallerView } from './smaller-view.tsx';

const views = { seeds: 'Over many seeds', smaller: 'Make it smaller', explain: 'Explain' } as const;

/** In the place of the verdict: on which seeds a check is violated, in how small a run, and why. What runs ends with the pane. */
export function SearchPane() {
  const lab = useLabStore();
  const view = useLab((state) => state.searching) ?? 'seeds';
  const handle = useMemo(() => {
    const store = searchStoreOf(lab);
    return { store, actions: searchActions(lab, store) };
  }, [lab]);
  const current = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // The button that opened the pane is gone, and the focus with it.
    if (document.activeElement === document.body) current.current?.focus({ preventScroll: true });
    return handle.actions.stop;
  }, [handle]);
  const close = () => {
    flushSync(() => lab.setState({ searching: undefined }));
    const opener = document.querySelector<HTMLElement>(`[data-search="${view}"]`);
    (opener ?? document.querySelector<HTMLElement>('[data-search]'))?.focus();
  };
  return (
    <SearchContext value={handle}>
      <section className={`${pane.pane} ${styles.search}`} aria-labelledby="search-head" data-testid="search">
        <div className={styles.head}>
          <h2 id="search-head" className="sr">
            Search
          </h2>
          {(Object.keys(views) as SearchView[]).map((one) => (
            <button
              key={one}
              ref={one === view ? current : undefined}
              type="button"
              aria-pressed={one === view}
              onClick={() => lab.setState({ searching: one })}
            >
              {views[one]}
            </button>
          ))}
          <button type="button" className={styles.close} onClick={close}>
            Close
          </button>
        </div>
        <div className={styles.body} data-scrolls="">
          {view === 'seeds' && <SeedsView />}
          {view === 'smaller' && <SmallerView />}
          {view === 'explain' && <ExplainView />}
        </div>
        <Said />
      </section>
    </SearchContext>
  );
}

/** Aloud: a start, the first violation, an end. */
function Said() {
  return (
    <p className="sr" role="status" data-testid="search-said">
      {useSearch((state) => state.said)}
    </p>
  );
}
