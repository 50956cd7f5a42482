import { describe, expect, it } from 'vitest';
import { cellsOf, type Durable } from '../../../simulations/models/quorum/store.ts';
import type { Run } from '../../../simulations/run/execute.ts';
import { crash, cut, MS, runQuorum, S, status, violated } from './run-quorum.ts';

/** What a node has on disk for x at the end: the writes, tombstones in brackets. */
function onDisk(run: Run, node: string): readonly string[] {
  const { disk } = run.record.end.process(node)!;
  return cellsOf(disk as Durable, 'x').map(({ write, deleted }) => (deleted ? `(${write})` : write));
}

const hintsOf = (run: Run, node: string): number => (run.record.end.process(node)!.disk as Durable).hints.length;
const sent = (run: Run, type: string): number => run.record.messages[type]?.sent ?? 0;

const OFF = { readRepair: 'off', antiEntropyEvery: 0, hintAfter: 0, requestTimeout: 200 * MS } as const;
/** A write that r3 misses, and a read long after r3 is back. */
const missedByR3 = {
  workload: { script: { a: [{ f: 'write', via: 'r1', atUs: 100 * MS }], b: [{ f: 'read', via: 'r3', atUs: 1 * S }] } },
  faults: [cut([['r3'], ['r1', 'r2', 'a', 'b']], 50 * MS, 300 * MS)],
};

describe('quorum: what brings a write to a replica that missed it', () => {
  it('nothing does when every kind of repair is off: replicas differ for good', () => {
    const run = runQuorum({ ...missedByR3, knobs: OFF });
    expect(onDisk(run, 'r3')).toEqual([]);
    expect(status(run, 'convergence')).toBe('violated');
  });

  it.each([
    ['asynchronous read repair', { readRepair: 'async' }, 'Repair'],
    ['blocking write-back', { readRepair: 'blocking' }, 'RepairAck'],
    ['a hint on a replica that answered', { hintAfter: 30 * MS, hintEvery: 100 * MS }, 'HintReplay'],
    ['a hint on a spare', { hintAfter: 30 * MS, hintEvery: 100 * MS, spares: 1 }, 'HintReplay'],
    ['anti-entropy', { antiEntropyEvery: 200 * MS }, 'MerkleStream'],
  ] as const)('%s does', (_name, knobs, message) => {
    const run = runQuorum({ ...missedByR3, knobs: { ...OFF, ...knobs } });
    expect(onDisk(run, 'r3')).toEqual(['a1']);
    expect(sent(run, message)).toBeGreaterThan(0);
    expect(status(run, 'convergence')).toBe('ok');
    expect(violated(run)).toEqual([]);
  });

  it('a hint is kept on disk across a crash of its holder, replayed when its target answers, and then dropped', () => {
    const knobs = { ...OFF, hintAfter: 30 * MS, hintEvery: 100 * MS, spares: 1 };
    const faults = [...missedByR3.faults, crash('s1', 180 * MS, 50 * MS)];
    const run = runQuorum({ ...missedByR3, knobs, faults });
    expect(onDisk(run, 'r3')).toEqual(['a1']);
    expect(hintsOf(run, 's1')).toBe(0);
  });

  it('a hint older than its time to live is dropped undelivered', () => {
    const run = runQuorum({
      ...missedByR3,
      knobs: { ...OFF, hintAfter: 30 * MS, hintEvery: 40 * MS, hintTtl: 100 * MS },
    });
    expect(onDisk(run, 'r3')).toEqual([]);
    expect(hintsOf(run, 'r1') + hintsOf(run, 'r2')).toBe(0);
  });

  it('a returning replica asks for its hints and gets them before the next replay is due', () => {
    const knobs = { ...OFF, hintAfter: 30 * MS, hintEvery: 60 * S };
    const run = runQuorum({ workload: missedByR3.workload, faults: [crash('r3', 50 * MS, 300 * MS)], knobs });
    expect(onDisk(run, 'r3')).toEqual(['a1']);
    expect(sent(run, 'RejoinAck')).toBe(2);
  });
});

describe('quorum: crashes', () => {
  it('a write that was not acknowledged before its coordinator crashed stays where it is: never rolled back', () => {
    const run = runQuorum({
      knobs: OFF,
      workload: { script: { a: [{ f: 'write', via: 'r1', atUs: 100 * MS }] } },
      faults: [
        {
          id: 'cut-1',
          action: { do: 'cut', sides: [['write-coordinator'], ['lagging']], oneWay: false },
          when: { predicate: 'write-partly-applied', afterUs: 0 },
        },
      ],
    });
    expect(run.record.operations[0]?.outcome).toBe('info');
    expect(['r1', 'r2', 'r3'].map((node) => onDisk(run, node))).toEqual([['a1'], [], []]);
  });

  it('a crash before the disk is done loses the write, and no acknowledgement was sent for it', () => {
    const run = runQuorum({
      knobs: { ...OFF, persistTime: 50 * MS, writeQuorum: 1, readQuorum: 3 },
      workload: { script: { a: [{ f: 'write', via: 'r1', atUs: 100 * MS }] } },
      faults: ['r1', 'r2', 'r3'].map((node) => crash(node, 150 * MS, 10 * MS)),
    });
    expect(run.record.operations[0]?.outcome).toBe('info');
    expect(['r1', 'r2', 'r3'].map((node) => onDisk(run, node))).toEqual([[], [], []]);
    expect(status(run, 'acknowledged-on-quorum')).toBe('unknown');
  });

  it('a duplicated client request is executed once', () => {
    const twice = { do: 'duplicate', from: 'clients', to: 'replicas', ratio: 1 } as const;
    const run = runQuorum({
      knobs: { duplicateRatio: 0.5 },
      workload: { clients: 2, operations: 30 },
      faults: [{ id: 'twice', action: twice, when: { atUs: 0 } }],
      seed: 3,
    });
    const coordinators = run.record.notes.filter(({ name }) => name === 'quorum.met');
    expect(run.record.operations.every(({ outcome }) => outcome === 'ok')).toBe(true);
    expect(coordinators).toHaveLength(run.record.operations.length);
  });
});

