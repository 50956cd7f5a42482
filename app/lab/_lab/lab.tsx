'use client';

import { useMachine } from '@xstate/react';
import { lazy, type ReactNode, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import type { Scenario } from '../../../simulations/index.ts';
import { useModel } from '../../_run/use-model.ts';
import { Bar } from './bar/bar.tsx';
import { Controls } from './controls/controls.tsx';
import { Inspector } from './inspector/inspector.tsx';
import styles from './lab.module.css';
import { SpaceTimePane } from './panes/space-time-pane.tsx';
import { StagePane } from './panes/stage-pane.tsx';
import { VerdictPane } from './panes/verdict-pane.tsx';
import { FailurePanel, RefusalPanel } from './parts/problem-panel.tsx';
import { ShortcutSheet } from './parts/shortcut-sheet.tsx';
import { useAddress } from './state/address.ts';
import { branchActions } from './state/branching.ts';
import { calmStore } from './state/calm.ts';
import { changeActions } from './state/change.ts';
import { Calm, type LabActions, LabContext, useLab } from './state/context.tsx';
import { useKeyboard } from './state/keyboard.ts';
import { lookActions } from './state/look.ts';
import { playerMachine } from './state/player.ts';
import { createLabStore, type LabStore } from './state/store.ts';
import { CaptionLine } from './teach/caption-line.tsx';
import { teachActions } from './teach/teach-actions.ts';
import { Transport } from './transport/transport.tsx';

// Most readers look at one run: what compares two is loaded when they ask for it.
const CompareView = lazy(() => import('./compare/compare-view.tsx').then((view) => ({ default: view.CompareView })));

const SearchPane = lazy(() => import('./search/search-pane.tsx').then((search) => ({ default: search.SearchPane })));

// Teaching is asked for, too.
const TeachPane = lazy(() => import('./teach/teach-pane.tsx').then((teach) => ({ default: teach.TeachPane })));

const Presenter = lazy(() => import('./present/presenter.tsx').then((present) => ({ default: present.Presenter })));

export interface LabProps {
  readonly modelId: string;
  /** The scenarios of that model. */
  readonly scenarios: readonly Scenario[];
}

/** The lab of one model: every pane looks at one run, one moment and one selection. */
export function Lab({ modelId, scenarios }: LabProps) {
  const model = useModel(modelId);
  const [store] = useState(() => createLabStore({ model, scenarios }));
  const actions = usePlayer(store);
  const calm = useMemo(() => calmStore(store), [store]);
  useEffect(() => calm.follow(), [calm]);
  const handle = useMemo(() => ({ store, calm: calm.store, actions }), [store, calm, actions]);
  const sheet = useRef<HTMLDialogElement>(null);
  const openSheet = useMemo(() => () => sheet.current?.showModal(), []);
  useAddress(store, actions);
  useKeyboard(store, actions, openSheet);
  return (
    <LabContext value={handle}>
      <Frame onHelp={openSheet} />
      <ShortcutSheet ref={sheet} />
    </LabContext>
  );
}

function Frame({ onHelp }: { readonly onHelp: () => void }) {
  const phase = useLab((state) => state.phase);
  const refused = phase.kind === 'refused' || phase.kind === 'failed';
  const making = useLab((state) => state.making !== undefined);
  const compares = useLab((state) => state.beside !== undefined);
  const searches = useLab((state) => state.searching !== undefined);
  const presents = useLab((state) => state.presenting && state.phase.kind === 'ready');
  const look = compares ? styles.compare : searches ? styles.search : undefined;
  const paneClass = look === undefined ? styles.panes : `${styles.panes} ${look}`;
  if (presents) {
    return (
      <div className={styles.lab} data-phase={phase.kind}>
        <Suspense>
          <Presenter />
        </Suspense>
      </div>
    );
  }
  return (
    <div
      className={styles.lab}
      data-phase={phase.kind}
      data-making={making || undefined}
      aria-busy={phase.kind === 'loading' || making}
    >
      <Bar />
      <main id="main" className={refused ? styles.refused : paneClass} tabIndex={-1}>
        {phase.kind === 'refused' && <RefusalPanel problems={phase.problems} scenario={phase.scenario} />}
        {phase.kind === 'failed' && <FailurePanel message={phase.message} />}
        {!refused && (
          <>
            <Panes transport={<Transport onHelp={onHelp} />} />
            <Controls />
          </>
        )}
      </main>
    </div>
  );
}

/** One run, looked at from every side; or two, one above the other. */
function Panes({ transport }: { readonly transport: ReactNode }) {
  const compares = useLab((state) => state.beside !== undefined);
  const searches = useLab((state) => state.searching !== undefined);
  const teaching = useLab((state) => state.teaching);
  if (compares) {
    return (
      <Suspense fallback={transport}>
        <CompareView>{transport}</CompareView>
      </Suspense>
    );
  }
  return (
    <>
      <StagePane />
      <CaptionLine />
      {teaching !== undefined && !searches && (
        <Suspense fallback={<div className={styles.teaching} />}>
          <TeachPane view={teaching} />
        </Suspense>
      )}
      {transport}
      <SpaceTimePane />
      {searches ? (
        <Suspense fallback={<div className={styles.opening} />}>
          <SearchPane />
        </Suspense>
      ) : (
        teaching === undefined && <VerdictPane />
      )}
      <Calm>
        <Inspector />
      </Calm>
    </>
  );
}

/** All that a reader can do, with the player that makes time pass. */
function usePlayer(store: LabStore): LabActions {
  const look = useMemo(() => lookActions(store), [store]);
  const input = useMemo(
    () => ({
      advance: (elapsedMs: number) =>
        look.advance(elapsedMs, { stepwise: matchMedia('(prefers-reduced-motion: reduce)').matches }),
      rewind: () => look.goTo(0),
      atEnd: () => {
        const { run, timeUs } = store.getState();
        return run !== undefined && timeUs >= run.simulatedUs;
      },
    }),
    [store, look],
  );
  const [snapshot, send] = useMachine(playerMachine, { input });
  const playing = snapshot.matches('playing');
  useEffect(() => store.setState({ playing }), [store, playing]);
  return useMemo(() => {
    const moving =
      <A extends unknown[]>(act: (...args: A) => void) =>
      (...args: A) => {
        act(...args);
        send({ type: 'moved' });
      };
    const teach = teachActions(store);
    return {
      ...changeActions(store),
      ...branchActions(store),
      ...teach,
      ...look,
      seek: moving(look.seek),
      goTo: moving(look.goTo),
      stepBy: moving(look.stepBy),
      select: moving(look.select),
      selectOperation: moving(look.selectOperation),
      pointBeside: moving(look.pointBeside),
      showVerdict: moving(look.showVerdict),
      cycleVerdict: moving(look.cycleVerdict),
      stepCaption: moving(teach.stepCaption),
      showAnswer: moving(teach.showAnswer),
      toggle: () => send({ type: 'toggle' }),
      pause: () => send({ type: 'pause' }),
    };
  }, [store, look, send]);
}
