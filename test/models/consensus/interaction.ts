import type { Effect, Environment, Message, ProcessEvent, Snapshot } from '../../../simulations/kernel/behavior.ts';
import { invariant } from '../../../simulations/kernel/invariant.ts';
import type { ConsensusKnobs } from '../../../simulations/models/consensus/knobs.ts';
import type { LogSnapshot, Members, Settings, VoteRequest } from '../../../simulations/models/consensus/messages.ts';
import { ignoresCandidates } from '../../../simulations/models/consensus/raft/election.ts';
import { lastIndexOf, membersAt, termAt } from '../../../simulations/models/consensus/raft/log.ts';
import { groupOf } from '../../../simulations/models/consensus/raft/membership.ts';
import { serverChart } from '../../../simulations/models/consensus/raft/server.ts';
import type { Durable, Progress, ServerContext } from '../../../simulations/models/consensus/raft/state.ts';
import { EMPTY_MACHINE } from '../../../simulations/models/consensus/store.ts';
import { settingsOf } from '../../../simulations/models/consensus/topology.ts';
import { compiledBehavior } from '../../../simulations/statechart/compiled.ts';
import { described, entryLine, type Shown } from './interaction-shown.ts';
import { DEFAULTS } from './run-consensus.ts';

interface Letter {
  readonly from: string;
  readonly to: string;
  readonly message: Message;
}

/** A write to disk: what its end tells the server, and what the disk holds from then on. */
interface Write {
  readonly token: unknown;
  readonly durable: Durable;
}

/** A server of the script: our own chart, with its disk, its clock, and the messages that it has not let go of yet. */
interface Server {
  readonly id: string;
  snapshot: Snapshot;
  clockUs: number;
  /** What its disk holds, writes that wait for the script, and those that it has handed to the thread that appends, if there is one: what one `Ready` asked for together. */
  disk: Durable;
  readonly writes: Write[];
  readonly appending: Write[][];
  readonly unsent: Letter[];
  /** Ticks since its election timer was set, and after how many it rings. */
  ticks: number;
  timeoutTicks: number;
  /** How far it had committed when it last told the others, as a leader, and to whom it last sent a snapshot and not entries. */
  toldCommit: number;
  readonly snapshotTo: Set<string>;
  /** A change of the group that it has not taken yet. */
  change: Message | undefined;
}

const ROLES: Readonly<Record<string, string>> = {
  preCandidate: 'StatePreCandidate',
  candidate: 'StateCandidate',
  leader: 'StateLeader',
  transferring: 'StateLeader',
};

/** What the published implementation calls our messages. */
const TYPES: Readonly<Record<string, string>> = {
  MsgApp: 'AppendEntries',
  MsgHeartbeat: 'Heartbeat',
  MsgSnap: 'InstallSnapshot',
  MsgVote: 'RequestVote',
  MsgPreVote: 'PreVote',
};

/** How a group of servers is run: by which knobs, whether writes end in a thread of their own, and how many ticks the shortest election timeout has. */
export interface GroupOptions {
  readonly knobs: Partial<ConsensusKnobs>;
  readonly isAsynchronous: boolean;
  readonly electionTicks: number;
}

/**
 * A group of our own Raft servers that does what a script says and nothing else: no message moves, no disk write ends and no clock runs by itself. A server's messages
 * leave it, and its writes end, when the script lets it handle them (`process-ready`), as in the published implementation.
 */
export class Group {
  readonly servers = new Map<string, Server>();
  readonly #network: Letter[] = [];
  readonly #behavior = compiledBehavior('server', serverChart);
  readonly #settings: Settings;
  readonly #options: GroupOptions;
  #proposals = 0;
  /** Who was asked for another group since a majority of all servers, it among them, last came to rest. */
  #changing = '';

