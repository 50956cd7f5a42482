import type { Fault } from '../../../../simulations/index.ts';
import { besideAfter } from './beside.ts';
import { applied, entered, opened } from './enter.ts';
import { turned, withoutDecided } from './knobs.ts';
import { type KnobValue, plainSetup, type Setup } from './setup.ts';
import type { LabState, LabStore } from './store.ts';
import { type ChangeKind, fullProblem, grownTree, singleTree } from './tree.ts';

/** Changing what is run. Each change runs at once; an impossible one leaves the last good run in view and says why. */
export interface ChangeActions {
  /** Opens a link: the run and the view of it. Without a query and script: the first scenario. */
  open(link: string): void;
  chooseScenario(id: string | undefined): void;
  chooseVariant(id: string): void;
  setSeed(seed: number): void;
  setKnob(name: string, value: KnobValue): void;
  resetKnobs(): void;
  /** Replaces the fault script; undefined: as the scenario has it. Can be undone. */
  setFaults(faults: readonly Fault[] | undefined): void;
  /** Like `setFaults`, on a branch of its own: the run in view stays as it is. */
  fork(faults: readonly Fault[]): void;
  undo(): void;
  redo(): void;
}

/** Scripts that can be taken back. */
const UNDO_MAX = 100;

export function changeActions(store: LabStore): ChangeActions {
  const { getState, setState } = store;
  const change = (kind: ChangeKind, part: Partial<Setup>, extra: Partial<LabState> = {}) =>
    setState((state) => ({ ...extra, ...changed(state, kind, part) }));
  const script = (kind: ChangeKind, faults: readonly Fault[] | undefined) => {
    const { undone, setup } = getState();
    change(kind, { faults }, { undone: [...undone, setup.faults].slice(-UNDO_MAX), redone: [] });
  };
  const forget = { undone: [], redone: [] };
  return {
    open: (link) => setState((state) => ({ ...forget, ...opened(state, link) })),
    chooseScenario: (id) =>
      setState((state) => {
        const setup = plainSetup(state.scenarios.find((scenario) => scenario.id === id));
        return { ...forget, ...entered(state, singleTree(setup), {}) };
      }),
    chooseVariant: (variant) => {
      const set = withoutDecided(getState(), getState().setup, variant);
      change('choice', { variant, set }, { verdict: undefined });
    },
    setSeed: (seed) => change('choice', { seed }, { verdict: undefined }),
    setKnob: (name, value) => change('edit', { set: turned(getState(), getState().setup, name, value) }),
    resetKnobs: () => change('edit', { set: {} }),
    setFaults: (faults) => script('edit', faults),
    fork: (faults) => script('fork', faults),
    undo: () => {
      const { undone, redone, setup } = getState();
      if (undone.length > 0)
        change('edit', { faults: undone.at(-1) }, { undone: undone.slice(0, -1), redone: [...redone, setup.faults] });
    },
    redo: () => {
      const { undone, redone, setup } = getState();
      if (redone.length > 0)
        change('edit', { faults: redone.at(-1) }, { redone: redone.slice(0, -1), undone: [...undone, setup.faults] });
    },
  };
}

/** The state after a change of the run in view, and what became of its tree. An impossible setup leaves the tree as it is. */
export function changed(state: LabState, kind: ChangeKind, part: Partial<Setup>): Partial<LabState> {
  const full = fullProblem(state, kind);
  if (full !== undefined) return { problems: [full] };
  const result = applied(state, { ...state.setup, ...part });
  if (result.applied === undefined) return result;
  const tree = grownTree(state, state, { setup: result.applied, kind, atUs: state.timeUs });
  return { ...result, ...tree, dropped: undefined, beside: besideAfter(state, tree, result.applied) };
}
