import type { Run } from '../../run/execute.ts';

/** Which lanes a reader wants to see, and how. Hosts by their ids. */
export interface LaneView {
  /** From top to bottom; empty: as the picture orders them. Hosts that it does not name come last. */
  readonly order: readonly string[];
  readonly hidden: readonly string[];
  /** Groups whose hosts share one lane, by {@link LaneGroup} id. */
  readonly folded: readonly string[];
}

/** Every host on a lane of its own, in the picture's order. */
export const PLAIN_LANES: LaneView = { order: [], hidden: [], folded: [] };

/** Hosts that can share a lane, because the same role runs on all of them. At least two. */
export interface LaneGroup {
  /** The role: `replica`, `client`. */
  readonly id: string;
  readonly hosts: readonly string[];
}

/** The groups of a run, by the role of the first process on each host, in the order of the topology. */
export function laneGroups(run: Run): readonly LaneGroup[] {
  const { hosts, processes } = run.topology;
  const byRole = new Map<string, string[]>();
  for (const { id, shape } of hosts) {
    const role = processes.find(({ host }) => host === id)?.role ?? shape;
    byRole.set(role, [...(byRole.get(role) ?? []), id]);
  }
  return [...byRole].filter(([, of]) => of.length > 1).map(([id, of]) => ({ id, hosts: of }));
}

/** A lane before it has a place: the hosts on it, and what it is called. */
export interface LaneRow {
  readonly hosts: readonly number[];
  readonly title: string;
}

/** The lanes of a view from top to bottom. `order` is the picture's own, as indexes of hosts. */
export function laneRows(run: Run, order: readonly number[], view: LaneView): readonly LaneRow[] {
  const { hosts } = run.topology;
  const rank = (host: number) => {
    const at = view.order.indexOf(hosts[host]!.id);
    return at < 0 ? view.order.length + order.indexOf(host) : at;
  };
  const shown = order.filter((host) => !view.hidden.includes(hosts[host]!.id)).sort((a, b) => rank(a) - rank(b));
  const folded = laneGroups(run).filter(({ id }) => view.folded.includes(id));
  const rows: { hosts: number[]; title: string; group: string | undefined }[] = [];
  for (const host of shown) {
    const { id } = hosts[host]!;
    const group = folded.find((candidate) => candidate.hosts.includes(id));
    const row = group === undefined ? undefined : rows.find((candidate) => candidate.group === group.id);
    if (row === undefined) rows.push({ hosts: [host], title: id, group: group?.id });
    else row.hosts.push(host);
  }
  return rows.map((row) => ({ hosts: row.hosts, title: row.hosts.length === 1 ? row.title : rangeOf(run, row.hosts) }));
}

/** What stands beside a folded lane: `r1-r5` where the ids allow it, else the first and how many more. */
function rangeOf(run: Run, hosts: readonly number[]): string {
  const ids = hosts.map((host) => run.topology.hosts[host]!.id).sort();
  return `${ids[0]}-${ids.at(-1)}`;
}
