import type { Metadata } from 'next';
import { engineVersion } from '../simulations/index.ts';
import { loadScenarios } from './_content/scenarios.ts';
import { Hero } from './_home/hero.tsx';
import styles from './_home/home.module.css';
import { RuleIndex } from './_home/rule-index.tsx';
import { Ways } from './_home/ways.tsx';
import { PageShell } from './_shell/page-shell.tsx';
import { pinnedRuns } from './_static/pinned.ts';

export const metadata: Metadata = {
  title: { absolute: 'Faultline: a simulator and a playbook for data systems' },
};

/** The run that the page opens with. */
const HERO = 'quorum-read-inversion';

/** What Faultline is, shown with a real run before it is told. */
export default function Home() {
  const scenarios = loadScenarios();
  const scenario = scenarios.find(({ id }) => id === HERO);
  if (scenario === undefined)
    throw new Error(`the home page opens with content/scenarios/${HERO}.yaml, which is not there`);
  const runs = pinnedRuns(scenario);
  return (
    <PageShell engine={engineVersion}>
      <div className={styles.home}>
        <Hero scenario={scenario} pinned={runs[0]!} />
        <RuleIndex scenarios={scenarios} />
        <Ways scenario={scenario} runs={runs} />
      </div>
    </PageShell>
  );
}
