/** The largest number of the form 1, 2 or 5 times a power of ten that is at most `value`, and the smallest that is at least it. */
export function niceAround(value: number): readonly [below: number, above: number] {
  let power = 1;
  while (power * 10 <= value) power *= 10;
  for (const factor of [1, 2, 5, 10]) {
    if (power * factor === value) return [value, value];
    if (power * factor > value) return [power * (factor === 10 ? 5 : factor === 5 ? 2 : 1), power * factor];
  }
  return [power, power * 10];
}

/** The one of the two that is nearer in proportion: 11,234 → 10,000. 0 stays 0. */
export function nicest(value: number): number {
  if (value <= 0) return 0;
  const [below, above] = niceAround(value);
  return value * value < below * above ? below : above;
}

/** Nice numbers from `from` up to below `to`, rising. */
export function niceBetween(from: number, to: number): readonly number[] {
  const numbers: number[] = [];
  let next = niceAround(Math.max(1, from))[1];
  while (next < to) {
    numbers.push(next);
    next = niceAround(next + 1)[1];
  }
  return numbers;
}
