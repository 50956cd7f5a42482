'use client';

import type { KeyboardEvent, ReactNode } from 'react';
import styles from './faults-tabs.module.css';

const TABS = [
  { id: 'list', name: 'List' },
  { id: 'timeline', name: 'Timeline' },
  { id: 'text', name: 'Text' },
] as const;

/** A way to look at the fault script. */
export type FaultsTab = (typeof TABS)[number]['id'];

export interface FaultsTabsProps {
  readonly tab: FaultsTab;
  onTab(tab: FaultsTab): void;
  readonly children: ReactNode;
}

/** The fault script as a list, as a timeline, as text. Arrow keys go from tab to tab. */
export function FaultsTabs({ tab, onTab, children }: FaultsTabsProps) {
  const press = (event: KeyboardEvent<HTMLElement>) => {
    const at = TABS.findIndex(({ id }) => id === tab);
    const next = { ArrowRight: (at + 1) % 3, ArrowLeft: (at + 2) % 3, Home: 0, End: 2 }[event.key];
    const chosen = next === undefined ? undefined : TABS[next];
    if (chosen === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onTab(chosen.id);
    document.getElementById(`faults-tab-${chosen.id}`)?.focus();
  };
  return (
    <>
      <div role="tablist" aria-label="Faults as" className={styles.tabs}>
        {TABS.map(({ id, name }) => (
          <button
            key={id}
            type="button"
            role="tab"
            id={`faults-tab-${id}`}
            aria-selected={id === tab}
            aria-controls="faults-view"
            tabIndex={id === tab ? 0 : -1}
            onClick={() => onTab(id)}
            onKeyDown={press}
          >
            {name}
          </button>
        ))}
      </div>
      <div id="faults-view" role="tabpanel" aria-labelledby={`faults-tab-${tab}`} className={styles.view}>
        {children}
      </div>
    </>
  );
}
