import { fromCallback, setup } from 'xstate';

/** What the reader, the run and the clock can tell the player. */
export type PlayerEvent =
  | { readonly type: 'toggle' }
  | { readonly type: 'pause' }
  /** The reader went somewhere else by hand. */
  | { readonly type: 'moved' }
  /** Time reached the end of the run. */
  | { readonly type: 'ended' };

/** One tick of the picture; returns whether the run is over. */
export interface PlayerInput {
  advance(elapsedMs: number): boolean;
  rewind(): void;
  /** Whether nothing is left to play. */
  atEnd(): boolean;
}

/** Longer than this between two frames and the tab was asleep: time does not jump. */
const FRAME_MS_MAX = 100;

const frames = fromCallback<PlayerEvent, PlayerInput>(({ input, sendBack }) => {
  let last = performance.now();
  let request = requestAnimationFrame(function tick(now) {
    const over = input.advance(Math.min(now - last, FRAME_MS_MAX));
    last = now;
    if (over) sendBack({ type: 'ended' });
    else request = requestAnimationFrame(tick);
  });
  return () => cancelAnimationFrame(request);
});

/**
 * The transport. It starts paused, because nothing starts by itself. While it plays, frames come as long as the state
 * lasts; at the end of the run it rests, and playing again begins at the start.
 */
export const playerMachine = setup({
  types: {} as { context: PlayerInput; input: PlayerInput; events: PlayerEvent },
  actors: { frames },
  actions: { rewind: ({ context }) => context.rewind() },
  guards: { atEnd: ({ context }) => context.atEnd() },
}).createMachine({
  id: 'player',
  context: ({ input }) => input,
  initial: 'paused',
  states: {
    paused: { on: { toggle: [{ guard: 'atEnd', target: 'playing', actions: 'rewind' }, { target: 'playing' }] } },
    playing: {
      invoke: { src: 'frames', input: ({ context }) => context },
      on: { toggle: 'paused', pause: 'paused', ended: 'ended' },
    },
    ended: { on: { toggle: { target: 'playing', actions: 'rewind' }, moved: 'paused' } },
  },
});
