/** Seeds in few characters: `11, 14, 19-22`. They must be whole, from 0, and rise; {@link readSeedRanges} gives them back. */
export function seedRanges(rising: readonly number[]): string {
  const words: string[] = [];
  for (let at = 0; at < rising.length; ) {
    const first = rising[at]!;
    let count = 1;
    while (rising[at + count] === first + count) count++;
    words.push(count === 1 ? `${first}` : `${first}-${first + count - 1}`);
    at += count;
  }
  return words.join(', ');
}

/** The seeds of a text such as `11, 14, 19-22`, rising; undefined where it is none: they must rise, and no range may lie within another. */
export function readSeedRanges(text: string): readonly number[] | undefined {
  if (text === '') return [];
  const seeds: number[] = [];
  for (const word of text.split(', ')) {
    const [, from, to = from] = /^(\d+)(?:-(\d+))?$/.exec(word) ?? [];
    if (from === undefined) return undefined;
    const [first, last] = [Number(from), Number(to)];
    if (first <= (seeds.at(-1) ?? -1) || last < first || last > SEED_MAX) return undefined;
    for (let seed = first; seed <= last; seed++) seeds.push(seed);
  }
  return seeds;
}

const SEED_MAX = 0xffffffff;
