import type { Operation } from '../../kernel/history.ts';
import type { RunRecord } from '../../kernel/view.ts';
import type { Metric } from '../model.ts';
import {
  judgeReads,
  type LeaderActive,
  type LeaderSuspected,
  lostWrites,
  type WalAppended,
  type WalApplied,
  type WalRewound,
} from './history.ts';

/** What the run measured: latencies, lag, what a failover cost in entries and in time. Figures without anything to measure are left out. */
export function metrics(run: RunRecord): readonly Metric[] {
  const { operations } = run;
  const writes = operations.filter(({ f }) => f === 'write');
  const reads = operations.filter(({ f }) => f === 'read');
  const answered = operations.filter(({ outcome }) => outcome === 'ok').length;
  const judged = judgeReads(operations);
  const stale = judged.filter(({ behind }) => behind > 0).length;
  const sent = (type: string): number => run.messages[type]?.sent ?? 0;
  return [
    ...spread('commit', 'Commit latency', latencies(writes)),
    ...spread('read', 'Read latency', latencies(reads)),
    ...spread('lag', 'Replication lag', lags(run)),
    { id: 'rpo', title: 'Acknowledged writes lost', unit: 'count', value: lostWrites(run).length },
    ...longest('rto', 'Failover, from the last heartbeat to the next leader', outages(run)),
    ...ratio('stale-reads', 'Stale reads', stale, judged.length),
    ...spread('token-wait', 'Wait for a token', waits(run)),
    { id: 'tokens-lost', title: 'Reads refused because their token was lost', unit: 'count', value: failed(reads) },
    ...ratio('availability', 'Operations answered', answered, operations.length),
    ...(writes.length === 0
      ? []
      : [
          {
            id: 'messages-per-write',
            title: 'Messages of replication per write',
            unit: 'count',
            value: (sent('Append') + sent('AppendAck')) / writes.length,
          } as const,
        ]),
  ];
}

const failed = (operations: readonly Operation[]): number =>
  operations.filter(({ outcome }) => outcome === 'fail').length;

function latencies(operations: readonly Operation[]): readonly number[] {
  return operations
    .filter(({ outcome }) => outcome === 'ok')
    .map(({ invokedAt, completedAt }) => completedAt - invokedAt);
}

/** For each entry and follower: the time from the leader's append to when reads on the follower can see it. */
function lags({ notes }: Pick<RunRecord, 'notes'>): readonly number[] {
  const bornUs: number[] = [];
  const reached = new Map<string, number>();
  const found: number[] = [];
  for (const { name, data, atUs, host } of notes) {
    if (name === 'wal.appended') {
      const { from, to, leads } = data as WalAppended;
      if (leads) for (let lsn = from; lsn <= to; lsn++) bornUs[lsn] = atUs;
    } else if (name === 'wal.rewound') reached.set(host, (data as WalRewound).to);
    else if (name === 'wal.applied') {
      const { lsn } = data as WalApplied;
      for (let at = (reached.get(host) ?? 0) + 1; at <= lsn; at++) {
        if (bornUs[at] !== undefined) found.push(atUs - bornUs[at]!);
      }
      reached.set(host, Math.max(lsn, reached.get(host) ?? 0));
    }
  }
  return found;
}

/** For each failover: the time from the last heartbeat that the monitor heard to the first moment at which another leader serves. */
function outages({ notes }: Pick<RunRecord, 'notes'>): readonly number[] {
  let heardUs: number | undefined;
  let epoch = 1;
  const found: number[] = [];
  for (const { name, data, atUs } of notes) {
    if (name === 'leader.suspected') heardUs ??= (data as LeaderSuspected).heardUs;
    else if (name === 'leader.active' && (data as LeaderActive).epoch > epoch) {
      epoch = (data as LeaderActive).epoch;
      if (heardUs !== undefined) found.push(Math.max(0, atUs - heardUs));
      heardUs = undefined;
    }
  }
  return found;
}

function waits({ notes }: RunRecord): readonly number[] {
  return notes
    .filter(({ name }) => name === 'read.waited')
    .map(({ data }) => (data as { readonly waitedUs: number }).waitedUs);
}

/** The value at a share of a list that rises: the nearest rank, rounded up. */
function quantile(rising: readonly number[], share: number): number {
  return rising[Math.min(rising.length - 1, Math.max(0, Math.ceil(share * rising.length) - 1))]!;
}

function spread(id: string, title: string, values: readonly number[]): readonly Metric[] {
  if (values.length === 0) return [];
  const rising = [...values].sort((a, b) => a - b);
  return [
    { id: `${id}-p50`, title: `${title}, median`, unit: 'us', value: quantile(rising, 0.5) },
    { id: `${id}-p99`, title: `${title}, 99 %`, unit: 'us', value: quantile(rising, 0.99) },
  ];
}

function longest(id: string, title: string, values: readonly number[]): readonly Metric[] {
  return values.length === 0 ? [] : [{ id, title, unit: 'us', value: Math.max(...values) }];
}

function ratio(id: string, title: string, part: number, whole: number): readonly Metric[] {
  return whole === 0 ? [] : [{ id, title, unit: 'ratio', value: part / whole }];
}
