'use client';

import { lazy, Suspense, useRef, useState } from 'react';
import { Button } from '../../../_shell/button.tsx';
import { useActions, useLab } from '../state/context.tsx';
import styles from './export-menu.module.css';

const ExportMenu = lazy(() => import('./export-menu.tsx').then(({ ExportMenu: menu }) => ({ default: menu })));

/** Opens the exports of the run in view. What writes them is loaded with the first one. */
export function ExportButton() {
  const ready = useLab((state) => state.phase.kind === 'ready');
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
      <Button className={styles.button} disabled={!ready} onClick={show} data-testid="export">
        Export
      </Button>
      <dialog ref={dialog} className={styles.dialog} aria-labelledby="export-title" onClose={() => setOpen(false)}>
        <div className={styles.menu}>
          <h2 id="export-title" className={styles.title}>
            Export this run
          </h2>
          <Suspense fallback={<p className={styles.said}>Loading.</p>}>{open && <ExportMenu />}</Suspense>
          <form method="dialog" className={styles.close}>
            <Button type="submit">Close</Button>
          </form>
        </div>
      </dialog>
    </>
  );
}
