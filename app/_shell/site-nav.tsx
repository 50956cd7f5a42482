'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useEffect, useId, useRef, useState } from 'react';
import { sections } from './sections.ts';
import styles from './site-nav.module.css';

// Links of the shell fetch nothing before they are pressed: the lab behind one of them brings the whole engine.
/** The sections of the site. On a narrow screen a button discloses them; Escape, a tap outside or a visit closes them. */
export function SiteNav() {
  const pathname = usePathname();
  const [open, setOpen] = useState(false);
  const list = useId();
  const nav = useRef<HTMLElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useDismissal({ open, nav, button, close: () => setOpen(false) });

  return (
    <nav ref={nav} className={styles.nav} aria-label="Main">
      <button
        ref={button}
        type="button"
        className={styles.menu}
        aria-expanded={open}
        aria-controls={list}
        onClick={() => setOpen(!open)}
      >
        <span>Menu</span>
      </button>
      <ul id={list} className={open ? `${styles.list} ${styles.open}` : styles.list}>
        {sections.map(({ href, base, name }) => (
          <li key={href}>
            <Link
              href={href}
              prefetch={false}
              aria-current={currentOf(pathname, href, base)}
              onClick={() => setOpen(false)}
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function currentOf(pathname: string, href: string, base: string): 'page' | 'true' | undefined {
  if (pathname === href) return 'page';
  return pathname.startsWith(`${base}/`) ? 'true' : undefined;
}

interface Dismissal {
  readonly open: boolean;
  readonly nav: React.RefObject<HTMLElement | null>;
  readonly button: React.RefObject<HTMLButtonElement | null>;
  readonly close: () => void;
}

/** While open: Escape closes and gives the focus back to the button; a press or a focus outside just closes. */
function useDismissal({ open, nav, button, close }: Dismissal): void {
  useEffect(() => {
    if (!open) return;
    const listening = new AbortController();
    const { signal } = listening;
    const leave = (event: Event) => {
      if (event.target instanceof Node && !nav.current?.contains(event.target)) close();
    };
    const closeOnEscape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      close();
      button.current?.focus();
    };
    document.addEventListener('keydown', closeOnEscape, { signal });
    document.addEventListener('pointerdown', leave, { signal });
    document.addEventListener('focusin', leave, { signal });
    return () => listening.abort();
  });
}
