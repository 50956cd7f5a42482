/** The command that makes a run again. */
export function replayLine(run: {
  readonly name: string;
  readonly variant?: string | null;
  readonly seed?: number;
  readonly set?: Readonly<Record<string, string | number | boolean>>;
}): string {
  const { name, variant, seed, set = {} } = run;
  return [
    `npx faultline run ${shellWord(name)}`,
    ...(variant === undefined || variant === null ? [] : [`--variant ${shellWord(variant)}`]),
    ...(seed === undefined ? [] : [`--seed ${seed}`]),
    ...Object.entries(set).map(([knob, value]) => `--set ${shellWord(`${knob}=${value}`)}`),
  ].join(' ');
}

/** A word as a POSIX shell reads it: quoted where it must be. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
