import Link from 'next/link';
import type { Scenario } from '../../simulations/index.ts';
import { unbroken } from '../_prose/rehype-no-break.js';
import { To } from '../_shell/to.tsx';
import { VerdictMark } from '../_shell/verdict-mark.tsx';
import { IndexSeam, ROW } from './index-seam.tsx';
import styles from './rule-index.module.css';
import { type RuleRow, ruleRows } from './rule-rows.ts';

/** The rules that can be broken today, torn: left what breaks each, right what repairs it. Nothing passes without the decision between. */
export function RuleIndex({ scenarios }: { scenarios: readonly Scenario[] }) {
  const rows = ruleRows(scenarios);
  const rules = new Set(rows.map(({ rule }) => rule.slug)).size;
  return (
    <section className={styles.index} aria-labelledby="rules">
      <header className={styles.head}>
        <h2 id="rules">
          {rules} rules, {scenarios.length} scenarios, each step one decision apart
        </h2>
        <p className="data">
          <Link href="/scenarios" prefetch={false}>
            all scenarios
          </Link>
        </p>
      </header>
      <div className={styles.columns} aria-hidden="true">
        <span className={styles.left}>
          <span />
          <span />
          <span>rule</span>
          <span>decision</span>
          <span className={styles.broken}>broken</span>
        </span>
        <span />
        <span className={styles.right}>
          <span>repaired</span>
          <span>held to</span>
        </span>
      </div>
      <ol className={styles.rows} style={{ '--row': `${ROW}px` } as React.CSSProperties}>
        <IndexSeam firsts={rows.map(({ firstOfGroup }) => firstOfGroup)} />
        {rows.map((row) => (
          <Row key={`${row.rule.slug} ${row.scenario.id}`} row={row} />
        ))}
      </ol>
    </section>
  );
}

function Row({ row }: { row: RuleRow }) {
  const { rule, firstOfRule, firstOfGroup, guide, scenario, decision, broken, repaired, held } = row;
  return (
    <li className={`${styles.row} ${firstOfGroup ? styles.first : ''}`}>
      <div className={styles.left}>
        <span className={styles.group}>{firstOfGroup && rule.group}</span>
        <span className={`data ${styles.n}`}>{firstOfRule && rule.n}</span>
        <span className={styles.title}>
          {firstOfRule &&
            (guide === undefined ? (
              rule.title
            ) : (
              <Link href={guide} prefetch={false}>
                {rule.title}
              </Link>
            ))}
        </span>
        <span className={`data ${styles.decision}`}>
          <Link href={`/scenarios/${scenario.id}`} prefetch={false} aria-label={`${decision}: ${scenario.title}`}>
            {decision}
          </Link>
        </span>
        <span className={`data ${styles.broken}`}>{unbroken(broken)}</span>
      </div>
      <div className={styles.right}>
        <span className={`data ${styles.repaired}`}>
          <span className={styles.to}>
            <To />
          </span>
          {unbroken(repaired)}
        </span>
        <span className={`data ${styles.held}`}>
          <VerdictMark status={held.status} size={11} />
          {held.words}
        </span>
      </div>
    </li>
  );
}
