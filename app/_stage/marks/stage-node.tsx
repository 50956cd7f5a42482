import {
  crossPath,
  type Point,
  remarkPlace,
  type SceneNode,
  STAGE,
  tenth,
  type VersionLook,
  wordPx,
} from '../../../simulations/index.ts';
import { Chip, chipWidth } from './chip.tsx';
import ink from './ink.module.css';
import { pressable } from './pressable.ts';
import styles from './stage.module.css';

export interface StageNodeProps {
  readonly node: SceneNode;
  readonly at: Point;
  /** Unit vector away from the centre of the ring. */
  readonly outward: Point;
  readonly age: VersionLook;
  /** When it went down or was paused, in microseconds. */
  readonly since: number | undefined;
  readonly selected: boolean;
  readonly id: string;
  onSelect?(host: string): void;
  /** Whether faults can be asked for here, with the menu key, F, the right button or a long press. */
  readonly hasMenu?: boolean;
}

const CHIP_HEIGHT = 17;
const GAUGE = 9;

/** A host on the stage. Whatever belongs to it stands on the side that faces away from the ring. */
export function StageNode(props: StageNodeProps) {
  const { node, at, outward, age, since, selected, id, onSelect, hasMenu = false } = props;
  const [x, y] = [tenth(at[0]), tenth(at[1])];
  const right = outward[0] >= -0.05;
  const down = node.status === 'down';
  const words = wordsOf(node, since);
  return (
    <g
      className={onSelect && styles.pressable}
      {...pressable(nameOf(node), onSelect && (() => onSelect(node.host)))}
      {...(hasMenu && { 'data-host': node.host, 'aria-keyshortcuts': 'F Shift+F10' })}
    >
      {node.shape === 'client' ? (
        <Client node={node} x={x} y={y} selected={selected} />
      ) : (
        <>
          {selected && <circle className={ink.selected} cx={x} cy={y} r={STAGE.node + 7} />}
          <circle className={`${styles.node} ${down ? styles.nodeDown : ''}`} cx={x} cy={y} r={STAGE.node} />
          {node.status === 'paused' && (
            <path className={styles.pause} d={`M${x - 12} ${y - 5}v10M${x - 8.5} ${y - 5}v10`} />
          )}
          <text className={`${styles.name} ${down ? styles.nameDown : ''}`} x={x} y={y + 4.5}>
            {node.host}
          </text>
          {down && <path className={`${ink.cross} ${styles.dead}`} d={crossPath([x + 13, y + 13], 4.2)} />}
        </>
      )}
      <Belongings node={node} at={[x, y]} right={right} outward={outward} age={age} words={words} id={id} />
    </g>
  );
}

function Client({ node, x, y, selected }: { node: SceneNode; x: number; y: number; selected: boolean }) {
  const half = STAGE.client / 2;
  // A long name has a wider square's place beside it.
  const long = node.host.length > 3;
  return (
    <>
      {selected && (
        <rect className={ink.selected} x={x - half - 5} y={y - half - 5} width={half * 2 + 10} height={half * 2 + 10} />
      )}
      <rect className={styles.client} x={x - half} y={y - half} width={half * 2} height={half * 2} />
      <text className={`${styles.name} ${styles.clientName}`} x={x} y={long ? y + half + 13 : y + 4.5}>
        {node.host}
      </text>
    </>
  );
}

interface BelongingsProps {
  readonly node: SceneNode;
  readonly at: Point;
  readonly right: boolean;
  readonly outward: Point;
  readonly age: VersionLook;
  readonly words: string | undefined;
  readonly id: string;
}

/** Version, quorum gauge and remark of a host, stacked on its outer side. */
function Belongings({ node, at: [x, y], right, outward, age, words, id }: BelongingsProps) {
  const { version, gauge } = node;
  const width = version === undefined ? 0 : chipWidth(version.label) + 6;
  const lift = outward[1] < -0.6 ? -22 : 0;
  const offset = lift === 0 ? 25 : 22;
  const chipX = right ? x + offset : x - offset - width;
  const chipY = y + lift - CHIP_HEIGHT / 2;
  const lineY = lift === 0 ? (outward[1] < 0.35 && !right ? y - 24 : y + 19) : y + (right ? 2 : 5);
  return (
    <>
      {version !== undefined && (
        <g className={node.status === 'down' ? styles.chipDown : undefined}>
          <Chip x={chipX} y={chipY} width={width} height={CHIP_HEIGHT} age={age} text={version.label} id={id} />
        </g>
      )}
      {gauge !== undefined && (
        <Gauge gauge={gauge} x={right ? x + offset : x - (lineY < y ? 4 : offset)} y={lineY} right={right} />
      )}
      {words !== undefined && (
        <Remark
          words={words}
          at={[x, y]}
          outward={outward}
          right={right}
          lineY={gauge === undefined ? lineY + (lift === 0 ? 0 : 1) : lineY + 13}
        />
      )}
    </>
  );
}

interface RemarkProps {
  readonly words: string;
  readonly at: Point;
  readonly outward: Point;
  readonly right: boolean;
  readonly lineY: number;
}

/** What a host says of itself. */
function Remark({ words, ...host }: RemarkProps) {
  const { x, y, anchor } = remarkPlace(words, host);
  return (
    <text className={`${ink.word} ${ink.cased}`} x={x} y={y} textAnchor={anchor}>
      {words}
    </text>
  );
}

/** One square for each vote needed, filled when counted. More than nine are given as numbers. */
function Gauge({
  gauge,
  x,
  y,
  right,
}: {
  gauge: NonNullable<SceneNode['gauge']>;
  x: number;
  y: number;
  right: boolean;
}) {
  const squares = gauge.need <= 9 ? gauge.need : 0;
  const text = squares > 0 ? gauge.label : `${gauge.have} of ${gauge.need} ${gauge.label}`;
  const width = squares * GAUGE + 4 + wordPx(text);
  const start = Math.max(4, Math.min(STAGE.width - width - 4, right ? x : x - width));
  return (
    <g>
      <rect className={styles.ground} x={start - 3} y={y - 10} width={width + 6} height="13" />
      {Array.from({ length: squares }, (_, at) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: votes have no names.
          key={at}
          className={`${styles.vote} ${at < gauge.have ? styles.counted : ''}`}
          x={start + at * GAUGE}
          y={y - 7}
          width="7"
          height="7"
        />
      ))}
      <text className={ink.word} x={start + squares * GAUGE + 4} y={y}>
        {text}
      </text>
    </g>
  );
}

/** A host in words: `r3, holds v4`. */
function nameOf({ host, status, version }: SceneNode): string {
  const state = status === 'up' ? '' : `, ${status}`;
  return `Select ${host}${state}${version === undefined ? '' : `, holds ${version.label}`}`;
}

function wordsOf({ status, remark, shape }: SceneNode, since: number | undefined): string | undefined {
  const at = since === undefined ? '' : ` since ${Math.round(since / 1000)}`;
  if (status === 'down') return `down${at}`;
  if (status === 'paused') return `paused${at}`;
  // What a client waits for is its coordinator's gauge; in words it is in the text form.
  return shape === 'client' ? undefined : remark;
}
