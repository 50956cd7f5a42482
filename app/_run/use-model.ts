import { use } from 'react';
import { loadModel, type Model } from '../../simulations/index.ts';

/** The model of an id, with its code: what asks for it waits until that is here. Throws on an id that no model has. */
export function useModel(id: string): Model {
  const model = use(loadModel(id));
  if (model === undefined) throw new Error(`There is no model "${id}".`);
  return model;
}
