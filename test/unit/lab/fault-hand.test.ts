import { describe, expect, test } from 'vitest';
import { momentAt } from '../../../app/_run/moment.ts';
import { cutAct, type HandAct, handActs, handMade } from '../../../app/lab/_lab/faults/by-hand.ts';
import { branchActions } from '../../../app/lab/_lab/state/branching.ts';
import { changeActions } from '../../../app/lab/_lab/state/change.ts';
import { lookActions } from '../../../app/lab/_lab/state/look.ts';
import { createLabStore } from '../../../app/lab/_lab/state/store.ts';
import { BRANCHES_MAX, modelById } from '../../../simulations/index.ts';
import { scenarios } from '../../helpers/scenarios.ts';

const SCENARIO = '/lab/quorum?scenario=quorum-read-inversion&variant=off';
type Doable = Extract<HandAct, { do: 'make' | 'end' }>;

function lab(link = SCENARIO) {
  const store = createLabStore({
    model: modelById('quorum')!,
    scenarios: scenarios.filter(({ model }) => model === 'quorum'),
  });
  const [change, look, branch] = [changeActions(store), lookActions(store), branchActions(store)];
  change.open(link);
  const state = () => store.getState();
  const script = () => state().setup.faults ?? scenarios.find(({ id }) => id === 'quorum-read-inversion')!.faults;
  const acts = (host: string) => {
    const { run, steps } = state();
    return handActs(run!, momentAt(run!.timeline!, steps), { kind: 'host', host }).flat();
  };
  const named = (host: string, label: RegExp) =>
    acts(host).find((act): act is Doable => act.do !== 'open' && label.test(act.label))!;
  /** Does it as the stage does: on a branch, and on to the moment after. */
  const apply = (act: Doable) => {
    const { timeUs } = state();
    const made = handMade(script(), act, timeUs);
    change.fork(made.faults);
    look.seek(timeUs + 1);
    return made.fault;
  };
  const status = (host: string) => {
    const { run, steps } = state();
    return momentAt(run!.timeline!, steps).host(host)?.status;
  };
  return { state, change, look, branch, script, acts, named, apply, status };
}

