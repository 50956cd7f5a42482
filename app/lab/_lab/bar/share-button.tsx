'use client';

import { useEffect, useState } from 'react';
import { Button } from '../../../_shell/button.tsx';
import { copyText } from '../../../_shell/copy-text.ts';
import { addressOf } from '../state/address.ts';
import { useLab, useLabStore } from '../state/context.tsx';
import styles from './share-button.module.css';

type Outcome = 'idle' | 'copied' | 'failed';
const words: Readonly<Record<Outcome, string>> = {
  idle: 'Share this run',
  copied: 'Link copied',
  failed: 'Not allowed',
};
const SHOWN_MS = 2500;

/** Copies the link of exactly what is in view, and says whether it worked. */
export function ShareButton() {
  const store = useLabStore();
  const ready = useLab((state) => state.phase.kind === 'ready');
  const [outcome, setOutcome] = useState<Outcome>('idle');
  useEffect(() => {
    if (outcome === 'idle') return;
    const timer = setTimeout(() => setOutcome('idle'), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = async () => {
    const copied = await copyText(location.origin + addressOf(store.getState()));
    setOutcome(copied ? 'copied' : 'failed');
  };
  return (
    <>
      <Button look="primary" className={styles.share} disabled={!ready} onClick={copy} data-testid="share">
        {(Object.keys(words) as Outcome[]).map((key) => (
          <span key={key} className={key === outcome ? undefined : styles.hidden}>
            {words[key]}
          </span>
        ))}
      </Button>
      <span className="sr" role="status">
        {outcome === 'copied' && 'The link of this run is on the clipboard.'}
        {outcome === 'failed' &&
          'The browser did not allow copying. Copy the address of the page instead: it holds the same.'}
      </span>
    </>
  );
}
