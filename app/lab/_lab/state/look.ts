import type { LaneView, Run, Timeline } from '../../../../simulations/index.ts';
import { frameOf, lastStepOf } from '../../../_run/verdicts.ts';
import { zoomWindow } from '../../../_stage/layout/narrow.ts';
import type { LabState, LabStore, TimeWindow } from './store.ts';

/** Going to another moment, key, window or verdict: nothing here changes the run. */
export interface LookActions {
  /** To an instant; what has happened by then has happened. */
  seek(timeUs: number): void;
  /** To just after that many steps. */
  goTo(steps: number): void;
  stepBy(count: number): void;
  /** Points at a step and goes there; undefined lets go of it. */
  select(step: number | undefined): void;
  selectOperation(operation: number): void;
  /** Points at a step of the run beside that the run in view does not have, and goes to its instant. */
  pointBeside(step: number, atUs: number): void;
  /** Keeps the inspector on a host; undefined: on the host of the step. */
  follow(host: string | undefined): void;
  showKey(key: string): void;
  showWindow(window: TimeWindow): void;
  /** Makes the window longer or shorter around the moment in view, or around its middle. */
  zoom(factor: number): void;
  /** The window of the verdict's witness; the whole run where there is none, or where it is in view already. */
  frameMost(): void;
  showLanes(lanes: LaneView): void;
  /** Shows a verdict; when it has a witness, goes to the step that completes it and frames it. */
  showVerdict(id: string): void;
  /** The next or previous verdict with a witness. */
  cycleVerdict(direction: 1 | -1): void;
  /** One frame of playing; returns whether the run is over. */
  advance(elapsedMs: number, options: { stepwise: boolean }): boolean;
  setSpeed(speed: LabState['speed']): void;
}

/** With reduced motion, playing shows a step for this long. */
const STEP_MS = 700;

export function lookActions(store: LabStore): LookActions {
  let waitedMs = 0;
  const { getState, setState } = store;
  const seek = (timeUs: number) => setState((state) => moment(state, { timeUs: Math.round(timeUs) }));
  const goTo = (steps: number) => setState((state) => moment(state, { steps }));
  const actions: LookActions = {
    seek,
    goTo,
    stepBy: (count) => goTo(getState().steps + count),
    select: (step) => {
      if (step === undefined) setState({ selected: undefined, besideStep: undefined, host: undefined });
      else setState((state) => ({ ...moment(state, { steps: step + 1 }), selected: step, host: undefined }));
    },
    selectOperation: (id) => {
      const operation = getState().run?.record.operations[id];
      const step = operation?.completedStep ?? operation?.invokedStep;
      if (step !== undefined) actions.select(step);
    },
    pointBeside: (step, atUs) =>
      setState((state) => ({ ...moment(state, { timeUs: atUs }), besideStep: step, host: undefined })),
    follow: (host) => setState({ host }),
    showKey: (key) =>
      setState(({ run, model }) => (run === undefined ? {} : { focus: model.focus(run.record.operations, key) })),
    showWindow: (window) =>
      setState((state) => ({ window: clampWindow(window, state.run?.simulatedUs ?? window.toUs) })),
    zoom: (factor) => setState(zoomed(getState(), factor)),
    frameMost: () =>
      setState(({ run, window, ...state }) =>
        run === undefined ? {} : { window: mostOf(run, window, state.verdict) },
      ),
    showLanes: (lanes) => setState({ lanes }),
    showVerdict: (id) => setState((state) => framed(state, id)),
    cycleVerdict: (direction) => setState((state) => framed(state, neighbour(state, direction))),
    advance: (elapsedMs, { stepwise }) => {
      const state = getState();
      const timeline = state.run?.timeline;
      if (timeline === undefined) return true;
      if (!stepwise) setState(moment(state, { timeUs: state.timeUs + elapsedMs * 1000 * state.speed.rate }));
      waitedMs = stepwise ? waitedMs + elapsedMs : 0;
      if (waitedMs >= STEP_MS) {
        waitedMs = 0;
        goTo(state.steps + 1);
      }
      return isOver(getState(), timeline, stepwise);
    },
    setSpeed: (speed) => setState({ speed }),
  };
  return actions;
}

