import type { HostId, ProcessId, ProcessView, Timeline, WorldView } from '../../simulations/index.ts';

/** Moments kept for each timeline: the one in view, the one before it, and a neighbour on either side. */
const KEPT = 6;
const moments = new WeakMap<Timeline, Map<number, WorldView>>();

/**
 * The world after `steps` steps, as a copy that stays true when the timeline moves on. The timeline's own view shows its present, and
 * several panes look at different moments in one render.
 */
export function momentAt(timeline: Timeline, steps: number): WorldView {
  let kept = moments.get(timeline);
  if (kept === undefined) {
    kept = new Map();
    moments.set(timeline, kept);
  }
  const known = kept.get(steps);
  if (known !== undefined) return known;
  // Who looks at a moment asks for the one before it, to show what a step changed. A timeline goes back by replay, so that one comes first.
  if (steps > 0 && !kept.has(steps - 1)) keep(kept, steps - 1, timeline);
  return keep(kept, steps, timeline);
}

function keep(kept: Map<number, WorldView>, steps: number, timeline: Timeline): WorldView {
  const moment = copyOf(timeline.worldAt(steps));
  const oldest = kept.size >= KEPT ? kept.keys().next().value : undefined;
  if (oldest !== undefined) kept.delete(oldest);
  kept.set(steps, moment);
  return moment;
}

function copyOf(world: WorldView): WorldView {
  const hosts = world.hosts.map(({ id, status, clockUs }) => ({ id, status, clockUs }));
  const processes = world.processes.map(copyProcess);
  const hostById = new Map(hosts.map((host) => [host.id, host]));
  const processById = new Map<ProcessId, ProcessView>(processes.map((process) => [process.id, process]));
  const open = new Set<string>();
  for (const from of hosts)
    for (const to of hosts) if (world.reachable(from.id, to.id)) open.add(`${from.id} ${to.id}`);
  return {
    nowUs: world.nowUs,
    step: world.step,
    hosts,
    host: (id: HostId) => hostById.get(id),
    processes,
    process: (id: ProcessId) => processById.get(id),
    inFlight: world.inFlight,
    faults: [...world.faults],
    reachable: (from: HostId, to: HostId) => open.has(`${from} ${to}`),
  };
}

function copyProcess({ id, role, host, snapshot, disk, diskStep, timers }: ProcessView): ProcessView {
  return { id, role, host, snapshot, disk, diskStep, timers };
}
