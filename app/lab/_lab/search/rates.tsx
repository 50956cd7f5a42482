'use client';

import { formatCount } from '../../../../simulations/index.ts';
import { VerdictMark } from '../../../_shell/verdict-mark.tsx';
import { formatPercent } from '../../../_stage/layout/rate-words.ts';
import { useActions, useLab } from '../state/context.tsx';
import styles from './rates.module.css';
import { type RateRow, rateWords, scaleEnd } from './sweep-words.ts';

/** Seeds that a row offers to open. */
const OFFERED = 3;

export interface RatesProps {
  readonly rows: readonly RateRow[];
  /** The setup that they are about. */
  readonly title: string;
}

/** Every check with the share of seeds that violate it, on one scale. */
export function Rates({ rows, title }: RatesProps) {
  const end = scaleEnd(rows);
  const drawn = rows.some(({ measured }) => measured?.interval !== undefined);
  return (
    <>
      <div className={`${styles.row} ${styles.names}`} aria-hidden="true">
        <span>check</span>
        <span className={styles.count}>violated in</span>
        <span className={`data ${styles.axis}`}>
          <span>{drawn ? '0' : ''}</span>
          <span>{drawn ? formatPercent(end) : ''}</span>
        </span>
        <span>share of seeds, 95 %</span>
        <span>open seed</span>
      </div>
      <ul className={styles.rates} aria-label={`Seeds that violate a check: ${title}`} data-testid="rates">
        {rows.map((row) => (
          <Row key={row.id} row={row} end={end} />
        ))}
      </ul>
    </>
  );
}

function Row({ row: { id, title, measured }, end }: { readonly row: RateRow; readonly end: number }) {
  const violated = measured !== undefined && measured.violated + measured.elsewhere.length > 0;
  return (
    <li className={styles.row} data-rate={id} data-violated={violated}>
      <span className={violated ? styles.violated : styles.title} title={title}>
        {violated && <VerdictMark status="violated" size={14} />}
        <span>{title}</span>
      </span>
      {measured === undefined ? (
        <span className={`data ${styles.count} ${styles.quiet}`}>not measured</span>
      ) : (
        <>
          <span className={`data ${styles.count}`}>
            <span className="sr">violated in </span>
            <b>{formatCount(measured.violated)}</b> of {formatCount(measured.of)}
          </span>
          <span className={styles.bar}>
            {measured.interval !== undefined && <Interval {...measured.interval} end={end} />}
          </span>
          <span className={`data ${styles.words}`}>{rateWords(measured)}</span>
          <Seeds id={id} measured={measured} />
        </>
      )}
    </li>
  );
}

/** From the low to the high end of the interval, the estimate on it; of none, what the seeds leave possible. */
function Interval(props: {
  readonly share: number;
  readonly low: number;
  readonly high: number;
  readonly end: number;
}) {
  const { share, low, high, end } = props;
  const at = (value: number) => `${((value / end) * 100).toFixed(2)}%`;
  return (
    <svg width="100%" height="14" aria-hidden="true">
      <line className={styles.scale} x1="0" x2="100%" y1="7" y2="7" />
      <line className={styles.interval} x1={at(low)} x2={at(high)} y1="7" y2="7" />
      {[low, high].map((value) => (
        <line key={value} className={styles.interval} x1={at(value)} x2={at(value)} y1="3" y2="11" />
      ))}
      {share > 0 && <circle className={styles.estimate} cx={at(share)} cy="7" r="3" />}
    </svg>
  );
}

/** The first violating seeds; pressing one opens it, with everything else as it is. */
function Seeds({ id, measured }: { readonly id: string; readonly measured: NonNullable<RateRow['measured']> }) {
  const seed = useLab((state) => state.applied.seed);
  const { pause, setSeed, showVerdict } = useActions();
  const seeds = [...measured.seeds, ...measured.elsewhere].sort((a, b) => a - b);
  const open = (chosen: number) => {
    pause();
    if (chosen !== seed) setSeed(chosen);
    showVerdict(id);
  };
  return (
    <span className={styles.seeds}>
      {seeds.slice(0, OFFERED).map((one) => (
        <button
          key={one}
          type="button"
          className="data"
          aria-label={`Open seed ${one}`}
          aria-current={one === seed ? 'true' : undefined}
          title={measured.elsewhere.includes(one) ? 'Violated without the hazard of the scenario' : undefined}
          onClick={() => open(one)}
        >
          {one}
        </button>
      ))}
      {seeds.length > OFFERED && <span className={`data ${styles.quiet}`}>+{formatCount(seeds.length - OFFERED)}</span>}
    </span>
  );
}
