'use client';

import type { Run } from '../../../../simulations/index.ts';
import { SPAN_US_MIN } from '../../../_stage/layout/narrow.ts';
import { useActions, useLab } from '../state/context.tsx';
import styles from './zoom-buttons.module.css';

/** How much more time one press shows. */
const FACTOR = 2;

/** Shows less or more time in the space-time diagram, for whoever has neither a wheel nor two fingers nor the keys. */
export function ZoomButtons({ run }: { readonly run: Run }) {
  const spanUs = useLab(({ window }) => window.toUs - window.fromUs);
  const { zoom } = useActions();
  return (
    <span className={styles.zoom}>
      <button
        type="button"
        aria-label="Zoom out"
        title="Zoom out (-)"
        disabled={spanUs >= run.simulatedUs}
        onClick={() => zoom(FACTOR)}
      >
        <Sign d="M1.5 6H10.5" />
      </button>
      <button
        type="button"
        aria-label="Zoom in"
        title="Zoom in (+)"
        disabled={spanUs <= SPAN_US_MIN}
        onClick={() => zoom(1 / FACTOR)}
      >
        <Sign d="M1.5 6H10.5M6 1.5V10.5" />
      </button>
    </span>
  );
}

function Sign({ d }: { readonly d: string }) {
  return (
    <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
      <path d={d} />
    </svg>
  );
}
