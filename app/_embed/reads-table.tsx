import { loadScenarios } from '../_content/scenarios.ts';
import { Table, TableHead } from '../_prose/text.tsx';
import { Verdict } from '../_shell/verdict-mark.tsx';
import { READ_SEEDS, READ_WAYS, type ReadWay, readsOf } from './log-reads.ts';

const WORDS: Readonly<Record<ReadWay, readonly [who: string, waits: string]>> = {
  local: ['any server', 'nothing'],
  lease: ['the leader', 'nothing, while its lease holds'],
  readIndex: ['the leader', 'one round of heartbeats'],
  log: ['the leader', 'an entry of its own'],
};

/** What reads wait for, what they take, and in how many runs one contradicted an acknowledged write. */
export function ReadsTable() {
  const scenario = loadScenarios().find(({ id }) => id === 'raft-split-brain')!;
  return (
    <Table>
      <thead>
        <tr>
          {['Answered by', 'Waits for', 'Median', 'Linearizable?'].map((name) => (
            <TableHead key={name}>{name}</TableHead>
          ))}
        </tr>
      </thead>
      <tbody>
        {READ_WAYS.map((way) => {
          const { medianUs, violated } = readsOf(scenario, way);
          const [who, waits] = WORDS[way];
          return (
            <tr key={way}>
              <th scope="row">{who}</th>
              <td>{waits}</td>
              <td className="data">{(medianUs / 1000).toFixed(1)} ms</td>
              <td>
                <Verdict status={violated === 0 ? 'ok' : 'violated'}>
                  {violated === 0 ? 'yes' : `no: ${violated} of ${READ_SEEDS} runs`}
                </Verdict>
              </td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}
