import { describe, expect, test } from 'vitest';
import { behavior, runWorld } from '../../helpers/worlds.ts';

/** Sends three pings to b, sets a timer from a range and writes to its disk twice. */
const sender = behavior('sender', (state, event) => {
  if (event.type !== 'process.started') return { state };
  const ping = { type: 'send', to: 'b', message: { type: 'Ping' } } as const;
  return {
    state,
    effects: [
      ping,
      ping,
      ping,
      { type: 'timer.set', name: 'tick', delayUs: [100, 9_000] },
      { type: 'disk.persist', token: 1 },
      { type: 'disk.persist', token: 2 },
    ],
  };
});
const sink = behavior('sink', (state) => ({ state }));
const world = { behaviors: [sender, sink], hosts: { a: 'sender', b: 'sink' }, diskUs: 500, seed: 3 };
const lossy = { latency: { kind: 'uniform', minUs: 100, maxUs: 9_000 }, lossRatio: 0.5, duplicateRatio: 0.5 } as const;

const seen = (options: Parameters<typeof runWorld>[0]) =>
  runWorld(options)
    .steps.filter(({ kind }) => kind !== 'started')
    .map(({ kind, atUs }) => `${kind} ${atUs}`);

describe('schedules', () => {
  test('an empty schedule changes nothing: same steps at the same times on lossy links (seed 3)', () => {
    expect(seen({ ...world, link: lossy, schedule: {} })).toEqual(seen({ ...world, link: lossy }));
  });

  test('pinned messages, timers and disk writes take what the schedule says, by number', () => {
    const schedule = {
      messageUs: 1_000,
      messages: [
        { from: 'a', to: 'b', type: 'Ping', nth: 2, delayUs: 40 },
        { from: 'a', to: 'b', type: 'Ping', nth: 3, delayUs: 70, lost: true, duplicateDelayUs: 90 },
      ],
      timers: [{ process: 'a', timer: 'tick', nth: 1, delayUs: 77 }],
      disks: [{ host: 'a', nth: 2, delayUs: 2_000 }],
    };
    expect(seen({ ...world, link: lossy, schedule })).toEqual([
      'deliver 40',
      'lost 70',
      'timer 77',
      'deliver 90',
      'persisted 500',
      'deliver 1000',
      'persisted 2000',
    ]);
  });

  test('a time for every message takes loss, duplicates and luck away, and leaves faults in force', () => {
    const slow = {
      id: 'slow',
      action: { do: 'slow', from: 'a', to: 'b', extra: { kind: 'constant', us: 25 } },
      when: { atUs: 0 },
    } as const;
    const deliveries = seen({ ...world, link: lossy, schedule: { messageUs: 600 }, faults: [slow] });
    expect(deliveries.filter((step) => step.startsWith('deliver'))).toEqual([
      'deliver 625',
      'deliver 625',
      'deliver 625',
    ]);
    expect(deliveries.some((step) => step.startsWith('lost'))).toBe(false);
  });

  test('a cut loses even a pinned message', () => {
    const cut = { id: 'cut', action: { do: 'cut', sides: [['a'], ['b']], oneWay: false }, when: { atUs: 0 } } as const;
    const schedule = { messages: [{ from: 'a', to: 'b', type: 'Ping', nth: 1, delayUs: 40 }] };
    expect(seen({ ...world, schedule, faults: [cut] })).toContain('lost 20');
  });
});
