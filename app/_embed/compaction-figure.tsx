import { formatCount } from '../../simulations/index.ts';
import { Table, TableHead } from '../_prose/text.tsx';
import { ChartTable } from '../_stage/marks/chart-table.tsx';
import { ChartWidths } from './chart-widths.tsx';
import styles from './charts.module.css';
import { type Compaction, compactionOf, keptBound, SNAPSHOT_EVERY } from './compaction.ts';
import { type Curve, type Dot, DotsChart } from './dots-chart.tsx';

const S = 1_000_000;
/** The figure shows so many seconds from when clients begin. */
const SECONDS = 5;
const DOTS_EVERY_S = 0.5;
const ROWS_S = [1, 2, 3, 4, 5] as const;
/** More often is a line along the axis: the table has it. */
const DRAWN = SNAPSHOT_EVERY.filter((every) => every === 0 || every >= 32);

/** How many entries the leader's log holds over time, by how often it takes a snapshot: measured, and as computed. */
export function CompactionFigure() {
  return (
    <div className={styles.single}>
      <ChartWidths
        wide={[632, 300]}
        narrow={[336, 280]}
        draw={(size) => (
          <DotsChart
            {...size}
            curves={DRAWN.map(curveOf)}
            x={{ label: '', unit: 's', from: 0, to: SECONDS }}
            y={{ label: '', unit: 'count', from: 0, to: 400 }}
            xTitle="seconds since the clients began"
            yTitle="entries in the leader's log"
            namePx={80}
            label={`Entries in the leader's log over time. ${DRAWN.map(wordsOf).join(' ')}`}
          />
        )}
      />
      <ChartTable
        caption="Entries in the leader's log"
        head={['after', ...DRAWN.flatMap((every) => [nameOf(every), every === 0 ? 'computed' : 'at most'])]}
        rows={ROWS_S.map((seconds) => [
          `${seconds} s`,
          ...DRAWN.flatMap((every) => [
            String(keptAt(compactionOf(every), seconds)),
            String(Math.round(computedAt(every, seconds))),
          ]),
        ])}
      />
    </div>
  );
}

function nameOf(every: number): string {
  return every === 0 ? 'never' : `one in ${every}`;
}

function wordsOf(every: number): string {
  const bound = keptBound(every);
  const after = keptAt(compactionOf(every), SECONDS);
  return bound === undefined
    ? `Without snapshots ${after} after ${SECONDS} s, and rising.`
    : `With a snapshot ${nameOf(every)}, never more than ${bound}.`;
}

function curveOf(every: number): Curve {
  const times = Array.from({ length: SECONDS / DOTS_EVERY_S }, (_, at) => (at + 1) * DOTS_EVERY_S);
  return {
    name: nameOf(every),
    look: every === 0 ? 'four' : 'one',
    nameY: computedAt(every, SECONDS),
    line: keptLine(compactionOf(every)),
    dots: times.map((x) => ({ x, y: computedAt(every, x) })),
  };
}

/** With snapshots the bound, without them the rate at which clients write. */
function computedAt(every: number, seconds: number): number {
  return keptBound(every) ?? 1 + compactionOf(every).entriesPerSecond * seconds;
}

/** What the log held at a moment; before the clients there is the entry with which the leader began. */
function keptAt({ kept }: Compaction, seconds: number): number {
  return kept.findLast(({ sinceStartUs }) => sinceStartUs <= seconds * S)?.entries ?? 1;
}

/** Rises are drawn as slopes and falls as drops, which is all that can be seen. */
function keptLine({ kept }: Compaction): readonly Dot[] {
  const inView = kept.filter(({ sinceStartUs }) => sinceStartUs >= 0 && sinceStartUs <= SECONDS * S);
  return inView
    .filter(({ entries }, at) => {
      const [before, after] = [inView[at - 1], inView[at + 1]];
      if (before === undefined || after === undefined) return true;
      return entries < before.entries || after.entries < entries || at % 16 === 0;
    })
    .map(({ sinceStartUs, entries }) => ({ x: sinceStartUs / S, y: entries }));
}

/** What a restart costs by how often servers take a snapshot, measured in our runs and bounded. */
export function RestartTable() {
  const { replayedMost: without } = compactionOf(0);
  return (
    <Table>
      <thead>
        <tr>
          <TableHead>Snapshots</TableHead>
          <TableHead>Log, at most</TableHead>
          <TableHead>Again at a restart, at most</TableHead>
          <TableHead>Bound of both</TableHead>
          <TableHead>Less than without</TableHead>
          <TableHead>Snapshots written</TableHead>
        </tr>
      </thead>
      <tbody>
        {SNAPSHOT_EVERY.map((every) => {
          const { keptMost, replayedMost, snapshots } = compactionOf(every);
          return (
            <tr key={every}>
              <th scope="row" className="data">
                {nameOf(every)}
              </th>
              <td className="data">{formatCount(keptMost)}</td>
              <td className="data">{formatCount(replayedMost)}</td>
              <td className="data">{keptBound(every) ?? 'none'}</td>
              <td className="data">{every === 0 ? '' : `${Math.floor(without / replayedMost)} times`}</td>
              <td className="data">{every === 0 ? 0 : Math.round(snapshots)}</td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}
