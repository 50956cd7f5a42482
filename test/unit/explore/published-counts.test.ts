import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { explore } from '../../../simulations/search/explore/explore.ts';
import { resolveSpec } from '../../../simulations/search/specs/resolve.ts';

function published<T>(file: string): T {
  return JSON.parse(readFileSync(`test/fixtures/modelcheck/${file}`, 'utf8')) as T;
}

type Set = Readonly<Record<string, string | number | boolean>>;

function run(spec: string, set: Set = {}, symmetry = false) {
  const resolved = resolveSpec({ spec, set, symmetry });
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems));
  return explore(resolved.spec, resolved.knobs, { symmetry });
}

const counts = published<Record<'2pc' | 'tcommit', Record<string, number[]>>>('two_phase_commit.json');

describe('distinct states, generated states and depth as TLC counts them', () => {
  test.each(Object.entries(counts['2pc']))('two-phase commit, n=%s', (n, row) => {
    const { distinct, generated, depth } = run('two-phase-commit', { resourceManagers: n });
    expect([distinct, generated, depth]).toEqual(row);
  });

  test('two-phase commit, n=7: 296,448 states', () => {
    const { distinct, generated, depth } = run('two-phase-commit', { resourceManagers: 7 });
    expect([distinct, generated, depth]).toEqual([296_448, 2_744_706, 23]);
  });

  test.each(Object.entries(counts.tcommit))('transaction commit, n=%s', (n, row) => {
    const { distinct, generated, depth } = run('transaction-commit', { resourceManagers: n });
    expect([distinct, generated, depth]).toEqual(row);
  });

  const examples = published<{
    models: { cfg: string; distinctStates: number; totalStates: number; stateDepth: number }[];
  }>('tlaplus_examples.json');
  const configured: Record<string, readonly [spec: string, set: Set]> = {
    'Paxos/MCConsensus.cfg': ['consensus', { values: 3 }],
    'Paxos/MCPaxos.cfg': ['paxos', { acceptors: 1, values: 1, ballots: 2 }],
    'PaxosHowToWinATuringAward/MCPaxosTiny.cfg': ['paxos', { acceptors: 3, values: 2, ballots: 2 }],
    'transaction_commit/TCommit.cfg': ['transaction-commit', { resourceManagers: 3 }],
    'transaction_commit/TwoPhase.cfg': ['two-phase-commit', { resourceManagers: 3 }],
  };
  test.each(examples.models)('tlaplus/Examples $cfg: $distinctStates distinct, $totalStates generated', (model) => {
    const [spec, set] = configured[model.cfg.replace('specifications/', '')]!;
    const { distinct, generated, depth } = run(spec, set);
    expect([distinct, generated, depth]).toEqual([model.distinctStates, model.totalStates, model.stateDepth]);
  });
});

describe('distinct states as Stateright counts them', () => {
  const entries = published<{
    counts: { model: string; params: Set; unique_states: number; with_symmetry?: number }[];
  }>('stateright.json').counts;
  const find = (model: string, params: Set = {}) =>
    entries.find(
      (entry) => entry.model.startsWith(model) && Object.entries(params).every(([k, v]) => entry.params[k] === v),
    )!;

  test.each([3, 5])('two-phase commit, n=%i', (rms) => {
    expect(run('two-phase-commit', { resourceManagers: rms }).distinct).toBe(find('2pc', { rms }).unique_states);
  });

  test('ping-pong to 1, duplicating and lossy: 14; to 5: 4,094; to 5, each message once: 11', () => {
    const all = entries.filter((entry) => entry.model.startsWith('ping-pong')).map((entry) => entry.unique_states);
    expect([
      run('ping-pong', { countMax: 1 }).distinct,
      run('ping-pong', { countMax: 5 }).distinct,
      run('ping-pong', { network: 'non-duplicating', lossy: false }).distinct,
    ]).toEqual(all);
  });

  test('increment with 2 threads: 13, and 8 up to symmetry', () => {
    const entry = find('increment');
    expect(run('increment').distinct).toBe(entry.unique_states);
    expect(run('increment', {}, true).distinct).toBe(entry.with_symmetry);
  });

  test('single-copy register with 1 server: 93', () => {
    expect(run('single-copy-register').distinct).toBe(find('single-copy', { servers: 1 }).unique_states);
  });

  test('linearizable register (ABD) with 2 servers: 544', () => {
    expect(run('linearizable-register').distinct).toBe(find('linearizable register').unique_states);
  });

  test('single-decree Paxos with 3 servers and 2 clients: 16,668 of 32,971 generated', () => {
    const { distinct, generated } = run('paxos-register');
    expect([distinct, generated]).toEqual([find('paxos').unique_states, 32_971]);
  });
});
