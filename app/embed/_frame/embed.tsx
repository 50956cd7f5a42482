'use client';

import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { loadModel, type Scenario } from '../../../simulations/index.ts';
import { Button } from '../../_shell/button.tsx';
import { Mark } from '../../_shell/wordmark-face.tsx';
import styles from './embed.module.css';
import type { EmbedView, Opened } from './open.ts';
import { Refused } from './refused.tsx';

// The frame stands at once; what runs and draws comes after it.
const live = () => import('./player.tsx');
const Player = lazy(() => live().then((module) => ({ default: module.Player })));
const CopySheet = lazy(() => import('./copy-sheet.tsx').then((sheet) => ({ default: sheet.CopySheet })));

export interface EmbedProps {
  readonly modelId: string;
  /** The scenarios of that model. */
  readonly scenarios: readonly Scenario[];
}

/** A run in a frame of another page: made here from the address, as in the lab. */
export function Embed({ modelId, scenarios }: EmbedProps) {
  const opened = useOpened(modelId, scenarios);
  const view = opened?.kind === 'ready' ? opened.view : undefined;
  const loading = <main id="main" className={styles.player} tabIndex={-1} aria-busy="true" />;
  return (
    <div className={styles.embed} data-phase={opened?.kind ?? 'loading'}>
      <Head view={view} modelId={modelId} />
      {opened === undefined && loading}
      <Suspense fallback={loading}>{view !== undefined && <Player key={view.lab} view={view} />}</Suspense>
      {opened !== undefined && opened.kind !== 'ready' && <Refused outcome={opened} />}
    </div>
  );
}

/** What the address in the bar comes to; undefined until the engine is here. */
function useOpened(modelId: string, scenarios: readonly Scenario[]): Opened | undefined {
  const [opened, setOpened] = useState<Opened | undefined>(undefined);
  useEffect(() => {
    let gone = false;
    const open = () =>
      Promise.all([live(), loadModel(modelId)]).then(
        ([{ openEmbed }, model]) => {
          if (gone) return;
          const none: Opened = { kind: 'failed', message: `There is no model "${modelId}".` };
          setOpened(model === undefined ? none : openEmbed(location.href, { model, scenarios }));
        },
        () => !gone && setOpened({ kind: 'unloaded' }),
      );
    open();
    addEventListener('hashchange', open);
    return () => {
      gone = true;
      removeEventListener('hashchange', open);
    };
  }, [modelId, scenarios]);
  return opened;
}

function Head({ view, modelId }: { readonly view: EmbedView | undefined; readonly modelId: string }) {
  const sheet = useRef<HTMLDialogElement>(null);
  const [open, setOpen] = useState(false);
  const copy = () => {
    setOpen(true);
    sheet.current?.showModal();
  };
  return (
    <header className={styles.head}>
      <span className={styles.mark}>
        <Mark size={20} />
      </span>
      {view === undefined ? <span className={styles.title} /> : <h1 className={styles.title}>{view.title}</h1>}
      <Button disabled={view === undefined} onClick={copy}>
        Copy as
      </Button>
      <a className={styles.lab} href={view?.lab ?? `/lab/${modelId}`} target="_blank" rel="noopener">
        Open in the lab
      </a>
      <dialog ref={sheet} className={styles.sheet} aria-labelledby="copy-as" onClose={() => setOpen(false)}>
        <h2 id="copy-as">Copy as</h2>
        <Suspense fallback={<p>Loading.</p>}>{open && view !== undefined && <CopySheet view={view} />}</Suspense>
        <form method="dialog">
          <Button type="submit">Close</Button>
        </form>
      </dialog>
    </header>
  );
}
