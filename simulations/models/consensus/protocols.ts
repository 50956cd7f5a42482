import type { ProcessView } from '../../kernel/view.ts';
import { paxos } from './paxos/sight.ts';
import { raft } from './raft/sight.ts';
import type { Protocol, Sight } from './sight.ts';
import { zab } from './zab/sight.ts';

/** The protocols, by the role of their servers. */
const PROTOCOLS: Readonly<Record<string, Protocol>> = { server: raft, paxosServer: paxos, zabServer: zab };

/** The role of a server of each protocol. */
export const SERVER_ROLES = { raft: 'server', paxos: 'paxosServer', zab: 'zabServer' } as const;

/** The protocol of a server; undefined for any other process. */
export function protocolOf(role: string): Protocol | undefined {
  return PROTOCOLS[role];
}

/** What a server shows of itself. */
export function sightOf(process: ProcessView): Sight {
  return PROTOCOLS[process.role]!.sight(process);
}
