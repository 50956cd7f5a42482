import type { Metadata } from 'next';
import { engineVersion, execute, resolveRun } from '../../simulations/index.ts';
import { loadScenarios } from '../_content/scenarios.ts';
import { PageShell } from '../_shell/page-shell.tsx';
import { Check, type ExpectedDigest } from './check.tsx';
import styles from './identity.module.css';

export const metadata: Metadata = {
  title: 'Same link, same run',
  description: 'Runs every scenario in this browser and compares the digests with those of the build.',
};

/** Every pinned run, with the digest that Node got while the site was built. */
export default function IdentityPage() {
  const scenarios = loadScenarios();
  return (
    <PageShell engine={engineVersion}>
      <div className={styles.page}>
        <h1>Same link, same run</h1>
        <p className={styles.lead}>
          A run is a pure function of engine, scenario, variant and seed. Its digest folds every event, message and
          outcome into 64 bits, so two machines that show the same digest have seen the same run. Check yours against
          the one that built this site.
        </p>
        <Check scenarios={scenarios} expected={scenarios.flatMap(expectedOf)} />
      </div>
    </PageShell>
  );
}

function expectedOf(scenario: ReturnType<typeof loadScenarios>[number]): readonly ExpectedDigest[] {
  return scenario.variants.map((variant) => {
    const resolved = resolveRun({ model: scenario.model, scenario, variant: variant.id });
    if (!resolved.ok) throw new Error(`${scenario.id}/${variant.id} does not resolve`);
    const { digest } = execute({ ...resolved.input, history: false, checks: false });
    return { scenario: scenario.id, variant: variant.id, digest };
  });
}
