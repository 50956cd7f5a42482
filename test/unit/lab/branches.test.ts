import { describe, expect, it } from 'vitest';
import { quickFault, withFault } from '../../../app/lab/_lab/faults/script.ts';
import { addressOf } from '../../../app/lab/_lab/state/address.ts';
import { besideNames, besideSetup } from '../../../app/lab/_lab/state/beside.ts';
import { branchActions } from '../../../app/lab/_lab/state/branching.ts';
import { changeActions } from '../../../app/lab/_lab/state/change.ts';
import { lookActions } from '../../../app/lab/_lab/state/look.ts';
import { createLabStore, type LabState } from '../../../app/lab/_lab/state/store.ts';
import { branchTitle } from '../../../app/lab/_lab/state/tree.ts';
import { BRANCHES_MAX, modelById } from '../../../simulations/index.ts';
import { scenarios } from '../../helpers/scenarios.ts';

const SCENARIO = '/lab/quorum?scenario=quorum-read-inversion&variant=off';

function lab() {
  const store = createLabStore({
    model: modelById('quorum')!,
    scenarios: scenarios.filter(({ model }) => model === 'quorum'),
  });
  const [change, branch, look] = [changeActions(store), branchActions(store), lookActions(store)];
  const state = () => store.getState();
  const script = () => state().setup.faults ?? scenarios.find(({ id }) => id === 'quorum-read-inversion')!.faults;
  /** Forks with a crash of a host at the moment in view. */
  const crash = (host: string) => {
    const { run, timeUs } = state();
    const hosts = run!.topology.hosts.map(({ id }) => id);
    change.fork(withFault(script(), quickFault(script(), run!, { kind: 'crash', host, atUs: timeUs, hosts })));
  };
  return { state, change, branch, look, crash, script };
}

const titles = (state: LabState) => state.branches.map((_, index) => branchTitle(state, state.branches, index));
const shape = ({ branches, branch }: LabState) => [branches.map(({ parent }) => parent), branch];

