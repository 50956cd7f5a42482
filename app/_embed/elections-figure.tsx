import { ChartTable } from '../_stage/marks/chart-table.tsx';
import { ChartWidths } from './chart-widths.tsx';
import styles from './charts.module.css';
import { type Curve, DotsChart } from './dots-chart.tsx';
import { type ElectionSetting, electionName, electionSettings, waitAt } from './elections.ts';

const LOOKS = ['one', 'two', 'four'] as const;
/** Where each name stands: beside its curve, where no other one passes. */
const NAME_PLACES = [
  { x: 300, y: 0.42 },
  { x: 52, y: 0.9 },
  { x: 222, y: 0.74 },
] as const;
const SHARES = [0.1, 0.25, 0.5, 0.75, 0.9] as const;
/** The axis ends here, in ms; slower elections are beyond it. */
const MS_MAX = 600;

/** How long five servers are without a leader, by the spread of their timeouts: our elections as lines, the published ones as dots. */
export function ElectionsFigure() {
  const settings = electionSettings();
  return (
    <div className={styles.single}>
      <ChartWidths
        wide={[632, 320]}
        narrow={[336, 300]}
        draw={(size) => (
          <DotsChart
            {...size}
            curves={settings.map(curveOf)}
            x={{ label: '', unit: 'ms', from: 50, to: MS_MAX }}
            y={{ label: '', unit: 'ratio', from: 0, to: 1 }}
            xTitle="ms without a leader"
            yTitle="elections that took no longer"
            namePx={16}
            label={`Share of elections by the time without a leader. ${settings.map(wordsOf).join(' ')}`}
          />
        )}
      />
      <ChartTable
        caption="Time without a leader, ours and as published, in milliseconds"
        head={['election timeout', ...SHARES.flatMap((share) => [`p${share * 100}`, `p${share * 100}, published`])]}
        rows={settings.map((setting) => [
          electionName(setting),
          ...setting.published.flatMap(([share, ms]) => [waitAt(setting, share).toFixed(0), ms.toFixed(0)]),
        ])}
      />
    </div>
  );
}

function curveOf(setting: ElectionSetting, at: number): Curve {
  const { waitsMs, minMs, maxMs, published } = setting;
  const line = waitsMs.map((ms, index) => ({ x: ms, y: (index + 1) / waitsMs.length })).filter(({ x }) => x <= MS_MAX);
  return {
    name: `${minMs}–${maxMs} ms`,
    look: LOOKS[at]!,
    nameAt: NAME_PLACES[at]!,
    line,
    dots: published.map(([share, ms]) => ({ x: ms, y: share })),
  };
}

function wordsOf(setting: ElectionSetting): string {
  const [, , [, published]] = setting.published as readonly [unknown, unknown, readonly [number, number]];
  return `Timeouts of ${electionName(setting)}: median ${waitAt(setting, 0.5).toFixed(0)} ms, published ${published.toFixed(0)} ms.`;
}
