import type { Effect } from '../../kernel/behavior.ts';
import type { Config, WriteRequest } from './messages.ts';
import { type Cell, type HybridClock, laterClock, mintVersion, tickClock } from './versions.ts';

/** What a coordinator is started with: one request of one client. */
export type CoordinatorInput = {
  readonly config: Config;
  readonly client: string;
  readonly sequence: number;
  readonly key: string;
  /** The version to write; null: a read. */
  readonly cell: Cell | null;
};

/** The effect that starts a coordinator for a request, named after the operation: `read-b7` is client b's seventh. */
export function startCoordinator(input: CoordinatorInput): Effect {
  const verb = input.cell === null ? 'read' : input.cell.deleted ? 'delete' : 'write';
  return { type: 'process.start', role: 'coordinator', name: `${verb}-${input.client}${input.sequence}`, input };
}

/** Who makes a version, and when. */
export interface Minter {
  readonly config: Config;
  readonly node: string;
  readonly clockUs: number;
  readonly clock: HybridClock;
  /** How many versions the node has made. */
  readonly minted: number;
}

/** The version of a client's write, made by its coordinator, and the coordinator's clock after it. */
export function mintCell(
  request: WriteRequest,
  client: string,
  minter: Minter,
): { readonly cell: Cell; readonly clock: HybridClock } {
  const { config, node, clockUs } = minter;
  const clock = config.version === 'hlc' ? tickClock(laterClock(minter.clock, request.seen), clockUs) : minter.clock;
  const { sequence, context } = request;
  const count = minter.minted + 1;
  const version = mintVersion({ kind: config.version, node, count, wallUs: clockUs, clock, client, sequence, context });
  const deleted = request.type === 'Delete';
  const cell: Cell = {
    write: `${client}${sequence}`,
    version,
    value: deleted ? null : request.value,
    deleted,
    deletedAtUs: deleted ? clockUs : 0,
  };
  return { cell, clock };
}
