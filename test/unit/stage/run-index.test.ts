import { describe, expect, test } from 'vitest';
import { messagesIn } from '../../../simulations/export/picture/messages.ts';
import { flightOf, runIndex } from '../../../simulations/export/picture/run-index.ts';
import { runToy } from './toy-model.ts';

const write = { f: 'write', to: 'r1', atUs: 100_000, value: 1 } as const;

describe('run index', () => {
  test('a write is two flights of 10 ms: out at 100 ms, back after 2 ms of disk', () => {
    const run = runToy({ a: [write] });
    const { flights, flightUsMax, flightUsMedian } = runIndex(run);
    const trace = run.timeline!.trace;
    expect(
      [...flights].map((step) => flightOf(trace, step)).map((flight) => [flight!.type, flight!.sentUs, flight!.endUs]),
    ).toEqual([
      ['Put', 100_000, 110_000],
      ['Ack', 112_000, 122_000],
    ]);
    expect([flightUsMax, flightUsMedian]).toEqual([10_000, 10_000]);
  });

  test('a message into an open cut is lost half way, one under way when the cut begins at its end', () => {
    const cut = (atUs: number) =>
      runToy({ a: [write] }, [
        {
          id: 'cut',
          action: { do: 'cut', sides: [['a'], ['r1', 'r2', 'r3']], oneWay: false },
          when: { atUs },
          forUs: 50_000,
        },
      ]);
    const flight = (atUs: number) => messagesIn(cut(atUs), 0, 300_000).flights[0]!;
    expect(flight(90_000)).toMatchObject({ lostTo: 'cut', halfWay: true, endUs: 105_000 });
    expect(flight(105_000)).toMatchObject({ lostTo: 'cut', halfWay: false, endUs: 110_000 });
  });

  test('a slow link shows as held time, a duplicate as a second flight', () => {
    const run = runToy({ a: [write] }, [
      {
        id: 's',
        action: { do: 'slow', from: 'a', to: 'r1', extra: { kind: 'constant', us: 18_000 } },
        when: { atUs: 0 },
      },
      { id: 'd', action: { do: 'duplicate', from: 'a', to: 'r1', ratio: 1 }, when: { atUs: 0 } },
    ]);
    const puts = messagesIn(run, 0, 300_000).flights.filter(({ type }) => type === 'Put');
    expect(puts.map(({ heldUs, endUs, duplicate }) => ({ heldUs, endUs, duplicate }))).toEqual([
      { heldUs: 18_000, endUs: 128_000, duplicate: false },
      { heldUs: 18_000, endUs: 138_000, duplicate: true },
    ]);
  });

  test('a crash is a span from the crash to the restart, and what arrives in it is lost to the dead host', () => {
    const run = runToy({ a: [write] }, [
      { id: 'c', action: { do: 'crash', target: 'r1' }, when: { atUs: 50_000 }, forUs: 100_000 },
    ]);
    const index = runIndex(run);
    const r1 = index.hosts.findIndex(({ id }) => id === 'r1');
    expect(index.down[r1]).toMatchObject([{ fromUs: 50_000, untilUs: 150_000 }]);
    expect(messagesIn(run, 0, 300_000).flights[0]).toMatchObject({ lostTo: 'down', endUs: 110_000 });
  });

  test('a window holds the messages under way in it, also those that end after it', () => {
    const run = runToy({ a: [write] });
    const types = (from: number, until: number) => messagesIn(run, from, until).flights.map(({ type }) => type);
    expect(types(101_000, 105_000)).toEqual(['Put']);
    expect(types(110_500, 111_500)).toEqual([]);
    expect(types(105_000, 113_000)).toEqual(['Put', 'Ack']);
  });

  test('more than 1,500 messages in a window are dense (1,600 reads)', () => {
    const reads = Array.from({ length: 1600 }, (_, at) => ({ f: 'read', to: 'r1', atUs: at * 100 }) as const);
    const run = runToy({ a: reads }, [], 300_000);
    expect(messagesIn(run, 0, 300_000)).toEqual({ flights: [], dense: true });
    expect(messagesIn(run, 0, 20_000).dense).toBe(false);
  });
});
