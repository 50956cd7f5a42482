import type { HostId, ProcessId } from './behavior.ts';
import type { Flying } from './queue.ts';
import type { Packet, WorldView } from './view.ts';
import type { World } from './world.ts';

/** A read-only window on a world. It always shows the present. */
export function makeView(world: World): WorldView {
  return {
    get nowUs() {
      return world.nowUs;
    },
    get step() {
      return world.step;
    },
    get hosts() {
      return world.hosts;
    },
    get processes() {
      return world.living();
    },
    get faults() {
      return world.field.active;
    },
    get inFlight() {
      const packets = world.queue.items.filter(
        (pending): pending is Flying => pending.kind === 'deliver' || pending.kind === 'lose',
      );
      packets.sort((a, b) => a.order - b.order);
      return packets.map((pending) => toPacket(world, pending));
    },
    host: (id: HostId) => world.hostById(id),
    process: (id: ProcessId) => world.processes.get(id),
    reachable: (from: HostId, to: HostId) => {
      const [a, b] = [world.hostById(from), world.hostById(to)];
      return a !== undefined && b !== undefined && !world.field.blocked(a.index, b.index);
    },
  };
}

function toPacket(world: World, pending: Flying): Packet {
  return {
    from: pending.sender,
    to: pending.to,
    fromHost: world.hosts[pending.from]!.id,
    toHost: world.hosts[pending.target]!.id,
    message: pending.message,
    sentUs: pending.sentUs,
    arrivesUs: pending.atUs,
    sentStep: pending.cause,
    duplicate: pending.duplicate,
    heldUs: pending.heldUs,
  };
}
