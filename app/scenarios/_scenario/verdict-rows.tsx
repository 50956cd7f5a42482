import { unbroken } from '../../_prose/rehype-no-break.js';
import { VerdictMark, verdictWords } from '../../_shell/verdict-mark.tsx';
import { propertiesOf, verdictOn } from '../../_static/evidence.ts';
import styles from './variants.module.css';
import type { VariantsProps } from './variants.tsx';

/** A row for each property that the scenario is about: the verdict on the pinned seed, and the sentence of its witness. */
export function VerdictRows({ scenario, runs }: VariantsProps) {
  return propertiesOf(scenario, runs).map((property) => {
    const title = runs.map((pinned) => verdictOn(pinned, property)?.title).find((name) => name !== undefined);
    return (
      <tr key={property}>
        <th scope="row">
          {title !== undefined && `${title.charAt(0).toUpperCase()}${title.slice(1)}`}
          {title !== property && (
            <>
              {' '}
              <span className={`data ${styles.id}`}>{property}</span>
            </>
          )}
        </th>
        {runs.map((pinned) => {
          const verdict = verdictOn(pinned, property)?.verdict;
          return (
            <td key={pinned.variant.id} data-variant={pinned.variant.id}>
              {verdict !== undefined && (
                <>
                  <span className={`${styles.verdict} ${styles[verdict.status]}`}>
                    <VerdictMark status={verdict.status} size={15} />
                    <b>{verdictWords[verdict.status]}</b>
                  </span>
                  {verdict.status === 'violated' && <p className={styles.witness}>{unbroken(verdict.sentence)}</p>}
                  {verdict.status === 'unknown' && <p className={styles.why}>{unbroken(verdict.sentence)}</p>}
                </>
              )}
            </td>
          );
        })}
      </tr>
    );
  });
}
