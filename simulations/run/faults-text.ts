import { stringify } from 'yaml';
import { z } from 'zod';
import type { Fault } from '../kernel/faults.ts';
import { FAULTS_MAX, faultField, toFault } from '../scenario/fault-schema.ts';
import { faultData } from '../scenario/format.ts';
import { readYaml } from '../scenario/parse.ts';
import { describeValue, fieldName, problemsOf, valueAt } from '../scenario/problems.ts';
import type { Problem } from '../scenario/scenario.ts';
import { checkFaults, type FaultNames } from './resolve.ts';

const faultsField = z.strictObject({ faults: z.array(faultField).max(FAULTS_MAX).default([]) });

/** The fault script as the `faults` of a scenario file, in YAML; `readFaults` reads it back to the same script. */
export function faultsText(faults: readonly Fault[]): string {
  return stringify({ faults: faults.map(faultData) }, { lineWidth: 0, flowCollectionPadding: true });
}

/** A fault script read from text, or what is wrong with it, each problem at its line. */
export type ReadFaults =
  | { readonly ok: true; readonly faults: readonly Fault[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads the `faults` of a scenario file, YAML or JSON, and checks every name against those that the run knows. An empty text is no faults. */
export function readFaults(text: string, names: FaultNames): ReadFaults {
  const read = readYaml(text);
  if (!read.ok) return read;
  const { locate } = read;
  const input = read.input ?? { faults: [] };
  const result = faultsField.safeParse(input);
  if (!result.success) return { ok: false, problems: problemsOf(result.error, input, faultsField, locate) };
  const problems: Problem[] = [];
  const add = (path: readonly PropertyKey[], problem: Omit<Problem, 'line' | 'field'>) => {
    const line = locate(path);
    problems.push({ ...(line !== undefined && { line }), field: fieldName(path), ...problem });
  };
  const faults = result.data.faults.map((field, index) =>
    toFault(field, index, (name, allowed) => {
      const path = ['faults', index, name];
      add(path, { found: describeValue(valueAt(input, path)), allowed, fix: 'Change the fault.' });
    }),
  );
  for (const { field, ...problem } of checkFaults(faults, names)) {
    const [, index = '0', name = ''] = /^faults\[(\d+)\]\.(.*)$/.exec(field) ?? [];
    // What a fault names stands in fields of its own: whichever holds the name that is wrong is at its line.
    add(['faults', Number(index), ...placeOf(input, Number(index), name, problem.found)], problem);
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, faults };
}

/** Where in a fault the name stands that is not known; `found` is the name in quotes. */
function placeOf(input: unknown, index: number, kind: string, found: string): readonly PropertyKey[] {
  if (kind === 'predicate') return ['when'];
  const fault = valueAt(input, ['faults', index]) as Readonly<Record<string, unknown>>;
  const field = ['target', 'from', 'to'].find((name) => describeValue(fault[name]) === found);
  if (field !== undefined) return [field];
  const side = Array.isArray(fault.sides)
    ? fault.sides.findIndex(
        (members: unknown) => Array.isArray(members) && members.some((name) => describeValue(name) === found),
      )
    : -1;
  return side === -1 ? [kind] : ['sides', side];
}
