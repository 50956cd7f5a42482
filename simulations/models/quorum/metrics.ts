import type { Operation } from '../../kernel/history.ts';
import type { RunRecord } from '../../kernel/view.ts';
import type { Metric } from '../model.ts';
import { diskOf, judgeReads } from './history.ts';
import { quantile } from './pbs.ts';

const REPAIRS = [
  'Repair',
  'RepairAck',
  'Hint',
  'HintAck',
  'HintReplay',
  'HintReplayAck',
  'MerkleRoot',
  'MerkleRange',
  'MerkleStream',
];

/** What the run measured: latencies, staleness, messages, availability. Figures without anything to measure are left out. */
export function metrics(run: RunRecord): readonly Metric[] {
  const reads = run.operations.filter(({ f }) => f === 'read');
  const writes = run.operations.filter(({ f }) => f !== 'read');
  const ended = run.operations.filter(({ invokedAt, outcome }) => outcome === 'ok' || invokedAt < run.endUs);
  const answered = run.operations.filter(({ outcome }) => outcome === 'ok').length;
  const sent = (...types: readonly string[]): number =>
    types.reduce((sum, type) => sum + (run.messages[type]?.sent ?? 0), 0);
  return [
    ...latencies('read', 'Read', reads),
    ...latencies('write', 'Write', writes),
    ...ratio('availability', 'Operations answered', 'ratio', answered, ended.length),
    ...staleness(run.operations),
    ...ratio(
      'messages-per-read',
      'Messages per read',
      'count',
      sent('RRead', 'RResp', 'Repair', 'RepairAck'),
      reads.length,
    ),
    ...ratio(
      'messages-per-write',
      'Messages per write',
      'count',
      sent('RWrite', 'RAck', 'Hint', 'HintAck'),
      writes.length,
    ),
    { id: 'repair-messages', title: 'Messages of repair', unit: 'count', value: sent(...REPAIRS) },
    { id: 'tombstones-left', title: 'Tombstones on disk at the end', unit: 'count', value: tombstonesLeft(run) },
  ];
}

function tombstonesLeft(run: RunRecord): number {
  const replicas = run.end.processes.filter(({ role }) => role === 'replica');
  const cells = replicas.flatMap(({ disk }) => Object.values(diskOf(disk).store).flat());
  return cells.filter(({ deleted }) => deleted).length;
}

function latencies(id: string, title: string, operations: readonly Operation[]): readonly Metric[] {
  const ok = operations.filter(({ outcome }) => outcome === 'ok');
  if (ok.length === 0) return [];
  const rising = new Float64Array(ok.length);
  for (let at = 0; at < ok.length; at++) rising[at] = ok[at]!.completedAt - ok[at]!.invokedAt;
  rising.sort();
  return [
    { id: `${id}-p50`, title: `${title} latency, median`, unit: 'us', value: quantile(rising, 0.5) },
    { id: `${id}-p99`, title: `${title} latency, 99 %`, unit: 'us', value: quantile(rising, 0.99) },
    { id: `${id}-p999`, title: `${title} latency, 99.9 %`, unit: 'us', value: quantile(rising, 0.999) },
  ];
}

function ratio(id: string, title: string, unit: 'ratio' | 'count', part: number, whole: number): readonly Metric[] {
  return whole === 0 ? [] : [{ id, title, unit, value: part / whole }];
}

function staleness(operations: readonly Operation[]): readonly Metric[] {
  const judged = judgeReads(operations, 0);
  const stale = judged.filter(({ behind }) => behind > 0).length;
  const behindMost = judged.reduce((most, { behind }) => Math.max(most, behind), 0);
  return [
    ...ratio('stale-reads', 'Stale reads', 'ratio', stale, judged.length),
    { id: 'versions-behind', title: 'Versions behind, at most', unit: 'count', value: behindMost },
  ];
}
