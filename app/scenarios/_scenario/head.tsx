import Link from 'next/link';
import type { Scenario } from '../../../simulations/index.ts';
import { unbroken } from '../../_prose/rehype-no-break.js';
import { VerdictMark } from '../../_shell/verdict-mark.tsx';
import { propertiesOf, verdictOn } from '../../_static/evidence.ts';
import { sentence } from '../../_static/format.ts';
import type { PinnedRun } from '../../_static/pinned.ts';
import { Prose } from '../../_static/prose.tsx';
import { guideOf, ruleOf } from '../../_static/rules.ts';
import styles from './head.module.css';
import { ends } from './names.ts';

export interface HeadProps {
  readonly scenario: Scenario;
  readonly runs: readonly PinnedRun[];
}

/** What is claimed, and what the runs say about it. */
export function Head({ scenario, runs }: HeadProps) {
  return (
    <header>
      <p className={`data quiet ${styles.id}`}>
        <span>scenarios/{scenario.id}</span>
        <span>
          {scenario.rules.length === 1 ? 'rule' : 'rules'} <Rules scenario={scenario} />
        </span>
        <span>model {scenario.model}</span>
      </p>
      <h1 className={styles.title}>{unbroken(scenario.title)}</h1>
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

function Finding({ scenario, runs }: HeadProps) {
  const properties = propertiesOf(scenario, runs);
  const refuted = runs.some(
    (pinned) =>
      pinned.variant.part === 'broken' && properties.some((id) => verdictOn(pinned, id)?.verdict.status === 'violated'),
  );
  return (
    <>
      <p className={styles.finding}>
        {refuted && <VerdictMark status="violated" size={22} />}
        <span>
          {refuted && <b>Refuted as proposed. </b>}
          <Prose>{scenario.finding}</Prose>
        </span>
      </p>
      <Repair scenario={scenario} runs={runs} />
    </>
  );
}

/** What the fix mends and what it costs; where the file expects that some properties stay violated, which hold and which do not. */
function Repair({ scenario, runs }: HeadProps) {
  const { fixed } = ends(scenario);
  const repaired = runs.find(({ variant }) => variant.id === fixed.id);
  const verdicts = Object.entries(fixed.expect).map(([id, expected]) => {
    const named = repaired === undefined ? undefined : verdictOn(repaired, id);
    return { title: named?.title ?? id, expected, status: named?.verdict.status };
  });
  const titlesOf = (expected: string) => verdicts.filter((one) => one.expected === expected).map(({ title }) => title);
  const [kept, broken] = [titlesOf('ok'), titlesOf('violated')];
  if (fixed.part !== 'fixed' || kept.length === 0) return null;
  if (verdicts.some(({ expected, status }) => expected !== status)) return null;
  return (
    <>
      <p className={styles.finding}>
        <VerdictMark status="ok" size={22} />
        <span>
          <b>
            Holds: <Prose>{fixed.title}</Prose>.
          </b>{' '}
          {broken.length > 0 && `${sentence(kept.join('; '))} `}
          {unbroken(sentence(scenario.cost.text))}
        </span>
      </p>
      {broken.length > 0 && (
        <p className={styles.finding}>
          <VerdictMark status="violated" size={22} />
          <span>
            <b>Still violated: </b>
            {sentence(broken.join('; '))}
          </span>
        </p>
      )}
    </>
  );
}
