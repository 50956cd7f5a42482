'use client';

import { memo, useId, useMemo } from 'react';
import {
  agesIn,
  agesOf,
  basePaths,
  cutsOf,
  type Focus,
  lookOf,
  packetsAt,
  partingOf,
  placeOf,
  placePackets,
  type RingLayout,
  type Run,
  ringLayout,
  runIndex,
  type SceneNode,
  STAGE,
  seedOf,
  shiftOf,
  stageSeam,
  strataLines,
  type WorldView,
} from '../../../simulations/index.ts';
import { formatMs } from '../layout/time-axis.ts';
import ink from './ink.module.css';
import { Patterns } from './patterns.tsx';
import styles from './stage.module.css';
import { StageNode } from './stage-node.tsx';
import { PacketGlyphs, PacketLines } from './stage-packets.tsx';

export interface StageProps {
  readonly run: Run;
  readonly focus: Focus;
  /** The world after the last step at or before `nowUs`. A timeline has one world, so it is read while rendering, and not kept. */
  readonly world: WorldView;
  /**
   * How many steps have been executed at this moment. When given, the world is sought anew before it is read, because others may have
   * moved the timeline since `world` was taken (`timeline.step` does).
   */
  readonly steps?: number;
  /** The moment in view, in microseconds: packets stand where they are at this instant. */
  readonly nowUs: number;
  readonly selectedStep?: number;
  /** The window beside the stage: versions then have the same ages in both. Default: ages among what is on the stage. */
  readonly window?: { readonly fromUs: number; readonly toUs: number };
  onSelectHost?(host: string): void;
}

/** The cluster at one moment: replicas on a ring, clients outside, messages on their way, a cut as a tear through the picture. */
export function Stage({ run, focus, world: given, steps, nowUs, selectedStep, window, onSelectHost }: StageProps) {
  const id = useId();
  const world = steps === undefined || run.timeline === undefined ? given : run.timeline.worldAt(steps);
  const scene = run.input.model.scene(world, focus);
  const { layout, base } = useMemo(() => fixed(run), [run]);
  const cut = activeCut(run, world);
  const torn = useMemo(() => tear(layout, cut?.sides, cut?.fault), [layout, cut?.sides, cut?.fault]);
  const parting = torn?.parting;
  const ages = useAges(run, focus, window, scene.nodes);
  const selected = selectedStep === undefined ? -1 : (run.timeline?.trace.host(selectedStep) ?? -1);
  const hosts = runIndex(run).hosts.map((host) => host.id);
  const place = (host: number) => placeOf(layout, parting, host);
  const drawn = placePackets({ run, packets: packetsAt(run, world, nowUs), place, parting });
  return (
    <div className={styles.frame} data-torn={torn !== undefined || undefined}>
      <svg
        className={styles.stage}
        viewBox={`0 0 ${STAGE.width} ${STAGE.height}`}
        role={onSelectHost === undefined ? 'img' : 'group'}
        aria-label={`Stage at ${formatMs(nowUs)} ms`}
      >
        <desc>{scene.text}</desc>
        <Ground id={id} layout={layout} base={base} torn={torn} />
        <PacketLines drawn={drawn} />
        {scene.nodes.map((node) => {
          const host = hosts.indexOf(node.host);
          return (
            <StageNode
              key={node.host}
              node={node}
              at={place(host)}
              outward={layout.outward[host]!}
              age={node.version === undefined ? 'new' : lookOf(ages, node.version)}
              since={sinceUs(run, host, node, nowUs)}
              selected={host === selected}
              id={id}
              onSelect={onSelectHost}
            />
          );
        })}
        <PacketGlyphs run={run} drawn={drawn} />
        {cut !== undefined && torn !== undefined && (
          <text className={`${ink.word} ${ink.cased} ${styles.note}`} {...noteAt(torn)}>
            cut at {Math.round(cut.sinceUs / 1000)} ms
          </text>
        )}
      </svg>
    </div>
  );
}

interface Base {
  readonly links: string;
  readonly ticks: string;
}

