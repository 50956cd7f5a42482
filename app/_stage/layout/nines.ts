/** A scale on which each further nine takes the same room: 0 %, 90 %, 99 %, 99.9 % stand at 0, 1, 2, 3. */
export function ninesOf(share: number): number {
  return Math.log10(1 / Math.max(1e-12, 1 - share));
}

/** Shares that are labelled up to a number of nines. */
export function ninesTicks(ninesMax: number): readonly { readonly share: number; readonly label: string }[] {
  const ticks = [
    { share: 0, label: '0' },
    { share: 0.5, label: '50' },
  ];
  for (let nines = 1; nines <= ninesMax + 1e-9; nines++) {
    const share = 1 - 10 ** -nines;
    ticks.push({ share, label: `${Number((share * 100).toFixed(Math.max(0, nines - 2)))}` });
  }
  return ticks;
}

/** The value below which that share of the samples lies: the smallest one with at least that share at or below it. */
export function quantile(sorted: readonly number[], share: number): number | undefined {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

/** How many nines a number of samples can show: with 1,000 the third is one sample. At least 1, at most 4. */
export function ninesFor(samples: number): number {
  return Math.max(1, Math.min(4, Math.floor(Math.log10(Math.max(1, samples)) + 1e-9)));
}
