'use client';

import { useId, useMemo, useRef } from 'react';
import {
  agesIn,
  agesOf,
  basePaths,
  belongingsBoxes,
  cutsOf,
  type Focus,
  formatMs,
  lookOf,
  packetsAt,
  placeBelongings,
  placeOf,
  placePackets,
  type RingLayout,
  type Run,
  ringLayout,
  runIndex,
  type Scene,
  type SceneNode,
  STAGE,
  stageCuts,
  tearOf,
  type WorldView,
} from '../../../simulations/index.ts';
import ink from './ink.module.css';
import styles from './stage.module.css';
import { type StageBase, StageGround } from './stage-ground.tsx';
import { type HandActs, StageHands } from './stage-hands.tsx';
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
  /** What the model draws of that world, when it is known already. */
  readonly scene?: Scene;
  /** The moment in view, in microseconds: packets stand where they are at this instant. */
  readonly nowUs: number;
  readonly selectedStep?: number;
  /** The window beside the stage: versions then have the same ages in both. Default: ages among what is on the stage. */
  readonly window?: { readonly fromUs: number; readonly toUs: number };
  onSelectHost?(host: string): void;
  /** What hands do to the cluster: draw a cut, ask for the menu of a host or a link. Default: nothing. */
  readonly hands?: HandActs;
}

/** The cluster at one moment: replicas on a ring, clients outside, messages on their way, a cut as a tear through the picture. */
export function Stage({
  run,
  focus,
  world: given,
  steps,
  scene: known,
  nowUs,
  selectedStep,
  window,
  onSelectHost,
  hands,
}: StageProps) {
  const id = useId();
  const svg = useRef<SVGSVGElement>(null);
  const world = steps === undefined || run.timeline === undefined ? given : run.timeline.worldAt(steps);
  const scene = known ?? run.input.model.scene(world, focus);
  const { layout, base, ids } = useFixed(run);
  const { links } = runIndex(run);
  const { faults } = world;
  const cuts = useMemo(() => stageCuts({ layout, hosts: ids, links }, faults), [layout, ids, links, faults]);
  const { tear, bars, note, kept } = cuts;
  const ages = useAges(run, focus, window, scene.nodes);
  const selected = selectedStep === undefined ? -1 : (run.timeline?.trace.host(selectedStep) ?? -1);
  const place = useMemo(() => {
    const places = ids.map((_, host) => placeOf(layout, tear, host));
    return (host: number) => places[host]!;
  }, [ids, layout, tear]);
  const packets = packetsAt(run, world, nowUs, scene.packetLabels);
  const belongs = placeBelongings(
    scene.nodes.map((node) => {
      const host = ids.indexOf(node.host);
      return { node, at: place(host), outward: layout.outward[host]!, since: sinceUs(run, host, node, nowUs) };
    }),
    kept,
  );
  const drawn = placePackets({
    run,
    packets,
    place,
    tear,
    written: [...(note === undefined ? [] : [note.box]), ...belongingsBoxes(belongs)],
  });
  return (
    <div className={styles.frame} data-torn={tear?.apart === true ? tear.pieces.length : undefined}>
      <svg
        ref={svg}
        className={`${styles.stage} ${hands === undefined ? '' : styles.handled}`}
        viewBox={`0 0 ${STAGE.width} ${STAGE.height}`}
        role={onSelectHost === undefined ? 'img' : 'group'}
        aria-label={`Stage at ${formatMs(nowUs)} ms`}
      >
        <desc>{scene.text}</desc>
        <StageGround id={id} layout={layout} base={base} tear={tear} bars={bars} />
        <PacketLines drawn={drawn} />
        {scene.nodes.map((node, index) => {
          const host = ids.indexOf(node.host);
          return (
            <StageNode
              key={node.host}
              node={node}
              at={place(host)}
              age={node.version === undefined ? 'new' : lookOf(ages, node.version)}
              belongs={belongs[index]!}
              selected={host === selected}
              id={id}
              onSelect={onSelectHost}
              hasMenu={hands !== undefined}
            />
          );
        })}
        <PacketGlyphs run={run} drawn={drawn} />
        {note !== undefined && (
          <text className={`${ink.word} ${ink.cased} ${styles.note}`} x={note.at[0]} y={note.at[1]}>
            {note.text}
          </text>
        )}
        {hands !== undefined && <StageHands svg={svg} acts={hands} hosts={ids} links={links} place={place} />}
      </svg>
    </div>
  );
}

interface Fixed {
  readonly layout: RingLayout;
  readonly base: StageBase;
  /** Ids of hosts, by index. */
  readonly ids: readonly string[];
}

/** A cut that was just drawn must tear the picture where it was drawn: as long as the last layout can show a run's cuts, it stays. */
function useFixed(run: Run): Fixed {
  const last = useRef<Fixed | undefined>(undefined);
  return useMemo(() => {
    const { hosts, links } = runIndex(run);
    const ids = hosts.map(({ id }) => id);
    const cuts = cutsOf(run);
    const fresh = ringLayout(hosts, cuts);
    const known = last.current?.ids.join() === ids.join() ? last.current?.layout : undefined;
    const fits = (cut: (typeof cuts)[number]) =>
      known !== undefined && (tearOf(known, cut) !== undefined || tearOf(fresh, cut) === undefined);
    const layout = known !== undefined && cuts.every(fits) ? known : fresh;
    last.current = { layout, base: basePaths(layout, links), ids };
    return last.current;
  }, [run]);
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
