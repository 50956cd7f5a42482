import type { Effect } from '../../kernel/behavior.ts';
import type { Datum } from './datum.ts';
import type { Config, Held, Store } from './messages.ts';
import { holding, note, persist, type RegionContext, type RegionStep } from './region-state.ts';

/** When a tombstone was made, by the clock of its region; undefined for anything else. */
function deletedUs(datum: Datum): number | undefined {
  return datum.kind === 'lww' && datum.cell.deleted ? datum.cell.stamp.timeUs : undefined;
}

/** The timer for the tombstone that is due first; undefined when there is none. */
export function purgeTimer(store: Store, { gcGraceUs }: Config, wallUs: number): Effect | undefined {
  let dueUs = Number.POSITIVE_INFINITY;
  for (const key in store) dueUs = Math.min(dueUs, (deletedUs(store[key]!.datum) ?? dueUs) + gcGraceUs);
  if (dueUs === Number.POSITIVE_INFINITY) return undefined;
  return { type: 'timer.set', name: 'purge', delayUs: Math.max(1, dueUs - wallUs) };
}

/** Removes the tombstones whose grace is over: from now on the region does not know that there was anything. */
export function purge(context: RegionContext, wallUs: number): RegionStep {
  const { durable, volatile } = context;
  const { gcGraceUs } = volatile.config;
  const effects: Effect[] = [];
  const store: Record<string, Held> = {};
  for (const key in durable.store) {
    const held = durable.store[key]!;
    const sinceUs = deletedUs(held.datum);
    if (sinceUs !== undefined && wallUs - sinceUs >= gcGraceUs) effects.push(note('tombstone.purged', { key }));
    else store[key] = held;
  }
  const timer = purgeTimer(store, volatile.config, wallUs);
  if (effects.length === 0) return { effects: timer === undefined ? [] : [timer] };
  if (timer !== undefined) effects.push(timer);
  return persist({ durable: holding(durable, { store }), volatile }, null, effects);
}
