import type { Fault } from '../../../../simulations/index.ts';
import { type KnobValue, plainSetup, type Setup } from '../../../_run/setup.ts';
import { besideAfter } from './beside.ts';
import { applied, entered, opened } from './enter.ts';
import { turned, withoutDecided } from './knobs.ts';
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
  /** Changes what was set or forked last, as a part of the same edit: one undo takes both back. */
  revise(faults: readonly Fault[]): void;
  undo(): void;
  redo(): void;
}

/** A change of the fault script: the script on its other side, and how to make it again. */
export interface ScriptEdit {
  readonly faults: readonly Fault[] | undefined;
  readonly kind: ChangeKind;
  /** The moment in view when it was made, in microseconds: where its branch left. */
  readonly atUs: number;
}

/** Scripts that can be taken back. */
const UNDO_MAX = 100;

export function changeActions(store: LabStore): ChangeActions {
  const { getState, setState } = store;
  const change = (kind: ChangeKind, part: Partial<Setup>, extra: Partial<LabState> = {}) =>
    setState((state) => ({ ...extra, ...changed(state, kind, part) }));
  const edit = (kind: ChangeKind, faults: readonly Fault[] | undefined) => {
    const { timeUs: atUs } = getState();
    setState((state) => {
      const past = (now: ScriptEdit) => ({ undone: [...state.undone, now].slice(-UNDO_MAX), redone: [] });
      return scripted(state, { kind, faults, atUs }, past);
    });
  };
  const forget = { undone: [], redone: [] };
  return {
    open: (link) => setState((state) => ({ ...forget, ...opened(state, link) })),
    chooseScenario: (id) =>
      setState((state) => {
        const setup = plainSetup(state.scenarios.find((scenario) => scenario.id === id));
        return { ...forget, ...entered(state, singleTree(setup), {}, { ask: true }) };
      }),
    chooseVariant: (variant) => {
      const set = withoutDecided(getState(), getState().setup, variant);
      change('choice', { variant, set }, { verdict: undefined });
    },
    setSeed: (seed) => change('choice', { seed }, { verdict: undefined }),
    setKnob: (name, value) => change('edit', { set: turned(getState(), getState().setup, name, value) }),
    resetKnobs: () => change('edit', { set: {} }),
    setFaults: (faults) => edit('edit', faults),
    fork: (faults) => edit('fork', faults),
    revise: (faults) => change('edit', { faults }),
    undo: () => setState(undone),
    redo: () => setState(redone),
  };
}

/** The state after a change of its script, and of what can be taken back. A script that cannot be tried, because the tree of runs is full, leaves nothing to undo. */
function scripted(
  state: LabState,
  { kind, faults, atUs }: ScriptEdit,
  past: (now: ScriptEdit) => Pick<LabState, 'undone' | 'redone'>,
): Partial<LabState> {
  const next = changed(state, kind, { faults }, atUs);
  return next.setup === undefined ? next : { ...past({ faults: state.setup.faults, kind, atUs }), ...next };
}

function undone(state: LabState): Partial<LabState> {
  const last = state.undone.at(-1);
  if (last === undefined) return {};
  return scripted(state, { ...last, kind: 'edit' }, (now) => ({
    undone: state.undone.slice(0, -1),
    redone: [...state.redone, { ...now, kind: last.kind }],
  }));
}

function redone(state: LabState): Partial<LabState> {
  const last = state.redone.at(-1);
  if (last === undefined) return {};
  return scripted(state, last, (now) => ({
    redone: state.redone.slice(0, -1),
    undone: [...state.undone, now],
  }));
}

/**
 * The state after a change of the run in view, and what became of its tree. An impossible setup leaves the tree as it is. A branch leaves at
 * `atUs`, by default the moment in view.
 */
export function changed(
  state: LabState,
  kind: ChangeKind,
  part: Partial<Setup>,
  atUs: number = state.timeUs,
): Partial<LabState> {
  const full = fullProblem(state, kind);
  if (full !== undefined) return { problems: [full] };
  const result = applied(state, { ...state.setup, ...part });
  if (result.applied === undefined) return result;
  const tree = grownTree(state, state, { setup: result.applied, kind, atUs });
  return { ...result, ...tree, dropped: undefined, beside: besideAfter(state, tree, result.applied) };
}
