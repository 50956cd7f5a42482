import type { ProcessId } from '../../kernel/behavior.ts';
import type { Letter } from './host-state.ts';

/** A message between two hosts that is under way. */
export interface Parcel extends Letter {
  /** Positions of the two hosts in the topology. */
  readonly fromHost: number;
  readonly toHost: number;
  /** The second arrival of a message that was doubled: it is not doubled again, nor lost. */
  readonly copy: boolean;
  /** Messages of one channel arrive in the order in which they were sent; '': of no channel, in any order. */
  readonly channel: string;
}

/** Parcels under way, by number: those without a channel by number, then channel by channel in the order of sending. */
export type Network = readonly number[];

/** The network with one more parcel, in its place. */
export function send(network: Network, parcel: number, at: (id: number) => Parcel): Network {
  const { channel } = at(parcel);
  const place = network.findIndex((other) => {
    const others = at(other).channel;
    return others === channel ? channel === '' && other > parcel : others > channel;
  });
  return network.toSpliced(place === -1 ? network.length : place, 0, parcel);
}

/** The network without one of the parcels of that number: of a channel, the oldest. */
export function take(network: Network, parcel: number): Network {
  return network.toSpliced(network.indexOf(parcel), 1);
}

/** The parcels that may arrive next, each number once. */
export function deliverable(network: Network, at: (id: number) => Parcel): readonly number[] {
  return network.filter((parcel, place) => {
    if (place === 0) return true;
    const before = network[place - 1]!;
    const { channel } = at(parcel);
    return channel === '' ? before !== parcel : at(before).channel !== channel;
  });
}

/** The network without what is for processes that are no more. */
export function forget(network: Network, ended: readonly ProcessId[], at: (id: number) => Parcel): Network {
  return ended.length === 0 ? network : network.filter((parcel) => !ended.includes(at(parcel).to));
}
