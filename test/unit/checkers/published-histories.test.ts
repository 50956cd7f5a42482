import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseHistory } from '../../../simulations/checkers/history-file.ts';
import { checkLinearizable } from '../../../simulations/checkers/linearizability.ts';
import { kvSpec, registerSpec } from '../../../simulations/checkers/specs.ts';
import type { Operation } from '../../../simulations/kernel/history.ts';
import type { Value } from '../../../simulations/kernel/value.ts';
import { history, type Sketch } from './history-builder.ts';

const folder = new URL('../../fixtures/histories/', import.meta.url);

interface Published {
  readonly file: string;
  readonly model: 'register' | 'kv';
  readonly initial: Value;
  readonly linearizable: boolean;
  readonly operations: number;
}

function read(file: string): readonly Operation[] {
  const parsed = parseHistory(readFileSync(new URL(file, folder), 'utf8'));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.operations;
}

const published: Published[] = JSON.parse(readFileSync(new URL('verdicts.json', folder), 'utf8'));

describe('histories that porcupine and knossos publish', () => {
  for (const { file, model, initial, linearizable, operations } of published) {
    const claim = linearizable ? 'linearizable' : 'not linearizable';
    test(`linearizability: ${file} is ${claim} (${model}, ${operations} operations)`, () => {
      const parsed = read(file);
      expect(parsed).toHaveLength(operations);
      const spec = model === 'kv' ? kvSpec(initial) : registerSpec(initial);
      const start = performance.now();
      const verdict = checkLinearizable(parsed, spec);
      expect(performance.now() - start).toBeLessThan(2_000);
      expect(verdict.status).toBe(linearizable ? 'ok' : 'violated');
      if (verdict.status !== 'violated') return;
      const ids = new Set(verdict.witness.operations);
      expect(ids.size).toBe(verdict.witness.operations.length);
      const witness = parsed.filter(({ id }) => ids.has(id));
      expect(checkLinearizable(witness, spec).status).toBe('violated');
    });
  }
});

describe('sentences on published histories', () => {
  const cases = [
    ['knossos/rethink-fail-minimal.jsonl', 0, 'Read 1 returned 3, which nobody ever wrote.', [1]],
    ['knossos/immediate-failure.jsonl', 0, 'Read 0 returned 3, although write 1 of it had failed.', [0, 1]],
    ['porcupine/etcd_064.jsonl', null, 'Read 30 returned 0 after write 28 of 1 was acknowledged.', undefined],
  ] as const;
  for (const [file, initial, sentence, ids] of cases) {
    test(`linearizability: ${file} is told as "${sentence}"`, () => {
      const verdict = checkLinearizable(read(file), registerSpec(initial));
      expect(verdict.sentence).toBe(sentence);
      if (verdict.status === 'violated' && ids !== undefined) expect(verdict.witness.operations).toEqual(ids);
    });
  }
});

interface StaterightCase {
  readonly id: string;
  readonly initial: string;
  readonly linearizable: boolean;
  readonly events: readonly {
    readonly e: string;
    readonly thread: number;
    readonly op?: string[];
    readonly ret?: string[];
  }[];
}

describe('register histories of stateright', () => {
  const lines = readFileSync(new URL('stateright.jsonl', folder), 'utf8').trim().split('\n');
  for (const line of lines) {
    const { id, initial, linearizable, events }: StaterightCase = JSON.parse(line);
    test(`linearizability: ${id} is ${linearizable ? '' : 'not '}linearizable (register, ${events.length} events)`, () => {
      const sketches = events.flatMap((event, order): Sketch[] => {
        if (event.e !== 'invoke') return [];
        const [f, value] = event.op!;
        const end = events.findIndex(
          (one, index) => index > order && one.thread === event.thread && one.e === 'return',
        );
        const at = [order, end] as const;
        const returned = f === 'read' ? events[end]?.ret?.[0] : value;
        return [{ f: f === 'read' ? 'read' : 'write', at, value: returned ?? null, outcome: end < 0 ? 'info' : 'ok' }];
      });
      expect(checkLinearizable(history(...sketches), registerSpec(initial)).status).toBe(
        linearizable ? 'ok' : 'violated',
      );
    });
  }
});
