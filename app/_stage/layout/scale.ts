/** A straight line from values to px, and back. Pages that draw need no more of a scale, and libraries bring dates and colours with theirs. */
export interface LinearScale {
  at(value: number): number;
  invert(px: number): number;
}

/** The line that takes the ends of `domain` to the ends of `range`. The domain's ends differ. */
export function linearScale(domain: readonly [number, number], range: readonly [number, number]): LinearScale {
  return { at: (value) => between(range, share(domain, value)), invert: (px) => between(domain, share(range, px)) };
}

/** Like `linearScale`, with powers of ten at equal distances. The domain is above 0. */
export function logScale([from, to]: readonly [number, number], range: readonly [number, number]): LinearScale['at'] {
  const ends = [Math.log(from), Math.log(to)] as const;
  return (value) => between(range, share(ends, Math.log(value)));
}

function share([from, to]: readonly [number, number], value: number): number {
  return (value - from) / (to - from);
}

function between([from, to]: readonly [number, number], part: number): number {
  return from * (1 - part) + to * part;
}
