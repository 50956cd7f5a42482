import type { Explorable } from '../explorable.ts';
import type { MultiLeaderKnobs } from './knobs.ts';
import { isAdd, writesOf } from './story.ts';
import type { Workload } from './workload.ts';

/** So long that no explored run, ten milliseconds a step, comes to repeat a batch for want of an answer. */
const RTT_US = 10_000_000;

/**
 * Two regions and a client at each: one adds an item, the other adds another and removes the first if it has come. What differs between the ways to
 * resolve conflicts is all in that. Nothing is repeated unless it was lost, because exploration does not know how long a region has waited.
 */
export const explorable: Explorable<MultiLeaderKnobs, Workload> = {
  knobs: { regions: 2, data: 'cart', resolve: 'or-set', skew: 0, rtt: RTT_US },
  workload: {
    script: {
      a: [{ f: 'put', value: 'milk', via: 'eu' }],
      b: [
        { f: 'put', value: 'bread', via: 'us' },
        { f: 'del', value: 'milk', via: 'us' },
      ],
    },
  },
  workloadTimers: { client: ['next'] },
  judged: {
    'no-acked-add-lost': 'state',
    'no-resurrection': 'state',
    'counter-exact': 'state',
    convergence: 'end',
  },
  timed: [],
  // A batch of each region.
  budgets: { timers: 2 },
  keptNotes: { 'write.accepted': 1 },
  occurs: {
    'add-acknowledged': ({ kept, operations }) =>
      writesOf({ notes: kept, operations }).some((write) => isAdd(write) && write.operation.outcome === 'ok'),
    'limit-reached': ({ now }) => now.some(({ name }) => name === 'write.refused'),
  },
  unordered: () => [],
  unread: () => ['startedAtUs'],
  // Each client is at a region of its own, and rights are cut by the order of the regions.
  interchangeable: () => [],
  reusesNames: () => false,
  fixes: [{ title: 'OR-set', set: { resolve: 'or-set' } }],
};
