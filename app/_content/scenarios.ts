import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeProblem, loadScenario, type Scenario } from '../../simulations/index.ts';

const FOLDER = join(process.cwd(), 'content', 'scenarios');

/** The scenarios that ship with Faultline, by id. Read while pages are built; a bad file stops the build with every problem. */
export function loadScenarios(): readonly Scenario[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => {
      const loaded = loadScenario(readFileSync(join(FOLDER, file), 'utf8'));
      if (loaded.ok) return loaded.scenario;
      throw new Error(
        loaded.problems.map((problem) => `content/scenarios/${file}: ${describeProblem(problem)}`).join('\n'),
      );
    });
}
