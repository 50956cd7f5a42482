'use client';

import { lazy, Suspense, useState } from 'react';
import { momentAt } from '../../../_run/moment.ts';
import { Stage } from '../../../_stage/marks/stage.tsx';
import { panelText } from '../../../_stage/text/panel-text.ts';
import { HandLine } from '../faults/hand-line.tsx';
import { useHands } from '../faults/use-hands.ts';
import pane from '../parts/pane.module.css';
import { PaneHead } from '../parts/pane-head.tsx';
import { TextForm } from '../parts/text-form.tsx';
import { useActions, useLab } from '../state/context.tsx';
import { formatTimeUnit, unitOf } from '../state/format.ts';
import { stepInView } from '../state/store.ts';
import styles from './stage-pane.module.css';
import { StagePanel, StageSwitch } from './stage-panel.tsx';

const HandFaults = lazy(() => import('../faults/hand-faults.tsx').then((made) => ({ default: made.HandFaults })));

/** The cluster at the moment in view, and the faults that hands make in it. */
export function StagePane() {
  const run = useLab((state) => state.run);
  const focus = useLab((state) => state.focus);
  const steps = useLab((state) => state.steps);
  const timeUs = useLab((state) => state.timeUs);
  const window = useLab((state) => state.window);
  const selected = useLab(stepInView);
  const { follow } = useActions();
  const hands = useHands();
  // What was done opens to be made exact; once closed, the line below opens it again.
  const [closed, setClosed] = useState<number | undefined>();
  const [shown, setShown] = useState<number | undefined>();
  const timeline = run?.timeline;
  const scene =
    run !== undefined && timeline !== undefined ? run.input.model.scene(momentAt(timeline, steps), focus) : undefined;
  const panels = scene?.panels ?? [];
  const panel = shown === undefined ? undefined : panels[shown];
  const at = run === undefined ? undefined : `at ${formatTimeUnit(timeUs, unitOf(run.simulatedUs))}`;
  return (
    <section className={`${pane.pane} ${styles.stage}`} aria-labelledby="stage-head">
      <div className={styles.head}>
        <PaneHead
          id="stage-head"
          title="Stage"
          detail={
            <>
              {at} <StageSwitch panels={panels} shown={panel === undefined ? undefined : shown} onShow={setShown} />
            </>
          }
        />
      </div>
      {scene !== undefined && (
        <div className={styles.words}>
          <TextForm of="Stage">
            {() =>
              [scene.text, ...panels.flatMap(panelText)].map((line, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: lines have no names, and two may say the same.
                <p key={at}>{line}</p>
              ))
            }
          </TextForm>
        </div>
      )}
      {panel !== undefined && <StagePanel panel={panel} />}
      {panel === undefined && run !== undefined && timeline !== undefined && scene !== undefined && (
        <Stage
          run={run}
          focus={focus}
          world={momentAt(timeline, steps)}
          scene={scene}
          nowUs={timeUs}
          window={window}
          selectedStep={selected >= 0 ? selected : undefined}
          onSelectHost={follow}
          hands={hands.acts}
        />
      )}
      {run !== undefined && panel === undefined && <HandLine hands={hands} onOptions={() => setClosed(undefined)} />}
      {(hands.menu !== undefined || hands.done !== undefined) && (
        <Suspense fallback={null}>
          <HandFaults
            hands={hands}
            noteOpen={hands.done !== undefined && !hands.done.ended && hands.done.number !== closed}
            onCloseNote={() => setClosed(hands.done?.number)}
          />
        </Suspense>
      )}
    </section>
  );
}
