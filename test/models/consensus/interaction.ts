import type { Effect, Environment, Message, ProcessEvent, Snapshot } from '../../../simulations/kernel/behavior.ts';
import { invariant } from '../../../simulations/kernel/invariant.ts';
import type { ConsensusKnobs } from '../../../simulations/models/consensus/knobs.ts';
import type { Command, Entry, Members, Settings } from '../../../simulations/models/consensus/messages.ts';
import { lastIndexOf, termAt } from '../../../simulations/models/consensus/raft/log.ts';
import { groupOf } from '../../../simulations/models/consensus/raft/membership.ts';
import { serverChart } from '../../../simulations/models/consensus/raft/server.ts';
import type { Durable, ServerContext } from '../../../simulations/models/consensus/raft/state.ts';
import { EMPTY_MACHINE } from '../../../simulations/models/consensus/store.ts';
import { settingsOf } from '../../../simulations/models/consensus/topology.ts';
import { compiledBehavior } from '../../../simulations/statechart/compiled.ts';
import type { Shown } from './interaction-shown.ts';
import { DEFAULTS } from './run-consensus.ts';

interface Letter {
  readonly from: string;
  readonly to: string;
  readonly message: Message;
}

/** A server of the script: our own chart, with its disk, its clock, and the messages that it has not let go of yet. */
interface Server {
  readonly id: string;
  snapshot: Snapshot;
  clockUs: number;
  readonly unsent: Letter[];
  readonly writes: Extract<Effect, { type: 'disk.persist' }>[];
  /** How far it had committed when it last told the others, as a leader. */
  toldCommit: number;
  /** A change of the group that it has not taken yet. */
  change: Message | undefined;
}

const ROLES: Readonly<Record<string, string>> = {
  preCandidate: 'StatePreCandidate',
  candidate: 'StateCandidate',
  leader: 'StateLeader',
  transferring: 'StateLeader',
};

/**
 * A group of our own Raft servers that does what a script says and nothing else: no message moves, no disk write ends and no clock runs by itself. A server's messages
 * leave it, and its writes end, when the script lets it handle them (`process-ready`), as in the published implementation.
 */
export class Group {
  readonly servers = new Map<string, Server>();
  readonly #network: Letter[] = [];
  readonly #behavior = compiledBehavior('server', serverChart);
  readonly #settings: Settings;
  #proposals = 0;

  constructor(knobs: Partial<ConsensusKnobs>) {
    const settings = settingsOf({ ...DEFAULTS, servers: 7, ...knobs });
    this.#settings = { ...settings, servers: [], voters: [] };
  }

