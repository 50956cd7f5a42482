import type { Fault } from '../../kernel/faults.ts';
import { ddmin } from './ddmin.ts';
import type { Search, Trial } from './search.ts';

/** Leaves out faults, then makes each of those that stay simpler: a plain time, plain hosts, as few as possible, no end. */
export function* fewerFaults(search: Search): Trial<void> {
  search.stage = 'fewer faults';
  const { best } = search;
  yield* ddmin(best.faults, (faults) => search.keeps({ ...best, faults }));
  for (let index = 0; index < search.best.faults.length; index++) yield* simplerFault(search, index);
}

function* simplerFault(search: Search, index: number): Trial<void> {
  const change = (next: (fault: Fault) => Fault | undefined) => replaced(search, index, next);
  yield* change((fault) => withoutRoles(fault, search));
  yield* change(({ forUs: _, ...fault }) => fault);
  const { action } = search.best.faults[index]!;
  if (action.do !== 'cut') return;
  for (const host of action.sides.flat()) {
    yield* change((fault) => {
      if (fault.action.do !== 'cut') return undefined;
      const sides = fault.action.sides.map((side) => side.filter((other) => other !== host));
      return sides.some((side) => side.length === 0) ? undefined : { ...fault, action: { ...fault.action, sides } };
    });
  }
}

function* replaced(search: Search, index: number, change: (fault: Fault) => Fault | undefined): Trial {
  const { best, run } = search;
  const fault = best.faults[index];
  const next = fault === undefined ? undefined : change(fault);
  if (next === undefined) return false;
  return yield* search.keeps({ ...best, faults: best.faults.with(index, next) }, run.events);
}

/** The fault as it happened: at that time, on those hosts. Undefined when its script says just that, or it hits several by role. */
function withoutRoles({ id, action, forUs }: Fault, { run }: Search): Fault | undefined {
  const begun = run.record.faults.find(({ fault }) => fault.id === id);
  if (begun === undefined) return undefined;
  const rest = { id, when: { atUs: begun.sinceUs }, ...(forUs !== undefined && { forUs }) };
  if (action.do === 'cut') return { ...rest, action: { ...action, sides: begun.sides } };
  if (!('target' in action)) return { ...rest, action };
  const [hosts] = begun.sides;
  return hosts?.length === 1 ? { ...rest, action: { ...action, target: hosts[0]! } } : undefined;
}
