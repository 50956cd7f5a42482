import type { Metadata } from 'next';
import Link from 'next/link';
import { models } from '../../simulations/index.ts';
import { loadScenarios } from '../_content/scenarios.ts';
import { PageShell } from '../_shell/page-shell.tsx';
import styles from './page.module.css';

export const metadata: Metadata = {
  title: 'Lab',
  description: 'The simulations, each with the scenarios that put it to the test.',
};

/** The labs: one for each model, with its scenarios. */
export default function LabIndex() {
  const scenarios = loadScenarios();
  return (
    <PageShell>
      <div className={styles.page}>
        <h1>Lab</h1>
        <ul className={styles.labs}>
          {models.map(({ id, title, summary }) => (
            <li key={id}>
              <h2>
                <Link href={`/lab/${id}`}>{title}</Link>
              </h2>
              <p>{summary}</p>
              <ul className={styles.scenarios}>
                {scenarios
                  .filter(({ model }) => model === id)
                  .map((scenario) => (
                    <li key={scenario.id}>
                      <Link href={`/lab/${id}?scenario=${scenario.id}`}>{scenario.title}</Link>
                      <span className="data quiet">{scenario.id}</span>
                    </li>
                  ))}
              </ul>
            </li>
          ))}
        </ul>
      </div>
    </PageShell>
  );
}
