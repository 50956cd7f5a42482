import { Graph, layout } from '@dagrejs/dagre';
import type { ChartDescription, ChartState, Point } from '../../../simulations/index.ts';
import { type ChartDetail, fullLabel, narrowLabel, stayLabel, wordPx } from './statechart-words.ts';

/** A line of text about one transition. */
export interface ChartLine {
  /** Its place in the chart's description. */
  readonly transition: number;
  readonly text: string;
}

/** A state as it is drawn; measures in px, from its upper left corner. */
export interface ChartBox {
  /** '' for the transitions that hold in every state. */
  readonly path: string;
  readonly name: string;
  /** `group`: the frame around the states inside a state. `begin`: the dot where a chart or a state begins. */
  readonly kind: 'state' | 'final' | 'group' | 'begin';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Transitions that stay in the state. A brief chart has room for one line of them. */
  readonly stays: readonly ChartLine[];
}

/** All transitions from one state to another, drawn as one line. */
export interface ChartEdge {
  readonly from: string;
  readonly to: string;
  readonly points: readonly Point[];
  readonly lines: readonly ChartLine[];
  /** Upper left corner of the words. */
  readonly at: Point;
}

export interface ChartLayout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly ChartBox[];
  readonly edges: readonly ChartEdge[];
}

/** Line pitch of words in a chart, in px. */
export const LINE = 13;
/** Height of a state's name, in px. */
export const NAME = 24;
/** Room for a count behind a label, in characters. */
const COUNT = 4;
const DOT = 8;
/** Room beside the outermost line, for the marker under it. */
const MARGIN = 6;
/** The loop before a line that stays, and the padding at both ends, in px. */
const STAY_PAD = 30;

/** What tells the lines of one edge or state apart: two transitions may say the same, as each guard stands on a line of its own. */
export function lineKey({ transition, text }: ChartLine): string {
  return `${transition} ${text}`;
}

/** Places a chart from top to bottom. The same description gives the same picture everywhere: no text is measured. */
export function layoutChart(chart: ChartDescription, detail: ChartDetail): ChartLayout {
  const graph = new Graph({ compound: true, multigraph: true });
  const brief = detail === 'brief';
  graph.setGraph({
    rankdir: 'TB',
    nodesep: brief ? 8 : 28,
    edgesep: brief ? 6 : 12,
    ranksep: brief ? 13 : 18,
    marginx: 4,
    marginy: 4,
  });
  graph.setDefaultEdgeLabel(() => ({}));
  const placer = new Placer(graph, chart, detail);
  placer.states(chart.states, undefined);
  if (chart.transitions.some(({ source }) => source === '')) placer.node('', 'any state', 'state', undefined);
  const groups = placer.edges();
  layout(graph);
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  return framed({ width, height, boxes: placer.boxes(), edges: groups.map((group) => placer.edge(group)) });
}

/** Lines may leave the frame that the library draws around states and words: widens it so that none is cut off. */
function framed({ width, height, boxes, edges }: ChartLayout): ChartLayout {
  const across = edges.flatMap(({ points }) => points.map(([x]) => x));
  const left = Math.max(0, MARGIN - Math.min(MARGIN, ...across));
  const right = Math.max(0, Math.max(0, ...across) + MARGIN - width);
  return {
    width: left + width + right,
    height,
    boxes: boxes.map((box) => ({ ...box, x: box.x + left })),
    edges: edges.map((edge) => ({
      ...edge,
      points: edge.points.map(([x, y]): Point => [x + left, y]),
      at: [edge.at[0] + left, edge.at[1]],
    })),
  };
}

interface Group {
  readonly from: string;
  readonly to: string;
  readonly lines: readonly ChartLine[];
}

class Placer {
  readonly #graph: Graph;
  readonly #chart: ChartDescription;
  readonly #detail: ChartDetail;
  readonly #made: Omit<ChartBox, 'x' | 'y' | 'width' | 'height'>[] = [];
  readonly #nodes: string[] = [];

  constructor(graph: Graph, chart: ChartDescription, detail: ChartDetail) {
    this.#graph = graph;
    this.#chart = chart;
    this.#detail = detail;
  }

  states(states: readonly ChartState[], parent: string | undefined): void {
    for (const { path, name, kind, initial, states: inner } of states) {
      const frame = kind === 'compound' ? this.#frame(path, parent) : parent;
      this.node(path, name, kind === 'final' ? 'final' : 'state', frame);
      // Inside a state, the state's own name is where its beginning points from.
      if (initial) this.#begin(path, parent);
      if (inner.length > 0) this.states(inner, frame);
    }
  }

