import { describe, expect, test } from 'vitest';
import { compileLatency, LATENCY_US_MAX, type Latency } from '../../../simulations/kernel/latency.ts';
import { Streams } from '../../../simulations/kernel/random.ts';
import { seed } from '../../../simulations/kernel/time.ts';

function sample(latency: Latency, count = 200_000): number[] {
  const streams = new Streams(seed(5));
  const stream = streams.stream('latency');
  const draw = compileLatency(latency);
  return Array.from({ length: count }, () => draw(streams.uniform(stream), streams.uniform(stream))).sort(
    (a, b) => a - b,
  );
}
const quantile = (sorted: readonly number[], p: number) => sorted[Math.floor(p * sorted.length)]!;
const mean = (numbers: readonly number[]) => numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
const near = (value: number, expected: number, share: number) =>
  expect(Math.abs(value / expected - 1)).toBeLessThan(share);

describe('latencies', () => {
  test('constant is constant; uniform reaches both ends and its middle', () => {
    expect(new Set(sample({ kind: 'constant', us: 250 }, 100))).toEqual(new Set([250]));
    const uniform = sample({ kind: 'uniform', minUs: 8, maxUs: 14 }, 5000);
    expect(new Set(uniform)).toEqual(new Set([8, 9, 10, 11, 12, 13, 14]));
  });

  test('exponential: mean 5 ms, median 5 ln 2, p99 5 ln 100', () => {
    const drawn = sample({ kind: 'exponential', meanUs: 5000 });
    near(mean(drawn), 5000, 0.01);
    near(quantile(drawn, 0.5), 5000 * Math.LN2, 0.01);
    near(quantile(drawn, 0.99), 5000 * Math.log(100), 0.02);
  });

  test('Pareto: scale 3 ms, shape 3.35: quantile = scale (1 - p)^(-1/shape)', () => {
    const drawn = sample({ kind: 'pareto', scaleUs: 3000, shape: 3.35 });
    expect(drawn[0]).toBeGreaterThanOrEqual(3000);
    for (const p of [0.5, 0.9, 0.99]) near(quantile(drawn, p), 3000 * (1 - p) ** (-1 / 3.35), 0.02);
  });

  test('log-normal: median 10 ms, sigma 0.5: p84.13 is one sigma up', () => {
    const drawn = sample({ kind: 'logNormal', medianUs: 10_000, sigma: 0.5 });
    near(quantile(drawn, 0.5), 10_000, 0.01);
    near(quantile(drawn, 0.841345), 10_000 * Math.exp(0.5), 0.015);
    near(quantile(drawn, 0.02275), 10_000 * Math.exp(-1), 0.02);
  });

  test('mixture: parts come with their weights, nested ones too', () => {
    const drawn = sample({
      kind: 'mixture',
      parts: [
        { weight: 3, latency: { kind: 'constant', us: 1 } },
        {
          weight: 1,
          latency: {
            kind: 'mixture',
            parts: [
              { weight: 1, latency: { kind: 'constant', us: 2 } },
              { weight: 1, latency: { kind: 'constant', us: 3 } },
            ],
          },
        },
      ],
    });
    const share = (us: number) => drawn.filter((x) => x === us).length / drawn.length;
    near(share(1), 0.75, 0.01);
    near(share(2), 0.125, 0.03);
    near(share(3), 0.125, 0.03);
  });

  test('empirical: linear between measured quantiles', () => {
    const drawn = sample({
      kind: 'empirical',
      quantiles: [
        [0, 1000],
        [0.5, 2000],
        [0.99, 10_000],
        [1, 50_000],
      ],
    });
    near(quantile(drawn, 0.25), 1500, 0.02);
    near(quantile(drawn, 0.5), 2000, 0.02);
    near(quantile(drawn, 0.9), 2000 + (8000 * 0.4) / 0.49, 0.02);
    expect(drawn.at(-1)).toBeLessThanOrEqual(50_000);
  });

  test('no draw is longer than an hour, not even from a Pareto tail without a mean', () => {
    expect(compileLatency({ kind: 'pareto', scaleUs: 1_000_000, shape: 0.1 })(0.5, 1 - 2 ** -53)).toBe(LATENCY_US_MAX);
  });
});
