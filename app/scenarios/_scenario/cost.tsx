import { formatCount, type Operation, type Scenario } from '../../../simulations/index.ts';
import { unbroken } from '../../_prose/rehype-no-break.js';
import { Cdf } from '../../_stage/marks/cdf.tsx';
import { formatMetric, sentence } from '../../_static/format.ts';
import type { PinnedRun } from '../../_static/pinned.ts';
import { StepCdf } from '../../_static/step-cdf.tsx';
import styles from './evidence.module.css';
import { ends } from './names.ts';
import { Section } from './section.tsx';

export interface CostProps {
  readonly scenario: Scenario;
  readonly runs: readonly PinnedRun[];
  /** The run of another scenario that does what no variant of this one does. Default: the fix is a variant. */
  readonly counterpart?: PinnedRun;
}

/** What the fix costs: in a sentence, in figures of the pinned runs, and as the distribution of their latencies. */
export function Cost({ scenario, runs, counterpart }: CostProps) {
  const { broken, fixed } = ends(scenario);
  const from = runs.find(({ variant }) => variant.id === broken.id)!;
  const to = counterpart ?? runs.find(({ variant }) => variant.id === fixed.id)!;
  const kinds = (['read', 'write'] as const).filter((kind) =>
    scenario.cost.metrics.some((id) => id.startsWith(`${kind}-p`)),
  );
  return (
    <Section id="cost" title="Cost of the fix" aside={`seed ${scenario.seed}`}>
      <p className={styles.lead}>{sentence(scenario.cost.text)}</p>
      <ul className={styles.costs}>
        {scenario.cost.metrics.map((id) => {
          const [before, after] = [from, to].map(({ run }) => run.metrics.find((metric) => metric.id === id));
          if (before === undefined || after === undefined) return null;
          return (
            <li key={id}>
              <span>{before.title}</span>
              <Change before={formatMetric(before)} after={formatMetric(after)} />
            </li>
          );
        })}
      </ul>
      {kinds.map((kind) => (
        <Latencies key={kind} kind={kind} from={from} to={to} />
      ))}
    </Section>
  );
}

function Change({ before, after }: { readonly before: string; readonly after: string }) {
  if (before === after)
    return (
      <span className={styles.change}>
        <b>{after}</b> <span className="quiet">in both</span>
      </span>
    );
  return (
    <span className={styles.change}>
      {before} <span className="quiet">becomes</span> <b>{after}</b>
    </span>
  );
}

interface LatenciesProps {
  readonly kind: 'read' | 'write';
  readonly from: PinnedRun;
  readonly to: PinnedRun;
}

function Latencies({ kind, from, to }: LatenciesProps) {
  const [before, after] = [from, to].map(({ run }) => latenciesMs(run.record.operations, kind));
  if (before!.length === 0 || after!.length === 0) return null;
  const [some, others] = [before!, after!].map(({ length }) => formatCount(length));
  const counts = `answered ${kind}s, ${some === others ? `${some} in each run` : `${some} and ${others}`}`;
  if (curveOf(before!) === curveOf(after!)) return <p className={styles.alike}>The {counts}, took equally long.</p>;
  // A scale of nines needs values to fill it; a dozen are drawn one by one.
  const enough = Math.min(before!.length, after!.length) >= 100;
  const chart = {
    samples: [
      { name: from.variant.id, values: before!, line: 'thin' },
      { name: to.variant.id, values: after!, line: 'heavy' },
    ],
    x: { label: `${kind} latency`, unit: 'ms', log: enough && Math.max(...before!, ...after!) > 20 * middle(before!) },
    counted: `${kind}s finished`,
    label: `${kind === 'read' ? 'Read' : 'Write'} latency, ${from.variant.title} and ${to.variant.title}`,
  } as const;
  return (
    <figure className={styles.cdf}>
      {enough ? <Cdf {...chart} /> : <StepCdf {...chart} id={`${kind}-latencies`} />}
      <figcaption>
        {unbroken(`Latency of the ${counts}; thin line ${from.variant.title}, thick line ${to.variant.title}.`)}
      </figcaption>
    </figure>
  );
}

function latenciesMs(operations: readonly Operation[], kind: 'read' | 'write'): readonly number[] {
  return operations
    .filter(({ f, outcome }) => outcome === 'ok' && (kind === 'read' ? f === 'read' : f !== 'read'))
    .map(({ invokedAt, completedAt }) => (completedAt - invokedAt) / 1000);
}

/** The steps of a distribution: where two have the same, their curves would lie on each other and a chart would show one. */
function curveOf(values: readonly number[]): string {
  const rising = values.toSorted((a, b) => a - b);
  const steps = rising.map((value, at) => [value, (at + 1) / rising.length] as const);
  return steps.filter(([value], at) => value !== rising[at + 1]).join(' ');
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}
