import type { Problem } from '../../simulations/index.ts';
import styles from './problem-list.module.css';

/** What is wrong with a link: each problem with its field, what was found, what is allowed and the way to mend it. */
export function ProblemList({ problems }: { readonly problems: readonly Problem[] }) {
  return (
    <dl className={styles.problems}>
      {problems.map((problem, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes, and two problems may be equal.
        <div key={at} className={styles.problem} data-problem={problem.field}>
          <dt>Field</dt>
          <dd className={styles.field}>{problem.field}</dd>
          <dt>Found</dt>
          <dd>{problem.found}</dd>
          <dt>Allowed</dt>
          <dd>{problem.allowed}</dd>
          <dt>What to do</dt>
          <dd className={styles.fix}>{problem.fix}</dd>
        </div>
      ))}
    </dl>
  );
}
