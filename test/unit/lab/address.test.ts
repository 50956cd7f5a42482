import { describe, expect, test } from 'vitest';
import { addressOf } from '../../../app/lab/_lab/state/address.ts';
import { changeActions } from '../../../app/lab/_lab/state/change.ts';
import { lookActions } from '../../../app/lab/_lab/state/look.ts';
import { createLabStore } from '../../../app/lab/_lab/state/store.ts';
import { modelById, PLAIN_LANES, parseLink } from '../../../simulations/index.ts';

function lab() {
  const store = createLabStore({ model: modelById('quorum')!, scenarios: [] });
  return { store, change: changeActions(store), look: lookActions(store) };
}

const LANES = { order: ['r3', 'r1'], hidden: ['r2'], folded: ['client'] };

describe('lanes and the lower pane in the address', () => {
  test('what was arranged is in the address, and who opens it sees the same', () => {
    const { store, change, look } = lab();
    change.open('/lab/quorum?seed=7');
    look.showLanes(LANES);
    store.setState({ lower: 'metrics' });
    const address = addressOf(store.getState());
    const other = lab();
    other.change.open(address);
    expect(other.store.getState()).toMatchObject({ lanes: LANES, lower: 'metrics' });
    expect(addressOf(other.store.getState())).toBe(address);
  });

  test('nothing of it is in the address of a plain view, and a link without it opens plain', () => {
    const { store, change, look } = lab();
    change.open('/lab/quorum?seed=7');
    const plain = addressOf(store.getState());
    expect(plain).not.toMatch(/order|hide|fold|lower/);
    look.showLanes(LANES);
    store.setState({ lower: 'seeds' });
    change.open(plain);
    expect(store.getState()).toMatchObject({ lanes: PLAIN_LANES, lower: 'spaceTime' });
  });

  test('a link that hides every host shows them; hosts that the run does not have are no mistake', () => {
    const { store, change } = lab();
    change.open('/lab/quorum?seed=7&hide=a+b+r1+r2+r3+r4+r5&order=z');
    const { phase, lanes, run } = store.getState();
    expect(run!.topology.hosts.every(({ id }) => ['a', 'b', 'r1', 'r2', 'r3', 'r4', 'r5'].includes(id))).toBe(true);
    expect(phase.kind).toBe('ready');
    expect(lanes.hidden).toEqual([]);
  });

  test('another name for the lower pane is refused by name', () => {
    const parsed = parseLink('/lab/quorum?lower=chart');
    expect(parsed.ok ? [] : parsed.problems).toMatchObject([{ field: 'lower', allowed: 'metrics or seeds' }]);
  });
});

describe('the window in the address', () => {
  test('is the one that opens, also where its reader had moved it away from the moment (step 300 of a later window)', () => {
    const { store, change, look } = lab();
    change.open('/lab/quorum?seed=7&step=300');
    const { timeUs } = store.getState();
    const away = { fromUs: Math.round(timeUs) + 200_000, toUs: Math.round(timeUs) + 260_000 };
    look.showWindow(away);
    const other = lab();
    other.change.open(addressOf(store.getState()));
    expect(other.store.getState()).toMatchObject({ window: away, steps: 300, timeUs });
  });

  test('that names none shows the moment', () => {
    const { store, change } = lab();
    change.open('/lab/quorum?seed=7&step=900');
    const { window, timeUs } = store.getState();
    expect(timeUs).toBeGreaterThan(window.fromUs);
    expect(timeUs).toBeLessThan(window.toUs);
  });
});
