import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ComparisonState, comparisonInPieces, type MadeBeside } from '../../../app/lab/_lab/compare/comparison.ts';
import { changeActions } from '../../../app/lab/_lab/state/change.ts';
import { inPieces } from '../../../app/lab/_lab/state/pieces.ts';
import { createLabStore } from '../../../app/lab/_lab/state/store.ts';
import { compareRuns, type LinkCompare, modelById } from '../../../simulations/index.ts';
import { longLink } from '../../helpers/long-run.ts';

const BESIDE: LinkCompare = { kind: 'seed', seed: 2 };

/** A lab with a run of some seconds, 700 steps each. */
async function lab(seconds: number) {
  const store = createLabStore({ model: modelById('quorum')!, scenarios: [] });
  changeActions(store).open(longLink(seconds));
  await vi.runAllTimersAsync();
  return store.getState();
}

/** What the work yields on the way, what it gives, and the run beside that it tells of. */
function drained(state: Awaited<ReturnType<typeof lab>>, known?: MadeBeside) {
  const shares: number[] = [];
  let made: MadeBeside | undefined;
  const work = comparisonInPieces(state, BESIDE, known, (next) => {
    made = next;
  });
  let piece = work.next();
  while (piece.done !== true) {
    shares.push(piece.value);
    piece = work.next();
  }
  return { shares, result: piece.value, made: made! };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a comparison in pieces', () => {
  it('of two runs of 14,000 steps takes more than a hundred pieces, tells a rising share, and ends as the one made at once', async () => {
    const state = await lab(20);
    const { shares, result } = drained(state);
    expect(shares.length).toBeGreaterThan(100);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
    if (result.kind !== 'ready') throw new Error(result.kind);
    const { a, b, comparison } = result.compared;
    expect([a, b.input.seed]).toEqual([state.run, 2]);
    const whole = compareRuns(a, b, { names: ['seed 1', 'seed 2'], key: state.focus.key });
    const plain = ({ steps, ...rest }: typeof whole) => JSON.stringify([rest, steps.only, steps.moved]);
    expect(plain(comparison)).toBe(plain(whole));
  });

  it('made again with the same run beside, it does not run that one again', async () => {
    const state = await lab(20);
    const first = drained(state);
    const second = drained(state, first.made);
    expect(second.made.run).toBe(first.made.run);
    expect(second.shares.length).toBeLessThan(first.shares.length);
    expect(second.shares[0]).toBeGreaterThan(0.4);
  });

  it('that is called off ends at once and says nothing more', async () => {
    const state = await lab(4);
    const told: (ComparisonState | number)[] = [];
    const work = comparisonInPieces(state, BESIDE, undefined, () => {});
    const stop = inPieces(work, {
      onShare: (share) => told.push(share),
      onDone: (result) => told.push(result),
      onError: (error) => {
        throw error;
      },
    });
    stop();
    await vi.runAllTimersAsync();
    expect(told).toEqual([]);
  });
});
