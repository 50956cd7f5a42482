import { describe, expect, test } from 'vitest';
import { Streams } from '../../../simulations/kernel/random.ts';
import { seed } from '../../../simulations/kernel/time.ts';

const draws = (streams: Streams, name: string, count: number) =>
  Array.from({ length: count }, () => streams.uniform(streams.stream(name)));

describe('streams', () => {
  test('a stream is the same whatever other streams draw and whoever asks first', () => {
    const alone = draws(new Streams(seed(7)), 'link/a>b', 50);
    const crowded = new Streams(seed(7));
    draws(crowded, 'link/b>a', 33);
    const first = draws(crowded, 'link/a>b', 20);
    draws(crowded, 'disk/a', 5);
    expect([...first, ...draws(crowded, 'link/a>b', 30)]).toEqual(alone);
  });

  test('draws are uniform: mean, variance, serial correlation and 100 bins, for 40 seeds and names', () => {
    for (let index = 0; index < 40; index++) {
      const numbers = draws(new Streams(seed(index)), `stream ${index * 31}`, 20_000);
      const mean = numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
      expect(Math.abs(mean - 0.5)).toBeLessThan(0.0085);
      const correlation =
        numbers.slice(1).reduce((sum, x, at) => sum + (x - 0.5) * (numbers[at]! - 0.5), 0) / numbers.length;
      expect(Math.abs(correlation * 12)).toBeLessThan(0.035);
      const bins = new Array<number>(100).fill(0);
      for (const x of numbers) bins[Math.floor(x * 100)]!++;
      const chiSquare = bins.reduce((sum, count) => sum + (count - 200) ** 2 / 200, 0);
      expect(chiSquare).toBeGreaterThan(45);
      expect(chiSquare).toBeLessThan(175);
    }
  });

  test('neighbouring seeds and names are uncorrelated', () => {
    const streams = [0, 1, 2, 3].map((at) => draws(new Streams(seed(at)), 'x', 10_000));
    const named = ['x', 'y', 'x1', 'x2'].map((name) => draws(new Streams(seed(0)), name, 10_000));
    for (const [a, b] of [
      [streams[0], streams[1]],
      [streams[2], streams[3]],
      [named[0], named[1]],
      [named[2], named[3]],
    ] as const) {
      const correlation = a!.reduce((sum, x, at) => sum + (x - 0.5) * (b![at]! - 0.5), 0) / a!.length;
      expect(Math.abs(correlation * 12)).toBeLessThan(0.045);
    }
  });

  test('a checkpoint brings every stream back, also those made after it', () => {
    const streams = new Streams(seed(3));
    draws(streams, 'a', 4);
    const saved = streams.checkpoint();
    const after = [...draws(streams, 'a', 3), ...draws(streams, 'late', 3)];
    streams.restore(saved);
    expect([...draws(streams, 'a', 3), ...draws(streams, 'late', 3)]).toEqual(after);
  });

  test('integers reach both ends of their range', () => {
    const streams = new Streams(seed(1));
    const stream = streams.stream('dice');
    const faces = new Set(Array.from({ length: 400 }, () => streams.integer(stream, 1, 6)));
    expect([...faces].sort()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('many streams do not collide (n=20,000)', () => {
    const streams = new Streams(seed(11));
    const firsts = new Set(Array.from({ length: 20_000 }, (_, at) => streams.uniform(streams.stream(`link/r${at}`))));
    expect(firsts.size).toBe(20_000);
  });
});
