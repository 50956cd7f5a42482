'use client';

import { useEffect, useRef } from 'react';
import { formatCount } from '../../../../simulations/index.ts';
import { momentAt } from '../../../_run/moment.ts';
import { scenarioOf } from '../../../_run/setup.ts';
import { SpaceTime } from '../../../_stage/marks/space-time.tsx';
import { Stage } from '../../../_stage/marks/stage.tsx';
import { useHeight } from '../../../_stage/marks/use-height.ts';
import { useActions, useLab } from '../state/context.tsx';
import { formatTimeUnit, unitOf } from '../state/format.ts';
import { narrationOf, useMedia, useVariant } from '../state/hooks.ts';
import { stepInView } from '../state/store.ts';
import { captionAt, captionsIn } from '../teach/teaching.ts';
import { useCaptionMarks } from '../teach/use-caption-marks.ts';
import styles from './presenter.module.css';
import { usePresenterKeys } from './use-presenter-keys.ts';

/** The run before an audience: stage, diagram and caption in large type; a remote's keys step from caption to caption. */
export function Presenter() {
  const { present } = useActions();
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    box.current?.focus();
    // A link opens it without a gesture, and a browser may refuse: then it fills the window, which is nearly the same.
    box.current?.requestFullscreen?.().catch(() => undefined);
    const left = () => {
      if (document.fullscreenElement === null) present(false);
    };
    document.addEventListener('fullscreenchange', left);
    return () => {
      document.removeEventListener('fullscreenchange', left);
      if (document.fullscreenElement !== null) void document.exitFullscreen();
    };
  }, [present]);
  usePresenterKeys();
  return (
    <main
      ref={box}
      id="main"
      className={styles.presenter}
      tabIndex={-1}
      aria-label="Presentation"
      data-testid="presenter"
    >
      <Head />
      <div className={styles.pictures}>
        <Pictures />
      </div>
      <Words />
    </main>
  );
}

function Head() {
  const title = useLab((state) => scenarioOf(state, state.applied)?.title ?? state.model.title);
  const variant = useVariant();
  const { present } = useActions();
  return (
    <header className={styles.head}>
      <h1>{title}</h1>
      <p>{variant?.title}</p>
      <button type="button" onClick={() => present(false)}>
        Leave <kbd>Esc</kbd>
      </button>
    </header>
  );
}

function Pictures() {
  const run = useLab((state) => state.run);
  const focus = useLab((state) => state.focus);
  const steps = useLab((state) => state.steps);
  const timeUs = useLab((state) => state.timeUs);
  const window = useLab((state) => state.window);
  const selected = useLab(stepInView);
  const captions = useCaptionMarks();
  const box = useRef<HTMLDivElement>(null);
  const height = useHeight(box);
  const zoom = useZoom();
  if (run?.timeline === undefined) return null;
  const selectedStep = selected >= 0 ? selected : undefined;
  return (
    <>
      <div className={styles.stage}>
        <Stage
          run={run}
          focus={focus}
          world={momentAt(run.timeline, steps)}
          nowUs={timeUs}
          window={window}
          selectedStep={selectedStep}
        />
      </div>
      <div ref={box} className={styles.spacetime}>
        <div className={styles.diagram}>
          <SpaceTime
            run={run}
            focus={focus}
            fromUs={window.fromUs}
            toUs={window.toUs}
            nowUs={timeUs}
            selectedStep={selectedStep}
            {...captions}
            size="lab"
            {...(height !== undefined && { room: height / zoom })}
          />
        </div>
      </div>
    </>
  );
}

/** How much larger the diagram is drawn than for a reader at a desk: what the style sheet says. */
function useZoom(): number {
  const wide = useMedia('(min-width: 901px)');
  const widest = useMedia('(min-width: 1600px)');
  return widest ? 1.6 : wide ? 1.2 : 1;
}

/** The caption, or what happened where there is none, and how far the talk has come. */
function Words() {
  const captions = useLab(captionsIn);
  const current = useLab((state) => captionAt(captionsIn(state), state));
  const run = useLab((state) => state.run);
  const model = useLab((state) => state.model);
  const focus = useLab((state) => state.focus);
  const steps = useLab((state) => state.steps);
  const timeUs = useLab((state) => state.timeUs);
  const claim = useLab((state) => scenarioOf(state, state.applied)?.claim);
  const { stepCaption } = useActions();
  if (run === undefined) return null;
  const { placed } = captions;
  const told = placed.length > 0;
  const text = told ? (placed[current]?.text ?? claim) : narrationOf(model, run, focus, steps - 1);
  const position = told
    ? `${current + 1} of ${placed.length}`
    : `step ${formatCount(steps)} of ${formatCount(run.events)}`;
  return (
    <footer className={styles.words}>
      <p className={styles.caption} aria-live="polite" data-testid="presented">
        {text}
      </p>
      <div className={styles.position}>
        <button type="button" aria-label="Previous" onClick={() => stepCaption(-1)}>
          <svg width="20" height="20" viewBox="0 0 12 12" aria-hidden="true">
            <path d="M8 1.5L3 6l5 4.5" />
          </svg>
        </button>
        <span data-testid="position">{position}</span>
        <button type="button" aria-label="Next" onClick={() => stepCaption(1)}>
          <svg width="20" height="20" viewBox="0 0 12 12" aria-hidden="true">
            <path d="M4 1.5L9 6l-5 4.5" />
          </svg>
        </button>
        <span className={styles.time}>{formatTimeUnit(timeUs, unitOf(run.simulatedUs))}</span>
      </div>
    </footer>
  );
}
