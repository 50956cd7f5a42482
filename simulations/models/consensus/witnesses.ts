import type { RunRecord } from '../../kernel/view.ts';
import type { Hazard } from '../model.ts';
import { type EntryApplied, type LogChanged, operationVersion } from './history.ts';
import type { ConsensusKnobs } from './knobs.ts';
import { notesNamed } from './occurrences.ts';

/** The cuts of a run that had the leader of the moment on the smaller side of the servers, and operations begun by clients on both sides. */
function leaderIsolated(run: RunRecord): boolean {
  return run.faults.some(({ fault, sides, sinceUs, untilUs }) => {
    if (fault.action.do !== 'cut' || sides.length < 2) return false;
    const leader = leaderAt(run, sinceUs);
    const servers = sides.map((side) => side.filter((host) => /^r\d+$/.test(host)));
    const own = servers.findIndex((side) => leader !== undefined && side.includes(leader));
    if (own < 0 || servers.some((side, at) => at !== own && side.length <= servers[own]!.length)) return false;
    const tried = new Set(
      run.operations
        .filter(({ invokedAt }) => invokedAt >= sinceUs && invokedAt <= untilUs)
        .map(({ client }) => sides.findIndex((side) => side.includes(client))),
    );
    return tried.has(own) && [...tried].some((at) => at >= 0 && at !== own);
  });
}

/** Who had been elected last before an instant. */
function leaderAt({ notes }: RunRecord, atUs: number): string | undefined {
  let leader: string | undefined;
  for (const note of notes) if (note.name === 'leader.elected' && note.atUs <= atUs) leader = note.host;
  return leader;
}

/** When each host crashed. */
function crashes({ faults }: RunRecord): readonly { readonly host: string; readonly atUs: number }[] {
  return faults.flatMap(({ fault, sides, sinceUs }) =>
    fault.action.do === 'crash' ? (sides[0] ?? []).map((host) => ({ host, atUs: sinceUs })) : [],
  );
}

/** Whether a server crashed within the shortest election timeout after a note of that name. */
function crashAfter(name: string): (run: RunRecord, knobs: ConsensusKnobs) => boolean {
  return (run, { electionMin: windowUs }) =>
    crashes(run).some(({ host, atUs }) =>
      run.notes.some(
        (note) => note.name === name && note.host === host && note.atUs <= atUs && atUs - note.atUs <= windowUs,
      ),
    );
}

/** Whether a slot was chosen that could not be applied, because one before it was not chosen. */
function gapLeft({ notes }: RunRecord): boolean {
  // Only Paxos has slots.
  if (!notes.some(({ name }) => name === 'slot.chosen')) return false;
  const applied = new Set(
    notes.flatMap(({ name, step, data }) =>
      name === 'entry.applied' ? [`${step} ${(data as EntryApplied).index}`] : [],
    ),
  );
  return notes.some(
    ({ name, step, data }) => name === 'slot.chosen' && !applied.has(`${step} ${(data as EntryApplied).index}`),
  );
}

/** Whether a majority of the servers crashed within one write-back of entries that they had appended. */
function majorityCrashed(run: RunRecord, knobs: ConsensusKnobs): boolean {
  const windowUs = knobs.flushEvery;
  const lost = new Set(
    crashes(run)
      .filter(({ host, atUs }) =>
        run.notes.some(
          (note) =>
            note.name === 'log.appended' && note.host === host && note.atUs <= atUs && atUs - note.atUs <= windowUs,
        ),
      )
      .map(({ host }) => host),
  );
  return lost.size > knobs.servers / 2;
}

