'use client';

import { type ReactNode, useEffect, useState } from 'react';
import type { KnobSpec } from '../../../../simulations/index.ts';
import styles from './knob-control.module.css';
import { scaleOf } from './knob-scale.ts';

export interface NumberKnobProps {
  readonly id: string;
  readonly described: string;
  readonly spec: KnobSpec;
  /** In the engine's unit: microseconds, a share, a count. */
  readonly value: number;
  readonly label: ReactNode;
  onValue(value: number): void;
}

/** A number: a slider with ticks for the hand, and a field for the exact value. */
export function NumberKnob({ id, described, spec, value, label, onValue }: NumberKnobProps) {
  const scale = scaleOf(spec);
  const shown = scale.toText(value);
  const unit = shown === spec.zero ? '' : scale.unit;
  const [text, setText] = useState(shown);
  useEffect(() => setText(shown), [shown]);
  const commit = () => {
    const typed = scale.fromText(text);
    if (typed === undefined) setText(shown);
    else if (typed !== value) onValue(typed);
  };
  const share = Math.max(0, Math.min(1, scale.toShare(value)));
  return (
    <>
      <label htmlFor={`${id}-field`} className={styles.label} title={spec.explain}>
        {label}
      </label>
      <span className={styles.number}>
        <input
          id={`${id}-field`}
          className="data"
          inputMode="decimal"
          aria-describedby={described}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onBlur={commit}
          onKeyDown={(event) => event.key === 'Enter' && commit()}
        />
        {unit !== '' && <span className="data quiet">{unit}</span>}
      </span>
      <span className={styles.slider}>
        <svg className={styles.scale} viewBox="0 0 224 12" preserveAspectRatio="none" aria-hidden="true">
          {scale.ticks.map(({ share: at, major }) => (
            <path key={at} className={styles.tick} d={`M${(at * 224).toFixed(1)} ${major ? 3 : 5}V10`} />
          ))}
          <path className={styles.tick} d="M0 9.5H224" />
          <path className={styles.run} d={`M0 9.5H${(share * 224).toFixed(1)}`} />
        </svg>
        <svg
          className={styles.handle}
          style={{ left: `${share * 100}%` }}
          width="10"
          height="13"
          viewBox="-1 0 10 13"
          aria-hidden="true"
        >
          <path d="M0 1h8v6l-4 4.5l-4 -4.5z" />
        </svg>
        <input
          type="range"
          aria-label={spec.label}
          aria-describedby={described}
          aria-valuetext={`${shown} ${unit}`.trim()}
          min={0}
          max={scale.positions}
          step={1}
          value={Math.round(scale.toShare(value) * scale.positions)}
          onChange={(event) => onValue(scale.move(value, Number(event.target.value)))}
        />
      </span>
    </>
  );
}
