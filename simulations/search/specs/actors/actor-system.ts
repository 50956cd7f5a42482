import type { SpecProperty, System } from '../../explore/spec.ts';
import type { Envelope, NetworkKind, Parcel } from './network.ts';
import * as network from './network.ts';

/** What an actor does with a message: its new state and what it sends, in order. */
export interface Reaction<S, M> {
  readonly state: S;
  readonly sends: readonly { readonly to: number; readonly message: M }[];
}

/** A process that reacts to messages. States and messages are plain JSON whose fields always come in the same order. */
export interface Actor<S, M> {
  start(): Reaction<S, M>;
  /** `undefined`: the message is ignored, which is no step; it stays in the network unless flows are ordered. */
  receive(state: S, from: number, message: M): Reaction<S, M> | undefined;
}

/** What is remembered of a run beside its state, for properties about it: part of what makes two states the same. */
export interface History<H, M> {
  readonly initial: H;
  sent(history: H, envelope: Envelope<M>): H;
  received(history: H, envelope: Envelope<M>): H;
}

/** The state of a system of actors: theirs by number, what is under way, and what is remembered. */
export interface ActorsState<S, M, H> {
  readonly actors: readonly S[];
  readonly network: readonly Parcel<M>[];
  readonly history: H;
}

/** A message is delivered, or lost where the network loses some. */
export interface ActorsAction<M> {
  readonly type: 'deliver' | 'drop';
  readonly parcel: Parcel<M>;
}

export interface ActorsOptions<S, M, H> {
  readonly actors: readonly Actor<S, M>[];
  readonly network: NetworkKind;
  readonly lossy: boolean;
  readonly history: History<H, M>;
  /** States beyond it are not visited, and steps to them are none. */
  withinBoundary?(state: ActorsState<S, M, H>): boolean;
  readonly properties: readonly SpecProperty<ActorsState<S, M, H>>[];
  nameOf(actor: number): string;
  describeMessage(message: M): string;
  describeActor(state: S, actor: number): string;
}

/**
 * Actors over a network, as a graph of states. The rules are those of Stateright's actor models, so that its published counts
 * apply: a delivery that its receiver ignores is no step on an unordered network, and takes the message away on an ordered one.
 */
export function actorSystem<S, M, H>(options: ActorsOptions<S, M, H>): System<ActorsState<S, M, H>, ActorsAction<M>> {
  const { actors, history, nameOf, describeMessage } = options;
  const nameOfPart = partNames();
  const within = (state: ActorsState<S, M, H>) =>
    options.withinBoundary === undefined || options.withinBoundary(state) ? state : undefined;
  const nameEnvelope = ({ from, to, message }: Envelope<M>): string =>
    `${describeMessage(message)} from ${nameOf(from)} to ${nameOf(to)}`;
  return {
    init() {
      let state: ActorsState<S, M, H> = { actors: [], network: [], history: history.initial };
      actors.forEach((actor, at) => {
        state = react(options, state, at, actor.start());
      });
      return within(state) === undefined ? [] : [state];
    },
    actions: (state) => actionsOf(options, state),
    next(state, { type, parcel }) {
      if (type === 'drop') return within({ ...state, network: network.drop(state.network, parcel) });
      const { from, to, message } = parcel.envelope;
      const reaction = actors[to]!.receive(state.actors[to]!, from, message);
      if (reaction === undefined && options.network !== 'ordered') return undefined;
      const delivered = {
        ...state,
        network: network.deliver(options.network, state.network, parcel),
        history: history.received(state.history, parcel.envelope),
      };
      return within(reaction === undefined ? delivered : react(options, delivered, to, reaction));
    },
    codec: {
      kind: 'text',
      key: (state) =>
        [...state.actors.map(nameOfPart), nameOfPart(state.history), ...state.network.map(({ key }) => key)].join(' '),
    },
    properties: options.properties,
    describeAction: ({ type, parcel }) =>
      `${nameEnvelope(parcel.envelope)} is ${type === 'drop' ? 'lost' : 'delivered'}`,
    describeState: (state) =>
      `${state.actors.map((actor, at) => `${nameOf(at)}: ${options.describeActor(actor, at)}`).join('; ')}; ` +
      `under way: ${state.network.map((parcel) => nameEnvelope(parcel.envelope)).join(', ') || 'nothing'}`,
  };
}

/** Names parts of a state as JSON, each object once: a step changes one actor and leaves the others as they are. */
function partNames(): (part: unknown) => string {
  const names = new WeakMap<object, string>();
  return (part) => {
    if (typeof part !== 'object' || part === null) return JSON.stringify(part);
    const known = names.get(part);
    if (known !== undefined) return known;
    const name = JSON.stringify(part);
    names.set(part, name);
    return name;
  };
}

function actionsOf<S, M, H>(options: ActorsOptions<S, M, H>, state: ActorsState<S, M, H>): ActorsAction<M>[] {
  return network
    .deliverable(options.network, state.network)
    .flatMap((parcel): ActorsAction<M>[] => [
      ...(options.lossy ? [{ type: 'drop', parcel } as const] : []),
      ...(parcel.envelope.to < options.actors.length ? [{ type: 'deliver', parcel } as const] : []),
    ]);
}

function react<S, M, H>(
  options: ActorsOptions<S, M, H>,
  before: ActorsState<S, M, H>,
  actor: number,
  reaction: Reaction<S, M>,
): ActorsState<S, M, H> {
  const actors = [...before.actors];
  actors[actor] = reaction.state;
  let { network: parcels, history } = before;
  for (const { to, message } of reaction.sends) {
    const envelope = { from: actor, to, message };
    history = options.history.sent(history, envelope);
    parcels = network.send(options.network, parcels, envelope);
  }
  return { actors, network: parcels, history };
}
