import { formatCount } from '../../simulations/index.ts';
import { ChartTable } from '../_stage/marks/chart-table.tsx';
import { ChartWidths } from './chart-widths.tsx';
import styles from './charts.module.css';
import { AFTER_MS, lackingAt, longestAt, readsBy } from './contracts.ts';
import { type Curve, type Dot, DotsChart } from './dots-chart.tsx';

const X = { label: '', unit: 'count', log: true, from: 10, to: 3000 } as const;
const LINE_POINTS = 400;

/** What a read after one's own write misses, and how long a token makes it wait. Drawn by the server from our own runs. */
export function ContractsFigure() {
  return (
    <div className={`${styles.charts} ${styles.even}`}>
      <div>
        <ChartWidths
          wide={[448, 290]}
          narrow={[336, 270]}
          draw={(size) => (
            <DotsChart
              {...size}
              curves={[missed('any'), missed('token')]}
              x={X}
              y={{ label: '', unit: 'ratio', from: 0, to: 0.8 }}
              xTitle="ms since the own write was acknowledged"
              yTitle="reads that miss the reader's own write"
              namePx={42}
              label="Share of reads that miss the reader's own write, by milliseconds since its acknowledgement. Any node: two thirds until the nearest follower has it, one third until the farthest has. With a token: none."
            />
          )}
        />
        <ChartTable
          caption="Share of reads that miss the reader's own write"
          head={['ms since', 'any node', 'same node', 'leader', 'token']}
          rows={AFTER_MS.map((ms, at) => [
            String(ms),
            ...(['any', 'sticky', 'leader', 'token'] as const).map((route) => percent(readsBy(route)[at]!.missed)),
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
              curves={[slowest('token'), slowest('any')]}
              x={X}
              y={{ label: '', unit: 'ms', from: 0, to: 2100 }}
              xTitle="ms since the own write was acknowledged"
              yTitle="slowest read, ms"
              namePx={58}
              label="Slowest read, by milliseconds since the acknowledgement of the reader's own write. With a token: what is left of two seconds. Any node: a round trip."
            />
          )}
        />
        <ChartTable
          caption="Duration of reads after one's own write, in milliseconds"
          head={['ms since', 'any, slowest', 'token, median', 'token, slowest']}
          rows={AFTER_MS.map((ms, at) => [
            String(ms),
            milliseconds(readsBy('any')[at]!.slowestUs),
            milliseconds(readsBy('token')[at]!.medianUs),
            milliseconds(readsBy('token')[at]!.slowestUs),
          ])}
        />
      </div>
    </div>
  );
}

function missed(route: 'any' | 'token'): Curve {
  const dots = readsBy(route).map(({ ms, missed: y }) => ({ x: ms, y }));
  return route === 'any'
    ? { name: 'any node', look: 'one', dots, line: lineOf(lackingAt), nameAt: { x: 110, y: 1 / 3 } }
    : { name: 'token', look: 'four', dots, line: lineOf(() => 0) };
}

function slowest(route: 'any' | 'token'): Curve {
  const dots = readsBy(route).map(({ ms, slowestUs }) => ({ x: ms, y: slowestUs / 1000 }));
  return route === 'any'
    ? { name: 'any node', look: 'one', dots, line: lineOf(() => longestAt(Number.POSITIVE_INFINITY)) }
    : { name: 'token', look: 'four', dots, line: lineOf(longestAt), nameAt: { x: 420, y: 1700 } };
}

/** Points at equal distances on the logarithmic axis. */
function lineOf(value: (ms: number) => number): readonly Dot[] {
  return Array.from({ length: LINE_POINTS + 1 }, (_, at) => {
    const x = X.from * (X.to / X.from) ** (at / LINE_POINTS);
    return { x, y: value(x) };
  });
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function milliseconds(us: number): string {
  return formatCount(Math.round(us / 1000));
}
