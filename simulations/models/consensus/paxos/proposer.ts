import type { Effect, Environment } from '../../../kernel/behavior.ts';
import { electionTimer, note, send } from '../effects.ts';
import type { Entry, StoreSnapshot } from '../messages.ts';
import type { Asked } from '../requests.ts';
import { applyNext, installSnapshot } from './learner.ts';
import type { Accepted, Heartbeat, Nack, Promised } from './messages.ts';
import { settleReads } from './reads.ts';
import {
  type Doing,
  inOffice,
  isQuorum,
  nextBallot,
  type Office,
  type PaxosContext,
  type PaxosStep,
  type PaxosToken,
  type Proposal,
  recalling,
  sync,
} from './state.ts';

/** Nobody leads, as far as this server knows: it tries a ballot above all that it has heard of, and has that on disk before it asks. */
export function openBallot(context: PaxosContext, _event: unknown, environment: Environment): PaxosStep {
  const { durable, volatile } = context;
  const { settings, seen } = volatile;
  const ballot = nextBallot(Math.max(durable.promised, seen), environment.host, settings);
  const office: Office = {
    ballot,
    promised: [],
    found: [],
    snapshot: null,
    next: 0,
    barrier: 0,
    proposals: [],
    waiting: [],
    peers: [],
    round: 0,
    reads: [],
  };
  const effects: Effect[] = [electionTimer(volatile), note('election.began', { term: ballot, word: 'ballot' })];
  const { snapshot, log } = durable;
  const next: PaxosContext = {
    durable: { promised: ballot, snapshot, log },
    volatile: recalling(volatile, { office, leader: '', seen: ballot }),
  };
  const promising = sync(next, effects, { opens: true });
  return { context: promising, effects: settings.fsync ? effects : [...effects, ...prepares(promising)] };
}

/** Phase 1a, to every acceptor that has not promised yet: one question for all slots from the first that is not known to be chosen. */
function prepares({ volatile }: PaxosContext): readonly Effect[] {
  const { settings, office, commit } = volatile;
  const { ballot, promised } = office!;
  const waited = settings.servers.filter((server) => !promised.includes(server));
  return waited.map((server) => send(server, { type: 'Prepare', ballot, from: commit + 1 }));
}

type Persisted = { readonly type: 'disk.persisted'; readonly token: PaxosToken };

/** The own ballot is on disk: now the others may hear of it. */
export function askPromises(context: PaxosContext, { token }: Persisted): PaxosStep {
  const isOwn = token.opens && token.ballot === context.volatile.office!.ballot;
  return isOwn ? { effects: prepares(context) } : {};
}

/** No quorum has answered: asks again those who have not. */
export function askAgain(context: PaxosContext): PaxosStep {
  const { volatile, durable } = context;
  const isOpen = volatile.syncedBallot >= durable.promised;
  return { effects: [electionTimer(volatile), ...(isOpen ? prepares(context) : [])] };
}

/** The proposals found, by slot; of two for one slot the one of the higher ballot counts. */
function merged(found: readonly Entry[], accepted: readonly Entry[]): readonly Entry[] {
  if (accepted.length === 0) return found;
  const best = found.slice();
  for (const entry of accepted) {
    const at = best.findIndex(({ index }) => index === entry.index);
    if (at < 0) best.push(entry);
    else if (best[at]!.term < entry.term) best[at] = entry;
  }
  return best;
}

function longer(one: StoreSnapshot | null, other: StoreSnapshot | null): StoreSnapshot | null {
  if (one === null || other === null) return one ?? other;
  return one.index >= other.index ? one : other;
}

/** Phase 1b has arrived from an acceptor. */
export function countPromise(context: PaxosContext, event: Promised, { from }: Environment): PaxosStep {
  const { ballot, promised, found, snapshot } = context.volatile.office!;
  if (event.ballot !== ballot || promised.includes(from)) return {};
  const change = {
    promised: [...promised, from],
    found: merged(found, event.accepted),
    snapshot: longer(snapshot, event.snapshot),
  };
  return { context: inOffice(context, change) };
}

/** Whether a quorum of acceptors has promised. */
export function hasPromises({ volatile }: PaxosContext): boolean {
  return isQuorum(volatile.office!.promised.length, volatile.settings);
}

/**
 * Phase 1 is over for all slots at once: from here on a command takes phase 2 alone. What a quorum had accepted must be proposed again, since it may be chosen; slots
 * between for which nobody had anything get a no-op (Paxos Made Simple, section 3). The planted mistake forgets that and begins with its own commands.
 */
export function takeOffice(context: PaxosContext, _event: unknown, environment: Environment): PaxosStep {
  const { settings, office } = context.volatile;
  const { host, clockUs } = environment;
  const { ballot, promised, found, snapshot } = office!;
  const effects: Effect[] = [
    note('leader.elected', { term: ballot, votes: promised, word: 'ballot' }),
    { type: 'timer.cancel', name: 'election' },
    { type: 'timer.set', name: 'heartbeat', delayUs: settings.heartbeatUs },
  ];
  const doing: Doing = { environment, effects };
  const known = snapshot === null ? context : installSnapshot(context, snapshot, effects);
  const first = known.volatile.commit + 1;
  const adopted = settings.adoptAccepted ? found.filter(({ index }) => index >= first) : [];
  const last = adopted.reduce((most, { index }) => Math.max(most, index), first - 1);
  const peers = settings.servers.filter((server) => server !== host);
  let next = inOffice(known, {
    next: first,
    barrier: last,
    found: [],
    peers: peers.map((server) => ({ server, round: 0, heardUs: clockUs })),
  });
  const led = { durable: next.durable, volatile: recalling(next.volatile, { leader: host }) };
  next = led;
  for (let index = first; index <= last; index++) {
    const old = adopted.find((entry) => entry.index === index);
    if (old === undefined) effects.push(note('gap.filled', { index, term: ballot }));
    next = proposeNext(next, old ?? NO_OP, doing);
  }
  return { context: next, effects };
}

