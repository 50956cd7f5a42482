import { expect, test } from 'vitest';
import { loadScenarios } from '../../../app/_content/scenarios.ts';
import { ruleRows } from '../../../app/_home/rule-rows.ts';

const rows = ruleRows(loadScenarios());

test('the index of rules: what stands under "repaired" repairs, in every row', () => {
  expect(rows.length).toBeGreaterThan(20);
  for (const { scenario, repaired, held } of rows)
    expect([scenario.id, repaired, held.status]).toEqual([scenario.id, repaired, 'ok']);
});

test('the index of rules: a scenario without a fix of its own shows the run of the other model that meets its objectives', () => {
  const counters = rows.filter(({ scenario }) => scenario.id === 'global-counter-raft');
  expect(counters.length).toBeGreaterThan(0);
  for (const { decision, repaired, held } of counters)
    expect([decision, repaired, held.words]).toEqual(['model', 'PN-counter', 'holds on seed 20']);
});
