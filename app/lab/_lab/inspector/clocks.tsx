import { formatDuration, type ProcessView, type WorldView } from '../../../../simulations/index.ts';
import { formatTimeUnit, type TimeUnit } from '../state/format.ts';
import styles from './inspector.module.css';

export interface ClockRowProps {
  readonly host: WorldView['hosts'][number];
  readonly nowUs: number;
  readonly unit: TimeUnit;
}

/** A host's own clock beside true time. */
export function ClockRow({ host, nowUs, unit }: ClockRowProps) {
  const offUs = host.clockUs - nowUs;
  const off = offUs === 0 ? 'exact' : `${offUs > 0 ? 'ahead' : 'behind'} by ${formatDuration(Math.abs(offUs))}`;
  return (
    <>
      <div className={styles.head}>
        <h3>Clock of {host.id}</h3>
        <span className="data">{host.status}</span>
      </div>
      <dl className={styles.rows}>
        <div className={offUs === 0 ? undefined : styles.changed}>
          <dt>own clock</dt>
          <dd>{formatTimeUnit(host.clockUs, unit)}</dd>
          <dd>{off}</dd>
        </div>
        <div>
          <dt>true time</dt>
          <dd>{formatTimeUnit(nowUs, unit)}</dd>
        </div>
      </dl>
    </>
  );
}

/** What the processes of a host wait for. */
export function TimerList({
  processes,
  nowUs,
}: {
  readonly processes: readonly ProcessView[];
  readonly nowUs: number;
}) {
  const timers = processes
    .flatMap(({ id, timers: own }) => own.map(({ name, dueUs }) => ({ id, name, dueUs })))
    .sort((a, b) => a.dueUs - b.dueUs);
  if (timers.length === 0) return null;
  return (
    <dl className={styles.rows} aria-label="Pending timers">
      {timers.slice(0, 8).map(({ id, name, dueUs }) => (
        <div key={`${id} ${name}`}>
          <dt>timer {name}</dt>
          <dd>in {formatDuration(Math.max(0, dueUs - nowUs))}</dd>
          <dd>{id}</dd>
        </div>
      ))}
    </dl>
  );
}
