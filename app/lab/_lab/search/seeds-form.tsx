'use client';

import { type FormEvent, useState } from 'react';
import { formatCount } from '../../../../simulations/index.ts';
import { Button } from '../../../_shell/button.tsx';
import { useActions } from '../state/context.tsx';
import { useSearch, useSearchHandle } from './search-context.tsx';
import styles from './seeds-form.module.css';

const PRESETS = [100, 1_000, 10_000] as const;
const SEEDS_MAX = 1_000_000;

/** How many seeds, whether to stop at the first that violates something, and go. */
export function SeedsForm({ running }: { readonly running: boolean }) {
  const { seeds, stopAtFirst } = useSearch((state) => state.plan);
  const { actions } = useSearchHandle();
  const { pause } = useActions();
  const [text, setText] = useState(formatCount(seeds));
  const typed = readSeeds(text);
  const choose = (written: string) => {
    setText(written);
    const count = readSeeds(written);
    if (count !== undefined) actions.plan({ seeds: count });
  };
  // One button for both, so that the focus stays on it.
  const startOrCancel = (event: FormEvent) => {
    event.preventDefault();
    if (running) actions.cancelSweep();
    else if (typed !== undefined) {
      pause();
      actions.sweep();
    }
  };
  return (
    <form className={styles.form} onSubmit={startOrCancel}>
      <fieldset className={styles.seeds} disabled={running}>
        <legend className="sr">Seeds</legend>
        <label className={styles.count}>
          Seeds 1 to
          <input
            className="data"
            inputMode="numeric"
            value={text}
            aria-invalid={typed === undefined}
            aria-describedby={typed === undefined ? 'seeds-problem' : undefined}
            data-testid="sweep-seeds"
            onChange={({ target }) => choose(target.value)}
          />
        </label>
        {PRESETS.map((count) => (
          <button
            key={count}
            type="button"
            className="data"
            aria-pressed={count === typed}
            onClick={() => choose(formatCount(count))}
          >
            {formatCount(count)}
          </button>
        ))}
        <label className={styles.stop}>
          <input
            type="checkbox"
            checked={stopAtFirst}
            onChange={({ target }) => actions.plan({ stopAtFirst: target.checked })}
          />
          Stop at the first violation
        </label>
      </fieldset>
      <Button type="submit" data-testid="sweep">
        {running ? 'Cancel' : stopAtFirst ? 'Find a violation' : 'Measure the rate'}
      </Button>
      {typed === undefined && (
        <p id="seeds-problem" className={styles.problem}>
          {text.trim() === '' ? 'Nothing' : `"${text}"`} is no number of seeds. Write a whole number from 1 to{' '}
          {formatCount(SEEDS_MAX)}.
        </p>
      )}
    </form>
  );
}

function readSeeds(text: string): number | undefined {
  const plain = text.replaceAll(',', '').trim();
  const count = /^\d{1,7}$/.test(plain) ? Number(plain) : 0;
  return count >= 1 && count <= SEEDS_MAX ? count : undefined;
}
