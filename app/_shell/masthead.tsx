import styles from './masthead.module.css';
import { SiteNav } from './site-nav.tsx';
import { ThemeToggle } from './theme-toggle.tsx';
import { Wordmark } from './wordmark.tsx';

/** The head of every page but the lab: name, the rule sheared under it, the ways in, the theme. */
export function Masthead() {
  return (
    <header className={styles.bar}>
      <div className={styles.inner}>
        <Wordmark />
        <SiteNav />
        <ThemeToggle />
      </div>
    </header>
  );
}
