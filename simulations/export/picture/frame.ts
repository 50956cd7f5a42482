import type { Witness } from '../../checkers/verdict.ts';
import type { Focus } from '../../models/model.ts';
import type { Run } from '../../run/execute.ts';
import { type Ages, agesIn } from './ages.ts';
import { faultBands } from './fault-bands.ts';
import { type LaneView, laneRows } from './lane-view.ts';
import { type Lanes, lanesOf, type SpaceTimeSize } from './lanes.ts';
import { ARROWS_MAX } from './messages.ts';
import { type Proof, proofOf } from './proof.ts';
import { runIndex } from './run-index.ts';

/** What pictures need of the causal cone of a step, to light it. */
export interface LitCone {
  readonly step: number;
  /** By step: 1 for the causal past, 2 for the future, 3 for the step itself, 0 for what is concurrent. */
  readonly relation: Uint8Array;
  /** The steps of the chain through the step. */
  readonly chain: readonly number[];
}

/** Everything that the layers of one space-time diagram share. Lengths in px, times in microseconds. */
export interface DiagramFrame {
  readonly run: Run;
  readonly focus: Focus;
  readonly size: SpaceTimeSize;
  readonly fromUs: number;
  readonly untilUs: number;
  /** Ends of the field in which time is drawn. */
  readonly left: number;
  readonly right: number;
  /** The line under the axis. */
  readonly axisY: number;
  readonly lanes: Lanes;
  readonly ages: Ages;
  /** Around the selected step; undefined when nothing is selected, and everything is lit. */
  readonly cone: LitCone | undefined;
  /** The violation that is marked. */
  readonly witness: Witness | undefined;
  readonly proof: Proof | undefined;
  /** Messages take so few pixels that their glyphs and heads are drawn small. */
  readonly crowded: boolean;
  /** More messages than this are drawn as densities. */
  readonly arrowsMax: number;
  x(us: number): number;
}

export interface FrameOptions {
  readonly run: Run;
  readonly focus: Focus;
  readonly fromUs: number;
  readonly untilUs: number;
  readonly width: number;
  /** Where the picture's axis stands. */
  readonly axisY: number;
}

/** Height of a row of fault bands: more than two stand closer. */
export function faultRow(rows: number): number {
  return rows > 2 ? 12 : 15;
}

/** Where the field of time begins and ends for a width. */
export function fieldOf(
  run: Run,
  size: SpaceTimeSize,
  width: number,
  view?: LaneView,
): { readonly left: number; readonly right: number } {
  const titles = [...run.topology.hosts.map(({ id }) => id), ...foldedTitles(run, view)];
  const longest = Math.max(...titles.map((title) => title.length));
  const left = Math.round((size === 'lab' ? 33 : 23) + longest * 6.6);
  return { left, right: Math.max(left + 40, width - (size === 'lab' ? 14 : 20)) };
}

function foldedTitles(run: Run, view: LaneView | undefined): readonly string[] {
  if (view === undefined || view.folded.length === 0) return [];
  const all = run.topology.hosts.map((_, host) => host);
  return laneRows(run, all, view).map(({ title }) => title);
}

/** The lanes under an axis, and, at the lab's size, under the rows of the fault bands; above `bottomMax`, if that can be. */
export function lanesUnder(run: Run, size: SpaceTimeSize, axisY: number, view?: LaneView, bottomMax?: number): Lanes {
  if (size !== 'lab') return lanesOf(run, size, axisY, view, bottomMax);
  const { rows } = faultBands(run);
  return lanesOf(run, size, axisY + rows * faultRow(rows) + 4, view, bottomMax);
}

/** Lays an exported diagram out, at the lab's size, with the first violation that its window shows. Pure. */
export function makeFrame({ run, focus, fromUs, untilUs, width, axisY }: FrameOptions): DiagramFrame {
  const { left, right } = fieldOf(run, 'lab', width);
  const pxPerUs = (right - left) / Math.max(1, untilUs - fromUs);
  const witness = witnessIn(run, focus, fromUs, untilUs);
  return {
    run,
    focus,
    size: 'lab',
    fromUs,
    untilUs,
    left,
    right,
    axisY,
    lanes: lanesUnder(run, 'lab', axisY),
    ages: agesIn(run, focus, fromUs, untilUs),
    cone: undefined,
    witness,
    proof: witness === undefined ? undefined : proofOf(run, focus, witness),
    crowded: runIndex(run).flightUsMedian * pxPerUs < 12,
    arrowsMax: ARROWS_MAX,
    x: (us) => left + (us - fromUs) * pxPerUs,
  };
}

/**
 * The witness of the first violated verdict whose last operation, on the key in view, ended in the window; else of the first that names no
 * operation and whose last step lies in it; else of one on another key.
 */
function witnessIn(run: Run, focus: Focus, fromUs: number, untilUs: number): Witness | undefined {
  const witnesses = run.verdicts.flatMap(({ verdict }) => (verdict.status === 'violated' ? [verdict.witness] : []));
  const ended = witnesses.filter((witness) => {
    const { closing } = proofOf(run, focus, witness) ?? {};
    return closing !== undefined && closing.completedAt >= fromUs && closing.completedAt <= untilUs;
  });
  return (
    ended.find((witness) => proofOf(run, focus, witness)!.closing.key === focus.key) ??
    witnesses.find((witness) => isStepIn(run, witness, fromUs, untilUs)) ??
    ended[0]
  );
}

function isStepIn({ timeline }: Run, { operations, steps }: Witness, fromUs: number, untilUs: number): boolean {
  if (operations.length > 0 || steps.length === 0 || timeline === undefined) return false;
  const lastUs = timeline.timeUs(Math.max(...steps));
  return lastUs >= fromUs && lastUs <= untilUs;
}
