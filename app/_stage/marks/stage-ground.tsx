import { memo } from 'react';
import { type RingLayout, STAGE, type StageCuts, strataLines } from '../../../simulations/index.ts';
import ink from './ink.module.css';
import { Patterns } from './patterns.tsx';
import styles from './stage.module.css';

/** What stands on the ground: the links between hosts and the scale of the ring, as path data. */
export interface StageBase {
  readonly links: string;
  readonly ticks: string;
}

export interface StageGroundProps {
  /** Prefix of ids inside the SVG. */
  readonly id: string;
  readonly layout: RingLayout;
  readonly base: StageBase;
  readonly tear: StageCuts['tear'];
  /** Bars across the links that other cuts block. */
  readonly bars: string;
}

/** The strata, the ring and the links; torn into the sides of a cut, and these slid apart, while one is open. */
export const StageGround = memo(function StageGround({ id, layout, base, tear, bars }: StageGroundProps) {
  const apart = tear?.apart === true ? tear.pieces : [];
  const sheet = <Sheet id={id} base={base} />;
  return (
    <>
      <defs>
        <Patterns id={id} />
        {apart.map(({ outline }, at) => (
          <clipPath key={outline} id={`${id}-piece${at}`}>
            <path d={outline} />
          </clipPath>
        ))}
        {apart.length > 0 && sheet}
      </defs>
      {apart.length === 0 && layout.ring.length > 0 && sheet}
      {apart.map(({ outline, edge, shift }, at) => (
        <g key={outline} transform={`translate(${shift.map((px) => px.toFixed(1)).join(' ')})`}>
          <path className={styles.half} d={outline} />
          <g clipPath={`url(#${id}-piece${at})`}>
            <use href={`#${id}-sheet`} />
          </g>
          <path className={ink.edge} d={edge} />
        </g>
      ))}
      {tear?.apart === false && (
        <>
          <path className={ink.edge} d={tear.pieces[0]?.edge} />
          <path className={ink.edge} d={tear.barbs} data-testid="stage-one-way" />
        </>
      )}
      {bars !== '' && <path className={styles.bars} d={bars} data-testid="stage-bars" />}
    </>
  );
});

function Sheet({ id, base }: { readonly id: string; readonly base: StageBase }) {
  const lines = strataLines();
  return (
    <g id={`${id}-sheet`}>
      <path className={styles.stratum} d={lines.fine} />
      <path className={`${styles.stratum} ${styles.bold}`} d={lines.bold} />
      <circle className={styles.ring} cx={STAGE.centre[0]} cy={STAGE.centre[1]} r={STAGE.radius} />
      <path className={styles.ring} d={base.ticks} />
      <path className={styles.link} d={base.links} />
    </g>
  );
}
