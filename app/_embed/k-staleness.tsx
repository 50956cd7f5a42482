import { kStaleness } from '../../simulations/index.ts';
import { Table, TableHead } from '../_prose/text.tsx';

const REPLICAS = 3;
const VERSIONS = [1, 2, 3, 5, 10] as const;
const QUORUMS = [
  { readQuorum: 1, writeQuorum: 1 },
  { readQuorum: 1, writeQuorum: 2 },
  { readQuorum: 2, writeQuorum: 1 },
  { readQuorum: 2, writeQuorum: 2 },
] as const;

/** The probability that a read returns one of the last k versions, by the closed form: no latencies, quorums drawn at random. */
export function KStaleness() {
  return (
    <Table>
      <thead>
        <tr>
          <TableHead>
            <i>N</i> = {REPLICAS}
          </TableHead>
          {VERSIONS.map((k) => (
            <TableHead key={k}>
              <i>k</i> = {k}
            </TableHead>
          ))}
        </tr>
      </thead>
      <tbody>
        {QUORUMS.map((quorums) => (
          <tr key={`${quorums.readQuorum} ${quorums.writeQuorum}`}>
            <th scope="row" className="data">{`R ${quorums.readQuorum}, W ${quorums.writeQuorum}`}</th>
            {VERSIONS.map((k) => (
              <td key={k} className="data">
                {percent(1 - kStaleness({ replicas: REPLICAS, ...quorums, k }))}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** Rounded down to tenths, so that only certainty reads 100 %. */
function percent(share: number): string {
  const tenths = Math.floor(share * 1000 + 1e-9) / 10;
  return `${tenths === 100 || tenths === 0 ? tenths : tenths.toFixed(1)} %`;
}
