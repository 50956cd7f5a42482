import { explore, measureEngine, models, resolveRun, specById } from '../index.ts';
import { EXIT, print, table, withCommas } from './output.ts';

/** `faultline bench`: the engine's rates on this machine, one thread, as named figures. */
export function benchCommand(options: { json?: boolean }): number {
  const figures: Record<string, number> = {};
  for (const model of models) {
    const resolved = resolveRun({ model: model.id, seed: 1 });
    if (!resolved.ok) continue;
    const measured = measureEngine(
      { ...resolved.input, durationUs: 20_000_000 },
      () => performance.now(),
      collectedHeap(),
    );
    const prefix = model === models[0] ? '' : `${model.id}.`;
    for (const [name, value] of Object.entries(measured)) figures[prefix + name] = value;
  }
  figures['explore.statesPerSecond'] = exploreRate();
  print(options.json, figures, () =>
    table(Object.entries(figures).map(([name, value]) => [name, value >= 1000 ? withCommas(value) : value.toFixed(1)])),
  );
  return EXIT.ok;
}

/** Distinct states a second on two-phase commit with seven resource managers; the second of two rounds. */
function exploreRate(): number {
  const spec = specById('two-phase-commit')!;
  const knobs = { resourceManagers: 7, coordinatorMayStop: false, commitsAlone: false };
  explore(spec, { ...knobs, resourceManagers: 6 });
  const start = performance.now();
  const { distinct } = explore(spec, knobs);
  return (distinct / (performance.now() - start)) * 1000;
}

/** Heap after a collection, where node was started with --expose-gc; without it the figure would be noise. */
function collectedHeap(): (() => number) | undefined {
  const collect = (globalThis as { gc?: () => void }).gc;
  if (collect === undefined) return undefined;
  return () => {
    collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
}
