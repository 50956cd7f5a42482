import {
  type ExportName,
  ExportRefusal,
  execute,
  exportFormats,
  type Problem,
  type Run,
  type RunRequest,
  resolveRun,
} from '../../simulations/index.ts';
import { serveTasks } from './serve-tasks.ts';

/** One export of one run. All of it is plain data. */
export interface ExportTask {
  /** The answer has it too. */
  readonly id: number;
  readonly request: RunRequest;
  readonly format: ExportName;
  /** Instants in microseconds; `atUs` is the moment of a frame, `replay` the command that makes the run again. */
  readonly options: {
    readonly fromUs?: number;
    readonly toUs?: number;
    readonly atUs?: number;
    readonly key?: string;
    readonly replay: string;
  };
}

/** The text of an export, or what is wrong with what was asked. */
export type ExportAnswer =
  | {
      readonly id: number;
      readonly ok: true;
      readonly text: string;
      readonly extension: string;
      readonly mediaType: string;
    }
  | { readonly id: number; readonly ok: false; readonly problems: readonly Problem[] };

serveTasks<ExportTask>(
  ({ request }) => request.model,
  (task) => self.postMessage(answer(task)),
);

/** The run of the last request: a reader often takes one run in several forms. */
let last: { readonly request: string; readonly run: Run } | undefined;

function answer({ id, request, format, options }: ExportTask): ExportAnswer {
  const found = runOf(request);
  if ('problems' in found) return { id, ok: false, problems: found.problems };
  const { write, extension, mediaType } = exportFormats[format];
  try {
    return { id, ok: true, text: write(found, options), extension, mediaType };
  } catch (error) {
    if (error instanceof ExportRefusal) return { id, ok: false, problems: [error.problem] };
    throw error;
  }
}

function runOf(request: RunRequest): Run | { readonly problems: readonly Problem[] } {
  const name = JSON.stringify(request);
  if (last?.request === name) return last.run;
  const resolved = resolveRun(request);
  if (!resolved.ok) return { problems: resolved.problems };
  const run = execute(resolved.input);
  last = { request: name, run };
  return run;
}
