import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadMeasured, readMeasured } from '../../../app/_static/measured.ts';

const names = readdirSync('content/measured').map((file) => file.replace('.json', ''));

describe('measurements', () => {
  test.each(names)('%s lists as many violating seeds as it counts', (name) => {
    for (const { violations, violatingSeeds } of Object.values(loadMeasured(name)!.variants)) {
      for (const [property, { count }] of Object.entries(violations))
        expect(violatingSeeds[property] ?? [], property).toHaveLength(count);
    }
  });

  const withSeeds = (seeds: unknown) =>
    JSON.stringify({
      ...{ engine: '0.1.0', scenario: 's', hash: 'h', seeds: 30 },
      variants: { off: { digest: 'd', witnessed: 30, violations: {}, violatingSeeds: { linearizable: seeds } } },
    });

  test.each([['11, 14, 19-22'], [[11, 14, 19, 20, 21, 22]]])('seeds written as %j are the same', (written) => {
    expect(readMeasured(withSeeds(written)).variants.off!.violatingSeeds.linearizable).toEqual([
      11, 14, 19, 20, 21, 22,
    ]);
  });

  test('a list that is none is named', () => {
    expect(() => readMeasured(withSeeds('22-11'))).toThrow('found \\"22-11\\"');
  });
});
