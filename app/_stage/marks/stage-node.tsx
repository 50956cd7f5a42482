import {
  type Belongings,
  clientNameX,
  crossPath,
  GAUGE_PITCH,
  type Point,
  remarkGround,
  type SceneNode,
  STAGE,
  tenth,
  type VersionLook,
} from '../../../simulations/index.ts';
import { Chip } from './chip.tsx';
import ink from './ink.module.css';
import { pressable } from './pressable.ts';
import styles from './stage.module.css';

export interface StageNodeProps {
  readonly node: SceneNode;
  readonly at: Point;
  readonly age: VersionLook;
  readonly belongs: Belongings;
  readonly selected: boolean;
  readonly id: string;
  onSelect?(host: string): void;
  /** Whether faults can be asked for here, with the menu key, F, the right button or a long press. */
  readonly hasMenu?: boolean;
}

/** How near to the middle of a host a finger must come, in px. */
const REACH = 22;

/** A host on the stage, with what belongs to it. */
export function StageNode(props: StageNodeProps) {
  const { node, at, age, belongs, selected, id, onSelect, hasMenu = false } = props;
  const [x, y] = [tenth(at[0]), tenth(at[1])];
  const down = node.status === 'down';
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
      <HostWords node={node} belongs={belongs} age={age} id={id} />
      {onSelect !== undefined && <circle className={styles.reach} cx={x} cy={y} r={REACH} />}
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
      <text
        className={`${styles.name} ${styles.clientName}`}
        x={clientNameX(node.host, x)}
        y={long ? y + half + 13 : y + 4.5}
      >
        {node.host}
      </text>
    </>
  );
}

type HostWordsProps = Pick<StageNodeProps, 'node' | 'belongs' | 'age' | 'id'>;

/** Version, quorum gauge and remark of a host. */
function HostWords({ node, belongs: { chip, gauge, remark }, age, id }: HostWordsProps) {
  return (
    <>
      {chip !== undefined && (
        <g className={node.status === 'down' ? styles.chipDown : undefined}>
          <Chip {...chip} age={age} text={node.version!.label} id={id} />
        </g>
      )}
      {gauge !== undefined && <Gauge gauge={gauge} have={node.gauge!.have} />}
      {remark !== undefined && (
        <>
          <rect className={styles.ground} {...remarkGround(remark)} />
          <text className={ink.word} x={remark.x} y={remark.y} textAnchor={remark.anchor}>
            {remark.text}
          </text>
        </>
      )}
    </>
  );
}

/** One square for each vote needed, filled when counted. */
function Gauge({ gauge, have }: { readonly gauge: NonNullable<Belongings['gauge']>; readonly have: number }) {
  const { x, y, width, squares, text } = gauge;
  return (
    <g>
      <rect className={styles.ground} x={x - 3} y={y - 10} width={width + 6} height="13" />
      {Array.from({ length: squares }, (_, at) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: votes have no names.
          key={at}
          className={`${styles.vote} ${at < have ? styles.counted : ''}`}
          x={x + at * GAUGE_PITCH}
          y={y - 7}
          width="7"
          height="7"
        />
      ))}
      <text className={ink.word} x={x + squares * GAUGE_PITCH + 4} y={y}>
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
