import { memo } from 'react';
import { type ClockPaths, faultBands, faultRow, headsY, tenth, timeAxis, wordPx } from '../../../simulations/index.ts';
import type { Frame } from '../layout/frame.ts';
import { type CaptionMark, type CaptionTab, captionTabs, TAB_HEIGHT } from './caption-layer.tsx';
import ink from './ink.module.css';
import styles from './space-time.module.css';

/** Between a tab and words beside it, in px. */
const TAB_GAP = 3;

/** How far the clocks of hosts are off, as a scale of their own under each lane. */
export const ClockLayer = memo(function ClockLayer({ scales }: Pick<ClockPaths, 'scales'>) {
  return scales === '' ? null : <path className={styles.clock} d={scales} />;
});

/** By how much they are off, in words. */
export const ClockWordsLayer = memo(function ClockWordsLayer({ words }: Pick<ClockPaths, 'words'>) {
  if (words.length === 0) return null;
  return (
    <g data-testid="clocks">
      {words.map(({ key, x, y, text, anchor }) => (
        <text key={key} className={`${ink.word} ${ink.cased}`} x={tenth(x)} y={tenth(y)} textAnchor={anchor}>
          {text}
        </text>
      ))}
    </g>
  );
});

/** The time axis with its grid, and the rows of the faults. */
export const TimeLayer = memo(function TimeLayer({ frame }: { frame: Frame }) {
  const { fromUs, untilUs, left, right, axisY, lanes, size } = frame;
  const { unit, ticks } = timeAxis(fromUs, untilUs, right - left, size === 'thumb' ? 76 : 88);
  const bottom = tenth(lanes.bottom);
  const word = tenth(axisY - 5);
  let [grid, marks] = ['', ''];
  for (const { us, major } of ticks) {
    const x = tenth(frame.x(us));
    grid += `M${x} ${axisY}V${bottom}`;
    marks += `M${x} ${axisY}v${major ? -7 : -4}`;
  }
  return (
    <g>
      <path className={styles.grid} d={grid} />
      <path className={styles.axis} d={`${marks}M${left} ${axisY}H${tenth(right)}`} />
      {ticks
        .filter(({ us, major, label }) => major && frame.x(us) + 3 + wordPx(label) <= right + 6)
        .map(({ us, label }) => (
          <text key={us} className={ink.axisWord} x={tenth(frame.x(us) + 3)} y={word}>
            {label}
          </text>
        ))}
      <text className={ink.axisWord} x={left - 6} y={word} textAnchor="end">
        {unit}
      </text>
      {size === 'lab' && <FaultRows frame={frame} />}
    </g>
  );
});

/** What each lane is called, with a sign of what runs on it; that of the selected step's host is marked. */
export function LaneHeads({ frame }: { frame: Frame }) {
  const { lanes, cone, run, size } = frame;
  const selected = cone === undefined || cone.step < 0 ? -1 : run.timeline!.trace.host(cone.step);
  const x = size === 'lab' ? 13 : 7;
  const ys = headsY(lanes, frame, frame.x);
  return lanes.lanes.map(({ hosts, id, shape }, position) => {
    const y = ys[position]!;
    const lit = hosts.includes(selected) ? ink.selected : '';
    return (
      <g key={id}>
        {hosts.length > 1 && <path className={ink.lane} d={`M${x - 8} ${tenth(y - 10)}h-3v20h3`} />}
        {shape === 'client' ? (
          <rect className={`${ink.client} ${lit}`} x={x - 5} y={tenth(y - 5)} width="10" height="10" />
        ) : (
          <circle className={`${ink.replica} ${lit}`} cx={x} cy={tenth(y)} r="5.5" />
        )}
        <text className={ink.laneWord} x={x + (size === 'lab' ? 11 : 10)} y={tenth(y + 4)}>
          {id}
        </text>
      </g>
    );
  });
}

