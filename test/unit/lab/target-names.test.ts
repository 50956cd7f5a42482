import { expect, test } from 'vitest';
import { targetNames } from '../../../app/lab/_lab/faults/target-names.ts';
import { openingVariants, runOf } from '../../helpers/scenarios.ts';

test.each(openingVariants)('%s %s: every target of the model is offered once', (id, variant) => {
  const run = runOf(id, variant);
  const { usual, rare } = targetNames(run);
  expect([...usual, ...rare].toSorted()).toEqual(Object.keys(run.input.model.targets).toSorted());
  expect(usual.length).toBeGreaterThan(0);
});

test('regions that a run has not are rare, those that it has are usual, and so is its leader', () => {
  const one = targetNames(runOf('raft-double-vote', 'memory'));
  const three = targetNames(runOf('global-counter-raft', 'three'));
  const gained = three.usual.filter((name) => one.rare.includes(name));
  expect(gained).toEqual(['eu', 'us', 'ap'].filter((name) => one.rare.includes(name)));
  expect(gained.length).toBeGreaterThanOrEqual(2);
  expect(one.usual).toContain('leader');
});

test('a run without a history has every target, as nobody can tell', () => {
  const run = runOf('raft-double-vote', 'memory', { history: false });
  expect(targetNames(run)).toEqual({ usual: Object.keys(run.input.model.targets), rare: [] });
});