  /** Servers with the log put away up to an index of term 1, all of it committed; without one: servers that know nothing. */
  add(count: number, group: Members, index: number): void {
    for (let nth = 0; nth < count; nth++) {
      const id = `${this.servers.size + 1}`;
      const snapshot = { index, term: index === 0 ? 0 : 1, members: group, machine: EMPTY_MACHINE };
      const disk: Durable = { term: 0, votedFor: null, snapshot, log: [] };
      const input = { settings: this.#settings, server: id };
      const server: Server = {
        id,
        snapshot: this.#behavior.recover(input, disk),
        clockUs: 1_000_000,
        unsent: [],
        writes: [],
        toldCommit: index,
        change: undefined,
      };
      this.servers.set(id, server);
      this.#react(server, { type: 'process.restarted' });
    }
  }

  /** It stands for election. Where nobody asks a clock, every clock has moved on, so that no leader was heard lately. */
  campaign(id: string): void {
    if (!this.#settings.checkQuorum)
      for (const server of this.servers.values()) server.clockUs += this.#settings.electionUs[1];
    this.#react(this.of(id), { type: 'timer.election' });
  }

  propose(id: string, value: string): void {
    this.#proposals += 1;
    const write = { type: 'Write', sequence: this.#proposals, key: 'x', value };
    this.#react(this.of(id), write as ProcessEvent, 'client');
  }

  /** Asks for another group; asked again while the server does not take it. */
  change(id: string, wanted: Pick<Members, 'voters' | 'learners'>): void {
    this.#proposals += 1;
    this.of(id).change = { type: 'ChangeMembers', sequence: this.#proposals, ...wanted };
    this.#ask(this.of(id));
  }

  transfer(from: string, target: string): void {
    this.#proposals += 1;
    this.#react(this.of(from), { type: 'Transfer', sequence: this.#proposals, target } as ProcessEvent, 'operator');
  }

  /** A leader's heartbeat is due, after so much time on its clock. */
  beat(id: string, afterUs = this.#settings.heartbeatUs): void {
    const server = this.of(id);
    server.clockUs += afterUs;
    server.toldCommit = contextOf(server).volatile.commit;
    this.#react(server, { type: 'timer.heartbeat' });
  }

  /** An election timeout passes on a server's clock. */
  passElection(id: string): void {
    if (ROLES[this.of(id).snapshot.state] === 'StateLeader') this.beat(id, this.#settings.electionMinUs);
    else {
      this.of(id).clockUs += this.#settings.electionUs[1];
      this.#react(this.of(id), { type: 'timer.election' });
    }
  }

  /** Puts the log up to an index away. */
  compact(id: string, index: number): void {
    const server = this.of(id);
    const { durable, volatile } = contextOf(server);
    const { term, votedFor, log } = durable;
    const snapshot = { index, term: termAt(durable, index), members: volatile.members, machine: volatile.machine };
    const next: Durable = { term, votedFor, snapshot, log: log.filter((entry) => entry.index > index) };
    server.snapshot = { ...server.snapshot, context: { durable: next, volatile } } as Snapshot;
  }

  /** Writes that were under way are on disk, and messages leave. Says whether there was anything to do. */
  handle(id: string): boolean {
    const server = this.of(id);
    const writes = server.writes.splice(0);
    for (const { token } of writes) this.#react(server, { type: 'disk.persisted', token } as ProcessEvent);
    if (writes.length > 0) this.#ask(server);
    const letters = server.unsent.splice(0);
    this.#network.push(...letters.filter(({ to }) => this.servers.has(to)));
    return writes.length > 0 || letters.length > 0;
  }

  /** Messages for a server arrive, or are lost. Says whether there were any. */
  deliver(id: string, isLost = false): boolean {
    const letters = this.#network.filter(({ to }) => to === id);
    this.#network.splice(0, Number.POSITIVE_INFINITY, ...this.#network.filter(({ to }) => to !== id));
    if (!isLost) for (const { from, message } of letters) this.#react(this.of(id), message as ProcessEvent, from);
    return letters.length > 0;
  }

  /** These servers go on until none of them has anything to do. A leader that has committed more tells the others then: ours does so with its heartbeats. */
  stabilize(ids: readonly string[]): void {
    for (let rounds = 0; rounds < 200; rounds++) {
      const handled = ids.filter((id) => this.handle(id)).length;
      const delivered = ids.filter((id) => this.deliver(id)).length;
      if (handled + delivered > 0) continue;
      const late = ids.filter((id) => this.#hasNews(this.of(id)));
      if (late.length === 0) return;
      for (const id of late) this.beat(id);
    }
    invariant(false, 'a group that never comes to rest');
  }

  /** What a server would print of itself. */
  shown(id: string): Required<Omit<Shown, 'entries'>> {
    const { snapshot } = this.of(id);
    const { durable, volatile } = contextOf(this.of(id));
    return {
      term: durable.term,
      vote: durable.votedFor ?? '',
      commit: volatile.commit,
      lead: volatile.leader,
      role: ROLES[snapshot.state] ?? 'StateFollower',
      members: described(volatile.members),
    };
  }

  /** The log of a server after its snapshot, as the published implementation prints entries. */
  log(id: string): readonly string[] {
    return contextOf(this.of(id)).durable.log.map(entryLine);
  }

  /** The group that a server goes by. */
  membersOf(id: string): Members {
    return contextOf(this.of(id)).volatile.members;
  }

  /** What a leader knows of the others, and of itself: how it sends to each, and up to where that has its entries. */
  progress(id: string): Readonly<Record<string, string>> {
    const { volatile, durable } = contextOf(this.of(id));
    return Object.fromEntries(
      volatile.office!.progress.map(({ server, match, pace, next }) => {
        const isSnapshot = pace === 'wait' && next === durable.snapshot.index + 1 && match < durable.snapshot.index;
        return [
          server,
          `${pace === 'stream' || server === id ? 'Replicate' : isSnapshot ? 'Snapshot' : 'Probe'} ${match}`,
        ];
      }),
    );
  }

  of(id: string): Server {
    const server = this.servers.get(id);
    invariant(server !== undefined, 'a script that names a server which is not there', { id });
    return server;
  }

  #hasNews(server: Server): boolean {
    const { volatile } = contextOf(server);
    return volatile.office !== null && volatile.commit > server.toldCommit;
  }

  /** Asks for the change that waits, if one does. A redirection means: not yet. */
  #ask(server: Server): void {
    const { change } = server;
    if (change === undefined) return;
    const before = lastIndexOf(contextOf(server).durable);
    this.#react(server, change as ProcessEvent, 'operator');
    if (lastIndexOf(contextOf(server).durable) > before) server.change = undefined;
  }

  #react(server: Server, event: ProcessEvent, from = ''): void {
    const { id } = server;
    const environment: Environment = { self: id, host: id, from, clockUs: server.clockUs };
    const output: { effects: readonly Effect[] } = { effects: [] };
    server.snapshot = this.#behavior.react(server.snapshot, event, environment, output);
    for (const effect of output.effects) {
      if (effect.type === 'send') server.unsent.push({ from: id, to: effect.to, message: effect.message });
      else if (effect.type === 'disk.persist') server.writes.push(effect);
    }
  }
}

const contextOf = (server: Server): ServerContext => server.snapshot.context as ServerContext;

function commandText(command: Command): string {
  if (command.kind === 'noop') return 'EntryNormal ""';
  if (command.kind === 'write') return `EntryNormal "${String(command.value)}"`;
  return 'EntryConfChange';
}

const entryLine = ({ term, index, command }: Entry): string => `${term}/${index} ${commandText(command)}`;

function described({ voters, outgoing, learners, learnersNext }: Members): string {
  const list = (servers: readonly string[]): string => `(${[...servers].sort((a, b) => +a - +b).join(' ')})`;
  const parts = [`voters=${list(voters)}${outgoing.length === 0 ? '' : `&&${list(outgoing)}`}`];
  if (learners.length > 0) parts.push(`learners=${list(learners)}`);
  if (learnersNext.length > 0) parts.push(`learners_next=${list(learnersNext)}`);
  return parts.join(' ');
}

/** A group of voters and learners, or nobody. */
export const members = (voters: readonly string[], learners: readonly string[]): Members => ({
  ...groupOf(voters),
  learners,
});
