import type { Metadata } from 'next';
import Link from 'next/link';
import { engineVersion, models, type Scenario } from '../../simulations/index.ts';
import { loadScenarios } from '../_content/scenarios.ts';
import { unbroken } from '../_prose/rehype-no-break.js';
import { PageShell } from '../_shell/page-shell.tsx';
import { Verdict } from '../_shell/verdict-mark.tsx';
import { propertiesOf, verdictOn, violationsOf } from '../_static/evidence.ts';
import { type PinnedRun, pinnedRun } from '../_static/pinned.ts';
import { Prose } from '../_static/prose.tsx';
import { ruleOf } from '../_static/rules.ts';
import { inOrder } from './_scenario/names.ts';
import styles from './page.module.css';

export const metadata: Metadata = {
  title: 'Scenarios',
  description: 'Claims about data systems, each put to the test: variants one decision apart, on the same seed.',
};

/** Every shipped scenario, by model, with what its variants show on the pinned seed. */
export default function Scenarios() {
  const scenarios = loadScenarios();
  return (
    <PageShell engine={engineVersion}>
      <div className={styles.page}>
        <h1>Scenarios</h1>
        <p className={styles.intro}>
          Each is a claim that somebody might make, put to the test: the same workload, faults and luck for every
          variant, and a checker that names the operations that prove it wrong.
        </p>
        <Challenges scenarios={scenarios} />
        {models.map(({ id, title }) => (
          <section key={id} aria-labelledby={id}>
            <h2 id={id} className={styles.model}>
              {title} <span className="data quiet">{id}</span>
            </h2>
            <ul>
              {scenarios
                .filter(({ model }) => model === id)
                .map((scenario) => (
                  <Row key={scenario.id} scenario={scenario} />
                ))}
            </ul>
          </section>
        ))}
      </div>
    </PageShell>
  );
}

/** What a reader can bring about in the lab, graded by the checkers. */
function Challenges({ scenarios }: { scenarios: readonly Scenario[] }) {
  const challenged = scenarios.filter(({ challenge }) => challenge !== undefined);
  if (challenged.length === 0) return null;
  return (
    <section aria-labelledby="challenges" className={styles.challenges}>
      <h2 id="challenges" className={styles.model}>
        Challenges <span className="data quiet">graded by the checkers; a solution is a link</span>
      </h2>
      <ul>
        {challenged.map(({ id, model, challenge }) => (
          <li key={id}>
            <Link href={`/lab/${model}?scenario=${id}&teach=challenge`} prefetch={false}>
              {unbroken(challenge!.goal)}
            </Link>{' '}
            <span className="data quiet">{id}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Row({ scenario }: { scenario: Scenario }) {
  const runs = inOrder(scenario.variants).map((variant) => pinnedRun(scenario, variant));
  const [property] = propertiesOf(scenario, runs);
  const numbers = scenario.rules.map((slug) => ruleOf(slug).n);
  return (
    <li className={styles.row}>
      <div>
        <h3>
          <Link href={`/scenarios/${scenario.id}`} prefetch={false}>
            {unbroken(scenario.title)}
          </Link>
        </h3>
        <p className={styles.claim}>
          <Prose>{scenario.claim}</Prose>
        </p>
        <p className="data quiet">
          {scenario.id}; {numbers.length === 1 ? 'rule' : 'rules'} {numbers.join(', ')}
        </p>
      </div>
      <ul className={styles.variants} aria-label={`Verdicts on seed ${scenario.seed}`}>
        {runs.map((pinned) => (
          <VariantVerdict key={pinned.variant.id} pinned={pinned} property={property ?? ''} />
        ))}
        <li className="quiet">
          {property}, seed {scenario.seed}
        </li>
      </ul>
    </li>
  );
}

/** The verdict on what the scenario is about first; where that holds but something else does not, that is said too. */
function VariantVerdict({ pinned, property }: { pinned: PinnedRun; property: string }) {
  const verdict = verdictOn(pinned, property)?.verdict;
  const others = violationsOf(pinned).filter(({ id }) => id !== property);
  return (
    <li>
      <span>
        <Prose>{pinned.variant.title}</Prose>
      </span>
      {verdict !== undefined && <Verdict status={verdict.status} />}
      {verdict?.status !== 'violated' && others.length > 0 && (
        <span className={`data ${styles.but}`}>but {others.map(({ id }) => id).join(', ')} violated</span>
      )}
    </li>
  );
}
