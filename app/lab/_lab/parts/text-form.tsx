'use client';

import { type ReactNode, useState } from 'react';
import styles from './text-form.module.css';

export interface TextFormProps {
  /** What is told: "stage", "space-time diagram". */
  readonly of: string;
  /** The text; asked for only while it is open. */
  children(): ReactNode;
}

/** The text form of a picture, over the picture. */
export function TextForm({ of, children }: TextFormProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className={`data ${styles.switch}`} aria-expanded={open} onClick={() => setOpen(!open)}>
        <span className="sr">{of} </span>
        {open ? 'as picture' : 'as text'}
      </button>
      {open && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it.
        <section className={styles.text} aria-label={`${of} as text`} tabIndex={0}>
          {children()}
        </section>
      )}
    </>
  );
}
