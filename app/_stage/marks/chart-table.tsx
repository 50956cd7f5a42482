import styles from './chart.module.css';

export interface ChartTableProps {
  readonly caption: string;
  readonly head: readonly string[];
  /** The first cell of a row is its heading. */
  readonly rows: readonly (readonly string[])[];
}

/** A chart's text form: the same figures as a table. */
export function ChartTable({ caption, head, rows }: ChartTableProps) {
  return (
    <details className={styles.table}>
      <summary>As a table</summary>
      <div className={styles.scroll}>
        <table className="data">
          <caption className="sr">{caption}</caption>
          <thead>
            <tr>
              {head.map((name, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns may have one heading, and their places stay.
                <th key={at} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, ...cells]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {cells.map((cell, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: as for the headings.
                  <td key={at}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
