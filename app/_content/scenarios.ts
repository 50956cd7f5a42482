import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeProblem, loadScenario, models, type Scenario } from '../../simulations/index.ts';

const FOLDER = join(process.cwd(), 'content', 'scenarios');

/** The scenarios that ship with Faultline, those that labs open with first, then by id. Read while pages are built; a bad file stops the build with every problem. */
export function loadScenarios(): readonly Scenario[] {
  const openings = models.map((model) => model.opening);
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.yaml'));
  const scenarios = files.sort().map(loadFile);
  const opens = ({ id }: Scenario) => openings.includes(id);
  return [...scenarios.filter(opens), ...scenarios.filter((scenario) => !opens(scenario))];
}

function loadFile(file: string): Scenario {
  const loaded = loadScenario(readFileSync(join(FOLDER, file), 'utf8'));
  if (loaded.ok) return loaded.scenario;
  const problems = loaded.problems.map((problem) => `content/scenarios/${file}: ${describeProblem(problem)}`);
  throw new Error(problems.join('\n'));
}
