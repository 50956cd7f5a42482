import { consensus } from './consensus/index.ts';
import { makeKnown } from './known.ts';
import type { Model } from './model.ts';
import { multiLeader } from './multi-leader/index.ts';
import { quorum } from './quorum/index.ts';
import { replication } from './replication/index.ts';

/** Every simulation, in the order in which the site lists them. It brings the code of all: the page of one model loads that one (`loadModel`). */
export const models: readonly Model[] = [quorum, replication, multiLeader, consensus];

makeKnown(models);

/** The model of that id; undefined when there is none. */
export function modelById(id: string): Model | undefined {
  return models.find((model) => model.id === id);
}
