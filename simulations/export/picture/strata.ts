import type { Focus } from '../../models/model.ts';
import type { Version } from '../../models/scene.ts';
import type { Run } from '../../run/execute.ts';
import { runIndex } from './run-index.ts';

/** What one host's disk held for the key in focus, for a while. Times in microseconds. */
export interface Stratum {
  readonly fromUs: number;
  readonly untilUs: number;
  readonly version: Version;
  /** The step that wrote it; -1 for what was there from the start. */
  readonly step: number;
}

type Disks = Map<number, unknown>;
interface Layer {
  fromUs: number;
  untilUs: number;
  version: Version | undefined;
  step: number;
  process: number;
}

const known = new WeakMap<Run, Map<string, readonly (readonly Stratum[])[]>>();

/** The strata of every host, by its index; no stratum while a host is down, or where the model draws no band. */
export function strataOf(run: Run, focus: Focus): readonly (readonly Stratum[])[] {
  const ofRun = known.get(run) ?? new Map<string, readonly (readonly Stratum[])[]>();
  known.set(run, ofRun);
  const ready = ofRun.get(focus.key) ?? build(run, focus);
  ofRun.set(focus.key, ready);
  return ready;
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

function build(run: Run, focus: Focus): readonly (readonly Stratum[])[] {
  const timeline = run.timeline;
  const layers: Layer[][] = run.topology.hosts.map(() => []);
  if (timeline === undefined) return layers.map(() => []);
  const { trace, names } = timeline;
  const { model } = run.input;
  const endUs = run.record.endUs;
  const disks: Disks = initialDisks(run);
  const initial = new Map(disks);
  const backups = new Backups(run);

  const lay = (process: number, atUs: number, step: number) => {
    const name = names[process]!;
    const version = model.stratum(name.role, disks.get(process), focus);
    const top = layers[name.host]!.at(-1);
    // Other processes of the host have disks without bands, which must not end the band of this one.
    if (version === undefined && (top?.version === undefined || top.process !== process)) return;
    if (top !== undefined && top.untilUs === endUs && same(top.version, version)) return;
    if (top !== undefined) top.untilUs = Math.min(top.untilUs, atUs);
    layers[name.host]!.push({ fromUs: atUs, untilUs: endUs, version, step, process });
  };
  const layHost = (host: number, atUs: number, step: number) => {
    for (const process of disks.keys()) if (names[process]!.host === host) lay(process, atUs, step);
  };

  for (const process of disks.keys()) lay(process, 0, -1);
  for (let step = 0; step < trace.length; step++) {
    const atUs = trace.timeUs(step);
    backups.take(atUs, disks);
    const kind = trace.kind(step);
    if (kind === 'persisted') {
      const process = trace.process(step);
      if (!disks.has(process)) continue;
      const disk = trace.disk(step);
      if (disk !== undefined) disks.set(process, disk);
      lay(process, atUs, step);
    } else if (kind === 'crashed') {
      const host = trace.host(step);
      backups.restore(host, atUs, { disks, initial, hostOf: (process) => names[process]!.host });
      const top = layers[host]!.at(-1);
      if (top !== undefined) top.untilUs = Math.min(top.untilUs, atUs);
    } else if (kind === 'restarted') layHost(trace.host(step), atUs, step);
  }
  return layers.map((of) =>
    of.filter((layer): layer is Layer & Stratum => layer.version !== undefined && layer.untilUs > layer.fromUs),
  );
}

function same(one: Version | undefined, other: Version | undefined): boolean {
  return one?.label === other?.label && one?.deleted === other?.deleted && one?.siblings === other?.siblings;
}

/** What is on disk before the first step, for the processes that exist then. Leaves the timeline where it was. */
function initialDisks(run: Run): Disks {
  const timeline = run.timeline!;
  // The record's view of the end shows the timeline's one world, wherever it stands now.
  const stood = run.record.end.step;
  const first = timeline.worldAt(0);
  const disks: Disks = new Map();
  timeline.names.forEach(({ id }, process) => {
    const view = first.process(id);
    if (view !== undefined && !disks.has(process)) disks.set(process, view.disk);
  });
  timeline.worldAt(stood);
  return disks;
}

/** Disks put aside for `restore` faults, as the kernel does. */
class Backups {
  readonly #waiting: { readonly atUs: number; readonly fault: string }[] = [];
  readonly #kept = new Map<string, Disks>();
  readonly #restores: Run['record']['faults'];
  readonly #hosts: readonly { readonly id: string }[];

  constructor(run: Run) {
    this.#restores = run.record.faults.filter(({ fault }) => fault.action.do === 'restore');
    this.#hosts = runIndex(run).hosts;
    for (const { fault } of this.#restores) {
      if (fault.action.do === 'restore' && fault.action.backupAtUs > 0) {
        this.#waiting.push({ atUs: fault.action.backupAtUs, fault: fault.id });
      }
    }
    this.#waiting.sort((a, b) => b.atUs - a.atUs);
  }

  take(nowUs: number, disks: Disks): void {
    while (this.#waiting.length > 0 && this.#waiting.at(-1)!.atUs <= nowUs) {
      this.#kept.set(this.#waiting.pop()!.fault, new Map(disks));
    }
  }

  restore(
    host: number,
    nowUs: number,
    world: { readonly disks: Disks; readonly initial: Disks; hostOf(process: number): number },
  ): void {
    const id = this.#hosts[host]!.id;
    const hit = this.#restores.find(({ sinceUs, sides }) => sinceUs === nowUs && sides[0]?.includes(id));
    if (hit === undefined) return;
    const from = this.#kept.get(hit.fault.id) ?? world.initial;
    for (const process of world.disks.keys()) {
      if (world.hostOf(process) === host) world.disks.set(process, from.get(process));
    }
  }
}
