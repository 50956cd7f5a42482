import { memo } from 'react';
import { type OperationBar as Bar, barsIn, laneY, lookOf, tenth } from '../../../simulations/index.ts';
import { VerdictShape } from '../../_shell/verdict-mark.tsx';
import type { Frame } from '../layout/frame.ts';
import { OperationBar } from './operation-bar.tsx';
import styles from './space-time.module.css';

/** Client operations as bars on their clients' lanes. */
export const OperationLayer = memo(function OperationLayer({ frame }: { frame: Frame }) {
  const bars = barsIn(frame.run, frame.focus, frame.fromUs, frame.untilUs);
  return bars.map((bar) => <Placed key={bar.operation.id} frame={frame} bar={bar} />);
});

function Placed({ frame, bar }: { frame: Frame; bar: Bar }) {
  const { lanes, proof, witness, id } = frame;
  const { operation, host, version } = bar;
  const from = Math.max(frame.x(bar.fromUs), frame.left - 40);
  const until = Math.min(frame.x(bar.untilUs), frame.right + 40);
  const y = laneY(lanes, host, Math.max(from, frame.left), frame.x);
  const upper = lanes.positionOf[host]! < lanes.lanes.length / 2;
  const closing = proof?.closing.id === operation.id;
  const named = witness?.operations.includes(operation.id) ?? false;
  return (
    <>
      <OperationBar
        from={from}
        until={until}
        y={y}
        height={lanes.bar}
        names={[bar.name, String(operation.id)]}
        chip={
          version === undefined ? undefined : { text: version.label, age: lookOf(frame.ages, version), at: bar.chip }
        }
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
        <g transform={`translate(${tenth(until + 5)} ${tenth(y - 7)}) scale(.875)`}>
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
