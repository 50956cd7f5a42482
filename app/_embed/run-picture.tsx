import { useRef } from 'react';
import { type Focus, fieldOf, type Run, type SpaceTimeSize, type Witness } from '../../simulations/index.ts';
import { verticalLayout } from '../_stage/layout/frame.ts';
import { SpaceTime } from '../_stage/marks/space-time.tsx';
import { useWidth } from '../_stage/marks/use-width.ts';
import styles from './run-picture.module.css';

/** In a narrower field SpaceTime shows a part of the window, around now; then nothing is covered. */
const WHOLE_PX = 250;

export interface RunPictureProps {
  readonly run: Run;
  readonly focus: Focus;
  readonly size: SpaceTimeSize;
  /** The window and the moment, in microseconds. */
  readonly fromUs: number;
  readonly toUs: number;
  readonly nowUs: number;
  /** What proves a violation, once it has happened. */
  readonly witness: Witness | undefined;
  readonly label: string;
}

/** A window of a run up to a moment: what has not happened yet is not drawn. */
export function RunPicture({ run, focus, size, fromUs, toUs, nowUs, witness, label }: RunPictureProps) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box, 450);
  const { left, right } = fieldOf(run, size, width);
  const share = Math.max(0, Math.min(1, (nowUs - fromUs) / (toUs - fromUs)));
  const top = verticalLayout(run, size).axisY + 2;
  return (
    <div ref={box} className={styles.picture}>
      <SpaceTime
        run={run}
        focus={focus}
        size={size}
        fromUs={fromUs}
        toUs={toUs}
        nowUs={share < 1 ? nowUs : undefined}
        witness={witness}
        label={label}
      />
      {share < 1 && right - left >= WHOLE_PX && (
        <div className={styles.future} style={{ top, left: left + share * (right - left) + 2 }} />
      )}
    </div>
  );
}
