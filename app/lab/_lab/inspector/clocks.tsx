import { formatDuration, type ProcessView, type WorldView } from '../../../../simulations/index.ts';
import { formatTimeUnit, formatWait, type TimeUnit } from '../state/format.ts';
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

export interface TimerListProps {
  readonly processes: readonly ProcessView[];
  readonly nowUs: number;
  readonly unit: TimeUnit;
}

/** Timers in view; a host that serves many requests at once has many more. */
const TIMERS_MAX = 8;

/** What the processes of a host wait for: how long still, and until when in true time. */
export function TimerList({ processes, nowUs, unit }: TimerListProps) {
  const timers = processes
    .flatMap(({ id, host, timers: own }) => own.map(({ name, dueUs }) => ({ id, host, name, dueUs })))
    .sort((a, b) => a.dueUs - b.dueUs);
  return (
    <div>
      <div className={styles.head}>
        <h3>Pending timers</h3>
        <span className="data">{timers.length === 0 ? 'none' : timers.length}</span>
      </div>
      <dl className={styles.rows}>
        {timers.slice(0, TIMERS_MAX).map(({ id, host, name, dueUs }) => (
          <div key={`${id} ${name}`}>
            <dt>
              {name}
              {id !== host && <span className={styles.quiet}> {id.slice(host.length + 1)}</span>}
            </dt>
            <dd>in {formatWait(Math.max(0, dueUs - nowUs), unit)}</dd>
            <dd>at {formatTimeUnit(dueUs, unit)}</dd>
          </div>
        ))}
      </dl>
      {timers.length > TIMERS_MAX && <p className="data quiet">and {timers.length - TIMERS_MAX} later ones</p>}
    </div>
  );
}
