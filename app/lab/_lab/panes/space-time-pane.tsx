'use client';

import { lazy, Suspense, useMemo, useRef, useState } from 'react';
import { Legend } from '../../../_stage/marks/legend.tsx';
import { Minimap } from '../../../_stage/marks/minimap.tsx';
import { SpaceTime } from '../../../_stage/marks/space-time.tsx';
import { useHeight } from '../../../_stage/marks/use-height.ts';
import { spaceTimeText } from '../../../_stage/text/space-time-text.ts';
import { LowerSwitch } from '../metrics/lower-switch.tsx';
import pane from '../parts/pane.module.css';
import { PaneHead } from '../parts/pane-head.tsx';
import { TextForm } from '../parts/text-form.tsx';
import { useActions, useCalm, useLab } from '../state/context.tsx';
import { formatTimeUnit, unitOf } from '../state/format.ts';
import { useMedia, useShownVerdict } from '../state/hooks.ts';
import { stepInView } from '../state/store.ts';
import { isVeiled } from '../teach/teaching.ts';
import { useCaptionMarks } from '../teach/use-caption-marks.ts';
import { KeyChooser } from './key-chooser.tsx';
import { LanesMenu } from './lanes-menu.tsx';
import styles from './space-time-pane.module.css';
import { ZoomButtons } from './zoom-buttons.tsx';

// Charts are loaded when a reader asks for them.
const MetricsView = lazy(() => import('../metrics/metrics-view.tsx').then((view) => ({ default: view.MetricsView })));
const MetricsTools = lazy(() =>
  import('../metrics/metrics-tools.tsx').then((tools) => ({ default: tools.MetricsTools })),
);

/** The run over time: one lane a host, or what it measures, and the whole run as a strip below. */
export function SpaceTimePane() {
  const model = useLab((state) => state.model);
  const run = useLab((state) => state.run);
  const [signs, setSigns] = useState<readonly string[]>([]);
  const measures = useLab((state) => state.lower !== 'spaceTime');
  const box = useRef<HTMLDivElement>(null);
  const height = useHeight(box);
  // Where panes stack, the pane grows with its picture.
  const isBounded = useMedia('(min-width: 1181px)');
  return (
    <section className={`${pane.pane} ${styles.spacetime}`} aria-labelledby="spacetime-head">
      <div className={styles.head}>
        <PaneHead
          id="spacetime-head"
          title={measures ? 'Metrics' : 'Space-time'}
          detail={
            <>
              <LowerSwitch /> {!measures && <KeyChooser />}
            </>
          }
        >
          {measures ? (
            <Suspense>
              <MetricsTools />
            </Suspense>
          ) : (
            <span className={styles.tools}>
              <Legend model={model} signs={signs} />
              {run !== undefined && <ZoomButtons run={run} />}
              {run !== undefined && <LanesMenu run={run} />}
              {run !== undefined && <TextForm of="Space-time diagram">{() => <Sentences />}</TextForm>}
            </span>
          )}
        </PaneHead>
      </div>
      <div ref={box} className={styles.picture}>
        {run !== undefined &&
          (measures ? (
            <Suspense>
              <MetricsView />
            </Suspense>
          ) : (
            <Picture onSigns={setSigns} room={isBounded ? height : undefined} />
          ))}
      </div>
      <div className={styles.strip}>{run !== undefined && <Strip />}</div>
    </section>
  );
}

/** What happens in the window, sentence by sentence. */
function Sentences() {
  const run = useLab((state) => state.run)!;
  const focus = useLab((state) => state.focus);
  const { fromUs, toUs } = useLab((state) => state.window);
  const lines = useMemo(() => spaceTimeText(run, focus, { fromUs, toUs }), [run, focus, fromUs, toUs]);
  const unit = unitOf(run.simulatedUs);
  return (
    <ol>
      {lines.map(({ atUs, step, sentence }) => (
        <li key={step}>
          <span className="data quiet">{formatTimeUnit(atUs, unit)}</span>
          <span>{sentence}</span>
        </li>
      ))}
    </ol>
  );
}

function Picture({ onSigns, room }: { onSigns(signs: readonly string[]): void; readonly room: number | undefined }) {
  const run = useLab((state) => state.run)!;
  const focus = useLab((state) => state.focus);
  const window = useLab((state) => state.window);
  const lanes = useLab((state) => state.lanes);
  const timeUs = useLab((state) => state.timeUs);
  // While time passes by itself the last step changes with every frame: only what the reader pointed at is lit.
  const selected = useLab((state) => (state.playing ? (state.selected ?? -1) : stepInView(state)));
  const pointed = useLab((state) => state.selected);
  const calm = useCalm((state) => (state.playing ? -1 : stepInView(state)));
  const lit = pointed ?? (selected < 0 ? selected : calm);
  const story = useLab((state) => (state.story?.run === state.run ? state.story?.events : undefined));
  const verdict = useShownVerdict()?.verdict;
  const captions = useCaptionMarks();
  const { pause, select, selectOperation, seek, showWindow, frameMost } = useActions();
  const pausing =
    <A extends unknown[]>(act: (...args: A) => void) =>
    (...args: A) => {
      pause();
      act(...args);
    };
  return (
    <SpaceTime
      run={run}
      focus={focus}
      fromUs={window.fromUs}
      toUs={window.toUs}
      nowUs={timeUs}
      selectedStep={selected >= 0 ? selected : undefined}
      litStep={lit >= 0 ? lit : undefined}
      witness={verdict?.status === 'violated' ? verdict.witness : undefined}
      story={story}
      {...captions}
      size="lab"
      lanes={lanes}
      {...(room !== undefined && { room })}
      onSigns={onSigns}
      onFrame={frameMost}
      onSelectStep={pausing(select)}
      onSelectOperation={pausing(selectOperation)}
      onSeek={pausing(seek)}
      onWindow={(fromUs, toUs) => showWindow({ fromUs, toUs })}
    />
  );
}

function Strip() {
  const run = useLab((state) => state.run)!;
  const window = useLab((state) => state.window);
  const timeUs = useLab((state) => state.timeUs);
  const veiled = useLab(isVeiled);
  const { showWindow } = useActions();
  return (
    <Minimap
      run={run}
      fromUs={window.fromUs}
      toUs={window.toUs}
      nowUs={timeUs}
      veiled={veiled}
      onWindow={(fromUs, toUs) => showWindow({ fromUs, toUs })}
    />
  );
}
