import { memo } from 'react';
import {
  type OperationBar as Bar,
  barOf,
  laneY,
  lookOf,
  type OperationPaths,
  tenth,
} from '../../../simulations/index.ts';
import { VerdictShape } from '../../_shell/verdict-mark.tsx';
import type { Frame } from '../layout/frame.ts';
import ink from './ink.module.css';
import { type BarProps, barEnd, OperationBar } from './operation-bar.tsx';
import styles from './space-time.module.css';

/** Client operations as bars on their clients' lanes; too many for words as outlines, and too many for those as how busy each client was. */
export const OperationLayer = memo(function OperationLayer({
  frame,
  paths: { detail, bars, outlines, dimOutlines, load, unknown, failed },
}: {
  frame: Frame;
  paths: OperationPaths;
}) {
  return (
    <g data-testid="operations" data-detail={detail}>
      {load !== '' && <path className={styles.load} d={load} />}
      {dimOutlines !== '' && <path className={styles.dimOutline} d={dimOutlines} />}
      {outlines !== '' && <path className={styles.outline} d={outlines} />}
      {unknown !== '' && <path className={ink.torn} d={unknown} />}
      {failed !== '' && <path className={ink.cross} d={failed} />}
      {bars.map((row) => {
        const bar = barOf(frame.run, frame.focus, row);
        return bar && <Placed key={bar.operation.id} frame={frame} bar={bar} />;
      })}
    </g>
  );
});

function Placed({ frame, bar }: { frame: Frame; bar: Bar }) {
  const { lanes, proof, witness, id } = frame;
  const { operation, host, version } = bar;
  const from = Math.max(frame.x(bar.fromUs), frame.left - 40);
  const until = Math.min(frame.x(bar.untilUs), frame.right + 40);
  const y = laneY(lanes, host, Math.max(from, frame.left), frame.x);
  const upper = lanes.positionOf[host]! < lanes.lanes.length / 2;
  const closing = proof?.closing.id === operation.id;
  const chip: BarProps['chip'] =
    version === undefined ? undefined : { text: version.label, age: lookOf(frame.ages, version), at: bar.chip };
  const named = witness?.operations.includes(operation.id) ?? false;
  return (
    <>
      <OperationBar
        from={from}
        until={until}
        y={y}
        height={lanes.slices[host]!.bar}
        names={[bar.name, String(operation.id)]}
        chip={chip}
        unknown={bar.unknown}
        failed={bar.failed}
        dim={!named && (!bar.inFocus || !isLit(frame, bar))}
        witness={named && bar.operation.f === 'read' ? true : named && proof?.binding?.id === operation.id}
        under={!upper}
        left={frame.left}
        id={id}
        dimClass={styles.dimBar}
      />
      {closing && (
        <g transform={`translate(${tenth(barEnd({ from, until, chip }) + 5)} ${tenth(y - 7)}) scale(.875)`}>
          <VerdictShape status="violated" />
        </g>
      )}
    </>
  );
}

function isLit({ cone }: Frame, { operation }: Bar): boolean {
  if (cone === undefined) return true;
  const lit = (step: number | undefined) => step !== undefined && (cone.relation[step] ?? 0) !== 0;
  return lit(operation.invokedStep) || lit(operation.completedStep);
}
