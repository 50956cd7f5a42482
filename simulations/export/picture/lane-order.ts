import type { Run } from '../../run/execute.ts';
import { runIndex } from './run-index.ts';

/** A cut of the network, with its sides as indexes of hosts. */
export interface Cut {
  readonly id: string;
  readonly sides: readonly (readonly number[])[];
  readonly fromUs: number;
  readonly untilUs: number;
  readonly oneWay: boolean;
}

/** The cuts of a run, in the order in which they began. */
export function cutsOf(run: Run): readonly Cut[] {
  const { hosts, endUs } = runIndex(run);
  const indexes = new Map(hosts.map(({ id }, index) => [id, index]));
  return run.record.faults.flatMap(({ fault, sides, sinceUs, untilUs }) =>
    fault.action.do === 'cut'
      ? [
          {
            id: fault.id,
            sides: sides.map((side) => side.map((id) => indexes.get(id)!)).filter((side) => side.length > 0),
            fromUs: sinceUs,
            untilUs: Math.min(untilUs, endUs),
            oneWay: fault.action.oneWay,
          },
        ]
      : [],
  );
}

/** Lanes from top to bottom, as indexes of hosts. */
export interface LaneOrder {
  readonly order: readonly number[];
  /** How many lanes of clients stand above the replicas. */
  readonly above: number;
}

/**
 * Clients above and below, replicas between them. The sides of the first cut each stand together, so that a seam can run between
 * them; within a side, the sides of the second cut do too, as far as that goes.
 */
export function laneOrder(hosts: readonly { readonly shape: 'replica' | 'client' }[], cuts: readonly Cut[]): LaneOrder {
  const clients = hosts.flatMap(({ shape }, host) => (shape === 'client' ? [host] : []));
  const replicas = hosts.flatMap(({ shape }, host) => (shape === 'replica' ? [host] : []));
  const [first, second] = cuts.filter(({ sides }) => sides.length > 1);
  const above: number[] = [];
  const below: number[] = [];
  const half = Math.ceil(clients.length / 2);
  clients.forEach((client, position) => {
    const side = sideOf(first, client);
    // On a side of its own a client stands at that side's outer edge; a client that the cut leaves alone stands where it stood.
    const up =
      side < 0 || first === undefined ? position < half : side < (first.sides.length > 2 ? 1 : first.sides.length / 2);
    (up ? above : below).push(client);
  });
  const middle = replicas
    .map((host) => ({ host, group: sideOf(first, host), inner: sideOf(second, host) }))
    // Alternating the direction keeps the second cut's sides next to each other across the first seam.
    .sort((a, b) => a.group - b.group || (a.group % 2 === 0 ? a.inner - b.inner : b.inner - a.inner) || a.host - b.host)
    .map(({ host }) => host);
  return { order: [...above, ...middle, ...below], above: above.length };
}

/** Where seams of a cut run: below that many lanes, and whether the lanes under them drop. */
export interface SeamPlace {
  readonly below: number;
  readonly slips: boolean;
}

/**
 * The seams of a cut between lanes. Where each side stands together there is one between each two of them, and a cut that lets nothing pass
 * makes the lanes below drop. In any other order a tear runs wherever neighbours are of different sides, and every lane stays.
 */
export function seamsBetween(lanes: readonly { readonly hosts: readonly number[] }[], cut: Cut): readonly SeamPlace[] {
  const seen: number[] = [];
  const seams: number[] = [];
  let last = -1;
  let together = true;
  for (const [position, { hosts }] of lanes.entries()) {
    const sides = new Set(hosts.map((host) => sideOf(cut, host)));
    const [side = -1] = sides;
    // Hosts of both sides share this lane: there is no line to draw on either side of it.
    if (sides.size > 1) {
      together = false;
      last = -1;
      continue;
    }
    // A host that the cut leaves alone belongs to either side.
    if (side < 0 || side === last) continue;
    if (seen.includes(side)) together = false;
    if (last >= 0) seams.push(position);
    seen.push(side);
    last = side;
  }
  return seams.map((below) => ({ below, slips: together && !cut.oneWay }));
}

function sideOf(cut: Cut | undefined, host: number): number {
  return cut === undefined ? -1 : cut.sides.findIndex((side) => side.includes(host));
}
