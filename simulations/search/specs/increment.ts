import { flagKnob, integerKnob, type KnobValues } from '../../models/knob.ts';
import { defineSpec, type System } from '../explore/spec.ts';

/*
 * The lost update in its barest form. Threads share a number. Each reads it, and then writes what it read plus one. If two read before
 * either writes, both write the same, and one increment is lost. With a lock, a thread reads only when no other is between its read and its
 * write, and every increment counts.
 *
 * After Stateright, examples/increment.rs.
 */

const knobs = {
  threads: integerKnob({
    label: 'Threads',
    symbol: 'n',
    explain: 'How many threads increment the number, once each.',
    group: 'size',
    min: 1,
    max: 6,
    default: 2,
  }),
  lock: flagKnob({
    label: 'Lock',
    explain: 'Whether a thread holds a lock from before its read until after its write.',
    group: 'repair',
    default: false,
  }),
};

const START = 1;
const READ = 2;
const FINISHED = 3;

interface Thread {
  readonly local: number;
  /** The next instruction: 1 read, 2 write, 3 none. */
  readonly at: number;
}

interface State {
  readonly shared: number;
  readonly threads: readonly Thread[];
}

function systemOf({ threads: count, lock }: KnobValues<typeof knobs>): System<State, number> {
  const finished = ({ threads }: State): number => threads.filter(({ at }) => at === FINISHED).length;
  const weight = ({ local, at }: Thread): number => local * 4 + at;
  return {
    init: () => [{ shared: 0, threads: Array.from({ length: count }, () => ({ local: 0, at: START })) }],
    actions({ threads }) {
      const locked = lock && threads.some(({ at }) => at === READ);
      return [...threads.keys()].filter((thread) => {
        const { at } = threads[thread]!;
        return at === READ || (at === START && !locked);
      });
    },
    next({ shared, threads }, thread) {
      const { at, local } = threads[thread]!;
      return at === START
        ? { shared, threads: threads.with(thread, { local: shared, at: READ }) }
        : { shared: local + 1, threads: threads.with(thread, { local, at: FINISHED }) };
    },
    codec: { kind: 'text', key: (state) => `${state.shared}:${state.threads.map(weight).join()}` },
    representative: ({ shared, threads }) => ({
      shared,
      threads: threads.toSorted((a, b) => weight(a) - weight(b)),
    }),
    properties: [
      {
        kind: 'always',
        id: 'none-lost',
        title: 'the number equals the threads that have finished',
        holds: (state) => finished(state) === state.shared,
      },
      {
        kind: 'sometimes',
        id: 'all-counted',
        title: 'all threads have finished and all of them were counted',
        holds: (state) => finished(state) === count && state.shared === count,
      },
      {
        kind: 'eventually',
        id: 'finished',
        title: 'all threads have finished',
        holds: (state) => finished(state) === count,
      },
    ],
    describeAction(thread, { shared, threads }) {
      const { at, local } = threads[thread]!;
      return `thread ${thread + 1} ${at === START ? `reads ${shared}` : `writes ${local + 1}`}`;
    },
    describeState: ({ shared, threads }) =>
      `the number is ${shared}; threads ${threads
        .map(({ at, local }) => ['', 'not started', `have read ${local}`, 'finished'][at])
        .join(', ')}`,
  };
}

export const increment = defineSpec({
  id: 'increment',
  title: 'Lost increment',
  summary: 'Threads that read, then write what they read plus one, lose increments; with a lock they do not.',
  source: 'Stateright, examples/increment.rs.',
  knobs,
  constraints: () => [],
  system: systemOf,
  expectsViolated: ({ lock, threads }) => (lock || threads === 1 ? [] : ['none-lost']),
});
