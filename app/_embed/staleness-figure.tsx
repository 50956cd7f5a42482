import { ChartTable } from '../_stage/marks/chart-table.tsx';
import { ChartWidths } from './chart-widths.tsx';
import styles from './charts.module.css';
import { LatencyChart } from './latency-chart.tsx';
import { StaleChart } from './stale-chart.tsx';
import { settingName, settings, TABLE_MS } from './staleness.ts';

/** How stale and how slow each choice of R and W is: two charts, each with its table. Drawn by the server from our own trials. */
export function StalenessFigure() {
  const all = settings();
  return (
    <div className={styles.charts}>
      <div>
        <ChartWidths draw={(size) => <StaleChart settings={all} {...size} />} wide={[560, 300]} narrow={[336, 280]} />
        <ChartTable
          caption="Share of reads that return an older value"
          head={['ms since the acknowledgement', ...all.map(settingName)]}
          rows={TABLE_MS.map((ms, at) => [String(ms), ...all.map(({ staleAt }) => percent(staleAt[at]!))])}
        />
      </div>
      <div>
        <ChartWidths draw={(size) => <LatencyChart settings={all} {...size} />} wide={[336, 300]} narrow={[336, 280]} />
        <ChartTable
          caption="Latency at the 99.9th percentile"
          head={['setting', 'read', 'write']}
          rows={all.map((setting) => [
            settingName(setting),
            milliseconds(setting.readUs),
            milliseconds(setting.writeUs),
          ])}
        />
      </div>
    </div>
  );
}

function percent(share: number): string {
  return share === 0 ? '0 %' : `${Number((share * 100).toPrecision(3))} %`;
}

function milliseconds(us: number): string {
  return `${Number((us / 1000).toPrecision(3))} ms`;
}
