import { formatCount } from '../../simulations/index.ts';
import { Table, TableHead } from '../_prose/text.tsx';
import { AFTER_MS, type Route, readsBy } from './contracts.ts';

/** A read soon after a write, when the nearest follower has it and the farthest has not. */
const SOON_MS = 300;

const ROWS: readonly (readonly [Route, string])[] = [
  ['any', 'any node'],
  ['sticky', 'always the same node'],
  ['leader', 'the leader'],
  ['token', 'any node, with a token'],
];

/** What each route breaks, how often, and what it costs, at one distance from the reader's own write. */
export function RoutesTable() {
  const at = AFTER_MS.indexOf(SOON_MS);
  return (
    <Table>
      <thead>
        <tr>
          {['Reads go to', 'misses its own write', 'goes back', 'median', 'slowest'].map((name) => (
            <TableHead key={name}>{name}</TableHead>
          ))}
        </tr>
      </thead>
      <tbody>
        {ROWS.map(([route, name]) => {
          const { missed, wentBack, medianUs, slowestUs } = readsBy(route)[at]!;
          return (
            <tr key={route}>
              <th scope="row">{name}</th>
              <td className="data">{percent(missed)}</td>
              <td className="data">{percent(wentBack)}</td>
              <td className="data">{Math.round(medianUs / 1000)} ms</td>
              <td className="data">{formatCount(Math.round(slowestUs / 1000))} ms</td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}

function percent(share: number): string {
  return share === 0 ? '0 %' : `${Math.round(share * 100)} %`;
}
