import type { ReactNode } from 'react';
import { Footer } from './footer.tsx';
import { Masthead } from './masthead.tsx';
import styles from './page-shell.module.css';

/** What a page wraps itself in. */
export interface PageShellProps {
  readonly children: ReactNode;
  /** The engine's version, such as "1.4.0". Left out of the footer when not given. */
  readonly engine?: string;
}

/** Masthead, the page's own content in `main`, footer. The lab has a bar of its own and does without. */
export function PageShell({ children, engine }: PageShellProps) {
  return (
    <div className={styles.shell}>
      <Masthead />
      <main id="main" className={styles.main} tabIndex={-1}>
        {children}
      </main>
      <Footer engine={engine} />
    </div>
  );
}
