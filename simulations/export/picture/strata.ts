import type { ProcessName } from '../../kernel/recorder.ts';
import type { Timeline } from '../../kernel/timeline.ts';
import type { WorldView } from '../../kernel/view.ts';
import type { Focus } from '../../models/model.ts';
import type { Version } from '../../models/scene.ts';
import type { Run } from '../../run/execute.ts';

/** What one host's disk held for the key in focus, for a while. Times in microseconds. */
export interface Stratum {
  readonly fromUs: number;
  readonly untilUs: number;
  readonly version: Version;
  /** The step that wrote it; -1 for what was there from the start. */
  readonly step: number;
}

interface Layer {
  fromUs: number;
  untilUs: number;
  version: Version | undefined;
  step: number;
  process: number;
}

/** Steps that are gone through before a caller that draws beside is asked whether to go on. */
const PIECE = 8_192;

const known = new WeakMap<Run, Map<string, readonly (readonly Stratum[])[]>>();

/** The strata of every host, by its index; no stratum while a host is down, or where the model draws no band. */
export function strataOf(run: Run, focus: Focus): readonly (readonly Stratum[])[] {
  const ready = known.get(run)?.get(focus.key);
  if (ready !== undefined) return ready;
  const pieces = strataInPieces(run, [focus]);
  while (pieces.next().done !== true);
  return known.get(run)!.get(focus.key)!;
}

/**
 * Finds the strata of a long run piece by piece, and yields the share that is done, up to 1. From then on they are known to {@link strataOf}. Several
 * foci take one walk through the run, which is most of the work.
 */
export function* strataInPieces(run: Run, foci: readonly Focus[]): Generator<number, void> {
  const ofRun = known.get(run) ?? new Map<string, readonly (readonly Stratum[])[]>();
  known.set(run, ofRun);
  const builders = foci.filter(({ key }) => !ofRun.has(key)).map((focus) => new Builder(run, focus));
  if (builders.length > 0 && run.timeline !== undefined) yield* walk(run, run.timeline, builders);
  for (const { focus, strata } of builders) ofRun.set(focus.key, strata);
}

/** The position of the first stratum of a host that has not ended before an instant. */
export function firstStratum(strata: readonly Stratum[], fromUs: number): number {
  let low = 0;
  let high = strata.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (strata[middle]!.untilUs < fromUs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Lays the strata of one focus, in the order of the run. */
class Builder {
  readonly #layers: Layer[][];
  readonly #endUs: number;
  readonly #names: readonly ProcessName[];

  constructor(
    readonly run: Run,
    readonly focus: Focus,
  ) {
    this.#layers = run.topology.hosts.map(() => []);
    this.#endUs = run.record.endUs;
    this.#names = run.timeline?.names ?? [];
  }

  /** What a process has on disk from now on. */
  lay(world: WorldView, process: number, atUs: number, step: number): void {
    const { id, role, host } = this.#names[process]!;
    const version = this.run.input.model.stratum(role, world.process(id)?.disk, this.focus);
    const layers = this.#layers[host]!;
    const top = layers.at(-1);
    // Other processes of the host have disks without bands, which must not end the band of this one.
    if (version === undefined && (top?.version === undefined || top.process !== process)) return;
    if (top !== undefined && top.untilUs === this.#endUs && same(top.version, version)) return;
    this.end(host, atUs);
    layers.push({ fromUs: atUs, untilUs: this.#endUs, version, step, process });
  }

  /** Ends the band of a host. */
  end(host: number, atUs: number): void {
    const top = this.#layers[host]!.at(-1);
    if (top !== undefined) top.untilUs = Math.min(top.untilUs, atUs);
  }

  get strata(): readonly (readonly Stratum[])[] {
    return this.#layers.map((of) =>
      of.filter((layer): layer is Layer & Stratum => layer.version !== undefined && layer.untilUs > layer.fromUs),
    );
  }
}

/** What a disk held is not kept by step: the run is gone through again, as its disks were. */
function* walk(run: Run, timeline: Timeline, builders: readonly Builder[]): Generator<number, void> {
  const { trace, names } = timeline;
  // The record's view of the end shows the timeline's one world, wherever it stands now.
  const stood = run.record.end.step;
  const first = timeline.worldAt(0);
  /** Processes that are there from the start: the others have no disks of their own. */
  const lasting = [...names.keys()].filter((process) => first.process(names[process]!.id) !== undefined);
  const isLasting = names.map((_, process) => lasting.includes(process));
  for (const builder of builders) for (const process of lasting) builder.lay(first, process, 0, -1);

  const look = (world: WorldView, step: number) => {
    const kind = trace.kind(step);
    if (kind !== 'persisted' && kind !== 'crashed' && kind !== 'restarted') return;
    const atUs = trace.timeUs(step);
    const host = trace.host(step);
    const process = trace.process(step);
    for (const builder of builders) {
      if (kind === 'crashed') builder.end(host, atUs);
      else if (kind === 'persisted') {
        if (isLasting[process]) builder.lay(world, process, atUs, step);
      } else for (const of of lasting) if (names[of]!.host === host) builder.lay(world, of, atUs, step);
    }
  };
  for (let step = 0; step < trace.length; step += PIECE) {
    const until = Math.min(step + PIECE, trace.length);
    timeline.replay(step, until, look);
    // Whoever goes on between two pieces finds it there.
    timeline.worldAt(stood);
    yield until / trace.length;
  }
}

function same(one: Version | undefined, other: Version | undefined): boolean {
  return one?.label === other?.label && one?.deleted === other?.deleted && one?.siblings === other?.siblings;
}
