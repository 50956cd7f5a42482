'use client';

import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { Button } from '../../../_shell/button.tsx';
import { copyText } from '../../../_shell/copy-text.ts';
import menu from '../export/export-menu.module.css';
import { addressOf } from '../state/address.ts';
import { useActions, useLab, useLabStore } from '../state/context.tsx';
import styles from './share-button.module.css';

const ShareMenu = lazy(() => import('./share-menu.tsx').then((module) => ({ default: module.ShareMenu })));

type Outcome = 'idle' | 'copied' | 'failed';
const words: Readonly<Record<Outcome, string>> = {
  idle: 'Share this run',
  copied: 'Link copied',
  failed: 'Not allowed',
};
const SHOWN_MS = 2500;

/** Copies the link of exactly what is in view, and says whether it worked; beside it, the other forms in which a run is shared. */
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
    <span className={styles.split}>
      <Button look="primary" className={styles.share} disabled={!ready} onClick={copy} data-testid="share">
        {(Object.keys(words) as Outcome[]).map((key) => (
          <span key={key} className={key === outcome ? undefined : styles.hidden}>
            {words[key]}
          </span>
        ))}
      </Button>
      <CopyAs disabled={!ready} />
      <span className="sr" role="status">
        {outcome === 'copied' && 'The link of this run is on the clipboard.'}
        {outcome === 'failed' &&
          'The browser did not allow copying. Copy the address of the page instead: it holds the same.'}
      </span>
    </span>
  );
}

/** Opens the forms other than the link. What draws them is loaded when it is asked for. */
function CopyAs({ disabled }: { readonly disabled: boolean }) {
  const { pause } = useActions();
  const [open, setOpen] = useState(false);
  const dialog = useRef<HTMLDialogElement>(null);
  const show = () => {
    pause();
    setOpen(true);
    dialog.current?.showModal();
  };
  return (
    <>
      <Button
        look="primary"
        className={styles.more}
        disabled={disabled}
        aria-label="Copy as"
        title="Copy as"
        onClick={show}
      >
        <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
          <path d="M1 3H9L5 8Z" />
        </svg>
      </Button>
      <dialog ref={dialog} className={menu.dialog} aria-labelledby="copy-as" onClose={() => setOpen(false)}>
        <div className={menu.menu}>
          <h2 id="copy-as" className={menu.title}>
            Copy this run as
          </h2>
          <Suspense fallback={<p className={menu.said}>Loading.</p>}>{open && <ShareMenu />}</Suspense>
          <form method="dialog" className={menu.close}>
            <Button type="submit">Close</Button>
          </form>
        </div>
      </dialog>
    </>
  );
}
