import Link from 'next/link';
import type { Scenario } from '../../../simulations/index.ts';
import { VerdictMark } from '../../_shell/verdict-mark.tsx';
import { propertiesOf, verdictOn } from '../../_static/evidence.ts';
import { sentence } from '../../_static/format.ts';
import type { PinnedRun } from '../../_static/pinned.ts';
import { Prose } from '../../_static/prose.tsx';
import { guideOf, ruleOf } from '../../_static/rules.ts';
import styles from './head.module.css';
import { ends } from './names.ts';

/** What is claimed, and what the runs say about it. */
export function Head({ scenario, runs }: { scenario: Scenario; runs: readonly PinnedRun[] }) {
  return (
    <header>
      <p className={`data quiet ${styles.id}`}>
        <span>scenarios/{scenario.id}</span>
        <span>
          {scenario.rules.length === 1 ? 'rule' : 'rules'} <Rules scenario={scenario} />
        </span>
        <span>model {scenario.model}</span>
      </p>
      <h1 className={styles.title}>{scenario.title}</h1>
      <div className={styles.row}>
        <div>
          <h2 className={styles.label}>Claim under review</h2>
          <p className={styles.claim}>
            <Prose>{scenario.claim}</Prose>
          </p>
        </div>
        <div>
          <h2 className={styles.label}>Finding</h2>
          <Finding scenario={scenario} runs={runs} />
        </div>
      </div>
    </header>
  );
}

function Rules({ scenario }: { scenario: Scenario }) {
  return scenario.rules.map((slug, at) => {
    const rule = ruleOf(slug);
    const guide = guideOf(rule);
    return (
      <span key={slug}>
        {at > 0 && ', '}
        {guide === undefined ? (
          <span>
            {rule.n} ({rule.title.toLowerCase()})
          </span>
        ) : (
          <Link href={guide} prefetch={false}>
            {rule.n} ({rule.title.toLowerCase()})
          </Link>
        )}
      </span>
    );
  });
}

function Finding({ scenario, runs }: { scenario: Scenario; runs: readonly PinnedRun[] }) {
  const { fixed } = ends(scenario);
  const properties = propertiesOf(scenario, runs);
  const refuted = runs.some(
    (pinned) =>
      pinned.variant.part === 'broken' && properties.some((id) => verdictOn(pinned, id)?.verdict.status === 'violated'),
  );
  const repaired = runs.find(({ variant }) => variant.id === fixed.id);
  const holds =
    repaired !== undefined &&
    Object.keys(fixed.expect).length > 0 &&
    Object.keys(fixed.expect).every((id) => verdictOn(repaired, id)?.verdict.status === 'ok');
  return (
    <>
      <p className={styles.finding}>
        {refuted && <VerdictMark status="violated" size={22} />}
        <span>
          {refuted && <b>Refuted as proposed. </b>}
          <Prose>{scenario.finding}</Prose>
        </span>
      </p>
      {holds && (
        <p className={styles.finding}>
          <VerdictMark status="ok" size={22} />
          <span>
            <b>
              Holds: <Prose>{fixed.title}</Prose>.
            </b>{' '}
            {sentence(scenario.cost.text)}
          </span>
        </p>
      )}
    </>
  );
}