describe('faults by hand', () => {
  test('hold from the moment in view on, and the run up to it stays as it was (crash r3 at step 100)', () => {
    const { state, look, named, apply, status } = lab();
    look.goTo(100);
    const before = state().run!;
    apply(named('r3', /^Crash$/));
    const after = state().run!;
    expect(status('r3')).toBe('down');
    expect(state().branches.map(({ parent }) => parent)).toEqual([undefined, 0]);
    const told = (run: typeof before) =>
      Array.from({ length: 100 }, (_, step) => JSON.stringify(run.timeline!.step(step)));
    expect(told(after)).toEqual(told(before));
  });

  test('fit the state of the host: what is down restarts, what is paused resumes, what is cut off heals', () => {
    const { look, acts, named, apply, status } = lab();
    const labels = () => acts('r3').map(({ label }) => label);
    look.goTo(100);
    expect(labels()).not.toContain('Restart (crash-1)');
    apply(named('r3', /^Crash$/));
    expect(labels()).toContain('Restart (crash-1)');
    expect(labels().filter((label) => /^(Crash|Pause)/.test(label))).toEqual([]);
    look.stepBy(3);
    apply(named('r3', /^Restart/));
    expect(status('r3')).toBe('up');
    apply(named('r3', /^Pause/));
    expect(status('r3')).toBe('paused');
    apply(named('r3', /^Resume/));
    expect(status('r3')).toBe('up');
    apply(named('r3', /^Isolate/));
    expect(labels()).not.toContain('Isolate');
    apply(named('r3', /^Heal/));
    expect(labels()).toContain('Isolate');
  });

  test('every act on a replica, a client and their links gives a run in which its fault begins or ends', () => {
    const { state, look, acts, apply, branch } = lab();
    look.goTo(250);
    const moment = state().timeUs;
    for (const id of ['r3', 'a']) {
      for (const act of acts(id)) {
        const target = act.do === 'open' ? act.target : undefined;
        const { run, steps } = state();
        const doable = target === undefined ? [act] : handActs(run!, momentAt(run!.timeline!, steps), target).flat();
        for (const one of doable) {
          if (one.do === 'open') continue;
          const fault = apply(one);
          const { problems, run: after } = state();
          expect(problems, one.label).toEqual([]);
          const began = after!.record.faults.find((active) => active.fault.id === fault.id)!;
          expect(one.do === 'make' ? began.sinceUs : began.untilUs, one.label).toBe(moment + 1);
          branch.showBranch(0);
          branch.removeBranch(1);
          look.goTo(250);
        }
      }
    }
  });

  test('a fault that waits for a predicate is ended after the time that it took in this run', () => {
    const { look, change, named, script, apply, status, state } = lab();
    const waits = {
      id: 'w',
      action: { do: 'crash', target: 'r4' },
      when: { predicate: Object.keys(modelById('quorum')!.predicates)[0]!, afterUs: 0 },
    } as const;
    change.setFaults([waits]);
    const began = state().run!.record.faults[0]!.sinceUs;
    look.seek(began + 30_000);
    expect(status('r4')).toBe('down');
    apply(named('r4', /^Restart/));
    expect(script()).toEqual([{ ...waits, forUs: 30_001 }]);
    expect(status('r4')).toBe('up');
  });

  test('a two-way stroke has the same sides in the same order either way; a one-way stroke loses what its left side sends', () => {
    const { state } = lab();
    const run = state().run!;
    const sides = (left: string[], right: string[], oneWay: boolean) =>
      cutAct(run, { sides: [left, right], oneWay }).action;
    expect(sides(['r3'], ['a', 'r1'], false)).toEqual(sides(['a', 'r1'], ['r3'], false));
    expect(sides(['r3'], ['a', 'r1'], true)).toMatchObject({ sides: [['r3'], ['a', 'r1']], oneWay: true });
  });
});

describe('undo of faults by hand', () => {
  test('takes the branch away; redo makes it again, at the moment where it left, also from a branch', () => {
    const { state, look, change, named, apply } = lab();
    look.goTo(100);
    apply(named('r3', /^Crash$/));
    look.goTo(150);
    const leftUs = state().timeUs;
    apply(named('r4', /^Pause/));
    const digest = state().run!.digest;
    const shape = () => state().branches.map(({ parent, atUs }) => [parent, atUs]);
    const grown = shape();
    expect(grown[2]).toEqual([1, leftUs]);
    look.goTo(50);
    change.undo();
    expect(shape()).toEqual(grown.slice(0, 2));
    change.undo();
    expect(shape()).toEqual(grown.slice(0, 1));
    look.goTo(20);
    change.redo();
    change.redo();
    expect(shape()).toEqual(grown);
    expect(state().run!.digest).toBe(digest);
    expect(state().steps).toBe(20);
  });

  test('takes back what was made exact afterwards together with the fault', () => {
    const { state, look, change, named, apply, script } = lab();
    const digest = state().run!.digest;
    look.goTo(100);
    const fault = apply(named('r3', /^Crash$/));
    change.revise(script().map((one) => (one.id === fault.id ? { ...one, forUs: 50_000 } : one)));
    expect(state().branches).toHaveLength(2);
    change.undo();
    expect(state().run!.digest).toBe(digest);
    expect(state().branches).toHaveLength(1);
  });

  test(`leaves nothing to undo when the tree is full (${BRANCHES_MAX} runs)`, () => {
    const { state, look, branch, named, apply } = lab();
    for (let step = 100; state().branches.length < BRANCHES_MAX; step++) {
      branch.showBranch(0);
      look.goTo(step);
      apply(named('r3', /^Slow the disk/));
    }
    branch.showBranch(0);
    look.goTo(90);
    apply(named('r3', /^Crash$/));
    expect(state().problems[0]?.field).toBe('branches');
    expect(state().undone).toEqual([]);
  });
});
