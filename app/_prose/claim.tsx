import { type CSSProperties, Fragment, type ReactNode } from 'react';
import { type SeamPoint, seamPath, verticalPath } from '../../simulations/index.ts';
import styles from './claim.module.css';

export interface ClaimProps {
  /** The left half, such as "*R* + *W* > *N*". Variables between asterisks are set in italic. */
  readonly premise: string;
  /** The right half, such as "linearizable". */
  readonly conclusion: string;
  /** What is spoken where the eye sees the tear. Default "does not imply". */
  readonly relation?: string;
  /** Which tear. Default 16. */
  readonly seed?: number;
}

const HEIGHT = 150;
const PITCH = 30;
const GAP = 10;
/** The edges go on over the frame's top and bottom, which clip them. */
const OVER = 24;
/** The strata reach this far to both sides of the seam; the frame clips them too. */
const REACH = 1400;

/** Coarser than a cut in a lane diagram: this tear is as high as the picture. */
const profile = { stepMin: 4, stepMax: 15, amplitude: 6 };

/** A popular claim, torn from its conclusion along a seam: the conclusion does not follow. */
export function Claim({ premise, conclusion, relation = 'does not imply', seed = 16 }: ClaimProps) {
  // The longer half decides the size of the letters, so that a claim stays on one line where it can.
  const characters = Math.max(premise.replaceAll('*', '').length, conclusion.replaceAll('*', '').length);
  return (
    <p className={styles.claim} style={{ '--characters': characters } as CSSProperties}>
      <TornStrata seed={seed} />
      <span className={styles.premise}>{italicised(premise)}</span>
      <span className="sr"> {relation} </span>
      <span className={styles.conclusion}>{italicised(conclusion)}</span>
    </p>
  );
}

/** Strata cut in the middle; the right half lies half a pitch lower. The origin is the middle of the frame's top edge. */
function TornStrata({ seed }: { seed: number }) {
  const seam = seamPath({ length: HEIGHT + 2 * OVER, throwPx: GAP, slipPx: PITCH / 2, seed, ...profile });
  const left = seam.standing.map(intoFrame);
  const right = seam.dropped.map(intoFrame);
  return (
    <svg className={styles.strata} height={HEIGHT} aria-hidden="true">
      <rect className={styles.gap} width="100%" height={HEIGHT} />
      <svg x="50%" overflow="visible" aria-hidden="true">
        <Half edge={left} far={-REACH} firstStratum={PITCH / 4} />
        <Half edge={right} far={REACH} firstStratum={PITCH * 0.75} />
      </svg>
    </svg>
  );
}

/** From the seam's own frame into the picture's: the seam leans to the left on its way down. */
function intoFrame({ along, across }: SeamPoint): SeamPoint {
  const down = along - OVER - PITCH / 4;
  return { along: down, across: across - GAP / 2 - (down - HEIGHT / 2) * 0.18 };
}

function Half({ edge, far, firstStratum }: { edge: readonly SeamPoint[]; far: number; firstStratum: number }) {
  const path = verticalPath(edge);
  const strata = Array.from({ length: HEIGHT / PITCH }, (_, index) => firstStratum + index * PITCH);
  return (
    <>
      <path className={styles.block} d={`${path}H${far}V${edge[0]!.along}Z`} />
      {strata.map((y, index) => (
        <path
          key={y}
          className={index % 2 === 0 ? styles.stratum : styles.stratumStrong}
          d={`M${acrossAt(edge, y)} ${y}H${far}`}
        />
      ))}
      <path className={styles.edge} d={path} />
    </>
  );
}

/** Where the edge stands at a height, between its points. */
function acrossAt(edge: readonly SeamPoint[], along: number): number {
  const after = edge.findIndex((point) => point.along >= along);
  const b = edge[after]!;
  const a = edge[after - 1]!;
  const share = (along - a.along) / (b.along - a.along);
  return Math.round((a.across + share * (b.across - a.across)) * 10) / 10;
}

/** "*R* + 1" becomes an italic R and " + 1". */
function italicised(text: string): ReactNode {
  const parts = text.split('*');
  return parts.map((part, index) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a constant string never move.
    return index % 2 === 1 ? <i key={index}>{part}</i> : <Fragment key={index}>{part}</Fragment>;
  });
}
