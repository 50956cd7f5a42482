import { describeProblem, type Problem } from '../index.ts';

/** `file.yaml: line 12, knobs.readQuorum: found 9; allowed: …`, one problem a line. */
export function problemLines(source: string, problems: readonly Problem[]): string {
  return problems.map((problem) => `${source}: ${describeProblem(problem)}`).join('\n');
}
