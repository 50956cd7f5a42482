/** A count with its noun: "1 read", "5 reads". */
export function many(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** All of that many at the start of a sentence: "The one read", "Both reads", "All 5 reads". */
export function allOf(count: number, noun: string): string {
  if (count === 1) return `The one ${noun}`;
  return count === 2 ? `Both ${noun}s` : `All ${count} ${noun}s`;
}

/** A part of that many, with its verb: "4 of 5 operations were", "1 of 5 operations was". `about`: what operations, after the noun. */
export function partOf(part: number, count: number, noun: string, about = ''): string {
  return `${part} of ${many(count, noun)}${about === '' ? '' : ` ${about}`} ${part === 1 ? 'was' : 'were'}`;
}

/** A part of a count as a percentage, rounded down: 9,999 of 10,000 is "99.9 %", never "100 %". `decimals`: at most. Default 1. */
export function percentOf(part: number, count: number, decimals = 1): string {
  const scale = 10 ** decimals;
  return `${Math.floor((part * 100 * scale) / count) / scale} %`;
}
