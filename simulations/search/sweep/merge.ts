import type { Problem } from '../../scenario/scenario.ts';
import { differenceOf, isComplete, type SweepFile, withStates } from './file.ts';
import { type Seeds, seedCount } from './job.ts';
import { TallyBook } from './tally.ts';

/** A file to merge, with the name that problems call it by. */
export interface NamedSweep {
  readonly name: string;
  readonly file: SweepFile;
}

export type Merged =
  | { readonly ok: true; readonly file: SweepFile }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Brings the shards of one sweep together, in any order: the result is the file that the sweep would have written in one piece, byte
 * for byte. Refuses files of different sweeps, shards that are not finished, seeds that are there twice or not at all.
 */
export function mergeSweeps(parts: readonly NamedSweep[]): Merged {
  const [first] = parts;
  if (first === undefined) {
    const fix = 'Name the files that the shards wrote.';
    return refuse({ field: 'files', found: 'none', allowed: 'the files of all shards', fix });
  }
  const { plan } = first.file;
  const problems = parts.flatMap((part) => [...strangers(part, first), ...unfinished(part)]);
  if (problems.length > 0) return refuse(...problems);
  const rising = parts
    .filter(({ file }) => seedCount(file.seeds) > 0)
    .sort((a, b) => a.file.seeds.from - b.file.seeds.from);
  const holes = coverage(rising, plan.seeds);
  if (holes.length > 0) return refuse(...holes);
  // An early stop makes a sweep that was never divided: it is whole already.
  if (rising.length === 1) return { ok: true, file: rising[0]!.file };
  const states = plan.variants.map((variant, at) => {
    const book = new TallyBook();
    for (const { file } of rising) book.addTally(file.variants[at]!.tally);
    return { variant, next: plan.seeds.to + 1, stopped: null, tally: book.tally() };
  });
  return { ok: true, file: withStates(plan, plan.seeds, states) };
}

function refuse(...problems: Problem[]): Merged {
  return { ok: false, problems };
}

function strangers({ name, file }: NamedSweep, first: NamedSweep): readonly Problem[] {
  const fix = `It is of another sweep than ${first.name}: merge the shards of one.`;
  const difference = differenceOf(file.plan, first.file.plan, fix);
  return difference === undefined ? [] : [{ ...difference, field: `${name}: ${difference.field}` }];
}

function unfinished({ name, file }: NamedSweep): readonly Problem[] {
  if (isComplete(file)) return [];
  const open = file.variants.find((state) => state.stopped === null && state.next <= file.seeds.to)!;
  return [
    {
      field: `${name}: variants[${file.variants.indexOf(open)}].next`,
      found: String(open.next),
      allowed: `${file.seeds.to + 1}, after the last of its seeds`,
      fix: 'Start this shard again with the same --out: it goes on from there.',
    },
  ];
}

/** Seeds that are in two files, or in none. */
function coverage(rising: readonly NamedSweep[], whole: Seeds): readonly Problem[] {
  const problems: Problem[] = [];
  let next = whole.from;
  let before = '';
  for (const { name, file } of rising) {
    const { from, to } = file.seeds;
    if (from < next) {
      const fix = `They are in ${before} too: leave one of the two out.`;
      problems.push({ field: `${name}: seeds`, found: `${from} to ${to}`, allowed: `${next} and above`, fix });
    }
    if (from > next) problems.push(missing(next, from - 1, whole));
    next = Math.max(next, to + 1);
    before = name;
  }
  return next <= whole.to ? [...problems, missing(next, whole.to, whole)] : problems;
}

function missing(from: number, to: number, whole: Seeds): Problem {
  return {
    field: 'seeds',
    found: `no file with ${from} to ${to}`,
    allowed: `all of ${whole.from} to ${whole.to}`,
    fix: 'Add the shard that ran them.',
  };
}
