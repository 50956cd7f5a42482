'use client';

import { useEffect, useState } from 'react';
import { useActions, useLab } from '../state/context.tsx';
import styles from './seed-field.module.css';

const SEED_MAX = 0xffffffff;

/** The seed, to type or to count on, and the digest that identifies the run. */
export function SeedField() {
  const seed = useLab((state) => state.setup.seed) ?? 0;
  const loading = useLab((state) => state.phase.kind === 'loading');
  const digest = useLab((state) => state.run?.digest);
  const { setSeed } = useActions();
  const [text, setText] = useState(String(seed));
  useEffect(() => setText(String(seed)), [seed]);
  const commit = () => {
    const typed = /^\d{1,10}$/.test(text.trim()) ? Number(text) : Number.NaN;
    if (typed <= SEED_MAX && typed !== seed) setSeed(typed);
    else setText(String(seed));
  };
  return (
    <div className={styles.seed} style={{ visibility: loading ? 'hidden' : undefined }}>
      <span className={styles.row}>
        <label className={`data ${styles.label}`}>
          seed
          <input
            className={`data ${styles.input}`}
            inputMode="numeric"
            style={{ width: `calc(${Math.max(4, text.length)}ch + 11px)` }}
            value={text}
            data-testid="seed"
            onChange={(event) => setText(event.target.value)}
            onBlur={commit}
            onKeyDown={(event) => event.key === 'Enter' && commit()}
          />
        </label>
        <button
          type="button"
          className={styles.next}
          aria-label="Next seed"
          title="Next seed"
          onClick={() => setSeed((seed + 1) % (SEED_MAX + 1))}
        >
          <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
            <path d="M2 1.5h2v9H2zM5 1.5v9L11 6z" />
          </svg>
        </button>
      </span>
      <span
        className={`data ${styles.digest}`}
        data-testid="digest"
        title="Digest of the run: the same link gives the same digest everywhere"
      >
        {digest ?? ' '}
      </span>
    </div>
  );
}
