import {
  type ActiveFault,
  type Fault,
  type FaultAction,
  formatDuration,
  type Run,
  runIndex,
  type WorldView,
} from '../../../../simulations/index.ts';
import type { HandTarget } from '../../../_stage/marks/stage-hands.tsx';
import { freshId, withFault } from './script.ts';

/** Something that a hand can do to a host or a link at a moment: make a fault, end one that is in force, or look at another target. */
export type HandAct =
  | {
      readonly do: 'make';
      readonly id: string;
      readonly label: string;
      readonly action: FaultAction;
      /** How long it lasts at first; undefined: until it is ended by hand. */
      readonly forUs: number | undefined;
    }
  | { readonly do: 'end'; readonly id: string; readonly label: string; readonly active: ActiveFault }
  | { readonly do: 'open'; readonly id: string; readonly label: string; readonly target: HandTarget };

/** What a fault does at first that takes an amount; the reader changes it afterwards. */
const LOSS_RATIO = 0.2;
/** A slow link or disk takes this many times the median flight of the run's messages longer. */
const SLOWER = 5;

/** What a hand can do, in groups, as the state of the host or link at the moment allows. */
export function handActs(run: Run, world: WorldView, target: HandTarget): readonly (readonly HandAct[])[] {
  const groups = target.kind === 'host' ? hostActs(run, world, target.host) : linkActs(run, world, target);
  return groups.filter((group) => group.length > 0);
}

function hostActs(run: Run, world: WorldView, host: string): readonly (readonly HandAct[])[] {
  const status = world.host(host)?.status ?? 'up';
  const others = run.topology.hosts.map(({ id }) => id).filter((id) => id !== host);
  const isolated = others.every((other) => !world.reachable(host, other) && !world.reachable(other, host));
  const pauseUs = round(run.simulatedUs / 20);
  const offsetUs = round(run.simulatedUs / 20);
  const extraUs = extraOf(run);
  const extra = { kind: 'constant', us: extraUs } as const;
  const makes: (HandAct | false)[] = [
    status !== 'down' && make('Crash', { do: 'crash', target: host }),
    status === 'up' && make(`Pause for ${formatDuration(pauseUs)}`, { do: 'pause', target: host }, pauseUs),
    !isolated && others.length > 0 && make('Isolate', { do: 'cut', sides: [[host], others], oneWay: false }),
    make(`Set the clock ${formatDuration(offsetUs)} ahead`, { do: 'clock', target: host, offsetUs, driftPpm: 0 }),
    make(`Slow the disk by ${formatDuration(extraUs)}`, { do: 'slowDisk', target: host, extra }),
    status !== 'down' && make('Crash and lose the disk', { do: 'restore', target: host, backupAtUs: 0 }),
    make(`Slow all it sends by ${formatDuration(extraUs)}`, { do: 'slow', from: host, to: '*', extra }),
    make(`Lose ${percent(LOSS_RATIO)} of all it sends`, { do: 'loss', from: host, to: '*', ratio: LOSS_RATIO }),
  ];
  const links = peersOf(run, host).map((peer): HandAct => {
    const target: HandTarget = { kind: 'link', from: host, to: peer };
    return { do: 'open', id: `link ${peer}`, label: `Link to ${peer}`, target };
  });
  return [endsOf(world, (active) => touches(active, host)), makes.filter((act) => act !== false), links];
}

function linkActs(
  run: Run,
  world: WorldView,
  { from, to }: { readonly from: string; readonly to: string },
): readonly (readonly HandAct[])[] {
  const extraUs = extraOf(run);
  const extra = { kind: 'constant', us: extraUs } as const;
  const [there, back] = [world.reachable(from, to), world.reachable(to, from)];
  const ways = [
    [from, to, there],
    [to, from, back],
  ] as const;
  const cut = (a: string, b: string, oneWay: boolean): FaultAction => ({ do: 'cut', sides: [[a], [b]], oneWay });
  const cuts: readonly (HandAct | false)[] = [
    (there || back) && make('Cut', cut(from, to, false)),
    ...ways.map(([a, b, open]) => open && make(`Cut ${a} to ${b} only`, cut(a, b, true))),
  ];
  const worse = ways.flatMap(([a, b, open]): readonly HandAct[] => {
    if (!open) return [];
    return [
      make(`Slow ${a} to ${b} by ${formatDuration(extraUs)}`, { do: 'slow', from: a, to: b, extra }),
      make(`Lose ${percent(LOSS_RATIO)} of ${a} to ${b}`, { do: 'loss', from: a, to: b, ratio: LOSS_RATIO }),
      make(`Duplicate ${percent(LOSS_RATIO)} of ${a} to ${b}`, { do: 'duplicate', from: a, to: b, ratio: LOSS_RATIO }),
    ];
  });
  return [endsOf(world, (active) => joins(active, from, to)), cuts.filter((act) => act !== false), worse];
}

