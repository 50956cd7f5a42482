import type { Effect, Environment, ProcessEvent } from '../../../kernel/behavior.ts';
import type { AntiEntropyInput } from '../anti-entropy.ts';
import { differingRanges } from '../merkle.ts';
import type * as Sent from '../messages.ts';
import { send } from '../store.ts';
import { NOTHING_DURABLE, type Program, programBehavior, unexpected } from './program.ts';

interface AntiEntropy extends Program {
  readonly input: AntiEntropyInput;
  readonly peers: readonly string[];
  round: number;
  tree: readonly number[];
  ranges: readonly number[];
}

/** The rounds of `../anti-entropy.ts` as a plain program. */
export const antiEntropy = programBehavior<AntiEntropyInput, AntiEntropy>('antiEntropy', begin, react);

function begin(input: AntiEntropyInput): AntiEntropy {
  const { replicas } = input.config;
  const at = replicas.indexOf(input.host);
  const peers = [...replicas.slice(at + 1), ...replicas.slice(0, at)];
  return { context: NOTHING_DURABLE, state: 'idle', done: false, input, peers, round: 0, tree: [], ranges: [] };
}

function react(own: AntiEntropy, event: ProcessEvent, { from }: Environment, effects: Effect[]): void {
  const { host } = own.input;
  switch (event.type) {
    case 'process.started':
      setRound(own, effects);
      break;
    case 'timer.round':
      own.round++;
      own.state = 'trees';
      effects.push(send(host, { type: 'TreeRead' }));
      setRound(own, effects);
      break;
    case 'Tree':
      if (own.state !== 'trees') break;
      own.tree = (event as Sent.Tree).tree;
      effects.push(send(peerOf(own), { type: 'MerkleRoot', root: own.tree[0]! }));
      break;
    case 'MerkleRange': {
      if (own.state !== 'trees' || from !== peerOf(own)) break;
      const { tree } = event as Sent.MerkleRange;
      own.state = tree.length === 0 ? 'idle' : 'streaming';
      if (tree.length === 0) break;
      own.ranges = differingRanges(own.tree, tree);
      effects.push(send(host, { type: 'RangesRead', ranges: own.ranges }));
      break;
    }
    case 'Ranges': {
      if (own.state !== 'streaming') break;
      const { entries } = event as Sent.Ranges;
      effects.push(send(peerOf(own), { type: 'MerkleStream', ranges: own.ranges, entries, exchange: true }));
      break;
    }
    case 'MerkleStream': {
      if (own.state !== 'streaming' || from !== peerOf(own)) break;
      own.state = 'idle';
      const { ranges, entries } = event as Sent.MerkleStream;
      effects.push(send(host, { type: 'MerkleStream', ranges, entries, exchange: false }));
      break;
    }
    default:
      unexpected('antiEntropy', own.state, event);
  }
}

function peerOf({ peers, round }: AntiEntropy): string {
  return peers[(round - 1) % peers.length]!;
}

function setRound({ input }: AntiEntropy, effects: Effect[]): void {
  const everyUs = input.config.antiEntropyEveryUs;
  const tenthUs = Math.floor(everyUs / 10);
  effects.push({ type: 'timer.set', name: 'round', delayUs: [Math.max(1, everyUs - tenthUs), everyUs + tenthUs] });
}
