'use client';

import { useMemo } from 'react';
import { useActions, useLab } from '../state/context.tsx';
import styles from './key-chooser.module.css';

/** The key whose versions fill the lanes. */
export function KeyChooser() {
  const run = useLab((state) => state.run);
  const model = useLab((state) => state.model);
  const key = useLab((state) => state.focus.key);
  const { showKey } = useActions();
  const keys = useMemo(() => (run === undefined ? [] : model.keys(run.record.operations)), [run, model]);
  if (keys.length < 2) return <span>{key === '' ? ' ' : `key ${key}`}</span>;
  return (
    <label className={styles.chooser}>
      key
      <select className="data" value={key} onChange={(event) => showKey(event.target.value)}>
        {keys.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </label>
  );
}
