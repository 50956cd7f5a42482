import { tenth, type VersionLook } from '../../../simulations/index.ts';
import { Chip, chipWidth } from './chip.tsx';
import styles from './ink.module.css';

/** On shorter bars no version is written, in px. */
const CHIP_LEAST = 8;

export interface BarProps {
  /** Ends in px. */
  readonly from: number;
  readonly until: number;
  /** Centre line. */
  readonly y: number;
  readonly height: number;
  /** From the longest to the shortest way to say it; the first that fits is drawn. */
  readonly names: readonly string[];
  readonly chip: { readonly text: string; readonly age: VersionLook; readonly at: 'start' | 'end' } | undefined;
  readonly unknown: boolean;
  readonly failed?: boolean;
  readonly dim: boolean;
  readonly witness: boolean;
  /** The mark of a witness stands under the bar, not over it: away from the replicas. */
  readonly under?: boolean;
  /** Left end of the field: words of a bar that began before it start here. */
  readonly left: number;
  readonly id: string;
  readonly dimClass?: string;
}

/** Where a bar and its version end, in px: a version that is wider than its bar stands out at the end. */
export function barEnd({ from, until, chip }: Pick<BarProps, 'from' | 'until' | 'chip'>): number {
  const bar = Math.max(until, from + 3);
  return chip === undefined || bar - from < CHIP_LEAST ? bar : Math.max(bar, from + 1 + chipWidth(chip.text));
}

/** A client operation: a bar with a cap, the version where it became known, a torn end when nobody knows how it ended. */
export function OperationBar(props: BarProps) {
  const { from, until: end, y, height, chip, unknown, witness, id, dim, dimClass } = props;
  const until = Math.max(end, from + 3);
  const [top, bottom] = [tenth(y - height / 2), tenth(y + height / 2)];
  const width = chip === undefined ? 0 : chipWidth(chip.text);
  // A chip needs its place: on a bar too short for it, it stands after the bar's end.
  const chipX = chip?.at === 'start' ? from + 1 : Math.max(from + 1, until - width - 0.5);
  // Of a bar that began before the field some of its chip may still be in it.
  const start = chip?.at === 'start' ? Math.max(props.left + 6, from + width + 5) : Math.max(from, props.left) + 6;
  const room = until - (chip?.at === 'end' ? width + 4 : 3) - (unknown ? 12 : 0) - start;
  const name = props.names.find((candidate) => candidate.length * 6.7 <= room);
  return (
    <g className={dim ? dimClass : undefined}>
      <path className={styles.bar} d={barPath(from, until, [top, bottom], unknown)} />
      {unknown && <path className={styles.torn} d={tornPath(until, top, height)} />}
      <path className={styles.cap} d={`M${tenth(from)} ${top}V${bottom}`} />
      {chip !== undefined && until - from >= CHIP_LEAST && (
        <Chip x={chipX} y={top + 0.75} width={width} height={height - 1.5} age={chip.age} text={chip.text} id={id} />
      )}
      {name !== undefined && (
        <text
          className={styles.barWord}
          x={start}
          y={y + 3.8}
          textDecoration={props.failed ? 'line-through' : undefined}
        >
          {name}
        </text>
      )}
      {unknown && until - from > 16 && (
        <text className={styles.question} x={until - 7} y={y + 3.8} textAnchor="end">
          ?
        </text>
      )}
      {witness && (
        <path
          className={styles.witness}
          d={`M${tenth(from)} ${tenth(props.under ? bottom + 4 : top - 4)}H${tenth(until)}`}
        />
      )}
    </g>
  );
}

function barPath(from: number, until: number, [top, bottom]: readonly [number, number], unknown: boolean): string {
  const [a, b] = [tenth(from), tenth(until)];
  return unknown ? `M${b} ${top}H${a}V${bottom}H${b}` : `M${b} ${top}H${a}V${bottom}H${b}Z`;
}

function tornPath(x: number, top: number, height: number): string {
  const offsets = [0, 3, -2, 2, -3, 1, 0];
  return offsets
    .map((offset, at) => `${at === 0 ? 'M' : 'L'}${tenth(x + offset)} ${tenth(top + (at * height) / 6)}`)
    .join('');
}
