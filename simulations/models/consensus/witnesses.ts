import type { RunRecord } from '../../kernel/view.ts';
import type { Hazard } from '../model.ts';
import type { LogChanged } from './history.ts';
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

/** Whether a server crashed within the shortest election timeout after it had given its vote. */
function crashAfterVote(run: RunRecord, knobs: ConsensusKnobs): boolean {
  const windowUs = knobs.electionMin;
  return crashes(run).some(({ host, atUs }) =>
    run.notes.some(
      (note) => note.name === 'vote.granted' && note.host === host && note.atUs <= atUs && atUs - note.atUs <= windowUs,
    ),
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
    check: crashAfterVote,
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
