'use client';

import { formatCount } from '../../../../simulations/index.ts';
import { useActions, useCalm, useLab } from '../state/context.tsx';
import { formatTimeUnit, unitOf } from '../state/format.ts';
import { narrationOf } from '../state/hooks.ts';
import { speeds } from '../state/speeds.ts';
import { Announcer } from './announcer.tsx';
import { Scrubber } from './scrubber.tsx';
import styles from './transport.module.css';

/** Play, step, speed, the sentence of the moment, the scrubber and the clock. */
export function Transport({ onHelp }: { readonly onHelp: () => void }) {
  return (
    <section className={styles.transport} aria-label="Transport">
      <div className={styles.keys}>
        <Keys />
        <SpeedChooser />
        <button
          type="button"
          className={styles.help}
          aria-label="Keyboard shortcuts"
          title="Keyboard shortcuts (?)"
          onClick={onHelp}
        >
          ?
        </button>
      </div>
      <div className={styles.scrub}>
        <Sentence />
        <Scrubber />
      </div>
      <Clock />
      <Announcer />
    </section>
  );
}

function Keys() {
  const playing = useLab((state) => state.playing);
  const ready = useLab((state) => state.run !== undefined);
  const { toggle, pause, stepBy } = useActions();
  const step = (count: number) => () => {
    pause();
    stepBy(count);
  };
  return (
    <>
      <button
        type="button"
        className={styles.go}
        disabled={!ready}
        aria-label={playing ? 'Pause' : 'Play'}
        onClick={toggle}
      >
        <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
          <path d={playing ? 'M2.5 1.5h3v11h-3zM8.5 1.5h3v11h-3z' : 'M2.5 1L12.5 7L2.5 13Z'} />
        </svg>
      </button>
      <button type="button" disabled={!ready} aria-label="Step back" onClick={step(-1)}>
        <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
          <path d="M2 1.5h2v11H2zM12.5 1.5v11L5 7Z" />
        </svg>
      </button>
      <button type="button" disabled={!ready} aria-label="Step forward" onClick={step(1)}>
        <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
          <path d="M10 1.5h2v11h-2zM1.5 1.5v11L9 7Z" />
        </svg>
      </button>
    </>
  );
}

function SpeedChooser() {
  const speed = useLab((state) => state.speed);
  const { setSpeed } = useActions();
  return (
    <select
      className={`data ${styles.speed}`}
      aria-label="Speed"
      title={speed.spoken}
      value={speed.rate}
      onChange={(event) => setSpeed(speeds.find(({ rate }) => rate === Number(event.target.value)) ?? speed)}
    >
      {speeds.map(({ rate, label }) => (
        <option key={rate} value={rate}>
          {label}
        </option>
      ))}
    </select>
  );
}

function Sentence() {
  const run = useLab((state) => state.run);
  const model = useLab((state) => state.model);
  const focus = useLab((state) => state.focus);
  const calm = useCalm((state) => state.steps);
  // While time passes by itself nobody reads every step.
  const steps = useLab((state) => (state.playing ? calm : state.steps));
  const making = useLab((state) => state.making);
  if (making !== undefined)
    return (
      <p className={`data data-l ${styles.say}`} data-testid="making">
        <span>
          <b>running:</b> {Math.floor(making * 100)} % of the simulated time
        </span>
      </p>
    );
  if (run === undefined) return <p className={`data data-l ${styles.say}`}>{'\u00a0'}</p>;
  return (
    <p className={`data data-l ${styles.say}`}>
      <span>
        <b data-testid="step">
          step {formatCount(steps)} of {formatCount(run.events)}:
        </b>{' '}
        {narrationOf(model, run, focus, steps - 1)}
      </span>
    </p>
  );
}

function Clock() {
  const timeUs = useLab((state) => state.timeUs);
  const endUs = useLab((state) => state.run?.simulatedUs);
  const stopped = useLab((state) => state.run?.stopped);
  if (endUs === undefined) return <div className={styles.clock} />;
  const unit = unitOf(endUs);
  return (
    <div className={styles.clock}>
      <strong data-testid="time">{formatTimeUnit(timeUs, unit)}</strong>
      <span className="data">
        of {formatTimeUnit(endUs, unit)}
        {stopped === 'events' && ', stopped at the bound on events'}
      </span>
    </div>
  );
}
