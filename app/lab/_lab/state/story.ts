import type { ExplainedEvent, Explanation, Run } from '../../../../simulations/index.ts';
import { clampWindow, framed, moment } from './look.ts';
import type { LabState } from './store.ts';

/** An explanation while it is in view, and the look to go back to. */
export interface Story {
  /** The run that it explains. It lights nothing of any other. */
  readonly run: Run;
  readonly events: readonly ExplainedEvent[];
  readonly before: Pick<LabState, 'window' | 'focus' | 'steps' | 'timeUs' | 'selected' | 'host' | 'verdict'>;
}

/** The state with an explanation of the run in view: the window holds its events, the first of them is selected. */
export function told(state: LabState, { property, events }: Explanation): Partial<LabState> {
  const { run, window, focus, steps, timeUs, selected, host, verdict } = state;
  const [first] = events;
  if (run === undefined || first === undefined) return {};
  const look = { ...state, ...framed(state, property) };
  const [fromUs, toUs] = [first.atUs, events.at(-1)!.atUs];
  const room = Math.max((toUs - fromUs) * 0.08, 10_000);
  const around = clampWindow({ fromUs: fromUs - room, toUs: toUs + room }, run.simulatedUs);
  return {
    ...look,
    ...moment({ ...look, window: around }, { steps: first.step + 1 }),
    window: around,
    selected: first.step,
    host: undefined,
    story: { run, events, before: { window, focus, steps, timeUs, selected, host, verdict } },
  };
}

/** The state without the explanation, as it looked before. After the run has changed there is nothing to go back to. */
export function untold({ story, run }: LabState): Partial<LabState> {
  return story === undefined || story.run !== run ? { story: undefined } : { ...story.before, story: undefined };
}
