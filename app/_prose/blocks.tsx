import type { ReactNode } from 'react';
import { To } from '../_shell/to.tsx';
import styles from './blocks.module.css';
import { Section, type SectionProps } from './section.tsx';

/** The rule of the guide, in one sentence, under the title. MDX may bring a paragraph of its own, so this is none. */
export function Rule({ children }: { children: ReactNode }) {
  return <div className={styles.rule}>{children}</div>;
}

/** One decision, broken and repaired. */
export interface Pair {
  /** Such as "pair a". */
  readonly name: string;
  /** The knob or choice that differs, such as "readRepair". */
  readonly decision: string;
  readonly broken: string;
  readonly fixed: string;
}

/** The decisions of the guide on one line, under the rule. */
export function PairLine({ pairs }: { pairs: readonly Pair[] }) {
  return (
    <dl className={styles.pairs}>
      {pairs.map(({ name, decision, broken, fixed }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {decision} <b>{broken}</b>
            <To />
            <b>{fixed}</b>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** What the reader will be able to do afterwards: a Markdown list. */
export function YouWillLearn({ children }: { children: ReactNode }) {
  return (
    <section className={styles.learn} aria-label="You will learn">
      <p className={styles.label}>You will learn</p>
      {children}
    </section>
  );
}

/** A mistake that is easy to make, with a heading of its own. */
export function Pitfall(props: SectionProps) {
  return <Section kind="Pitfall" className={styles.pitfall} {...props} />;
}

/** Where the rule does not apply, and what to do there instead. */
export function WhenNot(props: SectionProps) {
  return <Section kind="WhenNot" className={styles.plain} {...props} />;
}

/** The guide in a few lines: a Markdown list. */
export function Recap(props: SectionProps) {
  return <Section kind="Recap" className={styles.plain} {...props} />;
}

/** Questions to ask in a review: a Markdown list, numbered or not. Always shown numbered. */
export function Questions(props: SectionProps) {
  return <Section kind="Questions" className={styles.questions} {...props} />;
}

/** The sources, each a `Source`. */
export function Sources({ children, ...heading }: SectionProps) {
  return (
    <Section kind="Sources" className={styles.sources} {...heading}>
      <ol>{children}</ol>
    </Section>
  );
}

/** One source. `n` is its number, counted from 1, which `Cite` refers to. */
export function Source({ n, children }: { n: number; children: ReactNode }) {
  return (
    <li id={`source-${n}`} value={n}>
      <span className={styles.sourceNumber} aria-hidden="true">
        [{n}]
      </span>
      {children}
    </li>
  );
}

/** A reference to a source, as in [3]. */
export function Cite({ n }: { n: number }) {
  return (
    <a href={`#source-${n}`} aria-label={`[${n}], source ${n}`}>
      [{n}]
    </a>
  );
}

/** A remark beside the text on a wide screen, under it on a narrow one. Write it before the paragraph it belongs to. */
export function MarginNote({ children }: { children: ReactNode }) {
  return (
    <div role="note" className={styles.note}>
      {children}
    </div>
  );
}
