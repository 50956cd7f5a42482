import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../simulations/kernel/faults.ts';
import { faultSentence, faultTitle } from '../../../simulations/scenario/fault-title.ts';

const clock = (offsetUs: number, driftPpm: number): Fault => ({
  id: 'c',
  action: { do: 'clock', target: 'r4', offsetUs, driftPpm },
  when: { atUs: 0 },
});
const inForce = (fault: Fault) => faultSentence({ fault, sinceUs: 0 as never, sides: [['r4']] });

describe('the title of a clock fault', () => {
  test.each([
    [400_000, 0, 'clock of r4 +400 ms', 'the clock of r4 is off by +400 ms.'],
    [-400_000, 0, 'clock of r4 −400 ms', 'the clock of r4 is off by −400 ms.'],
    [0, -95_000, 'clock of r4 −95,000 ppm', 'the clock of r4 drifts by −95,000 ppm.'],
    [1_000, 200, 'clock of r4 +1 ms, +200 ppm', 'the clock of r4 is off by +1 ms and drifts by +200 ppm.'],
    [0, 0, 'clock of r4 +0 ms', 'the clock of r4 is off by +0 ms.'],
  ])('offset %i µs and drift %i ppm: %s', (offsetUs, driftPpm, title, sentence) => {
    expect(faultTitle(clock(offsetUs, driftPpm))).toBe(title);
    expect(inForce(clock(offsetUs, driftPpm))).toBe(sentence);
  });
});
