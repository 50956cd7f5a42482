import { line, type Point } from '../../simulations/index.ts';
import { layAxis } from '../_stage/layout/chart.ts';
import { ChartAxes, type ChartField } from '../_stage/marks/chart-axes.tsx';
import styles from './charts.module.css';
import { OBJECTIVE, type Setting, settingName } from './staleness.ts';

export interface StaleChartProps {
  readonly settings: readonly Setting[];
  readonly width: number;
  readonly height: number;
}

const LOOKS = ['one', 'two', 'three', 'four'] as const;
/** The smallest share on the axis; the trials carry no less. */
const SHARE_MIN = 0.0001;

/** Stale reads against time since the acknowledgement, both logarithmic, with the corner that breaks the objective. */
export function StaleChart({ settings, width, height }: StaleChartProps) {
  const field = { left: 52, right: width - 66, top: 22, bottom: height - 36 };
  const msMax = settings[0]!.stale.at(-1)!.ms;
  const x = layAxis({ label: '', unit: 'ms', log: true, from: 1, to: msMax }, [], [field.left, field.right]);
  const y = layAxis({ label: '', unit: 'ratio', log: true, from: SHARE_MIN, to: 0.3 }, [], [field.bottom, field.top]);
  const corner = { x: x.at(OBJECTIVE.freshAfterUs / 1000), y: y.at(1 - OBJECTIVE.freshShare) };
  return (
    <svg className={styles.chart} width={width} height={height} role="img" aria-label={describe(settings)}>
      <ChartAxes
        field={field}
        x={x}
        y={y}
        xTitle="ms since the write was acknowledged"
        yTitle="reads that return an older value"
      />
      <Corner field={field} {...corner} />
      {settings.map((setting, at) => (
        <path key={settingName(setting)} className={`${styles.curve} ${styles[LOOKS[at]!]}`} d={pathOf(setting)} />
      ))}
      <Names settings={settings} field={field} top={(setting) => y.at(setting.stale[0]!.share)} />
      <Crossing setting={settings[0]!} at={[x.at(settings[0]!.visibleAfterUs / 1000), corner.y]} />
    </svg>
  );

  /** Until it leaves the field at the bottom; what is never stale runs along the edge. */
  function pathOf({ stale }: Setting): string {
    const never = stale.every(({ share }) => share === 0);
    const shown = never ? stale : stale.slice(0, stale.findLastIndex(({ share }) => share > SHARE_MIN) + 2);
    return line(shown.map(({ ms, share }): Point => [x.at(ms), y.at(share)]));
  }
}

function Corner({ field, x, y }: { field: ChartField; x: number; y: number }) {
  return (
    <g>
      <path className={styles.corner} d={`M${x} ${field.top}V${y}H${field.right}V${field.top}Z`} />
      <path className={styles.cornerEdge} d={`M${x} ${field.top}V${y}H${field.right}`} />
      <text className={styles.cornerWord} x={x + 6} y={field.top + 14}>
        outside the objective
      </text>
    </g>
  );
}

interface NamesProps {
  readonly settings: readonly Setting[];
  readonly field: ChartField;
  top(setting: Setting): number;
}

/** Over the beginning of each curve; the second runs just below the first, so its name stands under it. */
function Names({ settings, field, top }: NamesProps) {
  return settings.map((setting, at) => {
    const last = at === settings.length - 1;
    const below = at === 1 ? 17 : -9;
    return (
      <text
        key={settingName(setting)}
        className={styles.name}
        x={last ? field.right + 6 : field.left + 6}
        y={last ? field.bottom + 3 : top(setting) + below}
      >
        {settingName(setting)}
      </text>
    );
  });
}

/** Where a curve reaches the objective's share. */
function Crossing({ setting, at: [x, y] }: { setting: Setting; at: readonly [number, number] }) {
  return (
    <g>
      <circle className={styles.crossing} cx={x} cy={y} r="3.6" />
      <text className={styles.name} x={x - 7} y={y + 15} textAnchor="end">
        {`${(setting.visibleAfterUs / 1e6).toFixed(1)} s`}
      </text>
    </g>
  );
}

function describe(settings: readonly Setting[]): string {
  const sentences = settings.map((setting) => {
    const stale = 1 - setting.freshAtObjective;
    const until = setting.visibleAfterUs / 1000;
    return stale === 0
      ? `${settingName(setting)}: no stale read at all.`
      : `${settingName(setting)}: ${(stale * 100).toPrecision(2)} % stale at 100 ms, 0.1 % at ${Math.round(until)} ms.`;
  });
  return `Share of reads that return an older value, against milliseconds since the acknowledgement. ${sentences.join(' ')}`;
}
