/** The names of the regions, in the order in which servers and clients are put into them. */
const REGIONS = ['eu', 'us', 'ap', 'sa', 'af'] as const;

/** The first so many regions. Default: all that there can be. */
export function regionNames(count: number = REGIONS.length): readonly string[] {
  return REGIONS.slice(0, count);
}

/**
 * The region of a host, by its name alone, so that it stays where it is when others go: r1 and client a are in the first, r2 and b in the second,
 * and after the last it begins again. Longer names of clients go by their first letter.
 */
export function regionOf(host: string, count: number): string {
  const server = /^r(\d+)$/.exec(host);
  const at = server === null ? host.charCodeAt(0) - 'a'.charCodeAt(0) : Number(server[1]) - 1;
  return REGIONS[at % count]!;
}
