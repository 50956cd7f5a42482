import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sideBySide } from './kernel-oracle.ts';
import { planOf, withWorkload } from './plans.ts';

const knobs = fc.record({
  readRepair: fc.constantFrom('off', 'async', 'blocking'),
  version: fc.constantFrom('wall', 'hlc', 'vv'),
  coordinatorAt: fc.constantFrom('replica', 'client'),
  hintAfter: fc.constantFrom('0 ms', '500 ms'),
  antiEntropyEvery: fc.constantFrom('0 ms', '1 s'),
  spares: fc.constantFrom('0', '1'),
  mistake: fc.constantFrom('none', 'hint-overwrites-newer', 'coordinator-counts-own-ack-twice'),
});

const operation = fc.record({
  f: fc.constantFrom('read', 'write', 'delete'),
  via: fc.constantFrom('r1', 'r2'),
  key: fc.constantFrom('x', 'y'),
});
const script = fc.record({
  a: fc.array(operation, { minLength: 1, maxLength: 3 }),
  b: fc.array(operation, { minLength: 1, maxLength: 3 }),
});

const budgets = fc.record({
  losses: fc.nat(2),
  crashes: fc.nat(2),
  duplicates: fc.nat(2),
  timers: fc.nat(6),
});

describe('the explorer against the kernel', () => {
  test('quorum: after every step of a random walk, the run of its schedule has the same processes, disks, timers and messages', () => {
    fc.assert(
      fc.property(knobs, script, budgets, fc.array(fc.nat(1000), { maxLength: 80 }), (set, clients, spent, choices) => {
        const plan = withWorkload(planOf({ set, budgets: spent }), { script: clients });
        for (const { step, explored, kernel } of sideBySide(plan, choices))
          expect({ step, world: explored }).toEqual({ step, world: kernel });
      }),
      { numRuns: 300 },
    );
  });
});
