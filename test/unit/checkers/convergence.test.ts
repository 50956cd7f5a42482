import { expect, test } from 'vitest';
import { checkConvergence } from '../../../simulations/checkers/convergence.ts';

test('convergence: three replicas that hold the same are accepted, whatever the order of fields', () => {
  const replicas = [
    { replica: 'a', contents: { x: { p: 1, q: 2 }, y: null } },
    { replica: 'b', contents: { x: { q: 2, p: 1 } } },
    { replica: 'c', contents: { y: null, x: { p: 1, q: 2 } } },
  ];
  expect(checkConvergence(replicas)).toEqual({ status: 'ok', sentence: 'All 3 replicas hold the same on 2 keys.' });
});

test('convergence: the first differing key and the two replicas are named', () => {
  const replicas = [
    { replica: 'a', contents: { x: 1, y: 4 } },
    { replica: 'b', contents: { x: 1, y: 4 } },
    { replica: 'c', contents: { x: 1 } },
  ];
  expect(checkConvergence(replicas)).toEqual({
    status: 'violated',
    sentence: 'Replicas a and c differ on key y: 4 and nothing.',
    witness: { operations: [], steps: [], key: 'y' },
  });
});

test('convergence: a key that only a later replica holds counts', () => {
  const replicas = [
    { replica: 'a', contents: {} },
    { replica: 'b', contents: JSON.parse('{"constructor":1}') },
  ];
  expect(checkConvergence(replicas).sentence).toBe('Replicas a and b differ on key constructor: nothing and 1.');
});

test('convergence: equality and wording are the caller’s', () => {
  const replicas = [
    { replica: 'a', contents: { x: [1, 2] } },
    { replica: 'b', contents: { x: [2, 1] } },
  ];
  const sorted = (value: unknown) => JSON.stringify([...(value as number[])].sort());
  expect(checkConvergence(replicas, { equal: (a, b) => sorted(a) === sorted(b) }).status).toBe('ok');
  expect(checkConvergence(replicas, { describe: (value) => `set ${value}` }).sentence).toContain('set 1,2 and set 2,1');
});

test('convergence: one replica, or nothing held, is unknown', () => {
  expect(checkConvergence([{ replica: 'a', contents: { x: 1 } }]).status).toBe('unknown');
  const empty = ['a', 'b'].map((replica) => ({ replica, contents: {} }));
  expect(checkConvergence(empty).status).toBe('unknown');
});
