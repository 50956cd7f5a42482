import { Table, TableHead } from '../_prose/text.tsx';
import { ChartTable } from '../_stage/marks/chart-table.tsx';
import { ChartWidths } from './chart-widths.tsx';
import styles from './charts.module.css';
import { type CommitSetting, commitsOf, expectedUs, TWO_CITIES } from './commits.ts';
import { type Curve, DotsChart } from './dots-chart.tsx';

/** Distances between regions, as round trips in milliseconds: one rack, one city, one continent, an ocean, round the world. */
const ROUND_TRIPS_MS = [0.5, 20, 40, 80, 120, 160] as const;
const DISKS_MS = [0, 10] as const;
const VOTERS = 3;

/** What a commit takes by the distance of the voters, measured in our runs and computed. */
export function CommitsFigure() {
  return (
    <div className={styles.single}>
      <ChartWidths
        wide={[632, 300]}
        narrow={[336, 280]}
        draw={(size) => (
          <DotsChart
            {...size}
            curves={DISKS_MS.map(curveOf)}
            x={{ label: '', unit: 'ms', from: 0, to: 160 }}
            y={{ label: '', unit: 'ms', from: 0, to: 200 }}
            xTitle="ms for a round trip between two voters"
            yTitle="ms from the leader's log to the commit"
            namePx={92}
            label={`Time to commit an entry by the round trip between voters. ${DISKS_MS.map(wordsOf).join(' ')}`}
          />
        )}
      />
      <ChartTable
        caption="Time to commit an entry, in milliseconds"
        head={['round trip', ...DISKS_MS.flatMap((disk) => [`${nameOf(disk)}, measured`, 'computed'])]}
        rows={ROUND_TRIPS_MS.map((round) => [
          `${round} ms`,
          ...DISKS_MS.flatMap((disk) => [ms(measuredUs(round, disk)), ms(expectedUs(settingOf(round, disk)))]),
        ])}
      />
    </div>
  );
}

const settingOf = (roundMs: number, diskMs: number) => ({
  voters: VOTERS,
  latencyUs: [roundMs * 500, roundMs * 500] as const,
  persistUs: diskMs * 1000,
});

const measuredUs = (roundMs: number, diskMs: number): number => commitsOf(settingOf(roundMs, diskMs)).medianUs;

function curveOf(diskMs: (typeof DISKS_MS)[number]): Curve {
  return {
    name: nameOf(diskMs),
    look: diskMs === 0 ? 'two' : 'one',
    dots: ROUND_TRIPS_MS.map((x) => ({ x, y: measuredUs(x, diskMs) / 1000 })),
    line: [ROUND_TRIPS_MS[0], ROUND_TRIPS_MS.at(-1)!].map((x) => ({ x, y: expectedUs(settingOf(x, diskMs)) / 1000 })),
  };
}

function nameOf(diskMs: number): string {
  return diskMs === 0 ? 'disk 0 ms' : `disk ${diskMs} ms`;
}

function wordsOf(diskMs: number): string {
  const last = ROUND_TRIPS_MS.at(-1)!;
  return `${nameOf(diskMs)}: ${ms(measuredUs(ROUND_TRIPS_MS[0], diskMs))} ms at ${ROUND_TRIPS_MS[0]} ms, ${ms(measuredUs(last, diskMs))} ms at ${last} ms.`;
}

/** Groups in regions 35 to 45 ms apart one way, with disks of 3 ms: about as far as in the counter's scenario. */
const REGIONS = { latencyUs: [35_000, 45_000], persistUs: 3_000 } as const;
const SIZES = [1, 3, 5, 7] as const;
const GROUPS: readonly { readonly name: string; readonly setting: CommitSetting }[] = [
  ...SIZES.map((voters) => ({ name: `${voters}`, setting: { voters, ...REGIONS } })),
  { name: '5, of which 3 in one city', setting: TWO_CITIES },
];

/** What more voters cost and give, measured in our runs. */
export function VotersTable() {
  return (
    <Table>
      <thead>
        <tr>
          <TableHead>Voters</TableHead>
          <TableHead>May be away</TableHead>
          <TableHead>Commit, median</TableHead>
          <TableHead>Commit, p99</TableHead>
          <TableHead>Messages an entry</TableHead>
        </tr>
      </thead>
      <tbody>
        {GROUPS.map(({ name, setting }) => {
          const commits = commitsOf(setting);
          return (
            <tr key={name}>
              <th scope="row" className="data">
                {name}
              </th>
              <td className="data">{(setting.voters - 1) / 2}</td>
              <td className="data">{ms(commits.medianUs)} ms</td>
              <td className="data">{ms(commits.p99Us)} ms</td>
              <td className="data">{Number(commits.messagesPerEntry.toFixed(1))}</td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}

/** Milliseconds with one decimal where it counts. */
function ms(us: number): string {
  return String(Number((us / 1000).toFixed(1)));
}
