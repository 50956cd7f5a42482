import type { Fault, FaultAction } from '../../../simulations/kernel/faults.ts';
import { Streams } from '../../../simulations/kernel/random.ts';
import { seed } from '../../../simulations/kernel/time.ts';
import type { ConsensusKnobs } from '../../../simulations/models/consensus/knobs.ts';
import { MS } from './run-consensus.ts';

/** What the knobs are drawn from: every way to read, to change the group and to lose messages that the protocol allows for. */
const READS = ['log', 'readIndex', 'lease'] as const;
const MEMBERSHIPS = ['joint', 'single'] as const;

/** One drawn run: knobs, workload and faults. All within what Raft assumes, except where `knobs` of the caller say otherwise. */
export interface Drawn {
  readonly knobs: Partial<ConsensusKnobs>;
  readonly workload: unknown;
  readonly faults: readonly Fault[];
}

/** The same for another protocol than Raft: no changes of the group, no pre-vote, no leases, and its own ways to read. */
export function nemesisOf(protocol: 'paxos' | 'zab', number: number): Drawn {
  const { knobs, workload, faults } = nemesis(number);
  const { membership: _membership, spares: _spares, preVote: _preVote, read, ...shared } = knobs;
  const own = protocol === 'paxos' ? { window: [1, 3, 64][number % 3]!, checkQuorum: number % 4 > 0 } : {};
  return {
    knobs: { ...shared, ...own, protocol, read: read === 'log' ? 'log' : 'readIndex' },
    workload: { ...(workload as object), operator: [] },
    faults,
  };
}

/** Draws a run of three seconds in which everything goes wrong that may: crashes, cuts, pauses, slow disks, drifting clocks, loss, duplicates, reordering. */
export function nemesis(number: number): Drawn {
  const streams = new Streams(seed(number));
  const stream = streams.stream('nemesis');
  const draw = (min: number, max: number): number => streams.integer(stream, min, max);
  const servers = [3, 5, 5, 4][draw(0, 3)]!;
  const names = Array.from({ length: servers }, (_, index) => `r${index + 1}`);
  const any = (): string => names[draw(0, servers - 1)]!;
  const action = (): FaultAction => {
    switch (draw(0, 9)) {
      case 0:
      case 1:
        return { do: 'crash', target: ['leader', any(), any()][draw(0, 2)]! };
      case 2:
        return { do: 'pause', target: ['leader', any()][draw(0, 1)]! };
      case 3:
      case 4:
        return { do: 'cut', sides: [['minority-with-leader'], ['majority-without-leader']], oneWay: draw(0, 2) === 0 };
      case 5:
        return { do: 'cut', sides: [[any()], names.filter(() => draw(0, 1) === 0)], oneWay: draw(0, 1) === 0 };
      case 6:
        return { do: 'loss', from: any(), to: '*', ratio: 0.6 };
      case 7:
        return { do: 'clock', target: any(), offsetUs: 0, driftPpm: draw(-90_000, 90_000) };
      case 8:
        return { do: 'slowDisk', target: any(), extra: { kind: 'uniform', minUs: 0, maxUs: 60 * MS } };
      default:
        return { do: 'slow', from: any(), to: '*', extra: { kind: 'uniform', minUs: 0, maxUs: 80 * MS } };
    }
  };
  const faults = Array.from({ length: draw(2, 7) }, (_, index): Fault => {
    const atUs = draw(100, 2_600) * MS;
    return { id: `fault-${index}`, action: action(), when: { atUs }, forUs: draw(5, 500) * MS };
  });
  const pick = <T>(options: readonly T[]): T => options[draw(0, options.length - 1)]!;
  const membership = pick(MEMBERSHIPS);
  const operator = changes(names, membership, draw);
  return {
    knobs: {
      servers,
      spares: 2,
      membership,
      read: pick(READS),
      preVote: draw(0, 3) > 0,
      snapshotEvery: pick([8, 16, 64]),
      batchMax: pick([1, 4, 64]),
      lossRatio: pick([0, 0, 0.03]),
      duplicateRatio: pick([0, 0.05]),
      reorderRatio: pick([0, 0.1]),
      requestTimeout: 400 * MS,
      retryAfter: 60 * MS,
    },
    workload: { clients: 3, operations: 30, keys: ['x', 'y'], mix: { read: 2, write: 2, cas: 1 }, operator },
    faults: faults.map((fault) => withoutEmptySides(fault, names)),
  };
}

/** A cut needs somebody on both sides. */
function withoutEmptySides(fault: Fault, names: readonly string[]): Fault {
  const { action } = fault;
  if (action.do !== 'cut' || action.sides.every((side) => side.length > 0)) return fault;
  return { ...fault, action: { ...action, sides: [action.sides[0]!, names] } };
}

/** Somebody out, a spare in, a learner, a transfer; by single steps or at once. */
function changes(
  names: readonly string[],
  membership: (typeof MEMBERSHIPS)[number],
  draw: (min: number, max: number) => number,
): readonly object[] {
  const last = names.length;
  const [one, two] = [`r${last + 1}`, `r${last + 2}`];
  const fewer = names.slice(1);
  const transferTo = names[draw(0, last - 1)]!;
  const atUs = (): number => draw(300, 2_400) * MS;
  if (draw(0, 2) === 0) return [{ transferTo, atUs: atUs() }];
  if (membership === 'joint') {
    return [
      { voters: names, learners: [one], atUs: atUs() },
      { voters: [...fewer, one, two], atUs: atUs() },
      { transferTo: one, atUs: atUs() },
      { voters: names, atUs: atUs() },
    ];
  }
  return [
    { voters: [...names, one], atUs: atUs() },
    { voters: [...fewer, one], atUs: atUs() },
    { voters: [...fewer, one], learners: [two], atUs: atUs() },
  ];
}
