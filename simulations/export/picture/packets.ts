import type { Packet, WorldView } from '../../kernel/view.ts';
import type { Run } from '../../run/execute.ts';
import { messagesIn } from './messages.ts';
import { runIndex } from './run-index.ts';

/** A message on the stage. */
export interface StagePacket {
  /** The same while the message is under way. */
  readonly key: string;
  /** Indexes of hosts. */
  readonly from: number;
  readonly to: number;
  readonly type: string;
  /** The version that it carries, in the model's words. */
  readonly label: string | undefined;
  /** How far it has come, from 0 to 1; of a lost one, how far towards the place where it is lost. */
  readonly part: number;
  /** `cut`: it ends at the seam. `wire`: half way. `host`: at a host that is down. */
  readonly lostAt: 'cut' | 'wire' | 'host' | undefined;
  /** It is already lost, and fades. */
  readonly over: boolean;
  readonly duplicate: boolean;
  /** It stands still, held on the wire. */
  readonly held: boolean;
}

/**
 * The messages to draw at an instant: those in flight, and those lost less than the time of a median flight ago. `labels` are the scene's, in
 * the order of `world.inFlight`.
 */
export function packetsAt(
  run: Run,
  world: WorldView,
  nowUs: number,
  labels: readonly (string | undefined)[] = [],
): readonly StagePacket[] {
  const index = runIndex(run);
  const hosts = new Map(index.hosts.map(({ id }, position) => [id, position]));
  const flying: StagePacket[] = [];
  for (const [at, packet] of world.inFlight.entries()) {
    const { fromHost, toHost, sentUs, sentStep, to, message, duplicate } = packet;
    if (fromHost === toHost || sentUs > nowUs) continue;
    const { part, held } = progress(packet, nowUs);
    flying.push({
      key: `${sentStep} ${to} ${message.type} ${duplicate}`,
      from: hosts.get(fromHost)!,
      to: hosts.get(toHost)!,
      type: message.type,
      label: labels[at],
      part,
      held,
      lostAt: world.reachable(fromHost, toHost) ? undefined : 'cut',
      over: false,
      duplicate,
    });
  }
  return [...flying, ...justLost(run, nowUs, index.flightUsMedian)];
}

/** A held message flies half of its way, waits, and flies the other half. */
export function progress(
  { sentUs, arrivesUs, heldUs }: Pick<Packet, 'sentUs' | 'arrivesUs' | 'heldUs'>,
  nowUs: number,
): { readonly part: number; readonly held: boolean } {
  const gone = Math.max(0, nowUs - sentUs);
  const flying = arrivesUs - sentUs - heldUs;
  if (flying <= 0) return { part: arrivesUs > sentUs ? Math.min(1, gone / (arrivesUs - sentUs)) : 1, held: false };
  if (gone <= flying / 2) return { part: gone / flying, held: false };
  if (gone < flying / 2 + heldUs) return { part: 0.5, held: true };
  return { part: Math.min(1, (gone - heldUs) / flying), held: false };
}

function justLost(run: Run, nowUs: number, forUs: number): readonly StagePacket[] {
  const { flights } = messagesIn(run, nowUs - forUs, nowUs);
  return flights
    .filter(({ lostTo, endUs }) => lostTo !== undefined && lostTo !== 'gone' && endUs <= nowUs && endUs > nowUs - forUs)
    .map(({ step, from, to, type, lostTo, duplicate }) => ({
      key: `lost ${step}`,
      from,
      to,
      type,
      label: undefined,
      part: 1,
      lostAt: lostTo === 'cut' ? 'cut' : lostTo === 'down' ? 'host' : 'wire',
      over: true,
      duplicate,
      held: false,
    }));
}
