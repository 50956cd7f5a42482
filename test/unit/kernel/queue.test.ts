import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BLANK, Queue } from '../../../simulations/kernel/queue.ts';

test('the queue gives events by time, then by order, whatever the order of insertion', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(20), fc.nat(1000)), { maxLength: 200 }), (entries) => {
      const queue = new Queue();
      const items = entries.map(([atUs, order], index) => ({ ...BLANK, atUs, order: order * 1000 + index }));
      for (const item of items) queue.push(item);
      const popped = Array.from({ length: items.length }, () => queue.pop());
      expect(popped).toEqual([...items].sort((a, b) => a.atUs - b.atUs || a.order - b.order));
      expect(queue.pop()).toBeUndefined();
    }),
    { numRuns: 300, seed: 3 },
  );
});
