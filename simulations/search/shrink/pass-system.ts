import type { HostId } from '../../kernel/behavior.ts';
import type { Schedule } from '../../kernel/schedule.ts';
import type { SmallerSystem } from '../../models/model.ts';
import { type Candidate, type KnobSettings, onHosts } from './candidate.ts';
import type { Search, Trial } from './search.ts';

/** Turns knobs off or back to their defaults where the violation stays and the run does not grow. Decisions are left alone. */
export function* simplerKnobs(search: Search): Trial<void> {
  search.stage = 'simpler knobs';
  const { model } = search.goal;
  if (model.shrinking === undefined) return;
  for (const [knob, value] of model.shrinking.simpler(search.best.knobs as never, search.best.workload)) {
    const { best, run } = search;
    if (best.alternatives.some(({ set }) => knob in set)) continue;
    yield* search.keeps({ ...best, knobs: { ...best.knobs, [knob]: value } }, run.events);
  }
}

/** Tries systems of fewer hosts, smallest first, with every choice of the hosts that stay. */
export function* smallerSystem(search: Search): Trial<void> {
  search.stage = 'fewer processes';
  const { model } = search.goal;
  const { best } = search;
  if (model.shrinking === undefined || best.operations === undefined) return;
  for (const system of model.shrinking.smaller(best.knobs as never, best.workload)) {
    const set = settings(search, system);
    if (set === undefined) continue;
    for (const kept of choices(system.hosts, system.left.length)) {
      for (const stand of kept) {
        const rename = new Map(kept.map((host, at) => [host, system.left[at]!]));
        if (yield* search.keeps(onSystem({ ...best, ...set }, system, rename, rename.get(stand)!))) return;
      }
    }
  }
}

/** The knobs of the smaller system and of its alternatives; undefined when an alternative has no such smaller system. */
function settings(search: Search, system: SmallerSystem): Pick<Candidate, 'knobs' | 'alternatives'> | undefined {
  const { best, goal } = search;
  const alternatives: Candidate['alternatives'][number][] = [];
  for (const { id, set } of best.alternatives) {
    const own = goal.model.shrinking!.smaller({ ...best.knobs, ...set } as never, best.workload);
    const same = own.find(
      ({ left, set: other }) => left.length === system.left.length && agree(other, system.set, set),
    );
    if (same === undefined) return undefined;
    alternatives.push({
      id,
      set: Object.fromEntries(Object.keys(set).map((knob) => [knob, (same.set[knob] ?? set[knob])!])),
    });
  }
  return { knobs: { ...best.knobs, ...system.set }, alternatives };
}

/** Whether two settings are the same but for the knobs that are decided. */
function agree(one: KnobSettings, other: KnobSettings, decided: KnobSettings): boolean {
  return Object.keys(one).every((knob) => knob in decided || one[knob] === other[knob]);
}

/** Every choice of `count` items, in their order. */
function* choices<T>(items: readonly T[], count: number): Generator<readonly T[], void> {
  if (count === 0) yield [];
  else if (items.length >= count) {
    const [first, ...rest] = items;
    for (const others of choices(rest, count - 1)) yield [first!, ...others];
    yield* choices(rest, count);
  }
}

/** The candidate on fewer hosts: what was sent to a host that is gone goes to `stand`, faults and luck of such a host go with it. */
function onSystem(
  candidate: Candidate,
  { hosts }: SmallerSystem,
  renamed: ReadonlyMap<HostId, HostId>,
  stand: HostId,
): Candidate {
  const rename = (host: HostId) => (hosts.includes(host) ? renamed.get(host) : host);
  return {
    ...candidate,
    operations: candidate.operations?.map((one) =>
      one.via === undefined ? one : { ...one, via: rename(one.via) ?? stand },
    ),
    faults: candidate.faults.flatMap((fault) => {
      const action = onHosts(fault.action, rename);
      return action === undefined ? [] : [{ ...fault, action }];
    }),
    schedule: candidate.schedule === undefined ? undefined : renamedSchedule(candidate.schedule, rename),
  };
}

function renamedSchedule(schedule: Schedule, rename: (host: HostId) => HostId | undefined): Schedule {
  return {
    ...schedule,
    messages: schedule.messages?.flatMap((pin) => {
      const [from, to] = [rename(pin.from), rename(pin.to)];
      return from === undefined || to === undefined ? [] : [{ ...pin, from, to }];
    }),
    disks: schedule.disks?.flatMap((pin) => {
      const host = rename(pin.host);
      return host === undefined ? [] : [{ ...pin, host }];
    }),
    timers: schedule.timers?.flatMap((pin) => {
      const [host, ...name] = pin.process.split('/');
      const to = rename(host!);
      return to === undefined ? [] : [{ ...pin, process: [to, ...name].join('/') }];
    }),
  };
}
