import { useId } from 'react';
import { agesOf, lookOf, type Sheet as SheetData } from '../../../simulations/index.ts';
import { fillOf } from './fills.ts';
import ink from './ink.module.css';
import { Patterns } from './patterns.tsx';
import styles from './sheet.module.css';

export interface SheetProps {
  readonly sheet: SheetData;
}

/** What hosts hold, as a table. A cell with a rank stands on the texture of its age; a marked one has a heavy edge and a word for it. */
export function Sheet({ sheet }: SheetProps) {
  const id = useId();
  const ranked = sheet.rows.flatMap(({ cells }) => cells.flatMap(({ rank }) => (rank === undefined ? [] : [{ rank }])));
  const ages = agesOf(ranked);
  return (
    <table className={`data ${styles.sheet}`}>
      <caption className="sr">{sheet.title}</caption>
      <thead>
        <tr>
          <td />
          {sheet.columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {sheet.rows.map(({ name, cells }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {cells.map(({ text, rank, marked }, at) => (
              <td key={sheet.columns[at]} className={marked === true ? styles.marked : undefined}>
                {rank !== undefined && <Swatch id={`${id}-${at}`} look={lookOf(ages, { rank, deleted: false })} />}
                {text}
                {marked === true && <span className="sr"> (changed)</span>}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Swatch({ id, look }: { readonly id: string; readonly look: ReturnType<typeof lookOf> }) {
  return (
    <svg className={styles.swatch} width="14" height="12" aria-hidden="true">
      <defs>
        <Patterns id={id} />
      </defs>
      <rect className={ink.chip} x=".5" y=".5" width="13" height="11" style={{ fill: fillOf(id, look) }} />
    </svg>
  );
}
