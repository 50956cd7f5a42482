'use client';

import { useId, useState } from 'react';
import type { Knob, KnobSpec, Problem } from '../../../../simulations/index.ts';
import { useActions } from '../state/context.tsx';
import styles from './knob-control.module.css';
import { NumberKnob } from './number-knob.tsx';

export interface KnobControlProps {
  readonly name: string;
  readonly knob: Knob;
  readonly value: unknown;
  /** Whether the reader turned it away from what scenario and variant say. */
  readonly turned: boolean;
  readonly problem: Problem | undefined;
}

/** A choice of this many letters, name and longest value, has no room in one row. */
const ROW_LETTERS = 24;

/** One knob: its name, its value, the control for its kind, and on request what it is. */
export function KnobControl(props: KnobControlProps) {
  const { name, knob, turned, problem } = props;
  const [open, setOpen] = useState(false);
  const id = useId();
  const { spec } = knob;
  const look = [styles.knob, turned && styles.turned, isLong(spec) && styles.stacked].filter(Boolean).join(' ');
  return (
    <div className={look} data-knob={name}>
      <Value {...props} id={id} />
      <button
        type="button"
        className={styles.why}
        aria-label={`What is ${spec.label}?`}
        title={spec.explain}
        aria-expanded={open}
        aria-controls={`${id}-explain`}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => event.key === 'Escape' && setOpen(false)}
      >
        ?
      </button>
      <p id={`${id}-explain`} className={open ? styles.explain : 'sr'}>
        {spec.explain}
        {spec.options?.map((option) => (
          <span key={option.value} className={styles.option}>
            <b>{option.label}</b>: {option.explain}
          </span>
        ))}
      </p>
      {problem !== undefined && (
        <p className={styles.problem} role="alert" id={`${id}-problem`}>
          {problem.fix} <span className="quiet">The run in view is the last that made sense.</span>
        </p>
      )}
    </div>
  );
}

function isLong({ label, options = [] }: KnobSpec): boolean {
  return label.length + Math.max(0, ...options.map((option) => option.label.length)) > ROW_LETTERS;
}

function Value({ name, knob, value, problem, id }: KnobControlProps & { readonly id: string }) {
  const { setKnob } = useActions();
  const { spec } = knob;
  const described = `${id}-explain${problem === undefined ? '' : ` ${id}-problem`}`;
  const label = (
    <>
      {spec.label}
      {spec.symbol !== undefined && <span className={`data ${styles.symbol}`}>{spec.symbol}</span>}
    </>
  );
  switch (spec.kind) {
    case 'integer':
    case 'duration':
    case 'ratio':
      return (
        <NumberKnob
          id={id}
          described={described}
          spec={spec}
          value={Number(value)}
          label={label}
          onValue={(next) => setKnob(name, next)}
        />
      );
    case 'flag':
      return (
        <label className={styles.flag}>
          <span>{label}</span>
          <input
            type="checkbox"
            role="switch"
            aria-checked={value === true}
            aria-describedby={described}
            checked={value === true}
            onChange={(event) => setKnob(name, event.target.checked)}
          />
          <span className="data" aria-hidden="true">
            {value === true ? 'on' : 'off'}
          </span>
        </label>
      );
    case 'choice':
      return (
        <label className={styles.choice}>
          <span>{label}</span>
          <select
            className="data"
            aria-describedby={described}
            value={String(value)}
            onChange={(event) => setKnob(name, event.target.value)}
          >
            {spec.options?.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
        </label>
      );
  }
}
