'use client';

import { useMemo } from 'react';
import { formatCount } from '../../../../simulations/index.ts';
import { unbroken } from '../../../_prose/rehype-no-break.js';
import { PaneHead } from '../parts/pane-head.tsx';
import { useCalm, useLab } from '../state/context.tsx';
import { formatTimeUnit, unitOf } from '../state/format.ts';
import { narrationOf } from '../state/hooks.ts';
import { stepInView } from '../state/store.ts';
import type { Compared } from './comparison.ts';
import { FieldTable } from './field-table.tsx';
import { metStep, pairDifferences } from './pair-differences.ts';
import styles from './selected-pair.module.css';

/** The event in view, told on both sides: the same, at another time or with other content, or only on one; and each field that differs. */
export function SelectedPair({ compared }: { readonly compared: Compared }) {
  const { a, b, names, comparison } = compared;
  const inView = useCalm(stepInView);
  const besideStep = useLab((state) => state.besideStep);
  const { counterpart } = comparison.steps;
  const stepA = besideStep === undefined && inView < a.timeline!.length ? inView : undefined;
  const stepB = besideStep ?? (stepA === undefined || stepA < 0 ? undefined : counterpart(stepA, 'a'));
  const fields = useMemo(
    () => (isStep(stepA) && isStep(stepB) ? pairDifferences(metStep(a, stepA), metStep(b, stepB)) : []),
    [a, b, stepA, stepB],
  );
  const sameTime = isStep(stepA) && isStep(stepB) && a.timeline!.timeUs(stepA) === b.timeline!.timeUs(stepB);
  const kind =
    stepA === undefined || stepB === undefined
      ? 'only one run has it'
      : sameTime && fields.length === 0
        ? 'the same in both'
        : 'in both';
  return (
    <div className={styles.pair}>
      <PaneHead title="Event" detail={stepA === -1 ? 'before the first' : kind} />
      <dl>
        <Told run={a} step={stepA} name={names[0]} model={a.input.model} />
        <Told run={b} step={stepB} name={names[1]} model={b.input.model} />
      </dl>
      {fields.length > 0 && <FieldTable names={names} fields={fields} />}
    </div>
  );
}

function isStep(step: number | undefined): step is number {
  return step !== undefined && step >= 0;
}

interface ToldProps {
  readonly run: Compared['a'];
  readonly step: number | undefined;
  readonly name: string;
  readonly model: Compared['a']['input']['model'];
}

function Told({ run, step, name, model }: ToldProps) {
  const key = useLab((state) => state.focus.key);
  const known = step !== undefined && step >= 0 && step < run.timeline!.length;
  const operations = run.record.operations;
  const sentence = known ? narrationOf(model, run, model.focus(operations, key), step) : undefined;
  return (
    <div className={styles.told}>
      <dt className="data">
        <span className={styles.name}>{name}</span>
        {known && (
          <span>
            step {formatCount(step + 1)} · {formatTimeUnit(run.timeline!.timeUs(step), unitOf(run.simulatedUs))}
          </span>
        )}
      </dt>
      <dd data-testid="told">{unbroken(sentence ?? 'It does not happen here.')}</dd>
    </div>
  );
}
