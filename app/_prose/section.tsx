import type { ReactNode } from 'react';
import styles from './section.module.css';
import { sectionHeadings } from './section-headings.js';

/** What every component that opens a section takes. Id and title must be plain strings, for the contents read them. */
export interface SectionProps {
  readonly children: ReactNode;
  /** Anchor of the section. Each component has its own default. */
  readonly id?: string;
  /** The section's heading. Each component has its own default. */
  readonly title?: string;
}

/** A heading of a section that links to itself. The id stands on the heading. */
export function SectionHeading({ id, className, children }: { id?: string; className?: string; children: ReactNode }) {
  return (
    <h2 id={id} className={className}>
      {id === undefined ? (
        children
      ) : (
        <a className={styles.self} href={`#${id}`}>
          {children}
        </a>
      )}
    </h2>
  );
}

/** A section named after one of the components in section-headings.js. */
export function Section(props: SectionProps & { kind: keyof typeof sectionHeadings; className?: string }) {
  const fallback = sectionHeadings[props.kind]!;
  const id = props.id ?? fallback.id;
  return (
    <section className={props.className} aria-labelledby={id}>
      <SectionHeading id={id} className={styles.heading}>
        {props.title ?? fallback.title}
      </SectionHeading>
      {props.children}
    </section>
  );
}
