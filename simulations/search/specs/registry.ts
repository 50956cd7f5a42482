import type { Spec } from '../explore/spec.ts';
import { consensus } from './consensus.ts';
import { increment } from './increment.ts';
import { linearizableRegister } from './linearizable-register.ts';
import { paxos } from './paxos.ts';
import { paxosRegister } from './paxos-register.ts';
import { pingPong } from './ping-pong.ts';
import { singleCopyRegister } from './single-copy-register.ts';
import { transactionCommit } from './transaction-commit.ts';
import { twoPhaseCommit } from './two-phase-commit.ts';

/** Every specification for the exhaustive explorer, in the order in which they are listed. */
export const specs: readonly Spec[] = [
  twoPhaseCommit,
  transactionCommit,
  paxos,
  consensus,
  paxosRegister,
  linearizableRegister,
  singleCopyRegister,
  pingPong,
  increment,
];

/** A specification by its id, or undefined. */
export function specById(id: string): Spec | undefined {
  return specs.find((spec) => spec.id === id);
}
