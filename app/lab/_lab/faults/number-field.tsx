'use client';

import { useId } from 'react';
import styles from './fault-editor.module.css';

export interface NumberFieldProps {
  readonly label: string;
  readonly unit: string;
  readonly value: string;
  onValue(value: string): void;
}

/** A number with its unit, as a row of the editor. */
export function NumberField({ label, unit, value, onValue }: NumberFieldProps) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <span className={styles.row}>
        <input
          id={id}
          className={styles.text}
          inputMode="decimal"
          value={value}
          onChange={(event) => onValue(event.target.value)}
        />
        <span className="data">{unit}</span>
      </span>
    </div>
  );
}
