import { formatMsShort, type Scenario } from '../../../simulations/index.ts';
import { LinkButton } from '../../_shell/link-button.tsx';
import { labLink } from '../../_static/evidence.ts';
import type { Measured } from '../../_static/measured.ts';
import type { PinnedRun } from '../../_static/pinned.ts';
import { Prose } from '../../_static/prose.tsx';
import { type DrawnWidth, StaticSpaceTime } from '../../_static/static-space-time.tsx';
import { MetricRows } from './metric-rows.tsx';
import { decisionWords, partWords } from './names.ts';
import { type PictureWindow, pictureWindow } from './picture-window.ts';
import { Section } from './section.tsx';
import { SeedRow } from './seed-row.tsx';
import styles from './variants.module.css';
import { VerdictRows } from './verdict-rows.tsx';

export interface VariantsProps {
  readonly scenario: Scenario;
  /** In the order of the columns. */
  readonly runs: readonly PinnedRun[];
  readonly measured?: Measured;
}

/** The variants side by side: same workload, faults and luck. On a narrow screen each row lists them one under another. */
export function Variants({ scenario, runs, measured }: VariantsProps) {
  const window = pictureWindow(scenario, runs);
  const aside = `same workload, faults and luck; what differs: ${decisionWords(scenario)}; seed ${scenario.seed}`;
  return (
    <Section id="variants" title="Variants" aside={aside}>
      <table className={styles.table}>
        <colgroup>
          <col className={styles.first} />
          {runs.map(({ variant }) => (
            <col key={variant.id} />
          ))}
        </colgroup>
        <thead>
          <tr>
            <td />
            {runs.map(({ variant }) => (
              <th key={variant.id} scope="col">
                <Prose>{variant.title}</Prose>
                <span className={`data ${styles.settings}`}>
                  {variant.id}, {partWords[variant.part]}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Pictures scenario={scenario} runs={runs} window={window} />
          <tr>
            <th scope="row">Lab</th>
            {runs.map((pinned) => (
              <td key={pinned.variant.id} data-variant={pinned.variant.id}>
                <LinkButton
                  href={labLink(scenario, pinned, window.wanted)}
                  look={pinned.variant.part === 'broken' ? 'primary' : 'plain'}
                  prefetch={false}
                  aria-label={`Open in the lab: ${pinned.variant.title}`}
                >
                  Open in the lab
                </LinkButton>
              </td>
            ))}
          </tr>
          <VerdictRows scenario={scenario} runs={runs} />
          {measured !== undefined && <SeedRow scenario={scenario} runs={runs} measured={measured} />}
          <MetricRows scenario={scenario} runs={runs} />
        </tbody>
      </table>
    </Section>
  );
}

function Pictures({ scenario, runs, window }: VariantsProps & { window: PictureWindow }) {
  const widths: readonly DrawnWidth[] = runs.length > 2 ? [264, 328] : [264, 328, 440];
  const { wanted } = window;
  return (
    <tr className={styles.pictures}>
      <th scope="row">
        Run
        <span className="data">
          within {formatMsShort(wanted.fromUs)} to {formatMsShort(wanted.toUs)} ms, key {runs[0]?.focus.key}
        </span>
      </th>
      {runs.map((pinned) => {
        const violation = window.marked(pinned);
        return (
          <td key={pinned.variant.id} data-variant={`${pinned.variant.title} (${pinned.variant.id})`}>
            <StaticSpaceTime
              id={`run-${pinned.variant.id}`}
              run={pinned.run}
              focus={pinned.focus}
              {...wanted}
              windowAt={window.at}
              witness={violation?.witness}
              size="thumb"
              widths={widths}
              label={`${scenario.title}, ${pinned.variant.title}: ${violation?.sentence ?? 'no violation in this window.'}`}
            />
          </td>
        );
      })}
    </tr>
  );
}
