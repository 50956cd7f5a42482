import Link from 'next/link';
import type { ReactNode } from 'react';
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
  readonly previous?: Neighbour;
  readonly next?: Neighbour;
}

/** A guide: contents at the left (216), the reading column (632), the margin for notes (272). Goes inside PageShell. */
export function GuideLayout({ children, contents, kicker, facts = [], previous, next }: GuideLayoutProps) {
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
        {(previous || next) && (
          <nav className={styles.neighbours} aria-label="Other guides">
            {previous && <NeighbourLink {...previous} />}
            {next && <NeighbourLink {...next} end />}
          </nav>
        )}
      </article>
    </div>
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
    <Link href={href} className={end ? styles.end : undefined}>
      {kicker && <span className="data">{kicker}</span>}
      {title}
    </Link>
  );
}
