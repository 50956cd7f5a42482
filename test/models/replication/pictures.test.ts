import { describe, expect, it } from 'vitest';
import { focusOn } from '../../../simulations/models/replication/focus.ts';
import { scene } from '../../../simulations/models/replication/scene.ts';
import type { LogMatrix } from '../../../simulations/models/scene.ts';
import { crash, MS, metric, runReplication, S } from './run-replication.ts';

describe('replication: the log matrix', () => {
  const run = runReplication({
    knobs: { lagMin: 200 * MS, lagMax: 300 * MS, suspectAfter: 300 * MS },
    workload: { clients: 2, keyPerWrite: true, operations: 60, mix: { read: 0, write: 1 } },
    faults: [crash('n1', 800 * MS, 1_500 * MS)],
    history: true,
  });
  const timeline = run.timeline!;
  const focus = focusOn(run.record.operations, 'x');

  /** The matrix after the step that made a note of that name. */
  function matrixAt(note: string): { readonly matrix: LogMatrix; readonly text: string } {
    const { step } = run.record.notes.find(({ name }) => name === note)!;
    const picture = scene(timeline.worldAt(step + 1), focus);
    return { matrix: picture.panels![0] as LogMatrix, text: picture.text };
  }

  it('strikes what the new leader does not have: the acknowledged writes that are lost, and those that were never acknowledged', () => {
    const { matrix, text } = matrixAt('leader.active');
    const old = matrix.lanes.find(({ host }) => host === 'n1')!;
    const doomed = old.cells.flatMap((cell) => (cell?.doomed ? [cell] : []));
    expect(doomed.every(({ epoch }) => epoch === 1)).toBe(true);
    const acknowledged = new Set(
      run.record.operations.filter(({ f, outcome }) => f === 'write' && outcome === 'ok').map(({ id }) => `w${id}`),
    );
    expect(doomed.filter(({ label }) => acknowledged.has(label)).length).toBe(metric(run, 'rpo'));
    expect(metric(run, 'rpo')).toBeGreaterThan(2);
    expect(text).toContain('what the leader does not have');
    expect(matrix.lanes.filter(({ leads }) => leads).map(({ host }) => host)).toEqual([
      run.record.notes.find(({ name }) => name === 'leader.active')!.host,
    ]);
  });

  it('shows cursors in their order: applied or committed, flushed, received', () => {
    for (let step = 0; step < timeline.length; step += 7) {
      for (const lane of (scene(timeline.worldAt(step), focus).panels![0] as LogMatrix).lanes) {
        const [received, flushed, applied] = lane.cursors.map(({ index }) => index);
        if (received === undefined) continue;
        expect(received).toBeGreaterThanOrEqual(flushed!);
        expect(flushed).toBeGreaterThanOrEqual(applied!);
      }
    }
  });

  it('has nothing to strike once the old leader has rewound', () => {
    const { matrix } = matrixAt('wal.rewound');
    expect(matrix.lanes.flatMap(({ cells }) => cells.filter((cell) => cell?.doomed))).toEqual([]);
  });
});

describe('replication: the gauge', () => {
  it('counts the acknowledgements of the oldest entry that waits, and is gone when there is none', () => {
    const run = runReplication({
      knobs: { mode: 'sync', lagMin: 20 * MS, lagMax: 80 * MS },
      workload: { clients: 1, operations: 6, mix: { read: 0, write: 1 } },
      history: true,
      durationUs: 2 * S,
    });
    const focus = focusOn(run.record.operations, 'x');
    const timeline = run.timeline!;
    const seen = new Set<string>();
    for (let step = 0; step <= timeline.length; step++) {
      const picture = scene(timeline.worldAt(step), focus);
      const gauge = picture.nodes.find(({ host }) => host === 'n1')!.gauge;
      seen.add(gauge === undefined ? 'none' : `${gauge.have} of ${gauge.need}`);
    }
    expect([...seen].sort()).toEqual(['0 of 2', '1 of 2', 'none']);
  });
});