function fixed(run: Run): { readonly layout: RingLayout; readonly base: Base } {
  const { hosts, links } = runIndex(run);
  const layout = ringLayout(hosts, cutsOf(run));
  return { layout, base: basePaths(layout, links) };
}

/** The cut in force that tears the picture: a two-way one, the latest if there are several. */
function activeCut(run: Run, world: WorldView) {
  const active = world.faults.findLast(({ fault }) => fault.action.do === 'cut' && !fault.action.oneWay);
  if (active === undefined) return undefined;
  const sides = cutsOf(run).find(({ id, fromUs }) => id === active.fault.id && fromUs === active.sinceUs)?.sides;
  return { fault: active.fault.id, sinceUs: active.sinceUs, sides: sides ?? [] };
}

function tear(layout: RingLayout, sides: readonly (readonly number[])[] | undefined, fault: string | undefined) {
  const parting = sides === undefined ? undefined : partingOf(layout, sides);
  return parting === undefined ? undefined : { parting, seam: stageSeam(parting, seedOf(fault ?? '')) };
}

type Torn = NonNullable<ReturnType<typeof tear>>;

function noteAt({ parting, seam }: Torn): { readonly x: number; readonly y: number } {
  const [dx] = shiftOf(parting, 1);
  const reach = (20 - seam.top[1]) * ((parting.to[0] - parting.from[0]) / (parting.to[1] - parting.from[1] || 1));
  return { x: Math.max(8, Math.min(STAGE.width - 70, seam.top[0] + reach + dx + 14)), y: 20 };
}

function useAges(run: Run, focus: Focus, window: StageProps['window'], nodes: readonly SceneNode[]) {
  const { fromUs, toUs } = window ?? {};
  const shared = useMemo(
    () => (fromUs === undefined || toUs === undefined ? undefined : agesIn(run, focus, fromUs, toUs)),
    [run, focus, fromUs, toUs],
  );
  return shared ?? agesOf(nodes.flatMap(({ version }) => (version === undefined ? [] : [version])));
}

function sinceUs(run: Run, host: number, { status }: SceneNode, nowUs: number): number | undefined {
  const { down, paused } = runIndex(run);
  const spans = status === 'down' ? down[host] : status === 'paused' ? paused[host] : undefined;
  return spans?.findLast((span) => span.fromUs <= nowUs)?.fromUs;
}

/** The strata, the ring and the links; torn along the seam, both halves slid apart, while a cut is open. */
const Ground = memo(function Ground({
  id,
  layout,
  base,
  torn,
}: {
  id: string;
  layout: RingLayout;
  base: Base;
  torn: Torn | undefined;
}) {
  const lines = strataLines();
  const sheet = (
    <g id={`${id}-sheet`}>
      <path className={styles.stratum} d={lines.fine} />
      <path className={`${styles.stratum} ${styles.bold}`} d={lines.bold} />
      <circle className={styles.ring} cx={STAGE.centre[0]} cy={STAGE.centre[1]} r={STAGE.radius} />
      <path className={styles.ring} d={base.ticks} />
      <path className={styles.link} d={base.links} />
    </g>
  );
  return (
    <>
      <defs>
        <Patterns id={id} />
        {torn?.seam.halves.map((half, at) => (
          <clipPath key={half} id={`${id}-half${at}`}>
            <path d={half} />
          </clipPath>
        ))}
        {torn !== undefined && sheet}
      </defs>
      {torn === undefined && layout.ring.length > 0 && sheet}
      {torn?.seam.halves.map((half, at) => (
        <g
          key={half}
          transform={`translate(${shiftOf(torn.parting, at === 0 ? -1 : 1)
            .map((px) => px.toFixed(1))
            .join(' ')})`}
        >
          <path className={styles.half} d={half} />
          <g clipPath={`url(#${id}-half${at})`}>
            <use href={`#${id}-sheet`} />
          </g>
          <path className={ink.edge} d={torn.seam.profile} />
        </g>
      ))}
    </>
  );
});
