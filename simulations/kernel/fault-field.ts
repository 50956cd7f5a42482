import type { HostId } from './behavior.ts';
import type { ActiveFault, Fault, Target } from './faults.ts';
import type { ClockShift } from './host.ts';
import { unreachable } from './invariant.ts';
import { compileLatency, type Sampler } from './latency.ts';
import type { LinkFault } from './network.ts';

const NONE: readonly LinkFault[] = [];

/** What the faults in force mean for one host. */
export interface HostFaults {
  readonly down: boolean;
  readonly paused: boolean;
  readonly clockShifts: readonly ClockShift[];
  readonly diskExtra: readonly Sampler[];
}

/** The faults in force, and what follows from them for links and hosts. Derived anew whenever one begins or ends. */
export class FaultField {
  readonly #hosts: readonly HostId[];
  readonly #samplers = new Map<Fault, Sampler>();
  #active: readonly ActiveFault[] = [];
  #blocked: Uint8Array;
  #linkFaults: (readonly LinkFault[])[];

  constructor(hosts: readonly HostId[]) {
    this.#hosts = hosts;
    this.#blocked = new Uint8Array(hosts.length * hosts.length);
    this.#linkFaults = new Array(hosts.length * hosts.length).fill(NONE);
  }

  get active(): readonly ActiveFault[] {
    return this.#active;
  }

  set active(faults: readonly ActiveFault[]) {
    this.#active = faults;
    this.#derive();
  }

  blocked(from: number, to: number): boolean {
    return this.#blocked[from * this.#hosts.length + to] === 1;
  }

  onLink(from: number, to: number): readonly LinkFault[] {
    return this.#linkFaults[from * this.#hosts.length + to]!;
  }

  onHost(host: HostId): HostFaults {
    const hits = this.#active.filter((active) => active.sides[0]?.includes(host));
    return {
      down: hits.some(({ fault }) => fault.action.do === 'crash' || fault.action.do === 'restore'),
      paused: hits.some(({ fault }) => fault.action.do === 'pause'),
      clockShifts: hits.flatMap(({ fault, sinceUs }) =>
        fault.action.do === 'clock'
          ? [{ offsetUs: fault.action.offsetUs, driftPpm: fault.action.driftPpm, sinceUs }]
          : [],
      ),
      diskExtra: hits.flatMap(({ fault }) => (fault.action.do === 'slowDisk' ? [this.#sampler(fault)] : [])),
    };
  }

  #sampler(fault: Fault): Sampler {
    const known = this.#samplers.get(fault);
    if (known !== undefined) return known;
    const action = fault.action;
    const sampler = compileLatency('extra' in action ? action.extra : { kind: 'constant', us: 0 });
    this.#samplers.set(fault, sampler);
    return sampler;
  }

  #derive(): void {
    this.#blocked.fill(0);
    this.#linkFaults.fill(NONE);
    for (const { fault, sides } of this.#active) {
      const action = fault.action;
      if (action.do === 'cut') this.#cut(sides, action.oneWay);
      else if (action.do === 'slow') {
        this.#degrade(sides, { extra: this.#sampler(fault), lossRatio: 0, duplicateRatio: 0 });
      } else if (action.do === 'loss') {
        this.#degrade(sides, { extra: undefined, lossRatio: action.ratio, duplicateRatio: 0 });
      } else if (action.do === 'duplicate') {
        this.#degrade(sides, { extra: undefined, lossRatio: 0, duplicateRatio: action.ratio });
      }
    }
  }

  #cut(sides: readonly (readonly HostId[])[], oneWay: boolean): void {
    sides.forEach((side, at) => {
      if (oneWay && at > 0) return;
      for (const from of side) {
        for (const [other, others] of sides.entries()) {
          if (other === at) continue;
          for (const to of others) this.#blocked[this.#at(from, to)] = 1;
        }
      }
    });
  }

  #degrade(sides: readonly (readonly HostId[])[], linkFault: LinkFault): void {
    for (const from of sides[0] ?? []) {
      for (const to of sides[1] ?? []) {
        const at = this.#at(from, to);
        this.#linkFaults[at] = [...this.#linkFaults[at]!, linkFault];
      }
    }
  }

  #at(from: HostId, to: HostId): number {
    return this.#hosts.indexOf(from) * this.#hosts.length + this.#hosts.indexOf(to);
  }
}

/** The hosts that a fault hits, side by side, with every role resolved by `resolve`. */
export function resolveSides(
  fault: Fault,
  resolve: (target: Target) => readonly HostId[],
): readonly (readonly HostId[])[] {
  const action = fault.action;
  switch (action.do) {
    case 'crash':
    case 'pause':
    case 'clock':
    case 'slowDisk':
    case 'restore':
      return [resolve(action.target)];
    case 'slow':
    case 'loss':
    case 'duplicate':
      return [resolve(action.from), resolve(action.to)];
    case 'cut':
      return action.sides.map((side) => side.flatMap((target) => resolve(target)));
    default:
      return unreachable(action);
  }
}
