/** What readers predicted, kept in their browser: one entry per guide or lab scenario, a choice per prediction. */

const keyPrefix = 'faultline.predictions:';
const listeners = new Set<() => void>();
/** Entries by guide, as last read or written; holds what storage refuses. */
const cache = new Map<string, Readonly<Record<string, string>>>();

/** Name of the event that a commit fires on `document`. */
export const commitEvent = 'faultline:commit';

/** What the event says: which prediction of the page, what was chosen, and whether it was right. */
export interface CommitDetail {
  readonly predict: string;
  readonly choice: string;
  readonly right: boolean;
}

declare global {
  interface DocumentEventMap {
    'faultline:commit': CustomEvent<CommitDetail>;
  }
}

/** The choice committed for a prediction, or undefined. `guide` is the guide's address. */
export function readPrediction(guide: string, predict: string): string | undefined {
  return entryOf(guide)[predict];
}

/** Keeps a choice; undefined takes it back. */
export function writePrediction(guide: string, predict: string, choice: string | undefined): void {
  const { [predict]: _replaced, ...others } = entryOf(guide);
  const entry = choice === undefined ? others : { ...others, [predict]: choice };
  cache.set(guide, entry);
  try {
    localStorage.setItem(keyPrefix + guide, JSON.stringify(entry));
  } catch {
    // Storage may be forbidden or full: the answer then holds until the page is left.
  }
  for (const listener of listeners) listener();
}

/** Calls back when a prediction changes, here or in another tab. Returns the function that stops it. */
export function subscribeToPredictions(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener('storage', followOtherTab);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) removeEventListener('storage', followOtherTab);
  };
}

function followOtherTab(event: StorageEvent): void {
  if (event.key !== null && !event.key.startsWith(keyPrefix)) return;
  cache.clear();
  for (const listener of listeners) listener();
}

function entryOf(guide: string): Readonly<Record<string, string>> {
  const known = cache.get(guide);
  if (known !== undefined) return known;
  const entry = stored(guide);
  cache.set(guide, entry);
  return entry;
}

/** What is stored may be anything: another version wrote it, or a hand. Only texts under names are taken. */
function stored(guide: string): Readonly<Record<string, string>> {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(keyPrefix + guide) ?? '{}');
    if (typeof value !== 'object' || value === null) return {};
    return Object.fromEntries(Object.entries(value).filter(([, choice]) => typeof choice === 'string'));
  } catch {
    return {};
  }
}
