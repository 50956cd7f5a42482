import { unreachable } from '../kernel/invariant.ts';
import type { StepKind } from '../kernel/view.ts';
import type { Anchor, Edge } from '../scenario/captions-schema.ts';
import type { Problem, Scenario } from '../scenario/scenario.ts';
import type { Run } from './execute.ts';

/** A moment of a run: after how many steps, and when. */
export interface AnchoredMoment {
  /** Steps executed by then. */
  readonly steps: number;
  /** The step that the anchor names; undefined for an instant. */
  readonly step: number | undefined;
  readonly atUs: number;
}

/** A caption at its moment in a run. */
export interface PlacedCaption extends AnchoredMoment {
  readonly text: string;
  /** Position in the scenario's list. */
  readonly index: number;
}

/** The captions of a variant's run in the order of time, and those whose anchor never happens. Needs the run's history. */
export function captionsOf(
  run: Run,
  scenario: Scenario | undefined,
  variant: string | undefined,
): { readonly placed: readonly PlacedCaption[]; readonly problems: readonly Problem[] } {
  const placed: PlacedCaption[] = [];
  const problems: Problem[] = [];
  scenario?.captions?.forEach((caption, index) => {
    if (caption.variant !== undefined && caption.variant !== variant) return;
    const moment = momentOf(run, caption.at);
    if (moment === undefined) problems.push(neverHappens(`captions[${index}].at`, caption.at));
    else placed.push({ ...moment, text: caption.text, index });
  });
  placed.sort((a, b) => a.steps - b.steps || a.atUs - b.atUs || a.index - b.index);
  return { placed, problems };
}

/** That an anchor does not happen in a run, as a problem of its field. */
export function neverHappens(field: string, anchor: Anchor): Problem {
  return {
    field,
    found: `${anchorTitle(anchor)}, which never happens in this run`,
    allowed: 'something that happens in the run',
    fix: 'Name an event of the run, or remove it.',
  };
}

/** Where an anchor is in a run; undefined when it does not happen there, or the run kept no history. */
export function momentOf(run: Run, anchor: Anchor): AnchoredMoment | undefined {
  const { timeline } = run;
  if (timeline === undefined) return undefined;
  if (anchor.on === 'time') {
    if (anchor.timeUs > run.simulatedUs) return undefined;
    return { steps: timeline.stepsUntil(anchor.timeUs), step: undefined, atUs: anchor.timeUs };
  }
  const step = stepOf(run, anchor);
  return step === undefined ? undefined : { steps: step + 1, step, atUs: timeline.timeUs(step) };
}

function stepOf(run: Run, anchor: Exclude<Anchor, { on: 'time' }>): number | undefined {
  const { record } = run;
  switch (anchor.on) {
    case 'message':
      return messageStep(run, anchor);
    case 'timer':
      return timerStep(run, anchor);
    case 'note': {
      const { note, host, nth } = anchor;
      return record.notes.filter((one) => one.name === note && (host === undefined || one.host === host))[nth - 1]
        ?.step;
    }
    case 'operation': {
      const operation = record.operations.filter(({ client }) => client === anchor.client)[anchor.nth - 1];
      return anchor.moment === 'begins' ? operation?.invokedStep : operation?.completedStep;
    }
    case 'fault':
      return faultStep(run, anchor.fault, anchor.moment);
    case 'predicate':
      return predicateStep(run, anchor.predicate);
    case 'property':
      return witnessStep(run, anchor.property, anchor.moment);
    default:
      return unreachable(anchor);
  }
}

