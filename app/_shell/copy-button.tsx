'use client';

import { useEffect, useState } from 'react';
import { Button } from './button.tsx';
import styles from './copy-button.module.css';
import { copyText } from './copy-text.ts';

export interface CopyButtonProps {
  /** What is copied. */
  readonly text: string;
  /** The button's words. Default "Copy". */
  readonly label?: string;
  readonly look?: 'primary' | 'plain';
}

type Outcome = 'idle' | 'copied' | 'failed';
const SHOWN_MS = 2000;

/** Copies a text and says whether it worked, in words and aloud. All words share one place, so nothing moves. */
export function CopyButton({ text, label = 'Copy', look }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<Outcome>('idle');
  useEffect(() => {
    if (outcome === 'idle') return;
    const timer = setTimeout(() => setOutcome('idle'), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [outcome]);

  const words: Readonly<Record<Outcome, string>> = { idle: label, copied: 'Copied', failed: 'Failed' };
  const copy = async () => setOutcome((await copyText(text)) ? 'copied' : 'failed');
  return (
    <span className={styles.copy}>
      <Button look={look} className={styles.button} onClick={copy}>
        {Object.entries(words).map(([key, word]) => (
          <span key={key} className={key === outcome ? styles.shown : styles.hidden}>
            {word}
          </span>
        ))}
      </Button>
      <span className="sr" role="status">
        {outcome === 'copied' && 'Copied'}
        {outcome === 'failed' && 'The browser did not allow copying. Select the text and copy it by hand.'}
      </span>
    </span>
  );
}
