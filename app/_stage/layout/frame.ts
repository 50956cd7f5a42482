import { scaleLinear } from 'd3';
import type { Focus, Run, Witness } from '../../../simulations/index.ts';
import type { SpaceTimeSize } from '../marks/space-time-props.ts';
import { type Ages, agesIn } from './ages.ts';
import { type Cone, coneOf } from './causality.ts';
import { faultBands } from './fault-bands.ts';
import { type Lanes, lanesOf } from './lanes.ts';
import { type Proof, proofOf } from './proof.ts';
import { runIndex } from './run-index.ts';

/** Everything that the layers of one space-time diagram share. Lengths in px, times in microseconds. */
export interface Frame {
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
  readonly height: number;
  readonly lanes: Lanes;
  readonly ages: Ages;
  readonly cone: Cone | undefined;
  readonly witness: Witness | undefined;
  readonly proof: Proof | undefined;
  /** Messages take so few pixels that their glyphs and heads are drawn small. */
  readonly crowded: boolean;
  /** Prefix of ids inside the SVG. */
  readonly id: string;
  x(us: number): number;
  us(x: number): number;
}

export interface FrameOptions {
  readonly run: Run;
  readonly focus: Focus;
  readonly size: SpaceTimeSize;
  readonly fromUs: number;
  readonly untilUs: number;
  readonly width: number;
  readonly selectedStep: number | undefined;
  readonly witness: Witness | undefined;
  readonly id: string;
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
): { readonly left: number; readonly right: number } {
  const longest = Math.max(...run.topology.hosts.map(({ id }) => id.length));
  const left = Math.round((size === 'lab' ? 33 : 23) + longest * 6.6);
  return { left, right: Math.max(left + 40, width - (size === 'lab' ? 14 : 20)) };
}

/** The layout of everything that does not depend on the window: what a page can reserve before it knows its width. */
export function verticalLayout(run: Run, size: SpaceTimeSize): Pick<Frame, 'axisY' | 'lanes' | 'height'> {
  const axisY = size === 'lab' ? 28 : 20;
  const rows = size === 'lab' ? faultBands(run).rows : 0;
  const lanes = lanesOf(run, size, axisY + rows * faultRow(rows) + (size === 'lab' ? 4 : 0));
  return { axisY, lanes, height: Math.ceil(lanes.bottom + (size === 'thumb' ? 2 : 8)) };
}

/** Lays one diagram out. Pure; a few milliseconds at most. */
export function makeFrame(options: FrameOptions): Frame {
  const { run, focus, size, fromUs, untilUs, width, selectedStep, witness, id } = options;
  const { left, right } = fieldOf(run, size, width);
  const scale = scaleLinear([fromUs, Math.max(untilUs, fromUs + 1)], [left, right]);
  const length = run.timeline?.length ?? 0;
  const selected = selectedStep !== undefined && selectedStep >= 0 && selectedStep < length ? selectedStep : undefined;
  return {
    run,
    focus,
    size,
    fromUs,
    untilUs,
    left,
    right,
    ...verticalLayout(run, size),
    ages: agesIn(run, focus, fromUs, untilUs),
    cone: selected === undefined ? undefined : coneCached(run, selected),
    witness,
    proof: witness === undefined ? undefined : proofOf(run, focus, witness),
    crowded: scale(runIndex(run).flightUsMedian) - scale(0) < 12,
    id,
    x: (us) => scale(us),
    us: (x) => scale.invert(x),
  };
}

const cones = new WeakMap<Run, Cone>();

/** Panning while a step is selected asks for the same cone again and again. */
function coneCached(run: Run, step: number): Cone {
  const known = cones.get(run);
  if (known?.step === step) return known;
  const cone = coneOf(run, step);
  cones.set(run, cone);
  return cone;
}
