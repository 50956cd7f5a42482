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
    sentence: 'Replicas a and c differ on key y: a has 4; c has nothing.',
    witness: { operations: [], steps: [], key: 'y' },
  });
});

test('convergence: a key that only a later replica holds counts', () => {
  const replicas = [
    { replica: 'a', contents: {} },
    { replica: 'b', contents: JSON.parse('{"constructor":1}') },
  ];
  expect(checkConvergence(replicas).sentence).toBe(
    'Replicas a and b differ on key constructor: a has nothing; b has 1.',
  );
});

test('convergence: equality and wording are the caller’s', () => {
  const replicas = [
    { replica: 'a', contents: { x: [1, 2] } },
    { replica: 'b', contents: { x: [2, 1] } },
  ];
  const sorted = (value: unknown) => JSON.stringify([...(value as number[])].sort());
  expect(checkConvergence(replicas, { equal: (a, b) => sorted(a) === sorted(b) }).status).toBe('ok');
  expect(checkConvergence(replicas, { describe: (value) => `set ${value}` }).sentence).toContain(
    'a has set 1,2; b has set 2,1',
  );
});

test('convergence: where replicas are compared as a whole, no key is named; two are both, and go by their own noun', () => {
  const nodes = (one: string, other: string) => [
    { replica: 'n1', contents: { '': one } },
    { replica: 'n2', contents: { '': other } },
  ];
  const describe = (log: unknown) => `${log}`;
  expect(checkConvergence(nodes('1 to 45', '1 to 46'), { describe, noun: 'node' })).toEqual({
    status: 'violated',
    sentence: 'Nodes n1 and n2 differ: n1 has 1 to 45; n2 has 1 to 46.',
    witness: { operations: [], steps: [] },
  });
  expect(checkConvergence(nodes('1', '1'), { noun: 'node' }).sentence).toBe('Both nodes hold the same.');
});

test('convergence: one replica, or nothing held, is unknown', () => {
  expect(checkConvergence([{ replica: 'a', contents: { x: 1 } }]).status).toBe('unknown');
  const empty = ['a', 'b'].map((replica) => ({ replica, contents: {} }));
  expect(checkConvergence(empty).status).toBe('unknown');
});
