import { isModelId, type ModelId, makeKnown } from './known.ts';
import type { Model } from './model.ts';

const loaders: { readonly [Id in ModelId]: () => Promise<Model> } = {
  quorum: () => import('./quorum/index.ts').then(({ quorum }) => quorum),
  replication: () => import('./replication/index.ts').then(({ replication }) => replication),
  'multi-leader': () => import('./multi-leader/index.ts').then(({ multiLeader }) => multiLeader),
  consensus: () => import('./consensus/index.ts').then(({ consensus }) => consensus),
};

const loading = new Map<string, Promise<Model | undefined>>();

/**
 * Loads the code of one model: pages and their workers need no more. From then on runs of it can be made by its id. The same promise each time, but a
 * new one after a failure, which it rejects with. Undefined when there is no such model.
 */
export function loadModel(id: string): Promise<Model | undefined> {
  const begun = loading.get(id);
  if (begun !== undefined) return begun;
  const coming = load(id);
  loading.set(id, coming);
  coming.catch(() => loading.delete(id));
  return coming;
}

function load(id: string): Promise<Model | undefined> {
  if (!isModelId(id)) return Promise.resolve(undefined);
  return loaders[id]().then((model) => {
    makeKnown([model]);
    return model;
  });
}
