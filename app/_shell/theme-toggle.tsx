'use client';

import { useSyncExternalStore } from 'react';
import { readTheme, subscribeToTheme, type Theme, themes, writeTheme } from './theme.ts';
import styles from './theme-toggle.module.css';

/** Cycles light, dark, system. The disc is open, full or half: it follows the document, so it is right before React is. */
export function ThemeToggle() {
  const theme = useSyncExternalStore(subscribeToTheme, readTheme, serverTheme);
  const next = themes[(themes.indexOf(theme) + 1) % themes.length]!;
  const label = `Theme: ${theme}. Switch to ${next}`;
  return (
    <button type="button" className={styles.toggle} aria-label={label} title={label} onClick={() => writeTheme(next)}>
      <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
        <circle cx="8" cy="8" r="6.25" />
        <path className={styles.right} d="M8 1.75a6.25 6.25 0 0 1 0 12.5Z" />
        <path className={styles.left} d="M8 1.75a6.25 6.25 0 0 0 0 12.5Z" />
      </svg>
    </button>
  );
}

function serverTheme(): Theme {
  return 'system';
}
