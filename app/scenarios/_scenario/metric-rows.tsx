import { formatCount } from '../../../simulations/index.ts';
import { formatMetric } from '../../_static/format.ts';
import styles from './variants.module.css';
import type { VariantsProps } from './variants.tsx';

/** What is shown of every scenario, after the metrics of its cost. */
const ALWAYS = ['messages-per-read', 'messages-per-write'];

/** Rows of figures measured on the pinned runs: what the fix costs, messages, progress. */
export function MetricRows({ scenario, runs }: VariantsProps) {
  const ids = [...new Set([...scenario.cost.metrics, ...ALWAYS])];
  return (
    <>
      {ids.map((id) => {
        const metrics = runs.map(({ run }) => run.metrics.find((metric) => metric.id === id));
        const title = metrics.find((metric) => metric !== undefined)?.title;
        if (title === undefined) return null;
        const [name, ...rest] = title.split(', ');
        return (
          <tr key={id}>
            <th scope="row">
              {name}
              {rest.length > 0 && <span className="data">{rest.join(', ')}</span>}
            </th>
            {metrics.map((metric, at) => (
              <td key={runs[at]!.variant.id} className={styles.number} data-variant={runs[at]!.variant.id}>
                {metric === undefined ? <span className="quiet">nothing to measure</span> : formatMetric(metric)}
              </td>
            ))}
          </tr>
        );
      })}
      <Progress scenario={scenario} runs={runs} />
    </>
  );
}

function Progress({ runs }: VariantsProps) {
  return (
    <tr>
      <th scope="row">
        Progress
        <span className="data">operations that ended ok after the last fault</span>
      </th>
      {runs.map(({ variant, progress, run }) => (
        <td key={variant.id} className={styles.number} data-variant={variant.id}>
          {progress.attempted > 0
            ? `${formatCount(progress.ok)} of ${formatCount(progress.attempted)}`
            : `${formatCount(run.record.operations.length)} operations, none after the last fault`}
        </td>
      ))}
    </tr>
  );
}
