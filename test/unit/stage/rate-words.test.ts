import { expect, test } from 'vitest';
import { formatInterval, formatPercent } from '../../../app/_stage/layout/rate-words.ts';
import { rateOf } from '../../../simulations/index.ts';

test.each([
  [1, '100 %'],
  [0.999616, '99.962 %'],
  [0.99999996, '99.999996 %'],
  [0.9951, '99.51 %'],
  [0.9996, '99.96 %'],
  [0.983, '98.3 %'],
  [0.1481, '14.8 %'],
  [0.00038, '0.038 %'],
  [0, '0 %'],
])('a ratio of %s reads %s: only all of it is 100 %', (ratio, words) => {
  expect(formatPercent(ratio)).toBe(words);
});

test.each([
  [0, 'at most 0.038 %'],
  [10_000, 'at least 99.962 %'],
  [9_996, '99.9 % to 99.984 %'],
  [1_445, '13.8 % to 15.2 %'],
])('the interval of %i in 10,000 reads "%s": none and all are bounds from one side', (count, words) => {
  expect(formatInterval(rateOf(count, 10_000))).toBe(words);
});
