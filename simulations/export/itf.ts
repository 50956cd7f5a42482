import type { Packet, WorldView } from '../kernel/view.ts';
import type { Run } from '../run/execute.ts';
import { engineVersion } from '../run/version.ts';
import {
  type ExportOptions,
  type ExportRange,
  ExportRefusal,
  focusOf,
  identityOf,
  keepingMoment,
  msOf,
  rangeOf,
} from './range.ts';

/** A value of the Informal Trace Format. */
export type ItfValue =
  | string
  | boolean
  | { readonly [field: string]: ItfValue | string | readonly unknown[] }
  | readonly ItfValue[];

/** Each state repeats the whole world: more of them than this are no file to open. */
export const ITF_STEPS_MAX = 2_000;

/** What every state defines. Maps go by the id of a host or a process. */
export const ITF_VARS = ['nowUs', 'hosts', 'processes', 'disks', 'inFlight', 'faults'] as const;

/**
 * A range of a run in the Informal Trace Format (Apalache, ADR-015): the world before the first step of the range, then after each step.
 * `hosts`: status and clock; `processes`: role, state and context; `disks`: what a restart would find; `inFlight`: messages on the wire in
 * the order of sending; `faults`: ids of those in force. Integers are `#bigint`. The format has no null: it is the variant `None`, as
 * Quint writes it. What happened between two states stands in the `#meta` of the later one. Throws `ExportRefusal` for more
 * than {@link ITF_STEPS_MAX} steps and for a range outside the run.
 */
export function exportItf(run: Run, options: ExportOptions = {}): string {
  const range = rangeOf(run, options);
  const { timeline, firstStep, endStep } = range;
  if (endStep - firstStep > ITF_STEPS_MAX) throw tooMany(range);
  const states = keepingMoment(run, () => {
    // All sentences first: looking up a step moves the world, and walking it forward is cheap only when nobody does.
    const metas = stepMetas(range, options);
    const written = [];
    for (let steps = firstStep; steps <= endStep; steps++) {
      const meta = { index: steps - firstStep, ...metas[steps - firstStep - 1] };
      written.push(JSON.stringify({ '#meta': meta, ...stateOf(timeline.worldAt(steps)) }));
    }
    return written;
  });
  const meta = {
    format: 'ITF',
    'format-description': 'https://apalache-mc.org/docs/adr/015adr-trace.html',
    source: `Faultline ${engineVersion}, model ${run.input.model.id}`,
    description: identityOf(run),
    seed: String(run.input.seed),
    digest: run.digest,
    ...(options.replay !== undefined && { replay: options.replay }),
  };
  const vars = JSON.stringify(ITF_VARS);
  return `{"#meta":${JSON.stringify(meta)},\n"vars":${vars},\n"states":[\n${states.join(',\n')}\n]}\n`;
}

function stepMetas({ run, timeline, firstStep, endStep }: ExportRange, options: ExportOptions) {
  const context = focusOf(run, options.key);
  const metas = [];
  for (let at = firstStep; at < endStep; at++) {
    const { kind, process, cause, index: step, ...view } = timeline.step(at);
    const sentence = run.input.model.narrate({ kind, process, cause, index: step, ...view }, context);
    metas.push({ step, action: kind, process, cause, sentence });
  }
  return metas;
}

function stateOf(world: WorldView): Readonly<Record<(typeof ITF_VARS)[number], ItfValue>> {
  return {
    nowUs: itf(world.nowUs),
    hosts: map(world.hosts.map(({ id, status, clockUs }) => [id, itf({ status, clockUs })])),
    processes: map(
      world.processes.map(({ id, role, host, snapshot: { state, context } }) => [
        id,
        itf({ role, host, state, context }),
      ]),
    ),
    disks: map(world.processes.map(({ id, disk }) => [id, itf(disk)])),
    inFlight: world.inFlight.map(packet),
    faults: { '#set': world.faults.map(({ fault }) => fault.id) },
  };
}

function packet({ from, to, message, sentUs, arrivesUs, duplicate }: Packet): ItfValue {
  return itf({ from, to, message, sentUs, arrivesUs, duplicate });
}

function map(entries: readonly (readonly [string, ItfValue])[]): ItfValue {
  return { '#map': entries };
}

/** JSON as a value of the format. Fields that are undefined are left out. */
export function itf(value: unknown): ItfValue {
  if (value === null || value === undefined) return { tag: 'None', value: { '#tup': [] } };
  if (typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number')
    return Number.isInteger(value) ? { '#bigint': BigInt(value).toString() } : String(value);
  if (Array.isArray(value)) return value.map(itf);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      // A field must not begin with the sign that marks the format's own.
      .map(([name, inner]) => [name.replace(/^#/, '_'), itf(inner)]),
  );
}

function tooMany({ trace, firstStep, endStep, fromUs }: ExportRange): ExportRefusal {
  const fitsUs = Math.max(fromUs, trace.timeUs(firstStep + ITF_STEPS_MAX) - 1);
  return new ExportRefusal({
    field: 'from, to',
    found: `${endStep - firstStep} steps`,
    allowed: `at most ${ITF_STEPS_MAX} steps in an ITF trace`,
    fix: `Export a shorter range, such as --from "${msOf(fromUs)} ms" --to "${msOf(fitsUs)} ms".`,
  });
}
