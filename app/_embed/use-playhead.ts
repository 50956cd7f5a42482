import { useEffect, useRef, useState } from 'react';

export interface PlayheadOptions {
  readonly fromUs: number;
  readonly toUs: number;
  /** The instants at which something happens, rising. */
  readonly stopsUs: readonly number[];
  /** Where it rests until the reader moves it. Default: the end of the window. */
  readonly restUs?: number;
}

/** A moment on a stretch of simulated time, and the ways to move it. */
export interface Playhead {
  readonly nowUs: number;
  readonly playing: boolean;
  /** How many stops have passed. */
  readonly passed: number;
  /** From the start, if the end has been reached. */
  play(): void;
  pause(): void;
  /** To just after that many stops; 0 is the start of the window, all of them its end. */
  goTo(stops: number): void;
}

/** The whole window takes this long, in seconds. */
const WINDOW_S = 14;
/** With reduced motion, playing shows each stop for this long. */
const STOP_MS = 700;
/** Longer than this between two frames and the tab was asleep: time does not jump. */
const FRAME_MS_MAX = 100;

/** A playhead that rests until the reader plays: nothing starts by itself. */
export function usePlayhead({ fromUs, toUs, stopsUs, restUs = toUs }: PlayheadOptions): Playhead {
  const [nowUs, setNow] = useState(restUs);
  const [playing, setPlaying] = useState(false);
  const passed = stopsUs.filter((stop) => stop <= nowUs).length;
  const latest = useRef({ nowUs, passed });
  useEffect(() => {
    latest.current = { nowUs, passed };
  });
  useEffect(() => {
    if (!playing) return;
    const arrive = (us: number) => {
      latest.current.nowUs = Math.min(us, toUs);
      setNow(latest.current.nowUs);
      if (us >= toUs) setPlaying(false);
    };
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      const timer = setInterval(() => arrive(stopsUs[latest.current.passed] ?? toUs), STOP_MS);
      return () => clearInterval(timer);
    }
    let last = performance.now();
    let request = requestAnimationFrame(function tick(now) {
      const elapsedMs = Math.min(now - last, FRAME_MS_MAX);
      last = now;
      request = requestAnimationFrame(tick);
      arrive(latest.current.nowUs + (elapsedMs / 1000 / WINDOW_S) * (toUs - fromUs));
    });
    return () => cancelAnimationFrame(request);
  }, [playing, fromUs, toUs, stopsUs]);
  return {
    nowUs,
    playing,
    passed,
    play: () => {
      if (nowUs >= toUs) setNow(fromUs);
      setPlaying(true);
    },
    pause: () => setPlaying(false),
    goTo: (stops) => {
      setPlaying(false);
      setNow(stops <= 0 ? fromUs : stops >= stopsUs.length ? toUs : stopsUs[stops - 1]!);
    },
  };
}
