import { formatCount, type MetricPair, type Operation } from '../../../../simulations/index.ts';

/** A metric in a table: `41.6 ms`, `88.5 %`, `9.59`; `none` where a run does not have it. */
export function amountOf(value: number | undefined, unit: MetricPair['unit']): string {
  if (value === undefined) return 'none';
  if (unit === 'us') return `${formatCount(Math.round(value / 100) / 10)} ms`;
  if (unit === 'ratio') return `${formatCount(Math.round(value * 1000) / 10)} %`;
  return formatCount(Math.round(value * 100) / 100);
}

/** How much more the second run has: `+1.8 ms`, `-3.8 pp`; '' where they are equal or one has none. */
export function deltaOf(delta: number | undefined, unit: MetricPair['unit']): string {
  if (delta === undefined || delta === 0) return '';
  const text = unit === 'ratio' ? amountOf(delta, unit).replace('%', 'pp') : amountOf(delta, unit);
  return delta > 0 ? `+${text}` : text;
}

/** How an operation ended: its answer, or its outcome. */
export function endOf(operation: Operation | undefined): string {
  if (operation === undefined) return 'absent';
  const { outcome, f, output } = operation;
  if (outcome === 'info') return 'unknown';
  if (outcome === 'fail') return 'failed';
  return f === 'read' ? JSON.stringify(output) : 'ok';
}
