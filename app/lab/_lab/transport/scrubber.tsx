'use client';

import { useId, useMemo, useRef } from 'react';
import { formatCount, type Run } from '../../../../simulations/index.ts';
import { lastStepOf } from '../../../_run/verdicts.ts';
import { VerdictShape } from '../../../_shell/verdict-mark.tsx';
import { useWidth } from '../../../_stage/marks/use-width.ts';
import { useActions, useCalm, useLab } from '../state/context.tsx';
import { formatTimeUnit, unitOf } from '../state/format.ts';
import { narrationOf } from '../state/hooks.ts';
import { CaptionMarks } from '../teach/caption-marks.tsx';
import { isVeiled } from '../teach/teaching.ts';
import { type FaultMark, markAt, wordedFaults } from './fault-words.ts';
import styles from './scrubber.module.css';

/** Ticks from end to end. */
const TICKS = 170;
const ticks = Array.from(
  { length: TICKS + 1 },
  (_, at) => `M${(at / TICKS) * 1000} 16v${at % 10 === 0 ? -6 : -3}`,
).join('');

/** Width in px at which the server draws. */
const FIRST_WIDTH = 800;

/** The run as a row of steps, with its faults and violations marked. */
export function Scrubber() {
  const run = useLab((state) => state.run);
  const steps = useLab((state) => state.steps);
  const length = run?.timeline?.length ?? 0;
  const making = useLab((state) => state.making);
  const share = length === 0 ? 0 : steps / length;
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box, FIRST_WIDTH);
  return (
    <div ref={box} className={styles.scrubber} data-scrubber="">
      <svg className={styles.scale} viewBox="0 0 1000 32" preserveAspectRatio="none" aria-hidden="true">
        <path className={styles.base} d="M0 16H1000" />
        <path className={styles.base} d={ticks} />
        <path className={styles.done} d={`M0 16H${(making ?? share) * 1000}`} />
      </svg>
      {run !== undefined && <Marks run={run} width={width} />}
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
  const id = useId();
  const faults = useMemo(() => (run === undefined ? '' : faultsText(run)), [run]);
  const sentence = run === undefined ? '' : `: ${narrationOf(model, run, focus, spoken - 1)}`;
  return (
    <>
      <input
        className={styles.range}
        aria-describedby={id}
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
      <span id={id} className="sr">
        {faults}
      </span>
    </>
  );
}

/** The marks in words. */
function faultsText({ record: { faults }, simulatedUs }: Run): string {
  if (faults.length === 0) return 'No faults.';
  const unit = unitOf(simulatedUs);
  return `Faults: ${faults.map(({ fault, sinceUs }) => `${fault.action.do} at ${formatTimeUnit(sinceUs, unit)}`).join(', ')}.`;
}

interface Mark {
  readonly id: string;
  readonly share: number;
  readonly label: string;
}

function Marks({ run, width }: { readonly run: Run; readonly width: number }) {
  const faults = useMemo(() => faultsOf(run), [run]);
  // Who goes to a mark reads its word, also where there is no room for it beside the others.
  const here = useLab((state) => markAt(faults, state.steps / run.events, width));
  const worded = useMemo(() => wordedFaults(faults, width, here), [faults, width, here]);
  const veiled = useLab(isVeiled);
  const violations = useMemo(() => (veiled ? [] : violationMarks(run)), [run, veiled]);
  return (
    <>
      {faults.map(({ id, share, word }) => (
        <span key={id} className={styles.fault} style={{ left: `${share * 100}%` }} aria-hidden="true">
          {worded.has(id) && (
            <span className={`data ${styles.word} ${worded.get(id) === 'before' ? styles.before : ''}`} data-word="">
              {word}
            </span>
          )}
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

/** Faults where they begin. */
function faultsOf(run: Run): readonly FaultMark[] {
  const { timeline } = run;
  if (timeline === undefined || timeline.length === 0) return [];
  return run.record.faults.map(({ fault, sinceUs }) => ({
    id: fault.id,
    share: timeline.stepsUntil(sinceUs) / timeline.length,
    word: fault.action.do,
  }));
}

function violationMarks(run: Run): readonly Mark[] {
  const length = run.timeline?.length ?? 0;
  return run.verdicts.flatMap(({ id, title, verdict }) => {
    const step = verdict.status === 'violated' ? lastStepOf(run, verdict.witness) : undefined;
    return step === undefined || length === 0 ? [] : [{ id, share: (step + 1) / length, label: title }];
  });
}
