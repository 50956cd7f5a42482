/** The exit statuses of every command. */
export const EXIT = { ok: 0, violated: 1, badInput: 2, unknown: 3 } as const;

/** Ends a command with a message for the reader and a status. */
export class CliError extends Error {
  override readonly name = 'CliError';
  constructor(
    message: string,
    readonly status: number = EXIT.badInput,
  ) {
    super(message);
  }
}

/** Prints one JSON document, or lines of text. */
export function print(json: boolean | undefined, value: unknown, text: () => readonly string[]): void {
  process.stdout.write(json === true ? `${JSON.stringify(value, null, 2)}\n` : `${text().join('\n')}\n`);
}

/** `1,026` */
export function withCommas(count: number): string {
  return Math.round(count).toLocaleString('en-US');
}

/** `11.75 %` */
export function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
}

/** Columns padded to their widest cell. */
export function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = rows.reduce<number[]>((all, row) => row.map((cell, at) => Math.max(all[at] ?? 0, cell.length)), []);
  return rows.map((row) =>
    row
      .map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd(widths[at]!)))
      .join('  ')
      .trimEnd(),
  );
}
