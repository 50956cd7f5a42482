'use client';

import { useMemo } from 'react';
import { formatCount, type Run } from '../../../../simulations/index.ts';
import { coneOf } from '../../../_stage/layout/causality.ts';
import { useActions, useLab } from '../state/context.tsx';
import { formatTime, unitOf } from '../state/format.ts';
import { narrationOf } from '../state/hooks.ts';
import styles from './causes-list.module.css';
import inspector from './inspector.module.css';

/** Steps listed before and after the one in view. */
const LISTED = 4;

/** The chain that led to a step and what came of it; each can be gone to. */
export function CausesList({ run, step }: { readonly run: Run; readonly step: number }) {
  const cone = useMemo(() => coneOf(run, step), [run, step]);
  const at = cone.chain.indexOf(step);
  const shown = cone.chain.slice(Math.max(0, at - LISTED), at + LISTED + 1);
  const concurrent = run.events - cone.past - cone.future - 1;
  return (
    <div>
      <div className={inspector.head}>
        <h3>Causes and effects</h3>
        <span className="data">
          past {formatCount(cone.past)} · future {formatCount(cone.future)}
        </span>
      </div>
      <ol className={styles.causes}>
        {shown.map((link) => (
          <Row key={link} run={run} step={link} current={link === step} />
        ))}
      </ol>
      <div className={inspector.head}>
        <h3>Concurrent</h3>
        <span className="data">{formatCount(concurrent)} steps, no path either way</span>
      </div>
    </div>
  );
}

interface RowProps {
  readonly run: Run;
  readonly step: number;
  readonly current: boolean;
}

function Row({ run, step, current }: RowProps) {
  const model = useLab((state) => state.model);
  const focus = useLab((state) => state.focus);
  const { pause, select } = useActions();
  const go = () => {
    pause();
    select(step);
  };
  const sentence = narrationOf(model, run, focus, step);
  return (
    <li>
      <button
        type="button"
        className={current ? styles.now : undefined}
        aria-current={current ? 'step' : undefined}
        onClick={go}
        title={sentence}
      >
        <span className={styles.number}>{formatCount(step + 1)}</span>
        <span className={styles.number}>{formatTime(run.timeline!.timeUs(step), unitOf(run.simulatedUs))}</span>
        <span className={styles.sentence}>{sentence}</span>
      </button>
    </li>
  );
}
