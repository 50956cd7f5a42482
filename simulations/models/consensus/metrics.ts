import type { Operation } from '../../kernel/history.ts';
import type { RunRecord } from '../../kernel/view.ts';
import type { Metric } from '../model.ts';
import { type EntryApplied, serversIn } from './history.ts';
import type { ConsensusKnobs } from './knobs.ts';
import { notesNamed } from './occurrences.ts';
import { sightOf } from './protocols.ts';
import { restartsOf } from './recovery.ts';
import { regionNames, regionOf } from './regions.ts';
import { settingsOf } from './topology.ts';

const REPLICATION = [
  ...['AppendEntries', 'AppendReply', 'InstallSnapshot', 'SnapshotReply'],
  ...['Accept', 'Accepted', 'LearnRequest', 'Learn'],
  ...['Propose', 'Ack', 'Commit', 'NewLeader', 'AckNewLeader'],
];
const HEARTBEATS = ['Heartbeat', 'HeartbeatReply', 'Ping', 'Pong'];
const ELECTION = [
  ...['PreVote', 'PreVoteReply', 'RequestVote', 'VoteReply', 'TimeoutNow'],
  ...['Prepare', 'Promise', 'Nack'],
  ...['Notification', 'CEpoch', 'NewEpoch', 'AckEpoch'],
];

/** What the run measured: latencies, leaderless time, elections, messages. Figures without anything to measure are left out. */
export function metrics(run: RunRecord, knobs: ConsensusKnobs): readonly Metric[] {
  const reads = run.operations.filter(({ f }) => f === 'read');
  const writes = run.operations.filter(({ f }) => f !== 'read');
  const answered = run.operations.filter(({ outcome }) => outcome !== 'info').length;
  const sent = (types: readonly string[]): number =>
    types.reduce((sum, type) => sum + (run.messages[type]?.sent ?? 0), 0);
  const committed = notesNamed<EntryApplied>(run, 'entry.applied').reduce(
    (most, { index }) => Math.max(most, index),
    0,
  );
  return [
    ...latencies('read', 'Read', reads),
    ...latencies('write', 'Write', writes),
    ...regionalMedians('read', 'Read', reads, knobs),
    ...regionalMedians('write', 'Write', writes, knobs),
    ...ratio('availability', 'Operations answered', 'ratio', answered, run.operations.length),
    ...availableInCut(run, knobs),
    { id: 'leaderless', title: 'Time without a leader', unit: 'us', value: leaderlessUs(run) },
    { id: 'elections', title: 'Elections begun', unit: 'count', value: notesNamed(run, 'election.began').length },
    { id: 'committed', title: 'Entries committed', unit: 'count', value: committed },
    ...ratio('messages-per-entry', 'Messages per committed entry', 'count', sent(REPLICATION), committed),
    { id: 'heartbeats', title: 'Heartbeats and their answers', unit: 'count', value: sent(HEARTBEATS) },
    { id: 'election-messages', title: 'Messages of elections', unit: 'count', value: sent(ELECTION) },
    { id: 'log-kept', title: 'Entries in the longest log at the end', unit: 'count', value: logKept(run) },
    ...recovery(run),
  ];
}

/** How long the slowest return from a crash took, and how much was carried out again at most. */
function recovery(run: RunRecord): readonly Metric[] {
  const restarts = restartsOf(run);
  if (restarts.length === 0) return [];
  const replayed = Math.max(...restarts.map((restart) => restart.replayed));
  const times = restarts.flatMap(({ catchUpUs }) => catchUpUs ?? []);
  return [
    { id: 'replayed-at-restart', title: 'Entries carried out again after a restart', unit: 'count', value: replayed },
    ...(times.length === 0
      ? []
      : [
          { id: 'catch-up', title: 'Time to catch up after a restart', unit: 'us', value: Math.max(...times) } as const,
        ]),
  ];
}

/** Of what clients tried during a cut on a side without a majority of the first group, what was answered. */
function availableInCut(run: RunRecord, knobs: ConsensusKnobs): readonly Metric[] {
  const { voters } = settingsOf(knobs);
  const small = run.faults.flatMap(({ fault, sides, sinceUs, untilUs }) =>
    fault.action.do === 'cut'
      ? sides
          .filter((side) => 2 * voters.filter((voter) => side.includes(voter)).length < voters.length)
          .map((side) => ({ side, sinceUs, untilUs }))
      : [],
  );
  const tried = run.operations.filter(({ client, invokedAt }) =>
    small.some(({ side, sinceUs, untilUs }) => side.includes(client) && invokedAt >= sinceUs && invokedAt < untilUs),
  );
  const answered = tried.filter(({ outcome }) => outcome !== 'info').length;
  return ratio('available-in-cut', 'Operations answered where a cut left no majority', 'ratio', answered, tried.length);
}

/** The median by the region of the client; none with one region. */
function regionalMedians(
  id: string,
  title: string,
  operations: readonly Operation[],
  { regions }: ConsensusKnobs,
): readonly Metric[] {
  if (regions === 1) return [];
  return regionNames(regions).flatMap((region) => {
    const own = operations.filter(({ client }) => regionOf(client, regions) === region);
    const median = latencies(id, title, own)[0];
    return median === undefined
      ? []
      : [{ ...median, id: `${median.id}-${region}`, title: `${median.title}, clients in ${region}` }];
  });
}

function logKept({ end }: RunRecord): number {
  return serversIn(end).reduce((most, process) => Math.max(most, sightOf(process).log.log.length), 0);
}

/** The time from the start, and from each crash of the leader, to the next election. */
function leaderlessUs(run: Pick<RunRecord, 'notes' | 'faults' | 'endUs'>): number {
  const elections = run.notes.filter(({ name }) => name === 'leader.elected');
  let total = 0;
  let leader: string | undefined;
  let sinceUs: number | undefined = 0;
  const moments = [
    ...elections.map(({ atUs, host }) => ({ atUs, host, elected: true })),
    ...run.faults.flatMap(({ fault, sides, sinceUs: atUs }) =>
      fault.action.do === 'crash' ? (sides[0] ?? []).map((host) => ({ atUs, host, elected: false })) : [],
    ),
  ].sort((a, b) => a.atUs - b.atUs);
  for (const { atUs, host, elected } of moments) {
    if (elected) {
      if (sinceUs !== undefined) total += atUs - sinceUs;
      [leader, sinceUs] = [host, undefined];
    } else if (host === leader && sinceUs === undefined) sinceUs = atUs;
  }
  return sinceUs === undefined ? total : total + run.endUs - sinceUs;
}

function latencies(id: string, title: string, operations: readonly Operation[]): readonly Metric[] {
  const ok = operations.filter(({ outcome }) => outcome === 'ok');
  if (ok.length === 0) return [];
  const rising = Float64Array.from(ok, ({ invokedAt, completedAt }) => completedAt - invokedAt).sort();
  const quantile = (share: number): number =>
    rising[Math.min(rising.length - 1, Math.max(0, Math.ceil(share * rising.length) - 1))]!;
  return [
    { id: `${id}-p50`, title: `${title} latency, median`, unit: 'us', value: quantile(0.5) },
    { id: `${id}-p99`, title: `${title} latency, 99 %`, unit: 'us', value: quantile(0.99) },
  ];
}

function ratio(id: string, title: string, unit: 'ratio' | 'count', part: number, whole: number): readonly Metric[] {
  return whole === 0 ? [] : [{ id, title, unit, value: part / whole }];
}
