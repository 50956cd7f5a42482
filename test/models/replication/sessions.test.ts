import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Operation } from '../../../simulations/kernel/history.ts';
import {
  bySession,
  consistentPrefix,
  monotonicReads,
  readYourWrites,
} from '../../../simulations/models/replication/sessions.ts';

interface Step {
  readonly client: string;
  readonly f: 'read' | 'write';
  readonly key: string;
  /** The place of the entry; 0: nothing was found. */
  readonly lsn: number;
  readonly epoch?: number;
  readonly outcome?: 'ok' | 'fail' | 'info';
}

/** Operations one after the other. */
function historyOf(steps: readonly Step[]): readonly Operation[] {
  return steps.map(
    ({ client, f, key, lsn, epoch = 1, outcome = 'ok' }, id): Operation => ({
      id,
      client,
      f,
      key,
      input: f === 'write' ? `w${lsn}` : null,
      output: null,
      outcome,
      invokedAt: id * 10,
      completedAt: id * 10 + 5,
      invokedOrder: id * 2,
      completedOrder: id * 2 + 1,
      ...(outcome === 'ok' && { version: lsn === 0 ? null : { write: `w${lsn}`, epoch, lsn } }),
    }),
  );
}

const say = (operation: Operation): string => JSON.stringify(operation.version);
const wrote = (key: string, lsn: number): Step => ({ client: 'w', f: 'write', key, lsn });
const found = (key: string, lsn: number, client = 'r'): Step => ({ client, f: 'read', key, lsn });

describe('consistent prefix', () => {
  const log = [wrote('question', 1), wrote('answer', 2)];

  test('rejects an answer that is seen before its question', () => {
    const verdict = consistentPrefix(historyOf([...log, found('answer', 2), found('question', 0)]), say);
    expect(verdict.status).toBe('violated');
    expect(verdict.status === 'violated' && verdict.witness.operations).toEqual([3, 2, 0]);
  });

  test('accepts a question without its answer, and both in either order of asking', () => {
    expect(consistentPrefix(historyOf([...log, found('question', 1), found('answer', 0)]), say).status).not.toBe(
      'violated',
    );
    expect(consistentPrefix(historyOf([...log, found('answer', 2), found('question', 1)]), say).status).toBe('ok');
  });

  test('says nothing about what different clients see', () => {
    const two = [...log, found('answer', 2, 'r'), found('question', 0, 's')];
    expect(consistentPrefix(historyOf(two), say).status).toBe('unknown');
  });

  test('and monotonic reads hold together exactly when one growing prefix of the log explains a session', () => {
    const keys = ['x', 'y', 'z'];
    const script = fc.record({
      writes: fc.array(fc.constantFrom(...keys), { minLength: 1, maxLength: 6 }),
      reads: fc.array(fc.record({ key: fc.constantFrom(...keys), prefix: fc.nat(6) }), { maxLength: 5 }),
    });
    fc.assert(
      fc.property(script, ({ writes, reads }) => {
        const held = (key: string, prefix: number): number => writes.slice(0, prefix).lastIndexOf(key) + 1;
        const seen = reads.map(({ key, prefix }) => ({ key, lsn: held(key, prefix) }));
        const steps = [...writes.map((key, at) => wrote(key, at + 1)), ...seen.map(({ key, lsn }) => found(key, lsn))];
        const history = historyOf(steps);
        const verdicts = [consistentPrefix(history, say), monotonicReads(history, say)].map(({ status }) => status);
        // Every way to give each read a prefix that explains it, none shorter than the one before.
        const explained = (at: number, least: number): boolean => {
          const read = seen[at];
          if (read === undefined) return true;
          for (let prefix = least; prefix <= writes.length; prefix++) {
            if (held(read.key, prefix) === read.lsn && explained(at + 1, prefix)) return true;
          }
          return false;
        };
        expect(!verdicts.includes('violated')).toBe(explained(0, 0));
      }),
      { numRuns: 2_000, seed: 11 },
    );
  });
});

describe('a session', () => {
  const lost = (client: string): Step => ({ client, f: 'read', key: 'x', lsn: 0, outcome: 'fail' });
  const mine = { client: 'r', f: 'write', key: 'x', lsn: 4 } as const;

  test('ends with a read that failed: what follows owes nothing to what came before', () => {
    expect(readYourWrites(historyOf([mine, found('x', 2)]), say).status).toBe('violated');
    expect(readYourWrites(historyOf([mine, lost('r'), found('x', 2)]), say).status).not.toBe('violated');
    expect(readYourWrites(historyOf([mine, lost('s'), found('x', 2)]), say).status).toBe('violated');
  });

  test('is the same one until then', () => {
    const history = historyOf([mine, found('x', 4), lost('r'), found('x', 2)]);
    expect(bySession(history).map(({ client }) => client)).toEqual(['r', 'r', 'r', 'r/1']);
  });

  test('across a failover counts a later epoch as newer, whatever its LSN', () => {
    const steps = [found('x', 9), { ...found('x', 5), epoch: 2 }];
    expect(monotonicReads(historyOf(steps), say).status).toBe('ok');
    expect(monotonicReads(historyOf([...steps].reverse()), say).status).toBe('violated');
  });
});
