import { type KeyboardEvent, useEffect, useState } from 'react';
import styles from './run-pair.module.css';
import type { Playhead } from './use-playhead.ts';

export interface PairTransportProps {
  readonly playhead: Playhead;
  /** Whom it moves: `Both runs`. */
  readonly name: string;
  /** What the play button says. */
  readonly playWord: string;
  /** How many stops the window has. */
  readonly stops: number;
  readonly status: string;
  /** What happened last on both sides; undefined before they have run. */
  readonly spoken: string | undefined;
  onPlay(): void;
  onGoTo(stops: number): void;
}

/** Play, step, scrub: one time for all pictures. The range is the browser's own, so arrows, Home and End are too. */
export function PairTransport(props: PairTransportProps) {
  const { stops, status, spoken, onPlay, onGoTo } = props;
  const { nowUs, playing, passed } = props.playhead;
  const resting = spoken === undefined;
  const at = resting ? 0 : passed;
  const time = `${milliseconds.format(nowUs / 1000)} ms`;
  const moment = `step ${at} of ${stops}, ${time}`;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== ' ' || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    onPlay();
  };
  return (
    <fieldset className={styles.transport} aria-label={props.name} onKeyDown={onKeyDown}>
      <Key label={playing ? 'Pause' : props.playWord} path={playing ? PAUSE : PLAY} main onPress={onPlay} />
      <Key label="Step back" path={BACK} disabled={!resting && passed === 0} onPress={() => onGoTo(at - 1)} />
      <Key label="Step forward" path={FORWARD} disabled={at >= stops} onPress={() => onGoTo(at + 1)} />
      <input
        className={styles.range}
        type="range"
        min={0}
        max={stops}
        value={at}
        aria-label="Step"
        aria-valuetext={resting ? 'not run yet' : `${moment}. ${spoken}`}
        onChange={(event) => onGoTo(Number(event.target.value))}
      />
      <p className={`data ${styles.clock}`}>
        <b>{resting ? '' : time}</b> <span className="quiet">{status}</span>
      </p>
      <Announcer words={playing || resting ? '' : `${moment}. ${spoken}`} />
    </fieldset>
  );
}

const milliseconds = new Intl.NumberFormat('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

const PLAY = 'M2.5 1L12.5 7L2.5 13Z';
const PAUSE = 'M2.5 1.5h3v11h-3zM8.5 1.5h3v11h-3z';
const BACK = 'M2 1.5h2v11H2zM12.5 1.5v11L5 7Z';
const FORWARD = 'M10 1.5h2v11h-2zM1.5 1.5v11L9 7Z';

interface KeyProps {
  readonly label: string;
  readonly path: string;
  readonly main?: boolean;
  readonly disabled?: boolean;
  onPress(): void;
}

function Key({ label, path, main = false, disabled = false, onPress }: KeyProps) {
  return (
    <button
      type="button"
      className={main ? `${styles.key} ${styles.main}` : styles.key}
      aria-label={label}
      aria-disabled={disabled}
      onClick={disabled ? undefined : onPress}
    >
      <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
        <path d={path} />
      </svg>
    </button>
  );
}

/** A reader who holds an arrow key hears where it ends, not every step on the way. */
function Announcer({ words }: { words: string }) {
  const [said, setSaid] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSaid(words), 400);
    return () => clearTimeout(timer);
  }, [words]);
  return (
    <p className="sr" aria-live="polite">
      {said}
    </p>
  );
}