function make(label: string, action: FaultAction, forUs?: number): HandAct {
  return { do: 'make', id: label, label, action, forUs };
}

function endsOf(world: WorldView, concerns: (active: ActiveFault) => boolean): readonly HandAct[] {
  return world.faults.filter(concerns).map((active) => ({
    do: 'end',
    id: `end ${active.fault.id}`,
    label: `${END_WORDS[active.fault.action.do]} (${active.fault.id})`,
    active,
  }));
}

/** What it is called to end a fault before its time. */
const END_WORDS: Readonly<Record<FaultAction['do'], string>> = {
  crash: 'Restart',
  restore: 'Restart',
  pause: 'Resume',
  cut: 'Heal the cut',
  slow: 'End the delay',
  loss: 'End the loss',
  duplicate: 'End the duplication',
  clock: 'Set the clock right',
  slowDisk: 'Make the disk fast again',
};

function touches({ sides }: ActiveFault, host: string): boolean {
  return sides.some((side) => side.includes(host));
}

function joins({ sides }: ActiveFault, a: string, b: string): boolean {
  const [first, second] = [a, b].map((host) => sides.findIndex((side) => side.includes(host)));
  return sides.length > 1 && first !== -1 && second !== -1 && first !== second;
}

/** The hosts that a host ever speaks with, in the order of the run. */
function peersOf(run: Run, host: string): readonly string[] {
  const { hosts, links } = runIndex(run);
  const own = hosts.findIndex(({ id }) => id === host);
  return hosts.flatMap(({ id }, other) =>
    links.has(own * hosts.length + other) || links.has(other * hosts.length + own) ? [id] : [],
  );
}

function extraOf(run: Run): number {
  return round(runIndex(run).flightUsMedian * SLOWER);
}

/** The nearest of 1, 2, 5, 10, … that is not above; at least one microsecond. */
function round(us: number): number {
  let step = 1;
  while (step * 10 <= us) step *= 10;
  if (step * 5 <= us) return step * 5;
  return step * 2 <= us ? step * 2 : step;
}

function percent(ratio: number): string {
  return `${ratio * 100} %`;
}

/** A script with a fault made by hand, and the fault. */
export interface HandMade {
  readonly faults: readonly Fault[];
  readonly fault: Fault;
}

/**
 * The script after an act at a moment. Faults come before all else of the same microsecond, so what a hand does happens in the next one: what
 * is in view stays as it was.
 */
export function handMade(
  faults: readonly Fault[],
  act: Extract<HandAct, { do: 'make' | 'end' }>,
  timeUs: number,
): HandMade {
  const atUs = Math.round(timeUs) + 1;
  if (act.do === 'make') {
    const { action, forUs } = act;
    const fault: Fault = {
      id: freshId(faults, action.do),
      action,
      when: { atUs },
      ...(forUs !== undefined && { forUs }),
    };
    return { faults: withFault(faults, fault), fault };
  }
  const { fault, sinceUs } = act.active;
  const ended: Fault = { ...fault, forUs: Math.max(1, atUs - sinceUs) };
  return { faults: withFault(faults, ended, fault.id), fault: ended };
}

/** The act of drawing a cut. Of a two-way cut the side with the run's first host comes first, whichever way the stroke went. */
export function cutAct(
  run: Run,
  {
    sides: [left, right],
    oneWay,
  }: { readonly sides: readonly [readonly string[], readonly string[]]; readonly oneWay: boolean },
): Extract<HandAct, { do: 'make' }> {
  const rank = (side: readonly string[]) => run.topology.hosts.findIndex(({ id }) => side.includes(id));
  const turned = !oneWay && rank(right) < rank(left);
  return {
    do: 'make',
    id: 'cut',
    label: 'Cut',
    action: { do: 'cut', sides: turned ? [right, left] : [left, right], oneWay },
    forUs: undefined,
  };
}
