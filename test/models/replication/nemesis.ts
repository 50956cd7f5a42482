import type { Fault, FaultAction } from '../../../simulations/kernel/faults.ts';
import { Streams } from '../../../simulations/kernel/random.ts';
import { seed } from '../../../simulations/kernel/time.ts';
import { MS, S } from './run-replication.ts';

const NODES = ['n1', 'n2', 'n3', 'leader', 'leader', 'm1'];
const ALL = ['n1', 'n2', 'n3', 'm1', 'a', 'b'];

/** A script of faults drawn from a seed: crashes, pauses, cuts (also one way), slow links and disks, loss and duplicates. All of them end. */
export function nemesis(
  number: number,
  options: { readonly untilUs: number; readonly count: number },
): readonly Fault[] {
  const streams = new Streams(seed(number));
  const stream = streams.stream('nemesis');
  const draw = (min: number, max: number): number => streams.integer(stream, min, max);
  const pick = (from: readonly string[]): string => from[draw(0, from.length - 1)]!;
  return Array.from({ length: options.count }, (_, index): Fault => {
    const atUs = draw(200 * MS, options.untilUs);
    const forUs = draw(20 * MS, 1 * S);
    return { id: `f${index + 1}`, action: action(draw, pick), when: { atUs }, forUs };
  });
}

function action(draw: (min: number, max: number) => number, pick: (from: readonly string[]) => string): FaultAction {
  const kind = draw(0, 9);
  if (kind <= 2) return { do: 'crash', target: pick(NODES) };
  if (kind === 3) return { do: 'pause', target: pick(NODES) };
  if (kind <= 6) {
    const first = ALL.filter(() => draw(0, 1) === 0);
    const sides = [first, ALL.filter((host) => !first.includes(host))].filter((side) => side.length > 0);
    if (sides.length === 2) return { do: 'cut', sides, oneWay: draw(0, 3) === 0 };
    return { do: 'crash', target: 'leader' };
  }
  if (kind === 7) return { do: 'loss', from: '*', to: '*', ratio: draw(5, 40) / 100 };
  if (kind === 8)
    return { do: 'slow', from: pick(NODES), to: '*', extra: { kind: 'uniform', minUs: 0, maxUs: 200 * MS } };
  return { do: 'slowDisk', target: pick(NODES), extra: { kind: 'uniform', minUs: 0, maxUs: 100 * MS } };
}
