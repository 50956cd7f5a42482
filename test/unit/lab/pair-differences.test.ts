import { describe, expect, test } from 'vitest';
import { type MetStep, metStep, pairDifferences } from '../../../app/lab/_lab/compare/pair-differences.ts';
import { compareRuns, modelById, type Run, type StepView } from '../../../simulations/index.ts';
import { runOf } from '../../helpers/scenarios.ts';

type Named = Readonly<Record<string, unknown>>;

const step = (message: StepView['message'], effects: StepView['effects'] = []): StepView =>
  ({ message, effects }) as unknown as StepView;
const process = (disk: Named, volatile: Named, state = 'idle'): MetStep['process'] => ({
  disk,
  snapshot: { state, done: false, context: { durable: disk, volatile } },
});

describe('what differs in an event of two runs', () => {
  test('is each field of message, disk and memory with both values, in that order, and nothing that is equal', () => {
    const a = {
      step: step({ type: 'Put', key: 'x', value: { n: 1, by: 'a' } } as StepView['message']),
      process: process({ x: 'v1', y: 'v1' }, { open: ['a'], term: 2 }),
    };
    const b = {
      step: step({ type: 'Put', key: 'x', value: { n: 2, by: 'a' } } as StepView['message']),
      process: process({ x: 'v2', y: 'v1' }, { open: ['a'], term: 3 }, 'waiting'),
    };
    expect(pairDifferences(a, b)).toEqual([
      { where: 'message', path: 'value', a: 'n 1, by a', b: 'n 2, by a' },
      { where: 'on disk', path: 'x', a: 'v1', b: 'v2' },
      { where: 'in memory', path: 'state', a: 'idle', b: 'waiting' },
      { where: 'in memory', path: 'term', a: '2', b: '3' },
    ]);
    expect(pairDifferences(a, a)).toEqual([]);
  });

  test('is what one of them does and the other does not: message by message, whatever is the same left out', () => {
    const send = (to: string, version: number) =>
      ({ type: 'send', to, message: { type: 'Repair', version } }) as unknown as StepView['effects'][number];
    const note = { type: 'note', name: 'seen', data: 1 } as StepView['effects'][number];
    const a = { step: step(undefined, [send('r1', 2), send('r1', 3), send('r2', 2)]), process: undefined };
    const b = { step: step(undefined, [note, send('r1', 2), send('r2', 4)]), process: undefined };
    expect(pairDifferences(a, b)).toEqual([
      { where: 'does', path: 'send to r2', a: 'Repair, version 2', b: 'Repair, version 4' },
      { where: 'does', path: 'send to r1 #2', a: 'Repair, version 3', b: 'none' },
    ]);
  });

  test('of the step that sets two variants apart is what it does in one of them, alike sends in one line (quorum-read-inversion)', () => {
    const [a, b] = [runOf('quorum-read-inversion', 'off'), runOf('quorum-read-inversion', 'async')];
    const { cause } = compareRuns(a, b).divergence!;
    const fields = pairDifferences(metStep(a, cause!), metStep(b, cause!));
    expect(told(a, cause!)).toBe(told(b, cause!));
    expect(fields.map(({ where, path, a: here }) => `${where} ${path}: ${here}`)).toEqual([
      'does send to r4, r3: none',
    ]);
  });

  test('leaves out what a process was started with, and names the side on which it has ended', () => {
    const a = { step: step(undefined), process: process({}, { input: { knob: 1 }, config: 'x', n: 1 }) };
    const b = { step: step(undefined), process: process({}, { input: { knob: 2 }, config: 'y', n: 1 }) };
    expect(pairDifferences(a, b)).toEqual([]);
    expect(pairDifferences(a, { ...b, process: undefined })).toEqual([
      { where: 'the process', path: '', a: 'goes on', b: 'has ended' },
    ]);
  });

  for (const [id, one, other] of [
    ['raft-double-vote', 'memory', 'disk'],
    ['cart-multiregion', 'lww-wall', 'or-set'],
  ] as const) {
    test(`says of no two steps that tell the same that nothing sets them apart where the runs do (${id})`, () => {
      const [a, b] = [runOf(id, one), runOf(id, other)];
      const { steps } = compareRuns(a, b);
      const silent = steps.moved.filter(([left, right]) => {
        const [met, beside] = [metStep(a, left), metStep(b, right)];
        const sameContent = JSON.stringify(met.step.message) === JSON.stringify(beside.step.message);
        return told(a, left) === told(b, right) && !sameContent && pairDifferences(met, beside).length === 0;
      });
      const told_ = steps.moved.filter(([left, right]) => told(a, left) === told(b, right));
      const shown = told_.filter(([left, right]) => pairDifferences(metStep(a, left), metStep(b, right)).length > 0);
      expect(silent).toEqual([]);
      expect(shown.length).toBeGreaterThan(0);
    });
  }
});

function told({ input, record, timeline }: Run, at: number): string {
  const model = modelById(input.model.id)!;
  const [key = ''] = model.keys(record.operations);
  const world = timeline!.worldAt(at + 1);
  return model.narrate(timeline!.step(at), { ...model.focus(record.operations, key), world });
}
