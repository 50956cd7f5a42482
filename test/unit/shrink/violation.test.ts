import { describe, expect, test } from 'vitest';
import { violationOf } from '../../../simulations/search/shrink/violation.ts';
import { runOf, scenarios } from '../../helpers/scenarios.ts';

const variantOf = (id: string, variant: string) =>
  scenarios.find((one) => one.id === id)!.variants.find((one) => one.id === variant)!;

describe('which violation is meant', () => {
  test.each([
    ['feed-quorum-staleness', 'guess', 'freshness'],
    ['feed-quorum-staleness', 'majority', 'linearizable'],
    ['quorum-freshness', 'one', 'freshness'],
    ['quorum-read-inversion', 'off', 'linearizable'],
    ['tombstone-zombie', 'short', 'no-resurrection'],
  ])('%s, %s: the one that the variant makes its claim about: %s', (id, variant, property) => {
    const run = runOf(id, variant, { history: false });
    expect(violationOf(run, variantOf(id, variant), undefined)).toEqual({ ok: true, property });
  });

  const broken = runOf('quorum-read-inversion', 'off', { history: false });
  const kept = runOf('quorum-read-inversion', 'blocking', { history: false });
  test('without a variant the first in the order of the model; by name any that is violated', () => {
    const guess = runOf('feed-quorum-staleness', 'guess', { history: false });
    expect(violationOf(guess, undefined, undefined)).toEqual({ ok: true, property: 'linearizable' });
    expect(violationOf(guess, undefined, 'read-your-writes')).toEqual({ ok: true, property: 'read-your-writes' });
  });

  test.each([
    [
      'a name that does not exist',
      broken,
      'linearisable',
      { found: '"linearisable"', fix: 'Did you mean linearizable?' },
    ],
    ['a property that only says what happened', broken, 'write-read', { found: '"write-read"' }],
    ['a property that is kept', broken, 'convergence', { allowed: 'linearizable', fix: /faultline sweep/ }],
    [
      'a run without a violation',
      kept,
      undefined,
      { found: 'none: this run violates nothing', fix: /faultline sweep/ },
    ],
  ])('%s is a problem with a fix', (_title, run, name, problem) => {
    const violation = violationOf(run, undefined, name);
    if (violation.ok) throw new Error(violation.property);
    expect(violation.problem.field).toBe('property');
    for (const [field, text] of Object.entries(problem)) {
      expect(violation.problem[field as 'found']).toMatch(text);
    }
  });
});
