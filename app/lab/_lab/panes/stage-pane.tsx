'use client';

import { Stage } from '../../../_stage/marks/stage.tsx';
import pane from '../parts/pane.module.css';
import { PaneHead } from '../parts/pane-head.tsx';
import { TextForm } from '../parts/text-form.tsx';
import { useActions, useLab } from '../state/context.tsx';
import { formatTimeUnit, unitOf } from '../state/format.ts';
import { momentAt } from '../state/moment.ts';
import { stepInView } from '../state/store.ts';
import styles from './stage-pane.module.css';

/** The cluster at the moment in view. */
export function StagePane() {
  const run = useLab((state) => state.run);
  const focus = useLab((state) => state.focus);
  const steps = useLab((state) => state.steps);
  const timeUs = useLab((state) => state.timeUs);
  const window = useLab((state) => state.window);
  const selected = useLab(stepInView);
  const { follow } = useActions();
  const timeline = run?.timeline;
  const at = run === undefined ? undefined : `at ${formatTimeUnit(timeUs, unitOf(run.simulatedUs))}`;
  return (
    <section className={`${pane.pane} ${styles.stage}`} aria-labelledby="stage-head">
      <div className={styles.head}>
        <PaneHead id="stage-head" title="Stage" detail={at} />
      </div>
      {run !== undefined && timeline !== undefined && (
        <div className={styles.words}>
          <TextForm of="Stage">{() => <p>{run.input.model.scene(momentAt(timeline, steps), focus).text}</p>}</TextForm>
        </div>
      )}
      {run !== undefined && timeline !== undefined && (
        <Stage
          run={run}
          focus={focus}
          world={momentAt(timeline, steps)}
          nowUs={timeUs}
          window={window}
          selectedStep={selected >= 0 ? selected : undefined}
          onSelectHost={follow}
        />
      )}
    </section>
  );
}