const NO_OP: Asked = { client: '', sequence: 0, command: { kind: 'noop' } };

/** Phase 2a for the next free slot, to every acceptor. */
function proposeNext(context: PaxosContext, { client, sequence, command }: Asked, doing: Doing): PaxosContext {
  const { settings, office, commit } = context.volatile;
  const { ballot, next: index, proposals } = office!;
  const entry: Entry = { index, term: ballot, client, sequence, command };
  for (const server of settings.servers) doing.effects.push(send(server, { type: 'Accept', ballot, entry, commit }));
  const { clockUs: sentUs } = doing.environment;
  return inOffice(context, {
    next: index + 1,
    proposals: [...proposals, { entry, accepted: [], chosen: false, sentUs }],
  });
}

/** A command of a client: into the next slot, or into the queue while the window is full. */
export function propose(context: PaxosContext, waiting: Asked, doing: Doing): PaxosContext {
  const { settings, office } = context.volatile;
  if (office!.proposals.length < settings.window) return proposeNext(context, waiting, doing);
  return inOffice(context, { waiting: [...office!.waiting, waiting] });
}

/** Phase 2b has arrived from an acceptor: with a quorum of them the value of the slot is chosen, whether earlier slots are or not. */
export function countAccepted(context: PaxosContext, event: Accepted, environment: Environment): PaxosStep {
  const { settings, office, commit } = context.volatile;
  const { ballot, proposals } = office!;
  const at = event.index - commit - 1;
  const before = proposals[at];
  const { from } = environment;
  if (event.ballot !== ballot || before === undefined || before.accepted.includes(from)) return {};
  const accepted = [...before.accepted, from];
  const chosen = before.chosen || isQuorum(accepted.length, settings);
  const changed = proposals.slice();
  changed[at] = { entry: before.entry, accepted, chosen, sentUs: before.sentUs };
  const counted = inOffice(context, { proposals: changed });
  if (!chosen || before.chosen) return { context: counted };
  const { index, client, sequence, command } = before.entry;
  const doing: Doing = {
    environment,
    effects: [note('slot.chosen', { index, term: ballot, client, sequence, kind: command.kind })],
  };
  return { context: settleReads(advance(counted, doing), doing), effects: doing.effects };
}

/** Applies what is chosen without a gap before it, answers the clients, and uses the room that this makes in the window. */
function advance(context: PaxosContext, doing: Doing): PaxosContext {
  let next = context;
  let { proposals } = context.volatile.office!;
  while (proposals[0]?.chosen === true) {
    next = applyNext(next, proposals[0].entry, { effects: doing.effects, answers: true });
    proposals = proposals.slice(1);
  }
  next = inOffice(next, { proposals });
  while (next.volatile.office!.proposals.length < next.volatile.settings.window) {
    const [first, ...waiting] = next.volatile.office!.waiting;
    if (first === undefined) break;
    next = proposeNext(inOffice(next, { waiting }), first, doing);
  }
  return next;
}

/** Tells the others that the leader is there, and how far slots are chosen. Begins a new round. */
export function heartbeatAll(context: PaxosContext, { effects }: Doing): PaxosContext {
  const { office, commit } = context.volatile;
  const { ballot, peers } = office!;
  const round = office!.round + 1;
  const message: Heartbeat = { type: 'Heartbeat', ballot, commit, round };
  for (const { server } of peers) effects.push(send(server, message));
  return inOffice(context, { round });
}

/** The heartbeat timer rang. Proposals that a whole interval has not got chosen are sent again to those who have not answered. */
export function beat(context: PaxosContext, _event: unknown, environment: Environment): PaxosStep {
  const { settings, commit } = context.volatile;
  const { clockUs } = environment;
  const effects: Effect[] = [{ type: 'timer.set', name: 'heartbeat', delayUs: settings.heartbeatUs }];
  const next = heartbeatAll(context, { environment, effects });
  const { ballot, proposals } = next.volatile.office!;
  const isLate = ({ chosen, sentUs }: Proposal): boolean => !chosen && clockUs - sentUs >= settings.heartbeatUs;
  if (!proposals.some(isLate)) return { context: next, effects };
  const resent = proposals.map((proposal): Proposal => {
    if (!isLate(proposal)) return proposal;
    const { entry, accepted, chosen } = proposal;
    for (const server of settings.servers) {
      if (!accepted.includes(server)) effects.push(send(server, { type: 'Accept', ballot, entry, commit }));
    }
    return { entry, accepted, chosen, sentUs: clockUs };
  });
  return { context: inOffice(next, { proposals: resent }), effects };
}

/** Somebody has a higher ballot, or no quorum answers: it proposes no more. What it has proposed may be chosen all the same. */
export function leaveOffice({ durable, volatile }: PaxosContext, event: unknown): PaxosStep {
  const { type, promised } = event as Partial<Nack> & { readonly type: string };
  const seen = type === 'Nack' ? Math.max(volatile.seen, promised!) : volatile.seen;
  return {
    context: { durable, volatile: recalling(volatile, { office: null, leader: '', seen }) },
    effects: [{ type: 'timer.cancel', name: 'heartbeat' }, electionTimer(volatile)],
  };
}
