/**
 * How messages travel. `duplicating`: in any order, each as often as it likes; a set. `non-duplicating`: in any order, each once; a
 * multiset. `ordered`: each sender's messages to one receiver in the order in which they were sent.
 */
export type NetworkKind = 'duplicating' | 'non-duplicating' | 'ordered';

export interface Envelope<M> {
  readonly from: number;
  readonly to: number;
  readonly message: M;
}

/** A message under way, with the text that names it. */
export interface Parcel<M> {
  readonly envelope: Envelope<M>;
  readonly key: string;
}

/** Parcels under way, in one canonical order: by key, or on an ordered network by flow and then by age. */
type Parcels<M> = readonly Parcel<M>[];

export function send<M>(kind: NetworkKind, parcels: Parcels<M>, envelope: Envelope<M>): Parcels<M> {
  const { from, to, message } = envelope;
  const parcel = { envelope, key: `${from}>${to}${JSON.stringify(message)}` };
  if (kind === 'duplicating' && parcels.some(({ key }) => key === parcel.key)) return parcels;
  const after = (other: Parcel<M>): boolean =>
    kind === 'ordered' ? flowOf(other) > flowOf(parcel) : other.key > parcel.key;
  const at = parcels.findIndex(after);
  return parcels.toSpliced(at === -1 ? parcels.length : at, 0, parcel);
}

export function deliver<M>(kind: NetworkKind, parcels: Parcels<M>, parcel: Parcel<M>): Parcels<M> {
  return kind === 'duplicating' ? parcels : drop(parcels, parcel);
}

/** Takes one copy away. On a duplicating network it is then never delivered again. */
export function drop<M>(parcels: Parcels<M>, parcel: Parcel<M>): Parcels<M> {
  return parcels.toSpliced(
    parcels.findIndex(({ key }) => key === parcel.key),
    1,
  );
}

/** Each message that may arrive next, once. */
export function deliverable<M>(kind: NetworkKind, parcels: Parcels<M>): Parcels<M> {
  const same = (a: Parcel<M>, b: Parcel<M>): boolean =>
    kind === 'ordered' ? flowOf(a) === flowOf(b) : a.key === b.key;
  return parcels.filter((parcel, at) => at === 0 || !same(parcels[at - 1]!, parcel));
}

function flowOf<M>({ envelope }: Parcel<M>): number {
  return envelope.from * 1000 + envelope.to;
}