describe('quorum: sloppy quorums', () => {
  const clients = {
    a: [{ f: 'write', via: 'r1', atUs: 100 * MS }],
    b: [
      { f: 'write', via: 'r1', atUs: 500 * MS, value: 'new' },
      { f: 'read', via: 'r1', waitUs: 10 * MS },
    ],
    c: [{ f: 'read', via: 'r3', atUs: 1100 * MS }],
  };
  /** r1 and the spares against the rest; c is with the rest. */
  const faults = [
    cut(
      [
        ['r1', 's1', 's2', 'a', 'b'],
        ['r2', 'r3', 'c'],
      ],
      300 * MS,
      2 * S,
    ),
  ];
  const base = { spares: 2, hintAfter: 40 * MS, hintEvery: 100 * MS, requestTimeout: 300 * MS, antiEntropyEvery: 0 };

  it('stay available on the side of the spares and give up the overlap of quorums', () => {
    const run = runQuorum({
      knobs: { ...base, sloppyQuorum: true },
      workload: { script: clients },
      faults,
      durationUs: 4 * S,
    });
    expect(run.record.operations.map(({ outcome }) => outcome)).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(run.record.operations.map(({ output }) => output)).toEqual([null, null, 'new', 'a:1']);
    expect(status(run, 'linearizable')).toBe('violated');
    expect(status(run, 'quorums-intersect')).toBe('unknown');
    expect(onDisk(run, 'r3')).toEqual(['b1']);
  });

  it('strict quorums refuse there instead, and keep their promise', () => {
    const run = runQuorum({ knobs: base, workload: { script: clients }, faults, durationUs: 4 * S });
    expect(run.record.operations.map(({ outcome }) => outcome)).toEqual(['ok', 'info', 'info', 'ok']);
    expect(violated(run)).toEqual([]);
  });
});

describe('quorum: tombstones (n=3, R=W=2, r3 away while x is deleted)', () => {
  const workload = {
    script: {
      a: [
        { f: 'write', via: 'r1', atUs: 50 * MS },
        { f: 'delete', via: 'r1', atUs: 400 * MS },
        { f: 'read', via: 'r1', atUs: 5 * S },
      ],
    },
  };
  const knobs = { ...OFF, antiEntropyEvery: 100 * MS, readRepair: 'async' } as const;
  const run = (gcGrace: number) =>
    runQuorum({ knobs: { ...knobs, gcGrace }, workload, faults: [crash('r3', 300 * MS, 2 * S)], durationUs: 6 * S });

  it('an outage longer than the grace period brings the deleted value back', () => {
    const zombie = run(1 * S);
    expect(zombie.witnessed['replica-missed-delete']).toBe(true);
    expect(status(zombie, 'no-resurrection')).toBe('violated');
    expect(zombie.record.operations[2]?.output).toBe('a:1');
    expect(['r1', 'r2', 'r3'].map((node) => onDisk(zombie, node))).toEqual([['a1'], ['a1'], ['a1']]);
    expect(status(zombie, 'no-early-purge')).toBe('ok');
  });

  it('a grace period longer than the outage and the repair keeps it deleted', () => {
    const safe = run(4 * S);
    expect(safe.witnessed['replica-missed-delete']).toBe(true);
    expect(violated(safe)).toEqual([]);
    expect(status(safe, 'no-resurrection')).toBe('ok');
    expect(safe.record.operations[2]?.output).toBe(null);
    expect(['r1', 'r2', 'r3'].map((node) => onDisk(safe, node))).toEqual([[], [], []]);
  });

  it('wiping the node that was away is safe as well: it returns with nothing that could rise', () => {
    const wiped = runQuorum({
      knobs: { ...knobs, gcGrace: 1 * S },
      workload,
      faults: [
        {
          id: 'wipe',
          action: { do: 'restore', target: 'r3', backupAtUs: 0 },
          when: { atUs: 300 * MS },
          forUs: 2 * S,
        },
      ],
      durationUs: 6 * S,
    });
    expect(wiped.record.operations[2]?.output).toBe(null);
    expect(status(wiped, 'no-resurrection')).toBe('ok');
  });
});
