'use client';

import { formatCount } from '../../../../simulations/index.ts';
import { unbroken } from '../../../_prose/rehype-no-break.js';
import { useActions } from '../state/context.tsx';
import styles from './cause.module.css';
import type { Compared } from './comparison.ts';

/** Where the runs part and because of what, in a sentence; what the model says of that step on each side; and the way there. */
export function Cause({ compared }: { readonly compared: Compared }) {
  const { comparison, names, b } = compared;
  const { divergence, sentence } = comparison;
  const { pause, select, pointBeside } = useActions();
  const go = () => {
    if (divergence === undefined) return;
    const { kind, cause, steps } = divergence;
    const step = kind === 'handler' ? cause : steps.a;
    pause();
    if (step !== undefined) select(step);
    else if (steps.b !== undefined) pointBeside(steps.b, b.timeline!.timeUs(steps.b));
  };
  const told = divergence?.told;
  const stepShown =
    divergence === undefined ? undefined : (divergence.cause ?? divergence.steps.a ?? divergence.steps.b);
  return (
    <div className={styles.cause}>
      <SeamMark />
      <p className={styles.sentence} data-testid="cause">
        {unbroken(sentence)}
        {divergence !== undefined && stepShown !== undefined && (
          <button type="button" className={`data ${styles.go}`} onClick={go} data-testid="go-part">
            go to step{' '}
            {formatCount((divergence.kind === 'handler' ? stepShown : (divergence.steps.a ?? stepShown)) + 1)}
          </button>
        )}
      </p>
      {told !== undefined && told.a !== told.b && (
        <dl className={styles.told}>
          {([told.a, told.b] as const).map((words, at) => (
            <div key={names[at]}>
              <dt className="data">{names[at]}</dt>
              <dd>{unbroken(words ?? 'Nothing more happens.')}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}

/** The mark of the site's seam, small: here two runs part. */
function SeamMark() {
  return (
    <svg className={styles.mark} width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
      <path className={styles.line} d="M0 11H8M14 6.5H22M14 15.5H22" />
      <path
        className={styles.gap}
        d="M9.4 0l-1.6 4 2 3.4-2.2 4 2 4-1.6 3.2 1 3.4h4l-.8-3.2 1.8-3.4-2.2-4 2-4-2-3.6 1.4-3.8z"
      />
    </svg>
  );
}