/** Whether a client read a key after a write to it was acknowledged and before some server had applied that write. */
function followerBehind({ operations, notes }: RunRecord): boolean {
  const reads = operations.filter(({ f }) => f === 'read');
  const lastAppliedUs = new Map<number, number>();
  for (const { name, atUs, data } of notes) {
    if (name === 'entry.applied') lastAppliedUs.set((data as EntryApplied).index, atUs);
  }
  return operations.some((write) => {
    if (write.f === 'read' || write.outcome !== 'ok') return false;
    const lastUs = lastAppliedUs.get(operationVersion(write)?.index ?? -1) ?? 0;
    return reads.some(({ key, invokedAt }) => key === write.key && invokedAt > write.completedAt && invokedAt < lastUs);
  });
}

/** Whether a leader crashed when something that it had sent out was in the logs of some of the others and not of all. */
function historyAhead(run: RunRecord, { servers }: ConsensusKnobs): boolean {
  return crashes(run).some(({ host, atUs }) =>
    run.notes.some((sent) => {
      if (sent.name !== 'transaction.broadcast' || sent.host !== host || sent.atUs > atUs) return false;
      const { index } = sent.data as EntryApplied;
      const holders = run.notes.filter(({ name, host: other, atUs: when, data }) => {
        const { from, to } = data as LogChanged;
        return name === 'log.appended' && other !== host && when <= atUs && from <= index && index <= to;
      });
      return holders.length > 0 && holders.length < servers - 1;
    }),
  );
}

const changed = ({ messages }: RunRecord): boolean => (messages.ChangeMembers?.sent ?? 0) > 0;

/** Hazards that scenarios name. */
export const witnesses: Readonly<Record<string, Hazard<ConsensusKnobs>>> = {
  'leader-isolated': {
    title: 'a cut put the leader into the minority, and operations were attempted on both sides',
    check: leaderIsolated,
  },
  'majority-crashed': {
    title: 'a majority of the servers crashed soon after entries had reached them',
    check: majorityCrashed,
  },
  'crash-after-vote': {
    title: 'a server crashed soon after giving its vote',
    check: crashAfter('vote.granted'),
  },
  'crash-after-promise': {
    title: 'an acceptor crashed soon after it had promised a ballot',
    check: crashAfter('promise.given'),
  },
  'crash-after-consent': {
    title: 'a server crashed soon after it had agreed to an epoch',
    check: crashAfter('epoch.accepted'),
  },
  'follower-behind': {
    title: 'a key was read after a write to it was acknowledged, while a server had not applied that write',
    check: followerBehind,
  },
  'history-ahead': {
    title: 'a leader crashed when some of the others had its last proposal and some had not',
    check: historyAhead,
  },
  'gap-left': {
    title: 'a slot was chosen while one before it was not',
    check: gapLeft,
  },
  'entry-overwritten': {
    title: "a follower's entries were overwritten by another leader's",
    check: (run) => notesNamed<LogChanged>(run, 'log.truncated').length > 0,
  },
  'members-changed': { title: 'the group was asked to change', check: changed },
  'members-changed-under-cut': {
    title: 'the group was asked to change while a cut lasted',
    check: (run) =>
      changed(run) &&
      run.faults.some(({ fault, sinceUs, untilUs }) => {
        if (fault.action.do !== 'cut') return false;
        return run.notes.some(({ name, atUs }) => name === 'log.appended' && atUs >= sinceUs && atUs <= untilUs);
      }),
  },
  'clocks-apart': {
    title: 'clocks ran at different rates while a leader answered reads by its lease',
    check: (run) =>
      run.faults.some(({ fault }) => fault.action.do === 'clock' && fault.action.driftPpm !== 0) &&
      notesNamed<{ readonly by: string }>(run, 'read.served').some(({ by }) => by === 'lease'),
  },
  'answer-lost': {
    title: 'an acknowledgement to a client was lost, so that it repeated its request',
    check: ({ messages }) => (messages.WriteReply?.lost ?? 0) > 0,
  },
  'snapshot-installed': {
    title: 'a server was brought up to date with a snapshot',
    check: (run) => notesNamed(run, 'snapshot.installed').length > 0,
  },
};
