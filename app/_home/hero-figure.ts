import { type Operation, proofOf, type Scenario } from '../../simulations/index.ts';
import { spanOf, violationsOf } from '../_static/evidence.ts';
import type { PinnedRun } from '../_static/pinned.ts';
import type { Callout } from '../_static/static-space-time.tsx';
import type { Window } from '../_static/window.ts';

/** What the hero shows of its run. */
export interface HeroFigure {
  readonly window: Window;
  readonly must: Window | undefined;
  readonly callouts: readonly Callout[];
}

const LEAD_US = 8_000;
const TAIL_US = 20_000;
/** Around this part of the cut no message ends at the seam, so that words find room in its gap. */
const QUIET = 0.41;

/** The stretch from the write that stops half-way to the heal of the cut, and what to say about it. All of it is read off the run. */
export function heroFigure(scenario: Scenario, pinned: PinnedRun): HeroFigure {
  const { run, focus } = pinned;
  const [violation] = violationsOf(pinned);
  const proof = violation === undefined ? undefined : proofOf(run, focus, violation.witness);
  const half = proof?.operations.find(({ outcome, f }) => outcome === 'info' && f !== 'read');
  const fault = (kind: string) => run.record.faults.find((active) => active.fault.action.do === kind);
  const [cut, crash] = [fault('cut'), fault('crash')];
  const window = {
    fromUs: (half?.invokedAt ?? scenario.view.fromUs ?? 0) - LEAD_US,
    toUs: (cut?.untilUs ?? scenario.view.toUs ?? scenario.durationUs) + TAIL_US,
  };
  const version = (operation: Operation) =>
    run.input.model.versionOf(operation, focus)?.label.replace(/^v/, 'version ') ?? 'nothing';
  const callouts: Callout[] = [];
  if (proof?.binding !== undefined) {
    const { id, client, completedAt } = proof.binding;
    callouts.push({
      atUs: completedAt,
      lane: hostOf(client),
      text: `Read ${id} returns ${version(proof.binding)}`,
      place: 'above',
    });
  }
  if (crash !== undefined && half !== undefined) {
    const host = crash.sides[0]?.[0] ?? '';
    callouts.push({
      atUs: crash.sinceUs,
      lane: host,
      text: `${host} crashes during write ${half.id}`,
      place: 'under',
    });
  }
  if (cut !== undefined && proof !== undefined) {
    const told = cut.sides[1]?.filter((host) => host !== hostOf(proof.closing.client)) ?? [];
    callouts.push({
      atUs: cut.sinceUs + (cut.untilUs - cut.sinceUs) * QUIET,
      lane: told[0] ?? '',
      text: 'the network is cut',
      place: 'seam',
    });
    callouts.push({
      atUs: cut.sinceUs - 12_000,
      lane: told.at(-1) ?? '',
      text: `${listOf(told)} were never told`,
      place: 'below',
    });
  }
  if (proof !== undefined) {
    const { id, client, completedAt } = proof.closing;
    callouts.push({ atUs: completedAt, lane: hostOf(client), text: `Read ${id} returns ${version(proof.closing)}` });
  }
  return { window, must: violation === undefined ? undefined : spanOf(pinned, violation.witness), callouts };
}

function hostOf(client: string): string {
  return client.split('/')[0] ?? client;
}

function listOf(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
