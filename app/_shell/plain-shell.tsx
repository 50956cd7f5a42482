import type { ReactNode } from 'react';
import bar from './masthead.module.css';
import shell from './page-shell.module.css';
import name from './wordmark.module.css';
import { WordmarkFace } from './wordmark-face.tsx';

/**
 * The shell of the error page: name and content only, and its links load a fresh page. Every page carries the error page's
 * script with it, so the navigation stays out.
 */
export function PlainShell({ children }: { children: ReactNode }) {
  return (
    <div className={shell.shell}>
      <header className={bar.bar}>
        <div className={bar.inner}>
          <a className={name.name} href="/" aria-label="Faultline, home">
            <WordmarkFace />
          </a>
        </div>
      </header>
      <main id="main" className={shell.main} tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}
