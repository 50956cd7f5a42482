import { ChartTable } from '../_stage/marks/chart-table.tsx';
import { ChartWidths } from './chart-widths.tsx';
import styles from './charts.module.css';
import { type Curve, type Dot, DotsChart } from './dots-chart.tsx';
import {
  AHEAD_US,
  CUT_US,
  expectedByCut,
  expectedBySkew,
  type LostAdds,
  lostByCut,
  lostBySkew,
  MERGES,
  type Merge,
} from './merges.ts';

const NAMES: Readonly<Record<Merge, string>> = {
  'lww-wall': 'wall clock',
  'lww-hlc': 'hybrid clock',
  'or-set': 'OR-set',
};
const LOOKS = { 'lww-wall': 'one', 'lww-hlc': 'two', 'or-set': 'four' } as const;
const LINE_POINTS = 40;

/** How many acknowledged adds each merge loses: by the distance of the clocks, and by the length of a cut. Drawn by the server from our own runs. */
export function MergesFigure() {
  return (
    <div className={`${styles.charts} ${styles.even}`}>
      <div>
        <ChartWidths
          wide={[448, 290]}
          narrow={[336, 270]}
          draw={(size) => (
            <DotsChart
              {...size}
              curves={MERGES.map(bySkew)}
              x={{ label: '', unit: 'count', from: 0, to: 1000 }}
              y={{ label: '', unit: 'ratio', from: 0, to: 0.25 }}
              xTitle="ms that one clock is ahead of the other"
              yTitle="acknowledged adds that are lost, no outage"
              namePx={86}
              label={`Share of acknowledged adds that are lost without an outage, by the distance of the clocks. ${skewWords()}`}
            />
          )}
        />
        <ChartTable
          caption="Share of acknowledged adds that are lost without an outage"
          head={['clocks apart', ...MERGES.map((merge) => NAMES[merge]), 'wall clock, computed']}
          rows={AHEAD_US.map((at) => [
            `${at / 1000} ms`,
            ...MERGES.map((merge) => percent(lostAt(lostBySkew(merge), at))),
            percent(expectedBySkew('lww-wall', at)),
          ])}
        />
      </div>
      <div>
        <ChartWidths
          wide={[448, 290]}
          narrow={[336, 270]}
          draw={(size) => (
            <DotsChart
              {...size}
              curves={(['lww-hlc', 'or-set'] as const).map(byCut)}
              x={{ label: '', unit: 'count', from: 0, to: 20 }}
              y={{ label: '', unit: 'count', from: 0, to: 10 }}
              xTitle="seconds of the cut"
              yTitle="acknowledged adds lost in one cut, clocks agree"
              namePx={108}
              label={`Acknowledged adds lost in one cut, by its length, with clocks that agree. ${cutWords()}`}
            />
          )}
        />
        <ChartTable
          caption="Acknowledged adds lost in one cut"
          head={['cut', 'last write wins', 'OR-set', 'last write wins, computed']}
          rows={CUT_US.map((at) => [
            `${at / 1e6} s`,
            ...(['lww-hlc', 'or-set'] as const).map((merge) => count(lostAt(lostByCut(merge), at))),
            count(expectedByCut('lww-hlc', at)),
          ])}
        />
      </div>
    </div>
  );
}

function bySkew(merge: Merge): Curve {
  const line = pointsTo(AHEAD_US.at(-1)!, (us) => ({ x: us / 1000, y: expectedBySkew(merge, us) }));
  const dots = lostBySkew(merge).map(({ at, lost }) => ({ x: at / 1000, y: lost }));
  return { name: NAMES[merge], look: LOOKS[merge], dots, line };
}

function byCut(merge: 'lww-hlc' | 'or-set'): Curve {
  const line = pointsTo(CUT_US.at(-1)!, (us) => ({ x: us / 1e6, y: expectedByCut(merge, us) }));
  const dots = lostByCut(merge).map(({ at, lost }) => ({ x: at / 1e6, y: lost }));
  return merge === 'or-set'
    ? { name: NAMES[merge], look: LOOKS[merge], dots, line }
    : { name: 'last write wins', look: 'one', dots, line };
}

function pointsTo(last: number, dot: (us: number) => Dot): readonly Dot[] {
  return Array.from({ length: LINE_POINTS + 1 }, (_, at) => dot((last * at) / LINE_POINTS));
}

function lostAt(all: readonly LostAdds[], at: number): number | undefined {
  return all.find((one) => one.at === at)?.lost;
}

function skewWords(): string {
  const ends = MERGES.map((merge) => {
    const all = lostBySkew(merge);
    return `${NAMES[merge]}: ${percent(all[0]!.lost)} with clocks that agree, ${percent(all.at(-1)!.lost)} when they are 1,000 ms apart`;
  });
  return `${ends.join('; ')}.`;
}

function cutWords(): string {
  return `Last write wins: ${count(lostAt(lostByCut('lww-hlc'), 10_000_000))} in 10 s. OR-set: none.`;
}

/** A place where nothing was measured stays empty: the merge does not depend on it. */
function percent(share: number | undefined): string {
  return share === undefined ? '' : share === 0 ? '0 %' : `${(share * 100).toFixed(1)} %`;
}

function count(value: number | undefined): string {
  return value === undefined ? '' : value === 0 ? '0' : value.toFixed(1);
}
