import type { Focus } from '../../models/model.ts';
import type { Version } from '../../models/scene.ts';
import type { Run } from '../../run/execute.ts';
import { operationIndex, operationVersions, rowsIn } from './operation-index.ts';
import { firstStratum, strataOf } from './strata.ts';

/** The age of a version in a view: the newest, the one before it, older. */
export type VersionAge = 'new' | 'prev' | 'old';
/** How a version is filled: by its age in the view (newest, the one before it, older), or hollow because it is a tombstone. */
export type VersionLook = VersionAge | 'gone';
/** The age of each version in a view, by its rank. */
export type Ages = (version: { readonly rank: number }) => VersionAge;

/** How a picture fills a version: a tombstone is hollow whatever its age. */
export function lookOf(ages: Ages, version: { readonly rank: number; readonly deleted: boolean }): VersionLook {
  return version.deleted ? 'gone' : ages(version);
}

/** Ages among some versions. Versions of one rank (siblings) are of one age. */
export function agesOf(versions: Iterable<{ readonly rank: number }>): Ages {
  const ranks = [...new Set(Array.from(versions, ({ rank }) => rank))].sort((a, b) => b - a);
  const [newest, previous] = ranks;
  return ({ rank }) => (rank === newest ? 'new' : rank === previous ? 'prev' : 'old');
}

/** Ages among the versions that a window shows: on disk, and as results of operations. */
export function agesIn(run: Run, focus: Focus, fromUs: number, untilUs: number): Ages {
  let [newest, previous] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const take = ({ rank }: Version) => {
    if (rank > newest) [newest, previous] = [rank, newest];
    else if (rank < newest && rank > previous) previous = rank;
  };
  for (const strata of strataOf(run, focus)) {
    for (let at = firstStratum(strata, fromUs); at < strata.length && strata[at]!.fromUs < untilUs; at++) {
      if (strata[at]!.untilUs > fromUs) take(strata[at]!.version);
    }
  }
  const versions = operationVersions(run, focus);
  const { untilUs: ends } = operationIndex(run);
  const { first, end } = rowsIn(run, fromUs, untilUs);
  for (let row = first; row < end; row++) {
    const version = versions[row];
    if (version !== undefined && ends[row]! >= fromUs) take(version);
  }
  return ({ rank }) => (rank === newest ? 'new' : rank === previous ? 'prev' : 'old');
}
