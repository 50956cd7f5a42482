import { describe, expect, test } from 'vitest';
import { addressOf } from '../../../app/lab/_lab/state/address.ts';
import { changeActions } from '../../../app/lab/_lab/state/change.ts';
import { createLabStore } from '../../../app/lab/_lab/state/store.ts';
import { firstGuess, guessText, readGuess } from '../../../app/lab/_lab/teach/pinned-answer.ts';
import { teachActions } from '../../../app/lab/_lab/teach/teach-actions.ts';
import { captionAt, captionsIn, isVeiled } from '../../../app/lab/_lab/teach/teaching.ts';
import { modelById } from '../../../simulations/index.ts';
import { scenarios } from '../../helpers/scenarios.ts';

const BARE = '/lab/quorum?scenario=quorum-read-inversion';

function opened(link: string) {
  const store = createLabStore({ model: modelById('quorum')!, scenarios });
  const change = changeActions(store);
  change.open(link);
  return { store, change, teach: teachActions(store) };
}

describe('a prediction', () => {
  test('is asked of who comes by a bare link, and the verdicts are veiled until the run changes', () => {
    const { store, change } = opened(BARE);
    expect(store.getState().teaching).toBe('predict');
    expect(isVeiled(store.getState())).toBe(true);
    change.setSeed(7);
    expect(isVeiled(store.getState())).toBe(false);
  });

  test.each(['&step=176', '&variant=off', '&seed=3', '&verdict=linearizable', '&present=1', '&set.readQuorum=2'])(
    'does not stop who comes by a link with %s',
    (query) => {
      const { store } = opened(BARE + query);
      expect([store.getState().teaching, isVeiled(store.getState())]).toEqual([undefined, false]);
    },
  );

  test('skipped, tells the verdicts', () => {
    const { store, teach } = opened(BARE);
    teach.teach(undefined);
    expect(isVeiled(store.getState())).toBe(false);
  });

  test('answered, brings the run that answers into view at its evidence', () => {
    const { store, teach } = opened('/lab/quorum?scenario=feed-quorum-staleness');
    const { predict } = scenarios.find(({ id }) => id === 'feed-quorum-staleness')!;
    expect(store.getState().applied.variant).toBe('guess');
    teach.showAnswer(predict!);
    const { applied, verdict } = store.getState();
    expect([applied.variant, verdict, isVeiled(store.getState())]).toEqual(['majority', 'linearizable', false]);
  });

  test('a kept answer is read back, and one of another question is not', () => {
    for (const predict of scenarios.flatMap((one) => one.predict ?? [])) {
      const first = firstGuess(predict);
      if (first !== undefined) expect(readGuess(predict, guessText(first))).toEqual(first);
      expect(readGuess(predict, 'of-another-question')).toBeUndefined();
    }
  });
});

describe('captions', () => {
  test('forward and back meet the same moments, one by one', () => {
    const { store, teach } = opened(`${BARE}&variant=off&step=0`);
    const { placed } = captionsIn(store.getState());
    const seen: number[] = [];
    for (let at = 0; at < placed.length; at++) {
      teach.stepCaption(1);
      seen.push(store.getState().steps);
      expect(captionAt(captionsIn(store.getState()), store.getState())).toBe(at);
    }
    expect(seen).toEqual(placed.map(({ steps }) => steps));
    teach.stepCaption(1);
    expect(store.getState().steps).toBe(seen.at(-1));
    for (const steps of seen.slice(0, -1).reverse()) {
      teach.stepCaption(-1);
      expect(store.getState().steps).toBe(steps);
    }
    teach.stepCaption(-1);
    expect(store.getState().steps).toBe(0);
  });

  test('belong to the run as the scenario has it: another seed has none, and the keys then step', () => {
    const { store, teach } = opened(`${BARE}&seed=3&step=10`);
    expect(captionsIn(store.getState()).placed).toEqual([]);
    teach.stepCaption(1);
    expect(store.getState().steps).toBe(11);
  });
});

describe('a challenge', () => {
  test('starts from its variant without faults, on the pinned seed, whatever was in view', () => {
    const { store, teach } = opened(`${BARE}&variant=blocking&seed=9&set.readQuorum=2`);
    teach.startChallenge();
    expect(store.getState().applied).toMatchObject({ variant: 'off', seed: 2012, set: {}, faults: [] });
  });

  test('and the presentation are in the address', () => {
    const { store, teach } = opened(`${BARE}&step=3`);
    teach.teach('challenge');
    teach.present(true);
    expect(addressOf(store.getState())).toContain('&teach=challenge&present=1');
  });
});
