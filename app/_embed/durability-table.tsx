import { Table, TableHead } from '../_prose/text.tsx';
import { durability } from './durability.ts';

/** What each kind of acknowledgement costs and keeps when the leader crashes, with what lag and rate alone say in brackets. */
export function DurabilityTable() {
  return (
    <Table>
      <thead>
        <tr>
          {['The leader acknowledges', 'median', 'slowest in 100', 'orders lost', 'answered'].map((name) => (
            <TableHead key={name}>{name}</TableHead>
          ))}
        </tr>
      </thead>
      <tbody>
        {durability().map(({ when, commitP50Us, commitP99Us, lost, answered }) => (
          <tr key={when.name}>
            <th scope="row">{when.name}</th>
            <td className="data">{`${milliseconds(commitP50Us)} ms (${when.commitMs})`}</td>
            <td className="data">{milliseconds(commitP99Us)} ms</td>
            <td className="data">{`${count(lost)} (${count(when.lost)})`}</td>
            <td className="data">{Math.round(answered * 100)} %</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function milliseconds(us: number): string {
  return String(Math.round(us / 1000));
}

function count(value: number): string {
  return value === 0 ? '0' : value.toFixed(1);
}
