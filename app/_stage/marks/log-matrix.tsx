import { useId } from 'react';
import type { LogMatrix as Matrix } from '../../../simulations/index.ts';
import { MATRIX, type PlacedCell, type PlacedLane, placeMatrix } from '../layout/log-matrix.ts';
import { panelText } from '../text/panel-text.ts';
import { fillOf } from './fills.ts';
import ink from './ink.module.css';
import styles from './log-matrix.module.css';
import { Patterns } from './patterns.tsx';

export interface LogMatrixProps {
  readonly matrix: Matrix;
  /** In px. */
  readonly width: number;
}

/** About what the words over the commit line take. */
const COMMITTED_PX = 96;

/** The logs of all hosts on one index axis: the texture is the age of the epoch, the heavy line is what is chosen for good. */
export function LogMatrix({ matrix, width }: LogMatrixProps) {
  const id = useId();
  const { lanes, cellWidth, height, first, last, epochs, commitX } = placeMatrix(matrix, width);
  const bottom = MATRIX.top + lanes.length * MATRIX.pitch - (MATRIX.pitch - MATRIX.cellHeight);
  const middle = (index: number) => MATRIX.left + (index - first + 0.5) * cellWidth;
  return (
    <svg className={styles.matrix} width={width} height={height} role="img" aria-label={matrix.title}>
      <desc>{panelText(matrix).join(' ')}</desc>
      <defs>
        <Patterns id={id} />
      </defs>
      {Array.from({ length: last - first + 1 }, (_, at) => first + at).map((index) => (
        <text key={index} className={`${ink.axisWord} ${styles.place}`} x={middle(index)} y={MATRIX.top - 8}>
          {index}
        </text>
      ))}
      <text className={`${ink.axisWord} ${styles.axis}`} x={MATRIX.left - 8} y={MATRIX.top - 8}>
        {first > 1 ? `after ${first - 1}` : 'index'}
      </text>
      {lanes.map((lane) => (
        <Lane key={lane.host} lane={lane} cellWidth={cellWidth} id={id} />
      ))}
      {epochs.map(({ epoch, fromX, toX }) => (
        <g key={fromX}>
          <path className={styles.bracket} d={`M${fromX + 1.5} ${bottom + 14}v5H${toX - 1.5}v-5`} />
          <text className={`${ink.word} ${styles.place}`} x={(fromX + toX) / 2} y={bottom + 31}>
            {toX - fromX > 60 ? `${matrix.epochWord} ${epoch}` : epoch}
          </text>
        </g>
      ))}
      {commitX !== undefined && (
        <>
          <path className={styles.commit} d={`M${commitX} ${MATRIX.top - 20}V${bottom + 6}`} />
          <text
            className={ink.laneWord}
            x={commitX}
            y={MATRIX.top - 26}
            textAnchor={commitX > width - COMMITTED_PX / 2 ? 'end' : 'middle'}
          >
            committed {matrix.committed}
          </text>
        </>
      )}
    </svg>
  );
}

interface LaneProps {
  readonly lane: PlacedLane;
  readonly cellWidth: number;
  readonly id: string;
}

function Lane({ lane, cellWidth, id }: LaneProps) {
  const { y, snapshot } = lane;
  const middle = y + MATRIX.cellHeight / 2;
  return (
    <g>
      <circle className={ink.replica} cx={8} cy={middle} r={5.5} />
      {lane.leads && <circle className={ink.replica} cx={8} cy={middle} r={3} />}
      <text className={ink.laneWord} x={20} y={middle + 4}>
        {lane.host}
      </text>
      {snapshot !== undefined && (
        <>
          <rect
            className={styles.snapshot}
            x={snapshot[0]}
            y={y}
            width={snapshot[1] - snapshot[0]}
            height={MATRIX.cellHeight}
          />
          <text className={`${ink.word} ${styles.place}`} x={(snapshot[0] + snapshot[1]) / 2} y={middle + 3.5}>
            {snapshot[1] - snapshot[0] > 60 ? 'snapshot' : ''}
          </text>
        </>
      )}
      {lane.gaps.map(({ index, x }) => (
        <path key={index} className={styles.gap} d={`M${x + 3} ${y + MATRIX.cellHeight - 0.5}H${x + cellWidth - 3}`} />
      ))}
      {lane.cells.map((cell) => (
        <Cell key={cell.index} cell={cell} y={y} width={cellWidth} id={id} />
      ))}
      {lane.cursors.map(({ label, x, anchor }) => (
        <g key={label}>
          <path className={styles.cursor} d={`M${x} ${y - 2}V${y + MATRIX.cellHeight + 4}`} />
          <text
            className={`${ink.axisWord} ${ink.cased}`}
            x={anchor === 'end' ? x - 3 : x + 3}
            y={y + MATRIX.cellHeight + 11}
            textAnchor={anchor}
          >
            {label}
          </text>
        </g>
      ))}
    </g>
  );
}

interface CellProps {
  readonly cell: PlacedCell;
  readonly y: number;
  readonly width: number;
  readonly id: string;
}

/** Dashed: a crash loses it. Struck: another entry has this place for good. */
function Cell({ cell, y, width, id }: CellProps) {
  const { x, look, durable, doomed, label } = cell;
  const middle = y + MATRIX.cellHeight / 2;
  return (
    <g>
      <rect
        className={durable ? styles.cell : styles.open}
        x={x}
        y={y}
        width={width}
        height={MATRIX.cellHeight}
        style={{ fill: fillOf(id, look) }}
      />
      {doomed && <path className={styles.strike} d={`M${x + 2} ${middle}H${x + width - 2}`} />}
      <text className={`${ink.chipText} ${ink[`on-${look}`]}`} x={x + width / 2} y={middle + 3.9}>
        {label}
      </text>
    </g>
  );
}
