import { createStore } from 'zustand/vanilla';
import type { LabState, LabStore } from './store.ts';

/** Text follows this long after the last of several moves. Nobody reads while they drag. */
const REST_MS = 60;
/** A move that comes this long after the one before stands alone, … */
const ALONE_MS = 250;
/** … and text follows it with the next frame. */
const FRAME_MS = 20;
/** While moves go on, text follows this long after the first that it has not followed. */
const MOVING_MS = 300;

/** What a hand or the player can change with every frame. */
const QUICK: ReadonlySet<string> = new Set<keyof LabState>([
  'timeUs',
  'steps',
  'selected',
  'besideStep',
  'window',
] satisfies (keyof LabState)[]);

export interface CalmStore {
  /** The state as of the last time that it followed. To be read; what is written to it is lost. */
  readonly store: LabStore;
  /** Begins to follow; returns what ends it. */
  follow(): () => void;
}

/**
 * A copy of the lab's state for panes of text. It follows every change at once but those of the moment, the selection and the window: these
 * come many times a second, and a frame has no time for text. One copy for all panes, so that they show the same moment.
 */
export function calmStore(source: LabStore): CalmStore {
  const store = createStore<LabState>(() => source.getState());
  const follow = () => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    /** The first move that text has not followed yet, and the last move. */
    let sinceMs: number | undefined;
    let movedMs = Number.NEGATIVE_INFINITY;
    const show = () => {
      clearTimeout(timer);
      sinceMs = undefined;
      store.setState(source.getState(), true);
    };
    show();
    const stop = source.subscribe((state, before) => {
      if (!isQuick(state, before)) return show();
      const nowMs = performance.now();
      const restMs = nowMs - movedMs > ALONE_MS ? FRAME_MS : REST_MS;
      movedMs = nowMs;
      sinceMs ??= nowMs;
      clearTimeout(timer);
      timer = setTimeout(show, Math.max(0, Math.min(restMs, sinceMs + MOVING_MS - nowMs)));
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  };
  return { store, follow };
}

function isQuick(state: LabState, before: LabState): boolean {
  const names = Object.keys(state) as (keyof LabState)[];
  return names.every((name) => state[name] === before[name] || QUICK.has(name));
}
