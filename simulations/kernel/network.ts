import type { HostId } from './behavior.ts';
import { compileLatency, type Latency, type Sampler, usesChoice } from './latency.ts';
import type { Streams } from './random.ts';
import type { MessagePin, Pins } from './schedule.ts';

/** The network between two different hosts, one direction. Same-host messages take no time and are never lost. */
export interface LinkSpec {
  readonly latency: Latency;
  /** Share of messages lost, 0 to 1. */
  readonly lossRatio: number;
  /** Share of messages delivered twice, 0 to 1. */
  readonly duplicateRatio: number;
  /** Share of messages that get an extra delay, drawn from `reorderBy`, so that later ones overtake them. */
  readonly reorderRatio: number;
  readonly reorderBy: Latency;
  /** Messages of one link and type arrive in the order in which they were sent. */
  readonly fifo: boolean;
}

/** A link fault in force between two hosts. */
export interface LinkFault {
  readonly extra: Sampler | undefined;
  readonly lossRatio: number;
  readonly duplicateRatio: number;
}

interface Samplers {
  readonly latency: Sampler;
  /** Whether the latency reads its first number. */
  readonly chooses: boolean;
  readonly reorderBy: Sampler;
}

/** One direction of one link for one message type: its own stream of luck. */
export interface Channel extends Samplers {
  readonly type: string;
  readonly spec: LinkSpec;
  readonly stream: number;
  /** Messages whose fate a schedule decides, by number from 1. */
  readonly pins: ReadonlyMap<number, MessagePin> | undefined;
  /** fifo: the last arrival so far. */
  lastArrivalUs: number;
}

/** What the network decided for one message. */
export interface Passage {
  lost: boolean;
  delayUs: number;
  heldUs: number;
  /** Delay of the second copy; -1: there is none. */
  duplicateDelayUs: number;
}

const NO_CHANNELS: readonly Channel[] = [];

/**
 * The channels of a world. Luck is drawn per (from, to, message type), a fixed number of draws for each message, so a variant that
 * sends additional repair messages leaves the luck of every read and write as it was.
 */
export class Network {
  readonly #streams: Streams;
  readonly #hosts: readonly HostId[];
  readonly #link: (from: HostId, to: HostId, messageType: string) => LinkSpec;
  /** By from * hosts + to: one for each message type, a few, so that looking through them is faster than a table. */
  readonly #channels: (readonly Channel[])[];
  /** Many links are of one kind. */
  readonly #samplers = new Map<LinkSpec, Samplers>();
  readonly #pins: Pins | undefined;
  #last: Channel | undefined;
  readonly #passage: Passage = { lost: false, delayUs: 0, heldUs: 0, duplicateDelayUs: -1 };

  constructor(
    streams: Streams,
    hosts: readonly HostId[],
    link: (from: HostId, to: HostId, messageType: string) => LinkSpec,
    pins?: Pins,
  ) {
    this.#streams = streams;
    this.#hosts = hosts;
    this.#link = link;
    this.#pins = pins;
    this.#channels = new Array(hosts.length * hosts.length).fill(NO_CHANNELS);
  }

