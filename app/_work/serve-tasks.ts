import { loadModel } from '../../simulations/index.ts';

/**
 * The side of a worker whose tasks are about runs: each is done in its turn, with the code of its models here. `modelOf` names the model that a task
 * is the first to need; undefined when it needs none. What a task throws reaches the page as the worker's error.
 */
export function serveTasks<T>(modelOf: (task: T) => string | undefined, act: (task: T) => void): void {
  let turn: Promise<unknown> = Promise.resolve();
  self.onmessage = ({ data }: MessageEvent<T>) => {
    const model = modelOf(data);
    const here = model === undefined ? undefined : loadModel(model);
    turn = turn
      .then(() => here)
      .then(() => act(data))
      .catch(reportError);
  };
}