function isOver(state: LabState, timeline: Timeline, stepwise: boolean): boolean {
  return stepwise ? state.steps >= timeline.length : state.timeUs >= (state.run?.simulatedUs ?? 0);
}

function zoomed({ run, window, timeUs }: LabState, factor: number): Partial<LabState> {
  if (run === undefined) return {};
  const isInside = timeUs >= window.fromUs && timeUs <= window.toUs;
  const atUs = isInside ? timeUs : (window.fromUs + window.toUs) / 2;
  return { window: clampWindow(zoomWindow(window, atUs, factor, run.simulatedUs), run.simulatedUs) };
}

function mostOf(run: Run, window: TimeWindow, id: string | undefined): TimeWindow {
  const violated = run.verdicts.filter(({ verdict }) => verdict.status === 'violated');
  const { verdict } = violated.find((named) => named.id === id) ?? violated[0] ?? {};
  const all = { fromUs: 0, toUs: run.simulatedUs };
  const framed = verdict?.status === 'violated' ? frameOf(run, verdict.witness) : undefined;
  if (framed === undefined) return all;
  const frame = clampWindow(framed, run.simulatedUs);
  return frame.fromUs === window.fromUs && frame.toUs === window.toUs ? all : frame;
}

const released = { selected: undefined, besideStep: undefined };

/** The moment after that many steps, or at that instant. Lets go of the selection and keeps the moment inside the window. */
export function moment(
  state: LabState,
  to: { readonly steps: number } | { readonly timeUs: number },
): Partial<LabState> {
  const timeline = state.run?.timeline;
  if (state.run === undefined || timeline === undefined) return {};
  if ('timeUs' in to) {
    const timeUs = Math.max(0, Math.min(to.timeUs, state.run.simulatedUs));
    return { timeUs, steps: timeline.stepsUntil(timeUs), ...released, window: following(state, timeUs) };
  }
  const steps = Math.max(0, Math.min(to.steps, timeline.length));
  const timeUs = steps === 0 ? 0 : timeline.timeUs(steps - 1);
  return { timeUs, steps, ...released, window: following(state, timeUs) };
}

/** The window moves on, by most of its width, when the moment leaves it. */
export function following({ window, run }: Pick<LabState, 'window' | 'run'>, timeUs: number): TimeWindow {
  const { fromUs, toUs } = window;
  if (timeUs >= fromUs && timeUs <= toUs) return window;
  const span = toUs - fromUs;
  const start = timeUs > toUs ? timeUs - span * 0.15 : timeUs - span * 0.85;
  return clampWindow({ fromUs: start, toUs: start + span }, run?.simulatedUs ?? toUs);
}

/** A window inside the run, at least a millisecond wide. */
export function clampWindow({ fromUs, toUs }: TimeWindow, endUs: number): TimeWindow {
  const span = Math.min(Math.max(toUs - fromUs, 1000), endUs);
  const start = Math.max(0, Math.min(Math.round(fromUs), endUs - span));
  return { fromUs: start, toUs: Math.round(start + span) };
}

/** The state that shows a verdict: framed and at the step that completes it, when it has a witness. */
export function framed(state: LabState, id: string | undefined): Partial<LabState> {
  const verdict = state.run?.verdicts.find((named) => named.id === id)?.verdict;
  if (state.run === undefined || verdict === undefined) return {};
  if (verdict.status !== 'violated') return { verdict: id };
  const { witness } = verdict;
  const key = witness.key ?? state.run.record.operations[witness.operations[0] ?? -1]?.key;
  const focus =
    key === undefined || key === state.focus.key ? state.focus : state.model.focus(state.run.record.operations, key);
  const window = frameOf(state.run, witness) ?? state.window;
  const step = lastStepOf(state.run, witness);
  const at =
    step === undefined ? {} : { ...moment({ ...state, window }, { steps: step + 1 }), selected: step, host: undefined };
  return { ...at, window, focus, verdict: id };
}

function neighbour(state: LabState, direction: 1 | -1): string | undefined {
  const shown = state.run?.verdicts.filter(({ verdict }) => verdict.status === 'violated') ?? [];
  const at = shown.findIndex(({ id }) => id === state.verdict);
  if (at === -1) return shown.at(direction === 1 ? 0 : -1)?.id;
  return shown[(at + direction + shown.length) % shown.length]?.id;
}
