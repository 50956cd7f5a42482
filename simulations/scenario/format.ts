import type { Fault, FaultAction } from '../kernel/faults.ts';
import type { Latency } from '../kernel/latency.ts';
import type { Schedule } from '../kernel/schedule.ts';
import { captionsData } from './captions-schema.ts';
import { challengeData } from './challenge-schema.ts';
import { formatDuration } from './duration.ts';
import { objectivesData } from './objective-schema.ts';
import { predictData } from './predict-schema.ts';
import type { Scenario, ScenarioData, Variant } from './scenario.ts';

/** A scenario in the form of a scenario file: what links carry and files hold. `isDuration` tells knobs in microseconds. */
export function scenarioData(scenario: Scenario, isDuration: (knob: string) => boolean): ScenarioData {
  const { id, title, model, rules, claim, finding, decisions, seed, witness, progressMin, cost, assumptions } =
    scenario;
  const { captions, predict, challenge, objectives, compareWith } = scenario;
  const { key, fromUs, toUs } = scenario.view;
  const knobs = (values: Scenario['knobs']) =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        typeof value === 'number' && isDuration(name) ? formatDuration(value) : value,
      ]),
    );
  return {
    id,
    title,
    model,
    rules,
    claim,
    finding,
    knobs: knobs(scenario.knobs),
    workload: durationsOf(scenario.workload),
    faults: scenario.faults.map(faultData),
    ...(scenario.schedule !== undefined && { schedule: scheduleData(scenario.schedule) }),
    duration: formatDuration(scenario.durationUs),
    seed,
    decisions,
    variants: scenario.variants.map((variant) => variantData(variant, knobs)),
    ...(witness !== undefined && { witness }),
    ...(objectives !== undefined && { objectives: objectivesData(objectives) }),
    ...(compareWith !== undefined && { compareWith }),
    progressMin,
    cost,
    assumptions,
    view: {
      ...(key !== undefined && { key }),
      ...(fromUs !== undefined && { from: formatDuration(fromUs) }),
      ...(toUs !== undefined && { to: formatDuration(toUs) }),
    },
    ...(captions !== undefined && { captions: captionsData(captions) }),
    ...(predict !== undefined && { predict: predictData(predict) }),
    ...(challenge !== undefined && { challenge: challengeData(challenge) }),
  };
}

function variantData(
  { id, title, part, from, set, expect, rates, progressMin }: Variant,
  knobs: (values: Scenario['knobs']) => unknown,
): unknown {
  const floor = progressMin === undefined ? {} : { progressMin };
  return { id, title, part, ...(from !== undefined && { from }), set: knobs(set), expect, rates, ...floor };
}

/** A field in microseconds (`atUs: 505000`) as the file's field with a unit (`at: 505 ms`). */
function durationsOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(durationsOf);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) =>
      /.Us$/.test(name) && typeof inner === 'number'
        ? [name.slice(0, -2), formatDuration(inner)]
        : [name, durationsOf(inner)],
    ),
  );
}

/** A fault as a scenario file writes it. */
export function faultData({ id, action, when, forUs }: Fault): unknown {
  return {
    id,
    ...actionData(action),
    ...('atUs' in when
      ? { at: formatDuration(when.atUs) }
      : { when: when.predicate, after: formatDuration(when.afterUs) }),
    ...(forUs !== undefined && { for: formatDuration(forUs) }),
  };
}

function actionData(action: FaultAction): object {
  switch (action.do) {
    case 'slow':
    case 'slowDisk':
      return { ...action, extra: latencyData(action.extra) };
    case 'clock': {
      const { offsetUs, ...rest } = action;
      return { ...rest, offset: formatDuration(offsetUs) };
    }
    case 'restore': {
      const { backupAtUs, ...rest } = action;
      return { ...rest, backupAt: formatDuration(backupAtUs) };
    }
    default:
      return action;
  }
}

function latencyData(latency: Latency): unknown {
  return latency.kind === 'constant' ? formatDuration(latency.us) : latency;
}

function scheduleData({ messageUs, diskUs, messages, timers, disks }: Schedule): unknown {
  const delayed = <P extends { readonly delayUs: number }>({ delayUs, ...pin }: P) => ({
    ...pin,
    delay: formatDuration(delayUs),
  });
  return {
    ...(messageUs !== undefined && { message: formatDuration(messageUs) }),
    ...(diskUs !== undefined && { disk: formatDuration(diskUs) }),
    ...(messages !== undefined && {
      messages: messages.map(({ duplicateDelayUs, ...pin }) => ({
        ...delayed(pin),
        ...(duplicateDelayUs !== undefined && { duplicateDelay: formatDuration(duplicateDelayUs) }),
      })),
    }),
    ...(timers !== undefined && { timers: timers.map(delayed) }),
    ...(disks !== undefined && { disks: disks.map(delayed) }),
  };
}
