import { crossPath, type Point, tenth } from '../../../simulations/index.ts';
import styles from './statechart.module.css';
import {
  type ChartBox,
  type ChartEdge,
  type ChartLayout,
  type ChartLine,
  LINE,
  lineKey,
  NAME,
} from './statechart-layout.ts';
import { type ChartDetail, wordPx } from './statechart-words.ts';

/** What to light in a chart. Transitions are named by their place in its description. */
export interface ChartLight {
  /** The active leaf; a final state once the process has ended. */
  readonly active: string;
  /** Transitions that the last reaction took, and those whose guards it tried in vain. */
  readonly taken: ReadonlySet<number>;
  readonly failed: ReadonlySet<number>;
  /** How often each was taken so far; undefined: not counted yet. */
  readonly counts: ReadonlyMap<number, number> | undefined;
}

export interface StatechartProps {
  readonly layout: ChartLayout;
  readonly detail: ChartDetail;
  readonly light: ChartLight;
  /** The picture in one sentence. */
  readonly label: string;
  /** Distinguishes the arrow heads of several charts on a page. */
  readonly id: string;
  /** Default 1. */
  readonly scale?: number;
}

/** A statechart: states, what leads from one to another, the active state and the last transition lit. */
export function Statechart({ layout, detail, light, label, id, scale = 1 }: StatechartProps) {
  const { width, height, boxes, edges } = layout;
  const isTaken = ({ lines }: ChartEdge) => lines.some(({ transition }) => light.taken.has(transition));
  const dots = boxes.filter(({ kind }) => kind === 'begin');
  return (
    <svg
      className={styles.chart}
      role="img"
      aria-label={label}
      viewBox={`0 0 ${tenth(width)} ${tenth(height)}`}
      width={tenth(width * scale)}
      height={tenth(height * scale)}
    >
      <Heads id={id} />
      {boxes
        .filter(({ kind }) => kind === 'group')
        .map((box) => (
          <Frame key={box.path} box={box} light={light} />
        ))}
      {dots.map((box) => (
        <Begin
          key={box.path}
          dot={box}
          first={boxes.find(({ kind, path }) => path === box.path && kind !== 'begin')!}
          id={id}
        />
      ))}
      {[...edges]
        .sort((a, b) => Number(isTaken(a)) - Number(isTaken(b)))
        .map((edge) => (
          <Way key={`${edge.from} ${edge.to}`} edge={edge} taken={isTaken(edge)} id={id} />
        ))}
      {boxes
        .filter(({ kind }) => kind === 'state' || kind === 'final')
        .map((box) => (
          <StateBox key={box.path} box={box} detail={detail} light={light} />
        ))}
      {edges.map((edge) => (
        <WayWords key={`${edge.from} ${edge.to}`} edge={edge} light={light} />
      ))}
    </svg>
  );
}

function Heads({ id }: { readonly id: string }) {
  const head = <path d="M0 .8L8 4L0 7.2Z" />;
  const at = { viewBox: '0 0 8 8', refX: 7, refY: 4, orient: 'auto' };
  return (
    <defs>
      <marker id={`${id}-head`} className={styles.head} markerWidth={7} markerHeight={7} {...at}>
        {head}
      </marker>
      <marker id={`${id}-now`} className={styles.headNow} markerWidth={5.5} markerHeight={5.5} {...at}>
        {head}
      </marker>
    </defs>
  );
}

function Frame({ box, light }: { readonly box: ChartBox; readonly light: ChartLight }) {
  const inside = light.active.startsWith(`${box.path}.`);
  return <rect className={`${styles.frame} ${inside ? styles.inside : ''}`} {...placeOf(box)} rx={12} />;
}

/** A dot and the way from it to the state where the chart begins. */
function Begin({ dot, first, id }: { readonly dot: ChartBox; readonly first: ChartBox; readonly id: string }) {
  const [x, y] = [dot.x + dot.width / 2, dot.y + dot.height / 2];
  return (
    <>
      <circle className={styles.begin} cx={tenth(x)} cy={tenth(y)} r={dot.width / 2} />
      <path
        className={styles.way}
        d={`M${tenth(x)} ${tenth(y)}L${tenth(first.x + first.width / 2)} ${tenth(first.y)}`}
        markerEnd={`url(#${id}-head)`}
      />
    </>
  );
}

function Way({ edge, taken, id }: { readonly edge: ChartEdge; readonly taken: boolean; readonly id: string }) {
  const d = rounded(edge.points, 9);
  if (!taken) return <path className={styles.way} d={d} markerEnd={`url(#${id}-head)`} />;
  return (
    <>
      <path className={styles.halo} d={d} />
      <path className={styles.wayNow} d={d} markerEnd={`url(#${id}-now)`} data-taken="" />
    </>
  );
}

