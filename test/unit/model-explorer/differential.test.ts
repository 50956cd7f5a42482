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

const some = fc.record({
  losses: fc.nat(2),
  crashes: fc.nat(2),
  duplicates: fc.nat(2),
  timers: fc.integer({ min: 2, max: 12 }),
});
const steps = fc.array(fc.nat(1000), { maxLength: 80 });

type Settings = Readonly<Record<string, string | number | boolean>>;

/** Configurations of the other models, each with what tells its ways apart. */
const others: readonly (readonly [model: string, set: fc.Arbitrary<Settings>, script: object])[] = [
  [
    'consensus',
    fc.record({
      quorum: fc.constantFrom('majority', 'half'),
      fsync: fc.boolean(),
      votePersist: fc.boolean(),
      batchMax: fc.constantFrom(1, 64),
    }),
    { a: [{ f: 'write', via: 'r1' }, { f: 'cas' }], b: [{ f: 'read', via: 'r2' }] },
  ],
  [
    'consensus',
    fc.record({
      protocol: fc.constant('paxos'),
      quorum: fc.constantFrom('majority', 'half'),
      fsync: fc.boolean(),
      votePersist: fc.boolean(),
      adoptAccepted: fc.boolean(),
      window: fc.constantFrom(1, 64),
    }),
    { a: [{ f: 'write', via: 'r1' }, { f: 'cas' }], b: [{ f: 'write', via: 'r2' }] },
  ],
  [
    'consensus',
    fc.record({
      protocol: fc.constant('zab'),
      quorum: fc.constantFrom('majority', 'half'),
      fsync: fc.boolean(),
      votePersist: fc.boolean(),
      epochSync: fc.boolean(),
    }),
    { a: [{ f: 'write', via: 'r2' }, { f: 'cas' }], b: [{ f: 'read', via: 'r1' }] },
  ],
  [
    'replication',
    fc.record({
      mode: fc.constantFrom('async', 'sync'),
      followers: fc.constantFrom(1, 2),
      promote: fc.constantFrom('freshest', 'any'),
      routing: fc.constantFrom('leader', 'any', 'token'),
      mistake: fc.constantFrom('none', 'ack-before-flush', 'follow-without-rewind'),
    }),
    { a: [{ f: 'write' }, { f: 'read', via: 'n2' }], b: [{ f: 'write' }] },
  ],
  [
    'multi-leader',
    fc.record({
      resolve: fc.constantFrom('or-set', 'lww-wall', 'lww-hlc'),
      delivery: fc.constantFrom('causal', 'arrival'),
      regions: fc.constantFrom(2, 3),
      topology: fc.constantFrom('mesh', 'ring', 'star'),
    }),
    {
      a: [{ f: 'put', value: 'milk', via: 'eu' }],
      b: [
        { f: 'put', value: 'bread', via: 'us' },
        { f: 'del', value: 'milk', via: 'us' },
      ],
    },
  ],
];

describe('the explorer against the kernel', () => {
  test.each(others)(
    '%s: after every step of a random walk, the run of its schedule has the same processes, disks, timers and messages',
    (model, set, script) => {
      fc.assert(
        fc.property(set, some, steps, (chosen, spent, choices) => {
          const plan = withWorkload(planOf({ model, set: chosen, budgets: spent }), { script });
          for (const { step, explored, kernel } of sideBySide(plan, choices))
            expect({ step, world: explored }).toEqual({ step, world: kernel });
        }),
        { numRuns: 100 },
      );
    },
  );

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
