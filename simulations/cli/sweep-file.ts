import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { formatSweepFile, readSweepFile, type SweepFile } from '../index.ts';
import { CliError } from './output.ts';
import { problemLines } from './problems.ts';

/** Reads the file of a sweep. Throws a `CliError` with every problem, file and field first. */
export function loadSweep(path: string): SweepFile {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new CliError(`cannot read ${path}: ${(error as Error).message}`);
  }
  const read = readSweepFile(text);
  if (!read.ok) throw new CliError(problemLines(path, read.problems));
  return read.file;
}

/** Writes the whole file beside its place and moves it there: no reader ever finds half of it. */
export function saveSweep(path: string, file: SweepFile): void {
  const beside = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(beside, formatSweepFile(file));
    renameSync(beside, path);
  } catch (error) {
    throw new CliError(`--out: cannot write ${path}: ${(error as Error).message}`);
  }
}
