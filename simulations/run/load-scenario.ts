import { parseScenario } from '../scenario/parse.ts';
import { checkedByModel, type Loaded } from './load-data.ts';

/** Parses a scenario file, YAML or JSON, and checks it against its model: every variant must give a run, every name must exist. */
export function loadScenario(text: string): Loaded {
  return checkedByModel(parseScenario(text));
}
