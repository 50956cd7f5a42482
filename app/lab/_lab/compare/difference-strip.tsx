import { memo, useMemo } from 'react';
import { formatCount, seamPath, tenth, verticalPath } from '../../../../simulations/index.ts';
import type { Frame } from '../../../_stage/layout/frame.ts';
import type { Compared } from './comparison.ts';
import styles from './difference-strip.module.css';
import { STRIP, stripPaths } from './strip-layout.ts';

export interface DifferenceStripProps {
  readonly compared: Compared;
  readonly frames: readonly [a: Frame, b: Frame];
  /** The selected event on each side. */
  readonly selected: readonly [a: number | undefined, b: number | undefined];
}

/** What the two diagrams have in common, between them on the same axis: one line while they are equal, a seam where they part, then event by event. */
export const DifferenceStrip = memo(function DifferenceStrip({ compared, frames, selected }: DifferenceStripProps) {
  const { a, b, comparison } = compared;
  const [frameA, frameB] = frames;
  const { left, right, id } = frameA;
  const paths = useMemo(() => {
    const sides = [
      { x: frameA.x, timeUs: (step: number) => a.timeline!.timeUs(step) },
      { x: frameB.x, timeUs: (step: number) => b.timeline!.timeUs(step) },
    ] as const;
    return stripPaths({ comparison, a: sides[0], b: sides[1], left, right });
  }, [a, b, comparison, frameA, frameB, left, right]);
  const { partX, sameX, moved, only, heads } = paths;
  return (
    <svg className={styles.strip} height={STRIP.height} role="img" aria-label={labelOf(compared)}>
      <defs>
        <clipPath id={`${id}-strip`}>
          <rect x={left} width={Math.max(0, right - left)} height={STRIP.height} />
        </clipPath>
      </defs>
      <g clipPath={`url(#${id}-strip)`}>
        <path
          className={styles.same}
          d={`M${left} ${STRIP.middle}H${tenth(partX === undefined ? sameX : sameX - 9)}`}
        />
        {sameX < right && (
          <path
            className={styles.rails}
            d={`M${tenth(partX === undefined ? left : sameX + 3)} ${STRIP.upper}H${right}M${tenth(partX === undefined ? left : sameX + 3)} ${STRIP.lower}H${right}`}
          />
        )}
        <path className={styles.moved} d={moved} />
        <Selected frames={frames} selected={selected} compared={compared} />
        <path className={styles.only} d={only} />
        {heads.map(([x, y], at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two heads may lie at one place.
          <circle key={at} className={styles.head} cx={x} cy={y} r="2.25" />
        ))}
        {partX !== undefined && <Seam x={partX} />}
        {sameX - left > 110 && (
          <text className={styles.word} x={left + 6} y={STRIP.middle - 6}>
            {sameWords(comparison)}
          </text>
        )}
      </g>
    </svg>
  );
});

/** The tear where the runs part, a little before the first event that is not shared. */
function Seam({ x }: { readonly x: number }) {
  const { standing, dropped } = seamPath({
    length: STRIP.height - 14,
    throwPx: 6,
    slipPx: 3,
    seed: 7,
    stepMin: 3,
    stepMax: 7,
    amplitude: 2.4,
  });
  const [one, other] = [verticalPath(standing, x - 9, 5.5), verticalPath(dropped, x - 9, 5.5)];
  const back = verticalPath(dropped.toReversed(), x - 9, 5.5).replace('M', 'L');
  return (
    <g>
      <path className={styles.gap} d={`${one}${back}Z`} />
      <path className={styles.standing} d={one} />
      <path className={styles.edge} d={other} />
    </g>
  );
}

/** The selected event in both runs, as a marker. */
function Selected({ frames, selected, compared }: DifferenceStripProps) {
  const [one, other] = selected;
  if (one === undefined && other === undefined) return null;
  const xA = one === undefined ? undefined : frames[0].x(compared.a.timeline!.timeUs(one));
  const xB = other === undefined ? undefined : frames[1].x(compared.b.timeline!.timeUs(other));
  const from = xA === undefined ? `M${tenth(xB!)} ${STRIP.lower - 8}` : `M${tenth(xA)} ${STRIP.upper}`;
  const to = xB === undefined ? `V${STRIP.upper + 8}` : `L${tenth(xB)} ${STRIP.lower}`;
  return (
    <g>
      <path className={styles.marker} d={from + to} />
      <path className={styles.pair} d={from + to} />
    </g>
  );
}

function sameWords({ sharedSteps }: Compared['comparison']): string {
  return `${formatCount(sharedSteps)} steps the same`;
}

function labelOf({ names, comparison }: Compared): string {
  const { steps } = comparison;
  return `${sameWords(comparison)}; then ${formatCount(steps.only.a.length)} only in ${names[0]}, ${formatCount(steps.only.b.length)} only in ${names[1]}, ${formatCount(steps.moved.length)} in both at another time or with other content`;
}
