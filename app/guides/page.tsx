import type { Metadata } from 'next';
import Link from 'next/link';
import { engineVersion } from '../../simulations/index.ts';
import { PageShell } from '../_shell/page-shell.tsx';
import { guides } from './guides.ts';
import styles from './page.module.css';

export const metadata: Metadata = {
  title: 'Guides',
  description:
    'A guide for each rule of data systems: predict, run it broken and fixed, and see what the rule does not promise.',
};

/** How many rules there will be guides for. */
const RULES = 31;

/** The guides that exist, and how many do not yet. */
export default function GuidesPage() {
  return (
    <PageShell engine={engineVersion}>
      <div className={styles.page}>
        <h1>Guides</h1>
        <p className={styles.lead}>
          A guide takes one rule. You predict what a run will do, play it broken and fixed on the same seed, and read
          what the rule does not promise.
        </p>
        <ol className={styles.list}>
          {guides.map(({ slug, number, title, rule, minutes }) => (
            <li key={slug}>
              <span className="data quiet">rule {number}</span>
              <div>
                <h2>
                  <Link href={`/guides/${slug}`}>{title}</Link>
                </h2>
                <p className={styles.rule}>{rule}</p>
              </div>
              <span className="data quiet">{minutes} min</span>
            </li>
          ))}
        </ol>
        <p className={styles.rest}>
          {guides.length === 1 ? 'One guide is written' : `${guides.length} guides are written`}. Guides for the other{' '}
          {RULES - guides.length} rules are not written yet.
        </p>
      </div>
    </PageShell>
  );
}