  node(path: string, name: string, kind: 'state' | 'final', parent: string | undefined): void {
    const stays = this.#chart.transitions.flatMap(({ source, target }, transition) =>
      source === path && (target === undefined || target === path)
        ? [{ transition, text: stayLabel(this.#chart.transitions[transition]!, this.#detail) }]
        : [],
    );
    const rows = this.#detail === 'brief' ? Math.min(1, stays.length) : stays.length;
    const widest = Math.max(0, ...stays.map(({ text }) => wordPx(text) + wordPx('', COUNT) + STAY_PAD));
    const width = Math.max(wordPx(name, 0, 11) + 26, widest);
    this.#add({ path, name, kind, stays }, { width, height: NAME + rows * LINE + (rows > 0 ? 5 : 0) }, parent);
  }

  edges(): readonly Group[] {
    const groups = new Map<string, { from: string; to: string; lines: ChartLine[] }>();
    for (const [transition, definition] of this.#chart.transitions.entries()) {
      const { source, target } = definition;
      if (target === undefined || target === source) continue;
      const key = `${source} ${target}`;
      const group = groups.get(key) ?? { from: source, to: target, lines: [] };
      groups.set(key, group);
      const texts = this.#detail === 'brief' ? narrowLabel(definition) : [fullLabel(definition)];
      for (const text of texts) group.lines.push({ transition, text });
    }
    for (const { from, to, lines } of groups.values()) {
      const width = Math.max(...lines.map(({ text }) => wordPx(text, this.#detail === 'brief' ? 1 : COUNT)));
      const label = { width, height: lines.length * LINE, labelpos: 'r', labeloffset: 8 };
      this.#graph.setEdge(stateKey(from), stateKey(to), label, 'way');
    }
    return [...groups.values()];
  }

  boxes(): readonly ChartBox[] {
    return this.#made.map((box, at) => {
      const { x, y, width, height } = this.#graph.node(this.#nodes[at]!) as Placed;
      return { ...box, x: x - width / 2, y: y - height / 2, width, height };
    });
  }

  edge({ from, to, lines }: Group): ChartEdge {
    const { points, x, y, width, height } = this.#graph.edge(stateKey(from), stateKey(to), 'way') as Placed & {
      readonly points: readonly { readonly x: number; readonly y: number }[];
    };
    return {
      from,
      to,
      lines,
      // Beside its words the line goes straight down, so that it does not run through them.
      points: points.flatMap((point): readonly Point[] =>
        Math.abs(point.y - y) < 1
          ? besides(point.x, { top: y - height / 2, bottom: y + height / 2, last: points.at(-1)! })
          : [[point.x, point.y]],
      ),
      at: [x - width / 2, y - height / 2],
    };
  }

  #frame(path: string, parent: string | undefined): string {
    const key = `group ${path}`;
    this.#add({ path, name: '', kind: 'group', stays: [] }, { width: 0, height: 0 }, parent, key);
    return key;
  }

  #begin(path: string, parent: string | undefined): void {
    const around = path.includes('.') ? path.slice(0, path.lastIndexOf('.')) : undefined;
    if (around !== undefined) {
      this.#graph.setEdge(stateKey(around), stateKey(path), {}, 'begin');
      return;
    }
    const key = `begin ${path}`;
    this.#add({ path, name: '', kind: 'begin', stays: [] }, { width: DOT, height: DOT }, parent, key);
    this.#graph.setEdge(key, stateKey(path), {}, 'begin');
  }

  #add(
    box: Omit<ChartBox, 'x' | 'y' | 'width' | 'height'>,
    size: { readonly width: number; readonly height: number },
    parent: string | undefined,
    key = stateKey(box.path),
  ): void {
    this.#graph.setNode(key, { ...size });
    if (parent !== undefined) this.#graph.setParent(key, parent);
    this.#made.push(box);
    this.#nodes.push(key);
  }
}

/** Both ends of a line beside words, in the order in which a line that ends at `last` passes them. */
function besides(
  x: number,
  { top, bottom, last }: { readonly top: number; readonly bottom: number; readonly last: { readonly y: number } },
): readonly Point[] {
  const down: readonly Point[] = [
    [x, top],
    [x, bottom],
  ];
  return last.y > bottom ? down : [...down].reverse();
}

interface Placed {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function stateKey(path: string): string {
  return `state ${path}`;
}