/** A copy is the same message as its original, so it has no number of its own. */
function messageStep(run: Run, { type, from, to, nth }: Extract<Anchor, { on: 'message' }>): number | undefined {
  const { trace } = run.timeline!;
  const hosts = run.topology.hosts.map(({ id }) => id);
  const sent: number[] = [];
  for (let step = 0; step < trace.length; step++) {
    const kind = trace.kind(step);
    if ((kind !== 'deliver' && kind !== 'lost') || trace.word(step) !== type || trace.duplicate(step)) continue;
    if (trace.cause(step) < 0) continue;
    if (from !== undefined && hosts[trace.from(step)] !== from) continue;
    if (to !== undefined && hosts[trace.host(step)] !== to) continue;
    sent.push(step);
  }
  return sent.sort((a, b) => trace.cause(a) - trace.cause(b) || a - b)[nth - 1];
}

function timerStep(run: Run, { timer, host, nth }: Extract<Anchor, { on: 'timer' }>): number | undefined {
  const { trace } = run.timeline!;
  const hosts = run.topology.hosts.map(({ id }) => id);
  let count = 0;
  for (let step = 0; step < trace.length; step++) {
    if (trace.kind(step) !== 'timer' || trace.word(step) !== timer) continue;
    if (host !== undefined && hosts[trace.host(step)] !== host) continue;
    if (++count === nth) return step;
  }
  return undefined;
}

/** What begins or ends with a fault: the fault itself, or the crash or pause that it is. */
const FAULT_KINDS: Readonly<Record<Edge, readonly StepKind[]>> = {
  begins: ['fault.begin', 'crashed', 'paused'],
  ends: ['fault.end', 'restarted', 'resumed'],
};

function faultStep(run: Run, fault: string, edge: Edge): number | undefined {
  const timeline = run.timeline!;
  const kinds = FAULT_KINDS[edge];
  for (let step = 0; step < timeline.length; step++) {
    if (kinds.includes(timeline.trace.kind(step)) && timeline.step(step).fault?.fault.id === fault) return step;
  }
  return undefined;
}

/** Walks the run, which takes about as long as running it did. */
function predicateStep(run: Run, name: string): number | undefined {
  const timeline = run.timeline!;
  const predicate = run.input.model.predicates[name];
  if (predicate === undefined) return undefined;
  for (let step = 0; step < timeline.length; step++) {
    const view = timeline.step(step);
    if (predicate(timeline.worldAt(step + 1), view)) return step;
  }
  return undefined;
}

function witnessStep(run: Run, property: string, edge: Edge): number | undefined {
  const verdict = run.verdicts.find(({ id }) => id === property)?.verdict;
  if (verdict?.status !== 'violated') return undefined;
  const { steps, operations } = verdict.witness;
  const moments = operations.flatMap((id) => {
    const operation = run.record.operations[id];
    return [operation?.invokedStep, operation?.completedStep];
  });
  const all = [...steps, ...moments].filter((step): step is number => step !== undefined && step >= 0);
  if (all.length === 0) return undefined;
  return edge === 'begins' ? Math.min(...all) : Math.max(...all);
}

/** An anchor in a few words: `message RWrite 2 from r2 to r3`, `operation 3 of a ends`. */
export function anchorTitle(anchor: Anchor): string {
  const at = (host: string | undefined) => (host === undefined ? '' : ` on ${host}`);
  switch (anchor.on) {
    case 'time':
      return `time ${anchor.timeUs} us`;
    case 'message': {
      const { type, from, to, nth } = anchor;
      const way = `${from === undefined ? '' : ` from ${from}`}${to === undefined ? '' : ` to ${to}`}`;
      return `message ${type} ${nth}${way}`;
    }
    case 'timer':
      return `timer ${anchor.timer} ${anchor.nth}${at(anchor.host)}`;
    case 'note':
      return `note ${anchor.note} ${anchor.nth}${at(anchor.host)}`;
    case 'operation':
      return `operation ${anchor.nth} of ${anchor.client} ${anchor.moment}`;
    case 'fault':
      return `fault ${anchor.fault} ${anchor.moment}`;
    case 'predicate':
      return `predicate ${anchor.predicate}`;
    case 'property':
      return `the violation of ${anchor.property}`;
    default:
      return unreachable(anchor);
  }
}
