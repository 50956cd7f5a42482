import type { ExplainedEvent } from './explain.ts';

/** An explanation has at most this many events. */
const EVENTS_MAX = 12;

/** An event with what kind of thing it is, which decides its place and how it is counted. */
export interface Told extends ExplainedEvent {
  readonly kind: 'fault' | 'lost' | 'late' | 'begin' | 'step';
}

/** The events that are told, in order: what the checker saw, what was shown to matter, and as much of the rest as there is room for. */
export function chosen(events: readonly Told[]): readonly Told[] {
  const useful = events.filter(
    ({ necessary, decisive, role }) => necessary !== false || decisive || role === 'witness',
  );
  const best = [...useful].sort((a, b) => rank(a) - rank(b) || b.step - a.step).slice(0, EVENTS_MAX);
  return best.sort((a, b) => a.atUs - b.atUs || a.step - b.step);
}

function rank({ role, necessary, decisive, kind }: Told): number {
  if (role === 'witness') return 0;
  if (necessary === true && kind !== 'step') return 1;
  if (kind === 'begin') return 2;
  return necessary === true || decisive || role === 'absence' ? 3 : 4;
}

/** What it took, in one sentence; empty when nothing was shown to be necessary. */
export function summary(events: readonly Told[]): string {
  const needed = (kind: Told['kind']) =>
    events.filter((event) => event.necessary === true && event.kind === kind).length;
  const counts = { fault: needed('fault'), 'lost message': needed('lost'), 'late message': needed('late') };
  const told = Object.entries(counts).flatMap(([noun, count]) =>
    count === 0 ? [] : [`${count} ${noun}${count === 1 ? '' : 's'}`],
  );
  if (told.length === 0) return '';
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return `It took ${told.join(' and ')}: ${all === 1 ? 'without it' : 'without any one of them'} nothing would be wrong.`;
}

/** The event as it is handed out. */
export function plain({ kind: _, ...event }: Told): ExplainedEvent {
  return event;
}