  /** Draws the fate of one message between two hosts, given by index. The result is reused by the next call. */
  pass(from: number, to: number, messageType: string, faults: readonly LinkFault[]): Passage {
    const channel = this.#channel(from, to, messageType);
    this.#last = channel;
    const { spec, stream } = channel;
    const streams = this.#streams;
    // Six numbers for each message, read or not, so that the luck of a message depends on its position alone.
    const at = streams.reserve(stream, 6);
    const pin = channel.pins?.get(at / 6 + 1);
    if (pin !== undefined) return this.#pinned(pin);
    const passage = this.#passage;
    passage.delayUs = channel.latency(channel.chooses ? streams.at(stream, at) : 0, streams.at(stream, at + 1));
    passage.heldUs = 0;
    let lossRatio = spec.lossRatio;
    let duplicateRatio = spec.duplicateRatio;
    if (spec.reorderRatio > 0 && streams.at(stream, at + 2) < spec.reorderRatio) {
      passage.delayUs += channel.reorderBy(streams.at(stream, at + 3), streams.at(stream, at + 4));
    }
    for (const fault of faults) {
      if (fault.extra !== undefined)
        passage.heldUs += fault.extra(streams.at(stream, at + 3), streams.at(stream, at + 4));
      lossRatio = 1 - (1 - lossRatio) * (1 - fault.lossRatio);
      duplicateRatio = 1 - (1 - duplicateRatio) * (1 - fault.duplicateRatio);
    }
    passage.delayUs += passage.heldUs;
    passage.lost = lossRatio > 0 && streams.at(stream, at + 5) < lossRatio;
    passage.duplicateDelayUs = -1;
    if (duplicateRatio > 0 && streams.at(stream, at + 4) < duplicateRatio) {
      passage.duplicateDelayUs =
        passage.delayUs + channel.latency(streams.at(stream, at + 2), streams.at(stream, at + 3));
    }
    return passage;
  }

  #pinned(pin: MessagePin): Passage {
    const passage = this.#passage;
    passage.delayUs = pin.delayUs;
    passage.heldUs = 0;
    passage.lost = pin.lost === true;
    passage.duplicateDelayUs = pin.duplicateDelayUs ?? -1;
    return passage;
  }

  /** When the message of the last {@link pass} arrives: in a fifo channel, not before the message sent last. */
  arrival(atUs: number): number {
    const channel = this.#last;
    if (channel === undefined || !channel.spec.fifo) return atUs;
    channel.lastArrivalUs = Math.max(channel.lastArrivalUs, atUs);
    return channel.lastArrivalUs;
  }

  checkpoint(): readonly (readonly [Channel, number])[] {
    const saved: (readonly [Channel, number])[] = [];
    for (const channel of this.#all()) if (channel.spec.fifo) saved.push([channel, channel.lastArrivalUs]);
    return saved;
  }

  restore(saved: readonly (readonly [Channel, number])[]): void {
    for (const channel of this.#all()) channel.lastArrivalUs = 0;
    for (const [channel, lastArrivalUs] of saved) channel.lastArrivalUs = lastArrivalUs;
  }

  *#all(): Iterable<Channel> {
    for (const channels of this.#channels) yield* channels;
  }

  #channel(from: number, to: number, messageType: string): Channel {
    const place = from * this.#hosts.length + to;
    const known = this.#channels[place]!;
    for (let at = 0; at < known.length; at++) if (known[at]!.type === messageType) return known[at]!;
    const channel = this.#opened(from, to, messageType);
    this.#channels[place] = [...known, channel];
    return channel;
  }

  #opened(from: number, to: number, messageType: string): Channel {
    const [fromId, toId] = [this.#hosts[from]!, this.#hosts[to]!];
    const spec = this.#spec(fromId, toId, messageType);
    const { latency, chooses, reorderBy } = this.#compiled(spec);
    return {
      type: messageType,
      spec,
      latency,
      chooses,
      reorderBy,
      stream: this.#streams.stream(`link/${fromId}>${toId}/${messageType}`),
      pins: this.#pins?.messages(fromId, toId, messageType),
      lastArrivalUs: 0,
    };
  }

  #compiled(spec: LinkSpec): Samplers {
    const known = this.#samplers.get(spec);
    if (known !== undefined) return known;
    const samplers: Samplers = {
      latency: compileLatency(spec.latency),
      chooses: usesChoice(spec.latency),
      reorderBy: compileLatency(spec.reorderBy),
    };
    this.#samplers.set(spec, samplers);
    return samplers;
  }

  /** With a schedule that says how long a message takes, nothing is left to chance. */
  #spec(from: HostId, to: HostId, messageType: string): LinkSpec {
    const spec = this.#link(from, to, messageType);
    const us = this.#pins?.messageUs;
    if (us === undefined) return spec;
    return { ...spec, latency: { kind: 'constant', us }, lossRatio: 0, duplicateRatio: 0, reorderRatio: 0 };
  }
}
