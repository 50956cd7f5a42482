import type { Property } from '../model.ts';
import { invariants } from './invariants.ts';
import type { MultiLeaderKnobs } from './knobs.ts';
import { occurrences } from './occurrences.ts';
import { outcomes } from './outcomes.ts';

/** Every property of the model, the most telling first: what a reader sees as the list of verdicts. */
export const properties: readonly Property<MultiLeaderKnobs>[] = [...outcomes, ...invariants, ...occurrences];