describe('the tree of runs', () => {
  it('a fork keeps the run that it leaves, and both can be gone back to with their digest (crash r3 at step 170)', () => {
    const { state, change, branch, look, crash } = lab();
    change.open(SCENARIO);
    look.goTo(170);
    const before = state().run!.digest;
    crash('r3');
    const forked = state().run!.digest;
    expect(shape(state())).toEqual([[undefined, 0], 1]);
    expect(state().steps).toBe(170);
    branch.showBranch(0);
    expect([state().run!.digest, state().steps]).toEqual([before, 170]);
    branch.showBranch(1);
    expect(state().run!.digest).toBe(forked);
    expect(forked).not.toBe(before);
  });

  it('a branch is called after what was changed: the fault with its moment, the knob with its value', () => {
    const { state, change, branch, look, crash } = lab();
    change.open(SCENARIO);
    look.seek(700_000);
    crash('r3');
    branch.showBranch(0);
    change.setKnob('readRepair', 'blocking');
    branch.showBranch(0);
    change.setFaults([]);
    expect(titles(state())).toEqual([
      'Read repair off',
      'crash r3 at 700 ms',
      'Read repair: blocking',
      expect.stringMatching(/^without lose r2 .* and 3 more$/),
    ]);
  });

  it('the first knob that is turned begins a branch, the next ones go on in it, and turning all back ends it', () => {
    const { state, change } = lab();
    change.open(SCENARIO);
    change.setKnob('readQuorum', 2);
    change.setKnob('persistTime', 5_000);
    expect(shape(state())).toEqual([[undefined, 0], 1]);
    change.resetKnobs();
    expect(shape(state())).toEqual([[undefined], 0]);
  });

  it('a branch that others left is kept when its faults or knobs are changed', () => {
    const { state, change, look, branch, crash } = lab();
    change.open(SCENARIO);
    look.goTo(100);
    crash('r3');
    look.goTo(300);
    crash('r4');
    branch.showBranch(1);
    change.setKnob('readQuorum', 2);
    expect(shape(state())).toEqual([[undefined, 0, 1, 1], 3]);
  });

  it('the same fork made twice is one branch', () => {
    const { state, change, branch, look, crash } = lab();
    change.open(SCENARIO);
    look.goTo(170);
    crash('r3');
    branch.showBranch(0);
    crash('r3');
    expect(shape(state())).toEqual([[undefined, 0], 1]);
  });

  it('another variant or seed of a run that nothing left is no branch; of one that was left it is', () => {
    const { state, change, branch, look, crash } = lab();
    change.open(SCENARIO);
    change.chooseVariant('blocking');
    change.setSeed(7);
    expect(shape(state())).toEqual([[undefined], 0]);
    look.goTo(100);
    crash('r3');
    branch.showBranch(0);
    change.setSeed(8);
    expect(shape(state())).toEqual([[undefined, 0, 0], 2]);
    expect(titles(state())[2]).toBe('seed 8');
  });

  it('undo takes a fork back and redo makes it again', () => {
    const { state, change, look, crash } = lab();
    change.open(SCENARIO);
    look.goTo(170);
    crash('r3');
    const forked = state().run!.digest;
    change.undo();
    expect(shape(state())).toEqual([[undefined], 0]);
    change.redo();
    expect(shape(state())).toEqual([[undefined, 0], 1]);
    expect(state().run!.digest).toBe(forked);
  });

  it('a branch that goes leaves its own branches to its parent, and comes back as it was', () => {
    const { state, change, look, branch, crash } = lab();
    change.open(SCENARIO);
    look.goTo(100);
    crash('r3');
    look.goTo(300);
    crash('r4');
    branch.showBranch(1);
    branch.renameBranch(1, '  the early crash ');
    const [before, address] = [shape(state()), addressOf(state())];
    branch.removeBranch(1);
    expect(shape(state())).toEqual([[undefined, 0], 0]);
    expect(state().dropped?.title).toBe('the early crash');
    branch.restoreBranch();
    expect(shape(state())).toEqual(before);
    expect(addressOf(state())).toBe(address);
    branch.removeBranch(0);
    expect(shape(state())).toEqual(before);
  });

  it(`the ${BRANCHES_MAX + 1}st run is refused with what to do, and nothing is lost`, () => {
    const { state, change, branch, look, crash } = lab();
    change.open(SCENARIO);
    for (let made = 1; made < BRANCHES_MAX; made++) {
      branch.showBranch(0);
      look.goTo(10 * made);
      crash('r3');
    }
    expect(state().branches).toHaveLength(BRANCHES_MAX);
    branch.showBranch(0);
    const digest = state().run!.digest;
    look.goTo(401);
    crash('r4');
    expect(state().problems).toMatchObject([{ field: 'branches', fix: 'Delete one before you make another.' }]);
    expect([state().branches.length, state().run!.digest]).toEqual([BRANCHES_MAX, digest]);
    const reopened = lab();
    reopened.change.open(addressOf(state()));
    expect(reopened.state().branches).toHaveLength(BRANCHES_MAX);
  });

  it('a link opens the whole tree: parents, moments, names, the branch in view, and every digest', () => {
    const first = lab();
    first.change.open(SCENARIO);
    first.look.goTo(100);
    first.crash('r3');
    first.change.setKnob('readQuorum', 2);
    first.look.goTo(300);
    first.crash('r4');
    first.branch.renameBranch(2, 'both crash');
    first.branch.showBranch(1);
    const second = lab();
    second.change.open(addressOf(first.state()));
    const look = ({ branches }: LabState) => branches.map(({ parent, atUs, title }) => [parent, atUs, title]);
    expect(look(second.state())).toEqual(look(first.state()));
    expect(titles(second.state())).toEqual(titles(first.state()));
    for (const index of [1, 0, 2]) {
      first.branch.showBranch(index);
      second.branch.showBranch(index);
      expect(second.state().run!.digest).toBe(first.state().run!.digest);
    }
    expect(addressOf(second.state())).toBe(addressOf(first.state()));
  });

  it('a branch of a link that is no run is refused by name', () => {
    const { state, change, look, crash, branch } = lab();
    change.open(SCENARIO);
    look.goTo(100);
    crash('r3');
    branch.showBranch(0);
    const broken = {
      ...state(),
      branches: state().branches.with(1, {
        ...state().branches[1]!,
        setup: { ...state().setup, set: { readQuorum: 99 } },
      }),
    };
    change.open(addressOf(broken));
    expect(state().phase).toMatchObject({ kind: 'refused', problems: [{ field: 'branches[1].knobs.readQuorum' }] });
  });
});

