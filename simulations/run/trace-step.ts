import type { ProcessEvent, ProcessId } from '../kernel/behavior.ts';
import { unreachable } from '../kernel/invariant.ts';
import type { StepView } from '../kernel/view.ts';
import { type Reaction, type ReactionStart, traceReaction } from '../statechart/traced.ts';
import type { Run } from './execute.ts';

/** How one process reacted to a step. */
export interface StepTrace {
  readonly process: ProcessId;
  readonly role: string;
  /** The step. */
  readonly step: number;
  readonly event: ProcessEvent;
  /** Who sent the message; '' for the kernel's own events. */
  readonly from: ProcessId;
  readonly reaction: Reaction;
}

/**
 * The reactions to a step, each found again by running it once more from the state before it: one for a step of a process, one for each
 * process that lives on when its host crashes, none for steps that run no handler. The run must have kept its history.
 */
export function traceStep(run: Run, index: number): readonly StepTrace[] {
  const timeline = run.timeline!;
  const step = timeline.step(index);
  const event = eventOf(step);
  if (event === undefined) return [];
  // The timeline's view moves on: what is needed of the moment before is taken from it first.
  const before = timeline
    .worldAt(index)
    .processes.filter(({ id, host }) => (step.kind === 'crashed' ? host === step.host : id === step.process))
    .map(({ id, role, snapshot }) => ({ id, role, snapshot }));
  const after = timeline.worldAt(index + 1);
  const clockUs = after.host(step.host)?.clockUs ?? step.atUs;
  return before.flatMap(({ id, role, snapshot }): readonly StepTrace[] => {
    const chart = run.input.model.charts[role];
    const start = step.kind === 'crashed' ? recoveryOf(run, id, after.process(id)?.disk) : snapshot;
    if (chart === undefined || start === undefined) return [];
    const from = step.kind === 'deliver' ? (step.from ?? '') : '';
    const reaction = traceReaction(chart, start, event, { self: id, host: step.host, from, clockUs });
    return [{ process: id, role, step: index, event, from, reaction }];
  });
}

/** Only processes that exist from the start outlive a crash. */
function recoveryOf({ topology }: Run, process: ProcessId, disk: unknown): ReactionStart | undefined {
  const spec = topology.processes.find(({ id }) => id === process);
  return spec === undefined ? undefined : { input: spec.input, disk };
}

function eventOf(step: StepView): ProcessEvent | undefined {
  switch (step.kind) {
    case 'deliver':
      return step.message;
    case 'timer':
      return { type: `timer.${step.timer}` };
    case 'persisted':
      return { type: 'disk.persisted', token: step.token };
    case 'started':
    case 'restarted':
    case 'crashed':
      return { type: `process.${step.kind}` };
    case 'lost':
    case 'paused':
    case 'resumed':
    case 'fault.begin':
    case 'fault.end':
      return undefined;
    default:
      return unreachable(step.kind);
  }
}
