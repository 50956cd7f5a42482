import Link from 'next/link';
import type { Scenario } from '../../../simulations/index.ts';
import { unbroken } from '../../_prose/rehype-no-break.js';
import { VerdictMark, verdictWords } from '../../_shell/verdict-mark.tsx';
import type { CounterpartRun } from '../../_static/counterpart.ts';
import { verdictOn } from '../../_static/evidence.ts';
import type { PinnedRun } from '../../_static/pinned.ts';
import { Prose } from '../../_static/prose.tsx';
import { ends } from './names.ts';
import { Section } from './section.tsx';
import styles from './variants.module.css';

export interface CounterpartProps {
  readonly scenario: Scenario;
  readonly runs: readonly PinnedRun[];
  readonly counterpart: CounterpartRun;
}

/** What is proposed beside another scenario's variant that meets the same objectives, objective by objective. */
export function Counterpart({ scenario, runs, counterpart }: CounterpartProps) {
  const proposed = runs.find(({ variant }) => variant.id === ends(scenario).broken.id)!;
  const sides = [
    { name: proposed.variant.id, pinned: proposed },
    { name: counterpart.variant.id, pinned: counterpart },
  ];
  return (
    <Section
      id="counterpart"
      title="The same objectives, met in another way"
      aside={`model ${counterpart.scenario.model}`}
    >
      <table className={styles.table}>
        <colgroup>
          <col className={styles.first} />
          <col />
          <col />
        </colgroup>
        <thead>
          <tr>
            <td />
            <th scope="col">
              <Prose>{proposed.variant.title}</Prose>
              <span className={`data ${styles.settings}`}>model {scenario.model}, as proposed</span>
            </th>
            <th scope="col">
              <Link href={`/scenarios/${counterpart.scenario.id}`} prefetch={false}>
                <Prose>{counterpart.variant.title}</Prose>
              </Link>
              <span className={`data ${styles.settings}`}>
                model {counterpart.scenario.model}, scenario {counterpart.scenario.id}
              </span>
            </th>
          </tr>
        </thead>
        <tbody>
          {(scenario.objectives ?? []).map(({ id, title }) => (
            <tr key={id}>
              <th scope="row">{`${title.charAt(0).toUpperCase()}${title.slice(1)}`}</th>
              {sides.map(({ name, pinned }) => (
                <Cell key={name} name={name} verdict={verdictOn(pinned, id)?.verdict} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

type GivenVerdict = NonNullable<ReturnType<typeof verdictOn>>['verdict'];

function Cell({ name, verdict }: { readonly name: string; readonly verdict: GivenVerdict | undefined }) {
  if (verdict === undefined) return <td data-variant={name} />;
  return (
    <td data-variant={name}>
      <span className={`${styles.verdict} ${styles[verdict.status]}`}>
        <VerdictMark status={verdict.status} size={15} />
        <b>{verdictWords[verdict.status]}</b>
      </span>
      <p className={styles.witness}>{unbroken(verdict.sentence)}</p>
    </td>
  );
}
