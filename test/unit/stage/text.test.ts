import { describe, expect, test } from 'vitest';
import { familiesOf } from '../../../app/_stage/marks/legend.tsx';
import { spaceTimeText } from '../../../app/_stage/text/space-time-text.ts';
import { focus, runToy } from './toy-model.ts';

const write = { f: 'write', to: 'r1', atUs: 100_000, value: 1 } as const;

describe('text form', () => {
  test('a write is told as invocation, arrival, disk and acknowledgement, in order', () => {
    const lines = spaceTimeText(runToy({ a: [write] }), focus, { fromUs: 50_000, toUs: 300_000 });
    expect(lines.map(({ atUs, sentence }) => [atUs, sentence])).toEqual([
      [100_000, 'timer  at a'],
      [110_000, 'deliver Put at r1'],
      [112_000, 'persisted  at r1'],
      [122_000, 'deliver Ack at a'],
    ]);
  });

  test('with little room deliveries are left out first (3 lines)', () => {
    const lines = spaceTimeText(runToy({ a: [write] }), focus, { fromUs: 50_000, toUs: 300_000, linesMax: 3 });
    expect(lines.map(({ atUs }) => atUs)).toEqual([100_000, 112_000, 122_000]);
  });
});

describe('legend', () => {
  test('each family once, by shape', () => {
    const { model } = runToy({ a: [] }).input;
    expect(familiesOf(model).map(({ family }) => family)).toEqual(['read', 'value', 'write', 'ack']);
  });
});
