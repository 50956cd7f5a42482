import { checkLinearizable, kvSpec, parseHistory, registerSpec, unsupportedOperation, type Value } from '../index.ts';
import { readText } from './files.ts';
import { CliError, EXIT, print } from './output.ts';
import { problemLines } from './problems.ts';

export interface CheckOptions {
  readonly model: 'register' | 'kv';
  readonly initial?: string;
  readonly budget?: number;
  readonly json?: boolean;
}

/** `faultline check HISTORY.jsonl`: is a history from elsewhere linearizable? */
export function checkCommand(path: string, options: CheckOptions): number {
  const parsed = parseHistory(readText(path));
  if (!parsed.ok) throw new CliError(problemLines(path, parsed.problems));
  const spec = specOf(options);
  const stray = unsupportedOperation(parsed.operations, spec);
  if (stray !== undefined) {
    throw new CliError(
      `${path}: operation ${stray.id} is ${stray.f}; allowed for --model ${options.model}: ${spec.operations.join(', ')}. Choose the other model.`,
    );
  }
  const verdict = checkLinearizable(
    parsed.operations,
    spec,
    options.budget === undefined ? {} : { budget: options.budget },
  );
  const witness = verdict.status === 'violated' ? verdict.witness : null;
  const report = { status: verdict.status, sentence: verdict.sentence, operations: parsed.operations.length, witness };
  print(options.json, report, () => [
    `${verdict.status === 'ok' ? 'linearizable' : verdict.status === 'violated' ? 'NOT LINEARIZABLE' : 'unknown'}: ${verdict.sentence}`,
    `${parsed.operations.length} operations in ${path}`,
    ...(witness === null ? [] : witness.operations.map((id) => `  ${describeOperation(parsed.operations[id]!)}`)),
  ]);
  return verdict.status === 'ok' ? EXIT.ok : verdict.status === 'violated' ? EXIT.violated : EXIT.unknown;
}

function describeOperation(operation: {
  id: number;
  client: string;
  f: string;
  key: string;
  input: Value;
  output: Value;
  outcome: string;
}): string {
  const { id, client, f, key, input, output, outcome } = operation;
  const what = f === 'read' ? (outcome === 'ok' ? `returned ${JSON.stringify(output)}` : '') : JSON.stringify(input);
  return `operation ${id}, process ${client}: ${f}${key === '' ? '' : ` ${key}`} ${what}${outcome === 'ok' ? '' : ` (${outcome})`}`;
}

function specOf(options: CheckOptions) {
  const initial = options.initial === undefined ? undefined : readInitial(options.initial);
  return options.model === 'kv' ? kvSpec(initial) : registerSpec(initial);
}

/** JSON where it is JSON (`0`, `null`, `"a"`), else the text itself. */
function readInitial(text: string): Value {
  try {
    return JSON.parse(text) as Value;
  } catch {
    return text;
  }
}
