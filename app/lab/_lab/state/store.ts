import { createStore, type StoreApi } from 'zustand/vanilla';
import {
  type Focus,
  type LaneView,
  type LinkCompare,
  PLAIN_LANES,
  type Problem,
  type Run,
} from '../../../../simulations/index.ts';
import { type Lab, plainSetup, type Setup } from '../../../_run/setup.ts';
import type { ScriptEdit } from './change.ts';
import { makeLongRuns } from './long-runs.ts';
import { type Speed, speedFor } from './speeds.ts';
import type { Story } from './story.ts';
import { singleTree, type Tree } from './tree.ts';

/** A stretch of simulated time, in microseconds. */
export interface TimeWindow {
  readonly fromUs: number;
  readonly toUs: number;
}

/** What the page shows: nothing yet, the lab, a link that cannot be opened, or our own failure. */
export type Phase =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[]; readonly scenario: string | undefined }
  | { readonly kind: 'failed'; readonly message: string };

/** What the search pane is about: many seeds, a smaller run, or why this one is wrong. */
export type SearchView = 'seeds' | 'smaller' | 'explain';

/** What the teaching pane is about: a question before the run, or something to bring about. */
export type TeachView = 'predict' | 'challenge';

/** What the lower pane shows: the events of the run, what it measures over time, or its metrics beside those of other seeds. */
export type LowerView = 'spaceTime' | 'metrics' | 'seeds';

/** What was taken away last, as long as it can be taken back. */
export interface Dropped extends Tree {
  readonly beside: LinkCompare | undefined;
  /** The name of the branch that went. */
  readonly title: string;
}

/** The one state behind all panes: one setup, one run in its tree, one moment, one selection. */
export interface LabState extends Lab, Tree {
  readonly phase: Phase;
  /** What the controls say. May be impossible: then `problems` says why, and the last good run stays. */
  readonly setup: Setup;
  readonly problems: readonly Problem[];
  /** The setup of the run in view. */
  readonly applied: Setup;
  readonly run: Run | undefined;
  /** A long run of `setup` is being made: how much of it there is, from 0 to 1. Undefined: nothing is being made. */
  readonly making: number | undefined;
  readonly focus: Focus;
  /** The moment in view, and how many steps have happened by then: several may share an instant. */
  readonly timeUs: number;
  readonly steps: number;
  /** A step that the reader pointed at; undefined: the last one that happened. */
  readonly selected: number | undefined;
  /** A host whose state the reader follows; undefined: the host of the step in view. */
  readonly host: string | undefined;
  readonly window: TimeWindow;
  /** Which lanes the space-time diagram shows, and how. */
  readonly lanes: LaneView;
  readonly lower: LowerView;
  /** The verdict in view, by property id; undefined: the one that matters most. */
  readonly verdict: string | undefined;
  readonly speed: Speed;
  readonly playing: boolean;
  readonly dropped: Dropped | undefined;
  /** What is compared with the run in view; undefined: nothing. */
  readonly beside: LinkCompare | undefined;
  /** A step of the run beside that the reader pointed at and that the run in view does not have. */
  readonly besideStep: number | undefined;
  /** The search pane, in the place of the verdict; undefined: it is closed. */
  readonly searching: SearchView | undefined;
  /** The teaching pane, in the place of the verdict; undefined: it is closed. */
  readonly teaching: TeachView | undefined;
  /** The run about which a prediction is still open: as long as it is in view, its verdicts are not told. */
  readonly asking: Run | undefined;
  /** Stage, diagram and captions alone, for an audience. */
  readonly presenting: boolean;
  /** The explanation in view: its events are what the diagram lights. */
  readonly story: Story | undefined;
  /** Changes of the fault script that can be taken back, and those that were. */
  readonly undone: readonly ScriptEdit[];
  readonly redone: readonly ScriptEdit[];
}

export type LabStore = StoreApi<LabState>;

export const noFocus: Focus = { key: '', numbering: new Map() };

export function createLabStore(lab: Lab): LabStore {
  const setup = plainSetup(lab.scenarios[0]);
  const store = createStore<LabState>(() => ({
    ...lab,
    phase: { kind: 'loading' },
    setup,
    problems: [],
    applied: setup,
    run: undefined,
    making: undefined,
    focus: noFocus,
    timeUs: 0,
    steps: 0,
    selected: undefined,
    host: undefined,
    window: { fromUs: 0, toUs: 400_000 },
    lanes: PLAIN_LANES,
    lower: 'spaceTime',
    verdict: undefined,
    speed: speedFor(2_500_000),
    playing: false,
    ...singleTree(setup),
    dropped: undefined,
    beside: undefined,
    besideStep: undefined,
    searching: undefined,
    teaching: undefined,
    asking: undefined,
    presenting: false,
    story: undefined,
    undone: [],
    redone: [],
  }));
  return makeLongRuns(store);
}

/** The step that inspector and pictures are about: the selected one, or the last that happened; -1 before the first. */
export function stepInView(state: Pick<LabState, 'selected' | 'steps'>): number {
  return state.selected ?? state.steps - 1;
}
