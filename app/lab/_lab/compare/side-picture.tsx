import { memo, useMemo } from 'react';
import { tenth } from '../../../../simulations/index.ts';
import type { Frame } from '../../../_stage/layout/frame.ts';
import { stepPoint } from '../../../_stage/layout/hit.ts';
import { SpaceTime } from '../../../_stage/marks/space-time.tsx';
import styles from './side-picture.module.css';

export interface SidePictureProps {
  /** The diagram as it is laid out, for what is drawn over it. */
  readonly frame: Frame;
  readonly nowUs: number;
  readonly selected: number | undefined;
  /** Steps that only this run has, and steps that both have but not alike. */
  readonly only: readonly number[];
  readonly moved: readonly number[];
  /** Where the runs part, in microseconds. */
  readonly partUs: number | undefined;
  readonly label: string;
  onSelectStep(step: number | undefined): void;
  onSeek(us: number): void;
  onWindow(fromUs: number, toUs: number): void;
}

/** One of two runs, with a ring around each event that the other does not have or has otherwise. */
export function SidePicture(props: SidePictureProps) {
  const { frame, nowUs, selected, label, onSelectStep, onSeek, onWindow } = props;
  const { run, focus, size, fromUs, untilUs } = frame;
  return (
    <div className={styles.side}>
      <SpaceTime
        run={run}
        focus={focus}
        size={size}
        fromUs={fromUs}
        toUs={untilUs}
        nowUs={nowUs}
        selectedStep={selected}
        label={label}
        onSelectStep={onSelectStep}
        onSeek={onSeek}
        onWindow={onWindow}
      />
      <Rings {...props} />
    </div>
  );
}

const Rings = memo(function Rings({ frame, only, moved, partUs }: SidePictureProps) {
  const marks = useMemo(() => ringsOf(frame, only, moved), [frame, only, moved]);
  const x = partUs === undefined ? -1 : tenth(frame.x(partUs)) - 6;
  return (
    <svg className={styles.rings} width="100%" height={frame.height} aria-hidden="true">
      {x > frame.left && x < frame.right && (
        <path className={styles.part} d={`M${x} ${frame.axisY}V${tenth(frame.lanes.bottom)}`} />
      )}
      {marks.map(({ step, at: [cx, cy], alone }) => (
        <circle key={step} className={alone ? styles.only : styles.moved} cx={tenth(cx)} cy={tenth(cy)} r="6.5" />
      ))}
    </svg>
  );
});

interface Ring {
  readonly step: number;
  readonly at: readonly [x: number, y: number];
  readonly alone: boolean;
}

/** With more rings than this in view they would say nothing: then only what one run has alone is marked. */
const RINGS_MAX = 80;

function ringsOf(frame: Frame, only: readonly number[], moved: readonly number[]): readonly Ring[] {
  const rings = (steps: readonly number[], alone: boolean) =>
    steps.flatMap((step): readonly Ring[] => {
      const at = stepPoint(frame, step);
      return at === undefined || at[0] < frame.left || at[0] > frame.right ? [] : [{ step, at, alone }];
    });
  const own = apart(rings(only, true));
  const both = apart([...own, ...rings(moved, false)]);
  return both.length > RINGS_MAX ? own.slice(0, RINGS_MAX) : both.toReversed();
}

/** Of rings that lie on one another the first: what one message sets off at once is one event to the eye. */
function apart(rings: readonly Ring[]): readonly Ring[] {
  const kept: Ring[] = [];
  for (const ring of rings) {
    const [x, y] = ring.at;
    if (kept.every(({ at }) => Math.hypot(at[0] - x, at[1] - y) > 4)) kept.push(ring);
  }
  return kept;
}
