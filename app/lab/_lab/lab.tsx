'use client';

import { useMachine } from '@xstate/react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { modelById, type Scenario } from '../../../simulations/index.ts';
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
import { changeActions } from './state/change.ts';
import { type LabActions, LabContext, useLab } from './state/context.tsx';
import { useKeyboard } from './state/keyboard.ts';
import { lookActions } from './state/look.ts';
import { playerMachine } from './state/player.ts';
import { createLabStore, type LabStore } from './state/store.ts';
import { Transport } from './transport/transport.tsx';

export interface LabProps {
  readonly modelId: string;
  /** The scenarios of that model. */
  readonly scenarios: readonly Scenario[];
}

/** The lab of one model: every pane looks at one run, one moment and one selection. */
export function Lab({ modelId, scenarios }: LabProps) {
  const model = modelById(modelId);
  if (model === undefined) throw new Error(`There is no model "${modelId}".`);
  const [store] = useState(() => createLabStore({ model, scenarios }));
  const actions = usePlayer(store);
  const handle = useMemo(() => ({ store, actions }), [store, actions]);
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
  return (
    <div className={styles.lab} data-phase={phase.kind} aria-busy={phase.kind === 'loading'}>
      <Bar />
      <main id="main" className={refused ? styles.refused : styles.panes} tabIndex={-1}>
        {phase.kind === 'refused' && <RefusalPanel problems={phase.problems} scenario={phase.scenario} />}
        {phase.kind === 'failed' && <FailurePanel message={phase.message} />}
        {!refused && (
          <>
            <StagePane />
            <Transport onHelp={onHelp} />
            <SpaceTimePane />
            <VerdictPane />
            <Inspector />
            <Controls />
          </>
        )}
      </main>
    </div>
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
    return {
      ...changeActions(store),
      ...look,
      seek: moving(look.seek),
      goTo: moving(look.goTo),
      stepBy: moving(look.stepBy),
      select: moving(look.select),
      selectOperation: moving(look.selectOperation),
      showVerdict: moving(look.showVerdict),
      cycleVerdict: moving(look.cycleVerdict),
      toggle: () => send({ type: 'toggle' }),
      pause: () => send({ type: 'pause' }),
    };
  }, [store, look, send]);
}
