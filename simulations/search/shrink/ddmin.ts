/**
 * Delta debugging: a subset of `items`, in their order, on which `holds` says yes and from which no single item can be left out.
 * `holds` is assumed to say yes to all of them. A generator, because a trial is a run: whoever drives it sees each trial's progress.
 * Zeller and Hildebrandt, Simplifying and Isolating Failure-Inducing Input, IEEE TSE 2002, figure 5.
 */
export function* ddmin<T, Progress>(
  items: readonly T[],
  holds: (subset: readonly T[]) => Generator<Progress, boolean>,
): Generator<Progress, readonly T[]> {
  if (items.length > 0 && (yield* holds([]))) return [];
  let kept = items;
  let parts = 2;
  while (kept.length > 1) {
    const next = yield* reduce(kept, Math.min(parts, kept.length), holds);
    if (next !== undefined) [kept, parts] = [next.kept, next.parts];
    else if (parts >= kept.length) return kept;
    else parts = Math.min(kept.length, parts * 2);
  }
  return kept;
}

/** One round: a part alone, or all but a part; undefined when neither will do. */
function* reduce<T, Progress>(
  kept: readonly T[],
  parts: number,
  holds: (subset: readonly T[]) => Generator<Progress, boolean>,
): Generator<Progress, { readonly kept: readonly T[]; readonly parts: number } | undefined> {
  const bounds = Array.from({ length: parts + 1 }, (_, at) => Math.floor((at * kept.length) / parts));
  if (parts < kept.length || parts === 2) {
    for (let at = 0; at < parts; at++) {
      const part = kept.slice(bounds[at], bounds[at + 1]);
      if (yield* holds(part)) return { kept: part, parts: 2 };
    }
    // Of two parts, each is all but the other.
    if (parts === 2) return undefined;
  }
  for (let at = 0; at < parts; at++) {
    const rest = [...kept.slice(0, bounds[at]), ...kept.slice(bounds[at + 1])];
    if (yield* holds(rest)) return { kept: rest, parts: Math.max(2, parts - 1) };
  }
  return undefined;
}
