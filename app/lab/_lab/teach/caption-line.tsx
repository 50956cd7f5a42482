'use client';

import { describeProblem } from '../../../../simulations/index.ts';
import { scenarioOf } from '../../../_run/setup.ts';
import { useActions, useCalm, useLab } from '../state/context.tsx';
import { formatTimeUnit, unitOf } from '../state/format.ts';
import styles from './caption-line.module.css';
import { captionAt, captionsIn, isAsWritten, isVeiled } from './teaching.ts';

/** Under the stage: what is said of the moment in view, the way to the next caption, and what else teaches. */
export function CaptionLine() {
  const scenario = useLab((state) => scenarioOf(state, state.applied));
  const ready = useLab((state) => state.run !== undefined);
  return (
    <section className={styles.line} aria-label="Captions">
      {ready && <Steps />}
      {ready ? <Words /> : <p className={styles.words} />}
      <div className={styles.acts}>
        {ready && scenario?.predict !== undefined && <Opener view="predict">Predict</Opener>}
        {ready && scenario?.challenge !== undefined && <Opener view="challenge">Challenge</Opener>}
        <PresentButton />
      </div>
    </section>
  );
}

function Steps() {
  const captions = useLab(captionsIn);
  const current = useCalm((state) => captionAt(captionsIn(state), state));
  const veiled = useLab(isVeiled);
  const { pause, stepCaption } = useActions();
  const count = captions.placed.length;
  if (count === 0 || veiled) return null;
  const go = (direction: 1 | -1) => () => {
    pause();
    stepCaption(direction);
  };
  return (
    <div className={styles.steps}>
      <button type="button" aria-label="Previous caption" title="Previous caption (,)" onClick={go(-1)}>
        <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
          <path d="M8 1.5L3 6l5 4.5" />
        </svg>
      </button>
      <span className="data" data-testid="caption-position">
        {current + 1} of {count}
      </span>
      <button type="button" aria-label="Next caption" title="Next caption (.)" onClick={go(1)}>
        <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
          <path d="M4 1.5L9 6l-5 4.5" />
        </svg>
      </button>
    </div>
  );
}

/** The caption in view. The live region is polite: stepping reads it out. */
function Words() {
  const captions = useLab(captionsIn);
  const current = useCalm((state) => captionAt(captionsIn(state), state));
  const scenario = useLab((state) => scenarioOf(state, state.applied));
  const asWritten = useLab(isAsWritten);
  const veiled = useLab(isVeiled);
  const endUs = useLab((state) => state.run?.simulatedUs ?? 0);
  const { placed, problems } = captions;
  const caption = placed[current];
  const [first] = placed;
  // A caption could tell what the reader is asked.
  if (veiled && placed.length > 0)
    return (
      <p className={`${styles.words} ${styles.quiet}`} data-testid="caption">
        Captions come after your answer.
      </p>
    );
  if (caption !== undefined)
    return (
      <p className={styles.words} data-testid="caption" aria-live="polite">
        {caption.text}
      </p>
    );
  return (
    <p className={`${styles.words} ${styles.quiet}`} data-testid="caption">
      {first !== undefined && `The first caption stands at ${formatTimeUnit(first.atUs, unitOf(endUs))}.`}
      {!asWritten &&
        scenario?.captions !== undefined &&
        `The captions of this scenario tell the run on seed ${scenario.seed}, with its own knobs and faults.`}
      {asWritten && problems.map((problem) => ` ${describeProblem(problem)}`)}
    </p>
  );
}

function Opener({ view, children }: { readonly view: 'predict' | 'challenge'; readonly children: string }) {
  const open = useLab((state) => state.teaching === view);
  const { teach } = useActions();
  return (
    <button
      type="button"
      className={styles.act}
      aria-expanded={open}
      data-teach={view}
      onClick={() => teach(open ? undefined : view)}
    >
      {children}
    </button>
  );
}

function PresentButton() {
  const ready = useLab((state) => state.run !== undefined);
  const { present, pause } = useActions();
  return (
    <button
      type="button"
      className={styles.act}
      title="Stage, diagram and captions alone (p)"
      disabled={!ready}
      data-testid="present"
      onClick={() => {
        pause();
        present(true);
      }}
    >
      Present
    </button>
  );
}