describe('what stands beside', () => {
  it('a variant beside keeps the seed, the faults and the knobs that no variant decides', () => {
    const { state, change, branch } = lab();
    change.open(`${SCENARIO}&seed=7&set.readQuorum=2`);
    branch.compareWith({ kind: 'variant', variant: 'blocking' });
    expect(besideSetup(state(), state().applied, state().beside!)).toMatchObject({
      variant: 'blocking',
      seed: 7,
      set: { readQuorum: 2 },
    });
    expect(besideNames(state(), state().applied, state().beside!)).toEqual(['off', 'blocking']);
  });

  it('is in the link: variant, seed and branch', () => {
    for (const compare of ['variant.blocking', 'seed.17']) {
      const { state, change } = lab();
      change.open(`${SCENARIO}&compare=${compare}`);
      expect(addressOf(state())).toContain(`compare=${compare}`);
    }
    const { state, change, branch, look, crash } = lab();
    change.open(SCENARIO);
    look.goTo(100);
    crash('r3');
    branch.compareWith({ kind: 'branch', branch: 0 });
    const again = lab();
    again.change.open(addressOf(state()));
    expect(again.state().beside).toEqual({ kind: 'branch', branch: 0 });
  });

  it('a variant that the scenario does not have is refused with those that it has', () => {
    const { state, change } = lab();
    change.open(`${SCENARIO}&compare=variant.blokcing`);
    expect(state().phase).toMatchObject({
      kind: 'refused',
      problems: [{ field: 'compare', allowed: 'off, async, blocking' }],
    });
  });

  it.each([
    ['variant', { kind: 'variant', variant: 'blocking' }, { kind: 'variant', variant: 'off' }],
    ['seed', { kind: 'seed', seed: 17 }, { kind: 'seed', seed: 2012 }],
  ] as const)('a %s and the run in view change places, and twice is as before', (_kind, beside, back) => {
    const { state, change, branch } = lab();
    change.open(SCENARIO);
    const digest = state().run!.digest;
    branch.compareWith(beside);
    branch.swapBeside();
    expect(state().beside).toEqual(back);
    expect(state().run!.digest).not.toBe(digest);
    branch.swapBeside();
    expect([state().beside, state().run!.digest]).toEqual([beside, digest]);
  });

  it('a branch and the run in view change places', () => {
    const { state, change, branch, look, crash } = lab();
    change.open(SCENARIO);
    look.goTo(100);
    crash('r3');
    branch.compareWith({ kind: 'branch', branch: 0 });
    branch.swapBeside();
    expect([state().branch, state().beside]).toEqual([0, { kind: 'branch', branch: 1 }]);
  });

  it('choosing the variant that stands beside makes the two change places', () => {
    const { state, change, branch } = lab();
    change.open(SCENARIO);
    branch.compareWith({ kind: 'variant', variant: 'blocking' });
    change.chooseVariant('blocking');
    expect(state().beside).toEqual({ kind: 'variant', variant: 'off' });
  });

  it('a branch that goes takes its comparison along; one before it only renumbers it', () => {
    const { state, change, branch, look, crash } = lab();
    change.open(SCENARIO);
    look.goTo(100);
    crash('r3');
    branch.showBranch(0);
    crash('r4');
    branch.showBranch(0);
    branch.compareWith({ kind: 'branch', branch: 2 });
    branch.removeBranch(1);
    expect(state().beside).toEqual({ kind: 'branch', branch: 1 });
    branch.removeBranch(1);
    expect(state().beside).toBeUndefined();
  });
});