  constructor(options: GroupOptions) {
    this.#options = options;
    const settings = settingsOf({ ...DEFAULTS, servers: 7, ...options.knobs });
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
        disk,
        writes: [],
        appending: [],
        unsent: [],
        ticks: 0,
        timeoutTicks: this.#options.electionTicks,
        toldCommit: index,
        snapshotTo: new Set(),
        change: undefined,
      };
      this.servers.set(id, server);
      this.#react(server, { type: 'process.restarted' });
      // Who promised a leader silence before it was restarted has kept it.
      server.clockUs += this.#settings.electionUs[1];
    }
  }

  /** It stands for election: it has heard no leader for an election timeout of its own clock. Where nobody asks a clock, every clock has moved on. */
  campaign(id: string): void {
    const late = this.#settings.checkQuorum ? [this.of(id)] : [...this.servers.values()];
    for (const server of late) server.clockUs += this.#settings.electionUs[1];
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
    this.#changing = id;
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

  /** So many ticks pass on a server's clock; on that of a leader, a heartbeat is due. The election timer of the others rings when it is time. */
  pass(id: string, ticks: number): void {
    const server = this.of(id);
    const us = (ticks * this.#settings.electionMinUs) / this.#options.electionTicks;
    if (ROLES[server.snapshot.state] === 'StateLeader') {
      this.beat(id, us);
      return;
    }
    server.clockUs += us;
    server.ticks += ticks;
    if (server.ticks >= server.timeoutTicks) this.#react(server, { type: 'timer.election' });
  }

  /** An election timeout, the shortest there is, passes on a server's clock. */
  passElection(id: string): void {
    this.pass(id, this.#options.electionTicks);
  }

  /** Puts the log up to an index away. */
  compact(id: string, index: number): void {
    const server = this.of(id);
    const { durable, volatile } = contextOf(server);
    const { term, votedFor, log } = durable;
    const snapshot = snapshotAt(contextOf(server), index);
    const next: Durable = { term, votedFor, snapshot, log: log.filter((entry) => entry.index > index) };
    server.disk = next;
    remember(server, { durable: next, volatile });
  }

  /** Takes the leader out of the memory of a server that follows, as a restart would. */
  forgetLeader(id: string): void {
    const server = this.of(id);
    if (ROLES[server.snapshot.state] !== undefined) return;
    const { durable, volatile } = contextOf(server);
    remember(server, { durable, volatile: { ...volatile, leader: '', heardUs: null } });
  }

  /** Has a leader that streams entries to a server find out first what that has. */
  probe(id: string, target: string): void {
    const server = this.of(id);
    const { durable, volatile } = contextOf(server);
    const progress = volatile.office!.progress.map((one): Progress => {
      return one.server === target && one.pace === 'stream' ? { ...one, pace: 'probe', next: one.match + 1 } : one;
    });
    remember(server, { durable, volatile: { ...volatile, office: { ...volatile.office!, progress } } });
  }

  /** Sends what a leader has applied to a server, behind the leader's back. */
  sendSnapshot(from: string, to: string): void {
    const context = contextOf(this.of(from));
    const snapshot = snapshotAt(context, context.volatile.commit);
    const message = { type: 'InstallSnapshot', term: context.durable.term, snapshot, round: 0, sentUs: 0 };
    this.#network.push({ from, to, message });
  }

  /**
   * Messages leave, and writes that were under way are on disk, or with the thread that appends. A leader that has committed more tells the others: ours does so with its heartbeats.
   * Says whether there was anything to do.
   */
  handle(id: string): boolean {
    const server = this.of(id);
    if (this.#hasNews(server)) this.beat(id, 0);
    const writes = server.writes.splice(0);
    if (writes.length > 0) server.appending.push(writes);
    if (!this.#options.isAsynchronous) this.#end(server);
    return this.#post(server.unsent.splice(0)) || writes.length > 0;
  }

  /** What waits longest for the thread that appends is on disk, and what waited for that leaves. Says whether there was anything. */
  append(id: string): boolean {
    const server = this.of(id);
    const before = server.unsent.length;
    const hasEnded = this.#end(server);
    this.#post(server.unsent.splice(before));
    return hasEnded;
  }

  /** Messages for a server, of one type if that is said, arrive, or are lost. Says whether there were any. */
  deliver(id: string, { isLost = false, type = '' } = {}): boolean {
    const isMeant = ({ to, message }: Letter): boolean => to === id && (type === '' || message.type === TYPES[type]);
    const letters = this.#network.filter(isMeant);
    this.#network.splice(0, Number.POSITIVE_INFINITY, ...this.#network.filter((letter) => !isMeant(letter)));
    if (!isLost) for (const { from, message } of letters) this.#react(this.of(id), message as ProcessEvent, from);
    return letters.length > 0;
  }

  /** These servers go on until none of them has anything to do. */
  stabilize(ids: readonly string[]): void {
    for (let rounds = 0; rounds < 200; rounds++) {
      const handled = ids.filter((id) => this.handle(id)).length;
      const delivered = ids.filter((id) => this.deliver(id)).length;
      const appended = ids.filter((id) => this.append(id)).length;
      if (handled + delivered + appended > 0) continue;
      if (ids.includes(this.#changing) && 2 * ids.length > this.servers.size) this.#changing = '';
      return;
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
      votes: volatile.place === 'voter',
    };
  }

  /** The log of a server after its snapshot, as the published implementation prints entries. */
  log(id: string): readonly string[] {
    return contextOf(this.of(id)).durable.log.map(entryLine);
  }

  /** The same, of what is on its disk. */
  diskLog(id: string): readonly string[] {
    return this.of(id).disk.log.map(entryLine);
  }

  /** Whether a change of the group is under way, here or there: asked for, in the log of a leader and not committed, or perhaps not applied. */
  isChanging(): boolean {
    const isUnderWay = ({ change, snapshot }: Server): boolean => {
      const { office, membersIndex, commit } = (snapshot.context as ServerContext).volatile;
      return change !== undefined || (office !== null && membersIndex > commit);
    };
    return this.#changing !== '' || [...this.servers.values()].some(isUnderWay);
  }

  /** The group that a server goes by. */
  membersOf(id: string): Members {
    return contextOf(this.of(id)).volatile.members;
  }

  /** What a leader knows of the others, and of itself: how it sends to each, and up to where that has its entries. */
  progress(id: string): Readonly<Record<string, string>> {
    const { snapshotTo } = this.of(id);
    return Object.fromEntries(
      contextOf(this.of(id)).volatile.office!.progress.map(({ server, match, pace }) => {
        const isSnapshot = pace === 'wait' && snapshotTo.has(server);
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

  /** The writes that wait longest are on disk. Says whether there were any. */
  #end(server: Server): boolean {
    const writes = server.appending.shift();
    if (writes === undefined) return false;
    for (const { token, durable } of writes) {
      server.disk = durable;
      this.#react(server, { type: 'disk.persisted', token } as ProcessEvent);
    }
    this.#ask(server);
    return true;
  }

  /** Says whether there was anything to post. */
  #post(letters: readonly Letter[]): boolean {
    this.#network.push(...letters.filter(({ to }) => this.servers.has(to)));
    return letters.length > 0;
  }

  #react(server: Server, event: ProcessEvent, from = ''): void {
    const { id } = server;
    const environment: Environment = { self: id, host: id, from, clockUs: server.clockUs };
    const output: { effects: readonly Effect[] } = { effects: [] };
    const isIgnored =
      event.type === 'PreVote' && ignoresCandidates(contextOf(server), event as unknown as VoteRequest, environment);
    server.snapshot = this.#behavior.react(server.snapshot, event, environment, output);
    for (const effect of output.effects) {
      if (effect.type === 'timer.set' && effect.name === 'election') server.ticks = 0;
      if (effect.type === 'disk.persist') {
        server.writes.push({ token: effect.token, durable: contextOf(server).durable });
      }
      if (effect.type === 'send') {
        // Who hears a leader refuses a pre-vote here and says nothing there, where the candidate goes on waiting: that refusal is lost.
        const { granted } = effect.message;
        if (!(isIgnored && granted === false)) this.#send(server, effect);
      }
    }
  }

  #send(server: Server, { to, message }: Extract<Effect, { type: 'send' }>): void {
    server.unsent.push({ from: server.id, to, message });
    if (message.type === 'InstallSnapshot') server.snapshotTo.add(to);
    if (message.type === 'AppendEntries') server.snapshotTo.delete(to);
  }
}

/** What a server has applied up to an index, as a snapshot. */
function snapshotAt({ durable, volatile }: ServerContext, index: number): LogSnapshot {
  return { index, term: termAt(durable, index), members: membersAt(durable, index).members, machine: volatile.machine };
}

/** Gives a server another memory. */
function remember(server: Server, context: ServerContext): void {
  server.snapshot = { ...server.snapshot, context } as Snapshot;
}

const contextOf = (server: Server): ServerContext => server.snapshot.context as ServerContext;

/** A group of voters and learners, or nobody. */
export const members = (voters: readonly string[], learners: readonly string[]): Members => ({
  ...groupOf(voters),
  learners,
});
