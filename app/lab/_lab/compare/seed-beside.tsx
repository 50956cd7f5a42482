'use client';

import { useEffect, useState } from 'react';
import { useActions } from '../state/context.tsx';
import styles from './compare-with.module.css';

const SEED_MAX = 0xffffffff;

/** The seed of the run beside, to type. */
export function SeedBeside({ seed }: { readonly seed: number }) {
  const { compareWith } = useActions();
  const [text, setText] = useState(String(seed));
  useEffect(() => setText(String(seed)), [seed]);
  const commit = () => {
    const typed = /^\d{1,10}$/.test(text.trim()) ? Number(text) : Number.NaN;
    if (typed <= SEED_MAX && typed !== seed) compareWith({ kind: 'seed', seed: typed });
    else setText(String(seed));
  };
  return (
    <input
      className={`data ${styles.seed}`}
      aria-label="Seed of the other run"
      inputMode="numeric"
      style={{ width: `${Math.max(4, text.length) + 1}ch` }}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => event.key === 'Enter' && commit()}
    />
  );
}
