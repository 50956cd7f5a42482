import { tenth } from '../../simulations/index.ts';
import { layAxis } from '../_stage/layout/chart.ts';
import { ChartAxes } from '../_stage/marks/chart-axes.tsx';
import styles from './charts.module.css';
import { type Setting, settingName } from './staleness.ts';

export interface LatencyChartProps {
  readonly settings: readonly Setting[];
  readonly width: number;
  readonly height: number;
}

/** How slow the slowest of a thousand is: a circle for reads, a square for writes, on one logarithmic axis. */
export function LatencyChart({ settings, width, height }: LatencyChartProps) {
  const field = { left: 66, right: width - 14, top: 22, bottom: height - 36 };
  const x = layAxis({ label: '', unit: 'us', log: true, from: 3000, to: 1_000_000 }, [], [field.left, field.right]);
  const pitch = (field.bottom - field.top) / settings.length;
  const words = settings.map(
    (setting) => `${settingName(setting)}: read ${ms(setting.readUs)}, write ${ms(setting.writeUs)}.`,
  );
  return (
    <svg
      className={styles.chart}
      width={width}
      height={height}
      role="img"
      aria-label={`Latency at the 99.9th percentile, in milliseconds. ${words.join(' ')}`}
    >
      <ChartAxes field={field} x={x} xTitle="ms, slowest of 1,000" />
      <text className={styles.title} x="2" y="11">
        latency at p99.9
      </text>
      {settings.map((setting, at) => (
        <Row
          key={settingName(setting)}
          setting={setting}
          y={Math.round(field.top + (at + 0.55) * pitch)}
          read={tenth(x.at(setting.readUs))}
          write={tenth(x.at(setting.writeUs))}
          right={field.right}
          named={at === 0}
        />
      ))}
    </svg>
  );
}

interface RowProps {
  readonly setting: Setting;
  readonly y: number;
  readonly read: number;
  readonly write: number;
  readonly right: number;
  /** Whether the marks are named below: once is enough. */
  readonly named: boolean;
}

function Row({ setting, y, read, write, right, named }: RowProps) {
  return (
    <g>
      <text className={styles.name} x="0" y={y + 4}>
        {settingName(setting)}
      </text>
      <path className={styles.lane} d={`M66 ${y}H${right}`} />
      <path className={styles.span} d={`M${read} ${y}H${write}`} />
      <circle className={styles.read} cx={read} cy={y} r="5" />
      <rect className={styles.write} x={write - 4.5} y={y - 4.5} width="9" height="9" />
      <Word x={read} y={y - 10} text={ms(setting.readUs)} anchor={anchorOf(read, write)} />
      <Word x={write} y={y - 10} text={ms(setting.writeUs)} anchor={anchorOf(write, read)} />
      {named && (
        <>
          <Word x={read} y={y + 18} text="read" anchor={anchorOf(read, write)} />
          <Word x={write} y={y + 18} text="write" anchor={anchorOf(write, read)} />
        </>
      )}
    </g>
  );
}

type Anchor = 'start' | 'middle' | 'end';

/** Words of marks that stand close together lean away from each other. */
function anchorOf(x: number, other: number): Anchor {
  if (Math.abs(x - other) > 40) return 'middle';
  return x < other ? 'end' : 'start';
}

function Word({ x, y, text, anchor }: { x: number; y: number; text: string; anchor: Anchor }) {
  const lean = { start: -5, middle: 0, end: 5 }[anchor];
  return (
    <text className={styles.word} x={x + lean} y={y} textAnchor={anchor}>
      {text}
    </text>
  );
}

/** Milliseconds with three figures. */
function ms(us: number): string {
  return String(Number((us / 1000).toPrecision(3)));
}
