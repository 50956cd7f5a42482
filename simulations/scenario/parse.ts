import { isMap, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { type Parsed, parseScenarioData } from './parse-data.ts';
import type { Locate } from './problems.ts';
import type { Problem } from './scenario.ts';

/** A file larger than this is refused before it is parsed. */
export const SCENARIO_BYTES_MAX = 256 * 1024;

/** Parses a scenario file, YAML or JSON. Checks its shape and its own references; the model checks knobs, workload and targets. */
export function parseScenario(text: string): Parsed {
  const read = readYaml(text);
  return read.ok ? parseScenarioData(read.input, read.locate) : read;
}

/** A text as plain data, with a way to find lines, or what is wrong with its syntax or size. */
export function readYaml(
  text: string,
): { readonly ok: true; readonly input: unknown; readonly locate: Locate } | Refused {
  if (text.length > SCENARIO_BYTES_MAX) {
    return refuse({
      field: 'the whole',
      found: `${text.length} characters`,
      allowed: `at most ${SCENARIO_BYTES_MAX}`,
      fix: 'Shorten it.',
    });
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  if (document.errors.length > 0) {
    return refuse(
      ...document.errors.map((error) => ({
        line: lines.linePos(error.pos[0]).line,
        field: 'the whole',
        found: error.message,
        allowed: 'YAML 1.2 or JSON',
        fix: 'Mend the syntax at this line.',
      })),
    );
  }
  const locate: Locate = (path) => lineOf(document.contents, path, lines);
  const input = plain(() => document.toJS({ maxAliasCount: 100 }) as unknown);
  if (input === undefined) {
    return refuse({
      field: 'the whole',
      found: 'aliases that expand without end',
      allowed: 'plain values',
      fix: 'Write them out.',
    });
  }
  return { ok: true, input, locate };
}

interface Refused {
  readonly ok: false;
  readonly problems: readonly Problem[];
}

function refuse(...problems: Problem[]): Refused {
  return { ok: false, problems };
}

function plain(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** The line of the value at a path, or of the nearest node around it that the file has. */
function lineOf(contents: unknown, path: readonly PropertyKey[], lines: LineCounter): number | undefined {
  let node = contents as Node | null;
  let offset = node?.range?.[0];
  for (const part of path) {
    let next: Node | null | undefined;
    if (isMap(node)) {
      const pair = node.items.find((item) => String((item.key as { value?: unknown } | null)?.value) === String(part));
      offset = (pair?.key as Node | undefined)?.range?.[0] ?? offset;
      next = pair?.value as Node | null | undefined;
    } else if (isSeq(node)) {
      next = node.items[Number(part)] as Node | undefined;
      offset = next?.range?.[0] ?? offset;
    }
    if (next === undefined || next === null) break;
    node = next;
  }
  return offset === undefined ? undefined : lines.linePos(offset).line;
}
