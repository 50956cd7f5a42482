'use client';

import { type Fault, type FaultAction, faultTitle } from '../../../../simulations/index.ts';
import { useCalm, useLab } from '../state/context.tsx';
import { formatTime, unitOf } from '../state/format.ts';
import styles from './fault-row.module.css';
import { extentOf } from './script.ts';

export interface FaultRowProps {
  readonly fault: Fault;
  onEdit(): void;
  onRemove(): void;
}

/** A fault: what it does, when, and where that lies in the run. */
export function FaultRow({ fault, onEdit, onRemove }: FaultRowProps) {
  const run = useLab((state) => state.run);
  const timeUs = useCalm((state) => state.timeUs);
  const endUs = run?.simulatedUs ?? 1;
  const extent = run === undefined ? undefined : extentOf(run, fault);
  const unit = unitOf(endUs);
  const now = extent !== undefined && timeUs >= extent.fromUs && timeUs < extent.toUs;
  const range =
    extent === undefined ? 'never began' : `${formatTime(extent.fromUs, unit)}–${formatTime(extent.toUs, unit)}`;
  const x = (us: number) => ((us / endUs) * 206).toFixed(1);
  return (
    <li className={`${styles.fault} ${now ? styles.on : ''}`} data-fault={fault.id}>
      <FaultGlyph kind={fault.action.do} />
      <button
        type="button"
        className={styles.title}
        onClick={onEdit}
        aria-label={`Edit ${fault.id}: ${faultTitle(fault)}`}
        title={`${fault.id}: edit`}
      >
        {faultTitle(fault)}
      </button>
      <span className={`data ${styles.range}`}>{range}</span>
      <button
        type="button"
        className={styles.remove}
        onClick={onRemove}
        aria-label={`Remove ${fault.id}: ${faultTitle(fault)}`}
        title="Remove"
      >
        <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
          <path d="M2 2l6 6M8 2l-6 6" />
        </svg>
      </button>
      <span className={styles.meter}>
        <span className={styles.id}>{fault.id}</span>
        <svg className={styles.bar} viewBox="0 0 206 7" preserveAspectRatio="none" aria-hidden="true">
          <path className={styles.base} d="M0 3.5H206" />
          {extent !== undefined && <path className={styles.extent} d={`M${x(extent.fromUs)} 3.5H${x(extent.toUs)}`} />}
          <path className={styles.now} d={`M${x(timeUs)} 0V7`} />
        </svg>
      </span>
    </li>
  );
}

/** The sign of a fault, as the pictures draw it. */
function FaultGlyph({ kind }: { readonly kind: FaultAction['do'] }) {
  const cross = 'M2.5 2.5l8 8M10.5 2.5l-8 8';
  const drawn: Readonly<Record<FaultAction['do'], string>> = {
    cut: 'M0 4l2.4 1.2l2 -2l3 1.8l2.6 -1.6l3 1M0 9.4l2.4 1.2l2 -2l3 1.8l2.6 -1.6l3 1',
    crash: cross,
    restore: cross,
    pause: 'M4 2.5v8M9 2.5v8',
    slow: 'M1 6.5h1M5 6.5h1M9 6.5h1',
    slowDisk: 'M1 9.5h1M5 9.5h1M9 9.5h1M1 4.5h11',
    loss: 'M1 6.5h5M8 4l4 5M12 4l-4 5',
    duplicate: 'M1 4.5h8l-3 -2M1 8.5h11l-3 -2',
    clock: 'M6.5 1.5a5 5 0 1 0 .01 0M6.5 3.5v3h2.5',
  };
  return (
    <svg className={styles.glyph} width="13" height="13" viewBox="0 0 13 13" aria-hidden="true">
      <path d={drawn[kind]} />
    </svg>
  );
}
