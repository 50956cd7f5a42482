import { models, specs } from '../index.ts';
import { readScenario, shippedScenarios } from './files.ts';
import { EXIT, print, table } from './output.ts';

/** `faultline list`: the models, scenarios and specifications that ship with Faultline. */
export function listCommand(options: { json?: boolean }): number {
  const scenarios = shippedScenarios().map((id) => readScenario(id));
  const value = {
    models: models.map(({ id, title, summary }) => ({ id, title, summary })),
    specifications: specs.map(({ id, title }) => ({ id, title })),
    scenarios: scenarios.map(({ id, title, model, rules, seed, variants, claim }) => ({
      id,
      title,
      model,
      rules,
      seed,
      claim,
      variants: variants.map((variant) => variant.id),
    })),
  };
  print(options.json, value, () => [
    'models',
    ...table(value.models.map(({ id, title }) => [`  ${id}`, title])),
    '',
    'scenarios',
    ...table(value.scenarios.map(({ id, title, variants }) => [`  ${id}`, title, variants.join(', ')])),
    '',
    'specifications, for explore',
    ...table(value.specifications.map(({ id, title }) => [`  ${id}`, title])),
  ]);
  return EXIT.ok;
}
