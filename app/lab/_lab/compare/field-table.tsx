import { formatCount } from '../../../../simulations/index.ts';
import styles from './field-table.module.css';
import type { FieldDifference } from './pair-differences.ts';

export interface FieldTableProps {
  readonly names: readonly [a: string, b: string];
  readonly fields: readonly FieldDifference[];
}

/** More fields than this are counted. */
const FIELDS_MAX = 8;

/** What differs in an event that both runs have: each field with both values. */
export function FieldTable({ names, fields }: FieldTableProps) {
  return (
    <>
      <table className={styles.fields} data-testid="fields">
        <caption>What differs in it</caption>
        <thead className="sr">
          <tr>
            <th scope="col">Field</th>
            {names.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="data">
          {fields.slice(0, FIELDS_MAX).map(({ where, path, a, b }) => (
            <tr key={`${where} ${path}`}>
              <th scope="row">
                <span>{where}</span> {path}
              </th>
              <td>{a}</td>
              <td>{b}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {fields.length > FIELDS_MAX && (
        <p className="data quiet">and {formatCount(fields.length - FIELDS_MAX)} fields more</p>
      )}
    </>
  );
}
