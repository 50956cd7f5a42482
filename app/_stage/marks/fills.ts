import type { VersionLook } from '../../../simulations/index.ts';

/** The fill of a version by look: solid, hatched, dotted, hollow. `id` is the prefix given to `Patterns`. */
export function fillOf(id: string, age: VersionLook): string {
  if (age === 'gone') return 'var(--sheet)';
  return age === 'new' ? 'var(--v-new)' : `url(#${id}-${age})`;
}
