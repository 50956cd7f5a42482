import Link from 'next/link';
import type { ReactNode } from 'react';
import type { Scenario } from '../../simulations/index.ts';
import { ScenarioItem } from '../_shell/scenario-item.tsx';
import { Contents } from './contents.tsx';
import styles from './guide-layout.module.css';
import type { Section } from './guide-module.ts';

/** A term and its value, in the run's voice: the model, the objective, the minutes. */
export interface Fact {
  readonly term: string;
  readonly value: ReactNode;
}

/** The guide before or after this one. */
export interface Neighbour {
  readonly href: string;
  /** Small line above the title, such as "rule 15". */
  readonly kicker?: string;
  readonly title: string;
}

export interface GuideLayoutProps {
  /** The guide's compiled MDX. It brings its own `#` title. */
  readonly children: ReactNode;
  /** The sections: the guide module's own `contents`. */
  readonly contents: readonly Section[];
  /** Line above the contents, such as "Rule 16 of 31". */
  readonly kicker?: string;
  readonly facts?: readonly Fact[];
  /** Those that put the rule to the test. Default: none. */
  readonly scenarios?: readonly Pick<Scenario, 'id' | 'title'>[];
  readonly previous?: Neighbour | undefined;
  readonly next?: Neighbour | undefined;
}

/** A guide: contents at the left (216), the reading column (632), the margin for notes (272). Goes inside PageShell. */
export function GuideLayout(props: GuideLayoutProps) {
  const { children, contents, kicker, facts = [], scenarios = [], previous, next } = props;
  const side = (
    <>
      <Contents sections={contents} />
      {facts.length > 0 && <Facts facts={facts} />}
    </>
  );
  return (
    <div className={styles.page}>
      <div className={styles.side}>
        {kicker && <p className="data quiet">{kicker}</p>}
        {side}
      </div>
      <details className={styles.sideNarrow}>
        <summary>On this page {kicker && <span className="data quiet">{kicker}</span>}</summary>
        {side}
      </details>
      <article className={styles.prose}>
        {children}
        {scenarios.length > 0 && <Tests scenarios={scenarios} />}
        <nav className={styles.neighbours} aria-label="Other guides">
          <NeighbourLink {...(previous ?? allGuides)} />
          <NeighbourLink {...(next ?? allGuides)} end />
        </nav>
      </article>
    </div>
  );
}

/** Stands where there is no guide before or after. */
const allGuides: Neighbour = { href: '/guides', kicker: 'guides', title: 'All guides' };

function Tests({ scenarios }: { scenarios: NonNullable<GuideLayoutProps['scenarios']> }) {
  return (
    <section className={styles.tests} aria-labelledby="scenarios">
      <h2 id="scenarios">Scenarios of this rule</h2>
      <ul>
        {scenarios.map(({ id, title }) => (
          <ScenarioItem key={id} id={id} title={title} />
        ))}
      </ul>
    </section>
  );
}

function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map(({ term, value }) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd className="data">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function NeighbourLink({ href, kicker, title, end = false }: Neighbour & { end?: boolean }) {
  return (
    <Link href={href} className={end ? styles.end : undefined} prefetch={false}>
      {kicker && <span className="data">{kicker}</span>}
      {title}
    </Link>
  );
}
