import type { Model } from './model.ts';

/** The ids of all simulations, in the order in which the site lists them. */
export const modelIds = ['quorum', 'replication', 'multi-leader', 'consensus'] as const;

export type ModelId = (typeof modelIds)[number];

const known = new Map<string, Model>();

/** Makes the code of models known: from then on runs of them can be made by their ids. `registry.ts` does it for all, `load.ts` for one. */
export function makeKnown(models: readonly Model[]): void {
  for (const model of models) known.set(model.id, model);
}

/** The model of that id; undefined when there is none. Throws, our own mistake, when its code is not here yet. */
export function knownModel(id: string): Model | undefined {
  const model = known.get(id);
  if (model === undefined && isModelId(id))
    throw new Error(
      `The code of the model "${id}" is not loaded: wait for loadModel("${id}"), or import the registry.`,
    );
  return model;
}

/** Whether there is a model of that id. */
export function isModelId(id: string): id is ModelId {
  return (modelIds as readonly string[]).includes(id);
}