function WayWords({ edge, light }: { readonly edge: ChartEdge; readonly light: ChartLight }) {
  const [x, y] = edge.at;
  return edge.lines.map((line, at) => {
    // A label in two lines has its count behind the second.
    const ends = edge.lines[at + 1]?.transition !== line.transition;
    const own = ends ? line : { ...line, transition: -1 };
    const isTaken = light.taken.has(line.transition);
    return <Words key={lineKey(line)} line={own} light={light} at={[x, y + (at + 0.78) * LINE]} taken={isTaken} />;
  });
}

interface WordsProps {
  readonly line: ChartLine;
  readonly light: ChartLight;
  readonly at: Point;
  readonly taken: boolean;
  readonly inBox?: boolean;
}

/** A label, how often it was taken, and a cross where its guard has just failed. */
function Words({ line: { transition, text }, light, at: [x, y], taken, inBox = false }: WordsProps) {
  const count = light.counts?.get(transition) ?? 0;
  const end = x + wordPx(text, count === 0 ? 0 : String(count).length + 1);
  return (
    <>
      <text
        className={`${styles.word} ${taken ? styles.wordNow : ''} ${inBox ? styles.inBox : styles.cased}`}
        x={tenth(x)}
        y={tenth(y)}
      >
        {text}
        {count > 0 && (
          <tspan className={styles.count} dx={6}>
            {count}
          </tspan>
        )}
      </text>
      {light.failed.has(transition) && <path className={styles.cross} d={crossPath([end + 8, y - 3.6])} />}
    </>
  );
}

interface StateBoxProps {
  readonly box: ChartBox;
  readonly detail: ChartDetail;
  readonly light: ChartLight;
}

function StateBox({ box, detail, light }: StateBoxProps) {
  const active = light.active === box.path;
  const name = [styles.state, active && styles.active, box.path === '' && styles.any].filter(Boolean).join(' ');
  const middle = box.x + box.width / 2;
  const lines = detail === 'full' ? box.stays : briefStay(box, light);
  return (
    <g className={name} data-active={active ? '' : undefined}>
      {box.kind === 'final' && <rect className={styles.final} {...placeOf(box, 2.5)} rx={14.5} />}
      <rect {...placeOf(box)} rx={12} />
      <text className={styles.name} x={tenth(middle)} y={tenth(box.y + 16)} textAnchor="middle">
        {box.name}
      </text>
      {lines.map((line, at) => {
        const y = box.y + NAME + (at + 0.62) * LINE;
        const taken = light.taken.has(line.transition);
        return (
          <g key={lineKey(line)}>
            <path className={taken ? styles.loopNow : styles.loop} d={loop(box.x + 12, y - 3.4)} />
            <Words line={line} light={light} at={[box.x + 21, y]} taken={taken} inBox />
          </g>
        );
      })}
    </g>
  );
}

/** The one line for which a brief chart has room: what the last reaction took, or how many there are. */
function briefStay({ stays }: ChartBox, light: ChartLight): readonly ChartLine[] {
  const [first] = stays;
  if (first === undefined) return [];
  const taken = stays.find(({ transition }) => light.taken.has(transition));
  return [taken ?? (stays.length === 1 ? first : { transition: -1, text: `${stays.length} events stay` })];
}

function placeOf({ x, y, width, height }: ChartBox, around = 0) {
  return {
    x: tenth(x - around),
    y: tenth(y - around),
    width: tenth(width + 2 * around),
    height: tenth(height + 2 * around),
  };
}

/** An open circle with a barb: it comes back to where it began. */
function loop(x: number, y: number): string {
  return `M${tenth(x + 2.6)} ${tenth(y - 2.4)}a3.5 3.5 0 1 0 .9 2.6m1.6 -2l-1.7 2.2l-2.1 -1.7`;
}

/** A line through points whose corners are rounded by that radius, in px. */
function rounded(points: readonly Point[], radius: number): string {
  const parts = points.map(([x, y], at) => {
    if (at === 0) return `M${tenth(x)} ${tenth(y)}`;
    const next = points[at + 1];
    if (next === undefined) return `L${tenth(x)} ${tenth(y)}`;
    const [enter, leave] = [towards([x, y], points[at - 1]!, radius), towards([x, y], next, radius)];
    return `L${enter}Q${tenth(x)} ${tenth(y)} ${leave}`;
  });
  return parts.join('');
}

/** The point that far from one point on the way to another, half way at the most. */
function towards([x, y]: Point, [x1, y1]: Point, distance: number): string {
  const long = Math.hypot(x1 - x, y1 - y) || 1;
  const share = Math.min(distance / long, 0.5);
  return `${tenth(x + (x1 - x) * share)} ${tenth(y + (y1 - y) * share)}`;
}
