import Link from 'next/link';
import type { Scenario } from '../../../simulations/index.ts';
import { loadScenarios } from '../../_content/scenarios.ts';
import { ScenarioItem } from '../../_shell/scenario-item.tsx';
import { guideOf, ruleOf } from '../../_static/rules.ts';
import styles from './evidence.module.css';
import { Section } from './section.tsx';

/** So many other scenarios of the same rules are named; the list of all has the rest. */
const NAMED_MAX = 4;

/** Where a reader of the evidence goes from here: the guides of its rules, and other scenarios that put them to the test. */
export function GoOn({ scenario }: { scenario: Scenario }) {
  const rules = scenario.rules.map(ruleOf);
  const related = loadScenarios().filter(
    (other) => other.id !== scenario.id && other.rules.some((rule) => scenario.rules.includes(rule)),
  );
  return (
    <Section id="go-on" title="Go on">
      <ul className={styles.ledger}>
        {rules.map((rule) => {
          const guide = guideOf(rule);
          if (guide === undefined) return null;
          return (
            <li key={rule.slug}>
              <Link href={guide} prefetch={false}>
                {rule.title}
              </Link>{' '}
              <span className="data quiet">guide of rule {rule.n}</span>
            </li>
          );
        })}
        {related.slice(0, NAMED_MAX).map(({ id, title }) => (
          <ScenarioItem key={id} id={id} title={title} />
        ))}
        <li>
          <Link href="/scenarios" prefetch={false}>
            All scenarios
          </Link>
        </li>
      </ul>
    </Section>
  );
}
