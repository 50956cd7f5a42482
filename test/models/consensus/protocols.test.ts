import { describe, expect, test } from 'vitest';
import { constraints } from '../../../simulations/models/consensus/constraints.ts';
import { consensus } from '../../../simulations/models/consensus/index.ts';
import type { ConsensusKnobs } from '../../../simulations/models/consensus/knobs.ts';
import { runOf } from '../../helpers/scenarios.ts';
import { DEFAULTS, MS, runConsensus } from './run-consensus.ts';

const refused = (change: Partial<ConsensusKnobs>): readonly string[] =>
  constraints({ ...DEFAULTS, ...change }).map(([knob]) => knob);

describe('a knob that means nothing with the protocol', () => {
  test.each(['raft', 'paxos', 'zab'] as const)('%s: none at its default', (protocol) => {
    expect(refused({ protocol })).toEqual([]);
  });
  test.each([
    { protocol: 'paxos', change: { membership: 'single' }, knob: 'membership' },
    { protocol: 'paxos', change: { preVote: false }, knob: 'preVote' },
    { protocol: 'paxos', change: { read: 'lease' }, knob: 'read' },
    { protocol: 'paxos', change: { epochSync: false }, knob: 'epochSync' },
    { protocol: 'zab', change: { spares: 1 }, knob: 'spares' },
    { protocol: 'zab', change: { commitRule: 'anyTerm' }, knob: 'commitRule' },
    { protocol: 'zab', change: { adoptAccepted: false }, knob: 'adoptAccepted' },
    { protocol: 'raft', change: { window: 3 }, knob: 'window' },
  ] as const)('$protocol refuses $change', ({ protocol, change, knob }) => {
    expect(refused({ protocol, ...change })).toEqual([knob]);
  });
});

describe.each([
  { protocol: 'raft', word: 'term', leader: /leads term \d/ },
  { protocol: 'paxos', word: 'ballot', leader: /leads ballot \d/ },
  { protocol: 'zab', word: 'epoch', leader: /leads epoch 1/ },
] as const)('the picture of a $protocol group', ({ protocol, word, leader }) => {
  const run = runConsensus({ knobs: { protocol }, workload: { operations: 10 } });
  const focus = consensus.focus(run.record.operations, 'x');
  const scene = consensus.scene(run.record.end, focus);
  const [panel] = scene.panels ?? [];

  test('calls its numbers by their name, has a leader and a log for each server', () => {
    expect(panel).toMatchObject({ kind: 'log-matrix', epochWord: word });
    expect(scene.text).toMatch(leader);
    expect(panel?.kind === 'log-matrix' ? panel.lanes.filter(({ leads }) => leads) : []).toHaveLength(1);
    expect(panel?.kind === 'log-matrix' ? panel.committed : 0).toBeGreaterThan(5);
  });

  test('has the band of every disk', () => {
    const versions = scene.nodes.filter(({ shape }) => shape === 'replica').map(({ version }) => version?.label);
    expect(versions).toHaveLength(5);
    expect(versions).not.toContain(undefined);
  });
});

test('an operator is told that a Paxos group does not change', () => {
  const workload = { script: { a: [] }, operator: [{ atUs: 500 * MS, voters: ['r1', 'r2', 'r3'] }] };
  const run = runConsensus({ knobs: { protocol: 'paxos' }, workload });
  expect(run.record.messages.ChangeReply?.sent).toBe(1);
});

test('a gap in the log is drawn as one, and the value beside it is not struck (paxos-gaps, 239 ms)', () => {
  const run = runOf('paxos-gaps', 'adopted');
  const timeline = run.timeline!;
  let step = 0;
  while (timeline.step(step).atUs < 239 * MS) step++;
  const scene = consensus.scene(timeline.worldAt(step), consensus.focus(run.record.operations, 'x'));
  const panel = scene.panels?.[0];
  const lane = panel?.kind === 'log-matrix' ? panel.lanes.find(({ host }) => host === 'r2') : undefined;
  expect(lane?.cells.map((cell) => cell && [cell.label, cell.doomed])).toEqual([
    ['y 0', false],
    ['x v1', false],
    null,
    ['y 4', false],
  ]);
  expect(scene.text).toContain('a gap, y 4');
});