function FaultRows({ frame }: { frame: Frame }) {
  const { run, left, axisY } = frame;
  if (faultBands(run).bands.length === 0) return null;
  return (
    <g>
      <text className={ink.axisWord} x={left - 6} y={axisY + FIRST_ROW + 3.5} textAnchor="end">
        faults
      </text>
      <g clipPath={`url(#${frame.id}-field)`}>
        {bandsIn(frame).map(({ band, y }) => {
          const [from, until] = [tenth(frame.x(band.fromUs)), tenth(frame.x(band.untilUs))];
          const look = band.kind === 'cut' ? styles.bandCut : band.kind === 'slow' ? styles.bandSlow : '';
          const ends = `M${from} ${y - 4}v8${band.open ? '' : `M${until} ${y - 4}v8`}`;
          return (
            <g key={`${band.id} ${band.fromUs}`}>
              <path className={`${styles.band} ${look}`} d={`M${from} ${y}H${until}`} />
              <path className={`${styles.band} ${band.kind === 'cut' ? styles.bandCut : ''}`} d={ends} />
            </g>
          );
        })}
      </g>
    </g>
  );
}

/** From the axis to the middle of the first row of faults, in px. */
const FIRST_ROW = 9;

/** The bands of a window, with the middle of their rows. */
function bandsIn({ run, fromUs, untilUs, axisY }: Frame): readonly { readonly band: Band; readonly y: number }[] {
  const { bands, rows } = faultBands(run);
  return bands
    .filter((band) => band.fromUs < untilUs && band.untilUs > fromUs)
    .map((band) => ({ band, y: axisY + FIRST_ROW + band.row * faultRow(rows) }));
}

export interface FaultWordsProps {
  readonly frame: Frame;
  /** The captions that have tabs on the picture: the names of faults keep clear of those that stand among them. */
  readonly captions: readonly CaptionMark[];
}

/** What each band of a fault is called, on a ground: inside it where there is room, else behind it. */
export const FaultWordsLayer = memo(function FaultWordsLayer({ frame, captions }: FaultWordsProps) {
  if (frame.size !== 'lab') return null;
  const tabs = captionTabs(frame, captions);
  const { bands } = faultBands(frame.run);
  return bandsIn(frame).map(({ band, y }) => (
    <FaultWords
      key={`${band.id} ${band.fromUs}`}
      frame={frame}
      band={band}
      y={y}
      room={roomAfter(frame, band, bands)}
      tabs={tabs}
    />
  ));
});

/** Where the next band of the same row begins, in px. */
function roomAfter(frame: Frame, band: Band, bands: readonly Band[]): number {
  const later = bands.filter(({ row, fromUs }) => row === band.row && fromUs >= band.untilUs);
  return Math.min(Infinity, ...later.map(({ fromUs }) => frame.x(fromUs)));
}

type Band = ReturnType<typeof faultBands>['bands'][number];

/** Where words that would like to begin at `x` begin: after the tabs that they would run into. `y` is the middle of their row. */
export function clearOfTabs(
  x: number,
  words: { readonly width: number; readonly y: number },
  tabs: readonly CaptionTab[],
): number {
  let start = x;
  for (const tab of tabs.toSorted((a, b) => a.x - b.x)) {
    const [left, right] = [tab.x - tab.width / 2 - TAB_GAP, tab.x + tab.width / 2 + TAB_GAP];
    const sameRow = words.y - 6 < tab.y && words.y + 6 > tab.y - TAB_HEIGHT;
    if (sameRow && start < right && start + words.width > left) start = right;
  }
  return start;
}

interface FaultWordsPart {
  readonly frame: Frame;
  readonly band: Band;
  readonly y: number;
  readonly room: number;
  readonly tabs: readonly CaptionTab[];
}

function FaultWords({ frame, band, y, room, tabs }: FaultWordsPart) {
  const [from, until] = [tenth(frame.x(band.fromUs)), tenth(frame.x(band.untilUs))];
  const width = wordPx(band.title);
  const inside = clearOfTabs(Math.max(from, frame.left) + 8, { width, y }, tabs);
  const fits = Math.min(until, frame.right) - inside > width + 8;
  const x = fits ? inside : clearOfTabs(until + 8, { width, y }, tabs);
  if (x + width >= room) return null;
  return (
    <g>
      {/* As high as the row: a casing would cut into the words of the next one. */}
      <rect className={styles.ground} x={x - 3} y={y - 6} width={width + 6} height="12" />
      <text className={ink.word} x={x} y={y + 3.5}>
        {band.title}
      </text>
    </g>
  );
}
