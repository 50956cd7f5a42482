'use client';

import { useMemo } from 'react';
import type { Run } from '../../../../simulations/index.ts';
import { lastStepOf } from '../../../_run/verdicts.ts';
import { VerdictShape } from '../../../_shell/verdict-mark.tsx';
import { useActions, useCalm, useLab } from '../state/context.tsx';
import { formatCount } from '../state/format.ts';
import { narrationOf } from '../state/hooks.ts';
import { CaptionMarks } from '../teach/caption-marks.tsx';
import { isVeiled } from '../teach/teaching.ts';
import styles from './scrubber.module.css';

/** Ticks from end to end. */
const TICKS = 170;
const ticks = Array.from(
  { length: TICKS + 1 },
  (_, at) => `M${(at / TICKS) * 1000} 16v${at % 10 === 0 ? -6 : -3}`,
).join('');

/** The run as a row of steps, with its faults and violations marked. */
export function Scrubber() {
  const run = useLab((state) => state.run);
  const steps = useLab((state) => state.steps);
  const length = run?.timeline?.length ?? 0;
  const making = useLab((state) => state.making);
  const share = length === 0 ? 0 : steps / length;
  return (
    <div className={styles.scrubber} data-scrubber="">
      <svg className={styles.scale} viewBox="0 0 1000 32" preserveAspectRatio="none" aria-hidden="true">
        <path className={styles.base} d="M0 16H1000" />
        <path className={styles.base} d={ticks} />
        <path className={styles.done} d={`M0 16H${(making ?? share) * 1000}`} />
      </svg>
      {run !== undefined && <Marks run={run} />}
      <CaptionMarks />
      <svg
        className={styles.handle}
        style={{ left: `${share * 100}%` }}
        width="12"
        height="14"
        viewBox="-1 -1 12 15"
        aria-hidden="true"
      >
        <path d="M0 0h10v8l-5 5l-5 -5z" />
      </svg>
      <Range length={length} steps={steps} />
    </div>
  );
}

function Range({ length, steps }: { readonly length: number; readonly steps: number }) {
  const { goTo, pause } = useActions();
  const run = useLab((state) => state.run);
  const model = useLab((state) => state.model);
  const focus = useLab((state) => state.focus);
  const spoken = useCalm((state) => state.steps);
  const sentence = run === undefined ? '' : `: ${narrationOf(model, run, focus, spoken - 1)}`;
  return (
    <input
      className={styles.range}
      type="range"
      min={0}
      max={length}
      step={1}
      value={steps}
      disabled={length === 0}
      aria-label="Step"
      aria-valuetext={`step ${formatCount(spoken)} of ${formatCount(length)}${sentence}`}
      onChange={(event) => {
        pause();
        goTo(Number(event.target.value));
      }}
    />
  );
}

interface Mark {
  readonly id: string;
  readonly share: number;
  readonly label: string;
}

function Marks({ run }: { readonly run: Run }) {
  const faults = useMemo(() => faultMarks(run), [run]);
  const veiled = useLab(isVeiled);
  const violations = useMemo(() => (veiled ? [] : violationMarks(run)), [run, veiled]);
  return (
    <>
      {faults.map(({ id, share, label }) => (
        <span key={id} className={styles.fault} style={{ left: `${share * 100}%` }} aria-hidden="true">
          <span className={`data ${styles.word}`}>{label}</span>
        </span>
      ))}
      {violations.map(({ id, share, label }) => (
        <svg
          key={id}
          className={styles.violation}
          style={{ left: `${share * 100}%` }}
          width="14"
          height="14"
          viewBox="0 0 16 16"
          aria-hidden="true"
        >
          <title>{label}</title>
          <VerdictShape status="violated" />
        </svg>
      ))}
    </>
  );
}

/** Faults where they begin; a word only where there is room for it. */
function faultMarks(run: Run): readonly Mark[] {
  const { timeline } = run;
  if (timeline === undefined || timeline.length === 0) return [];
  const marks = run.record.faults.map(({ fault, sinceUs }) => ({
    id: fault.id,
    share: timeline.stepsUntil(sinceUs) / timeline.length,
    word: fault.action.do,
  }));
  const worded: Mark[] = [];
  // A cut is what a reader looks for first, so it has its word before the others take the room.
  for (const { id, share, word } of marks.toSorted((a, b) => Number(b.word === 'cut') - Number(a.word === 'cut'))) {
    const free = share < 0.94 && worded.every((other) => other.label === '' || Math.abs(other.share - share) > 0.07);
    worded.push({ id, share, label: free ? word : '' });
  }
  return worded;
}

function violationMarks(run: Run): readonly Mark[] {
  const length = run.timeline?.length ?? 0;
  return run.verdicts.flatMap(({ id, title, verdict }) => {
    const step = verdict.status === 'violated' ? lastStepOf(run, verdict.witness) : undefined;
    return step === undefined || length === 0 ? [] : [{ id, share: (step + 1) / length, label: title }];
  });
}
