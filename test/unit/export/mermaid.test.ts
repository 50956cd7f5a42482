import mermaid from 'mermaid';
import { describe, expect, test } from 'vitest';
import { exportMermaid, MERMAID_MESSAGES_MAX } from '../../../simulations/export/mermaid.ts';
import type { Run } from '../../../simulations/run/execute.ts';
import { runOf, scenarios, variants } from '../../helpers/scenarios.ts';

interface Message {
  readonly from: string;
  readonly to: string;
  readonly message: string;
  readonly type: number;
}

/** Kinds of lines in Mermaid's own model of a diagram (sequenceDb LINETYPE). */
const [SOLID, NOTE, SOLID_CROSS] = [0, 2, 3];

/** Reads a diagram with Mermaid's own parser, and gives the lines that it understood. */
async function readDiagram(text: string): Promise<readonly Message[]> {
  expect(await mermaid.parse(text)).toMatchObject({ diagramType: 'sequence' });
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
  return (db as unknown as { getMessages(): readonly Message[] }).getMessages();
}

function flights(run: Run, fromUs: number, toUs: number): readonly string[] {
  const { trace } = run.timeline!;
  const hosts = run.topology.hosts.map(({ id }) => id);
  return Array.from({ length: trace.length }, (_, step) => step).flatMap((step) => {
    const kind = trace.kind(step);
    const inside = trace.timeUs(step) >= fromUs && trace.timeUs(step) <= toUs;
    if ((kind !== 'deliver' && kind !== 'lost') || trace.from(step) === trace.host(step) || !inside) return [];
    return [`${hosts[trace.from(step)]} ${hosts[trace.host(step)]} ${trace.word(step)} ${kind}`];
  });
}

describe('Mermaid sequence diagram', () => {
  test.each(variants)(
    "%s %s: Mermaid's parser finds every message of the scenario's view, in order",
    async (id, variant) => {
      const run = runOf(id, variant);
      const { fromUs = 0, toUs = 300_000 } = scenarios.find((scenario) => scenario.id === id)!.view;
      const until = Math.min(toUs, fromUs + 120_000);
      const messages = await readDiagram(exportMermaid(run, { fromUs, toUs: until }));
      const arrows = messages.filter(({ type }) => type !== NOTE);
      const found = arrows.map(
        ({ from, to, message, type }) =>
          `${from} ${to} ${message.split(' ')[0]} ${type === SOLID_CROSS ? 'lost' : 'deliver'}`,
      );
      expect(found).toEqual(flights(run, fromUs, until));
      expect(arrows.every(({ type }) => type === SOLID || type === SOLID_CROSS)).toBe(true);
    },
  );

  test('faults, outages and what clients learned are notes', async () => {
    const messages = await readDiagram(
      exportMermaid(runOf('quorum-read-inversion', 'off'), { fromUs: 500_000, toUs: 780_000 }),
    );
    const notes = messages.filter(({ type }) => type === NOTE).map(({ message }) => message);
    expect(notes).toContain('cut a r1 r2 | r3 r4 r5 b begins at 632 ms');
    expect(notes).toContain('r2: crashed at 524 ms'.slice(4));
    expect(notes).toContain('restarted at 712 ms');
    expect(notes).toContain('read 9 of x: v5, ok');
    expect(notes).toContain('write 8 of x: v5, outcome unknown');
  });

  test('too many messages are refused with a range that is accepted', () => {
    const run = runOf('quorum-read-inversion', 'off');
    const refusal = /at most 200 messages.*--from "0 ms" --to "([\d.]+) ms"/;
    expect(() => exportMermaid(run)).toThrow(refusal);
    let message = '';
    try {
      exportMermaid(run);
    } catch (error) {
      message = (error as Error).message;
    }
    const toUs = Math.round(Number(refusal.exec(message)![1]) * 1000);
    expect(flights(run, 0, toUs).length).toBeLessThanOrEqual(MERMAID_MESSAGES_MAX);
    expect(exportMermaid(run, { toUs })).toContain('sequenceDiagram');
  });

  test('host names that are words of the grammar, or no words at all, still parse', async () => {
    const run = runOf('quorum-read-inversion', 'off');
    const names = ['end', 'loop', 'r-3', 'Note', 'über 5', 'a', 'par'];
    const hosts = run.topology.hosts.map((host, at) => ({ ...host, id: names[at]! }));
    const odd: Run = {
      ...run,
      topology: { ...run.topology, hosts },
      record: { ...run.record, operations: [], faults: [] },
    };
    const arrows = await readDiagram(exportMermaid(odd, { fromUs: 640_000, toUs: 690_000 }));
    expect(arrows.length).toBeGreaterThan(5);
  });

  test("the parser does refuse: an arrow that is none ends in Mermaid's parse error", async () => {
    await expect(mermaid.parse('sequenceDiagram\n  a->>>>b hello')).rejects.toThrow(/Parse error/);
  });
});
