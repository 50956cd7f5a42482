import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Pending, Queue } from '../../../simulations/kernel/queue.ts';

test('the queue gives events by time, then by order, whatever the order of insertion', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(20), fc.nat(1000)), { maxLength: 200 }), (entries) => {
      const queue = new Queue();
      const items = entries.map(
        ([atUs, order], index): Pending => ({
          kind: 'start',
          atUs,
          order: order * 1000 + index,
          cause: -1,
          target: 0,
          life: 0,
        }),
      );
      for (const item of items) queue.push(item);
      const popped = Array.from({ length: items.length }, () => queue.pop());
      expect(popped).toEqual([...items].sort((a, b) => a.atUs - b.atUs || a.order - b.order));
      expect(queue.pop()).toBeUndefined();
    }),
    { numRuns: 300, seed: 3 },
  );
});
