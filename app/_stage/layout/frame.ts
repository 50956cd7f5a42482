import {
  ARROWS_MAX,
  agesIn,
  type DiagramFrame,
  type ExplainedEvent,
  type Focus,
  fieldOf,
  type LaneView,
  lanesUnder,
  proofOf,
  type Run,
  runIndex,
  type SpaceTimeSize,
  type Witness,
} from '../../../simulations/index.ts';
import { type Cone, coneOf } from './causality.ts';
import { linearScale } from './scale.ts';
import { storyCone } from './story.ts';

/** A diagram on the site: it can be asked what stands at a pixel. */
export interface Frame extends DiagramFrame {
  readonly height: number;
  readonly cone: Cone | undefined;
  /** The explanation in view, in order. */
  readonly story: readonly ExplainedEvent[] | undefined;
  /** Prefix of ids inside the SVG. */
  readonly id: string;
  us(x: number): number;
}

/** What lights a diagram. */
export interface LightOptions {
  readonly selectedStep: number | undefined;
  /** Lit instead of the cone of the selected step. */
  readonly story?: readonly ExplainedEvent[];
}

export interface FrameOptions extends LightOptions {
  readonly run: Run;
  readonly focus: Focus;
  readonly size: SpaceTimeSize;
  readonly fromUs: number;
  readonly untilUs: number;
  readonly width: number;
  readonly witness: Witness | undefined;
  /** Which lanes to show, and how. Default: every host on one of its own. */
  readonly lanes?: LaneView;
  /** Height in px that the picture should fit into: its lanes then stand closer together. Default: as high as it likes. */
  readonly room?: number;
  readonly id: string;
}

/** In the lab, whose window moves, arrows give way to densities where they would stand closer than this: the eye cannot follow them there. */
const ARROWS_PER_PX = 0.6;
const ARROWS_LEAST = 200;

/** The layout of everything that does not depend on the window: what a page can reserve before it knows its width. */
export function verticalLayout(
  run: Run,
  size: SpaceTimeSize,
  view?: LaneView,
  room: number = Number.POSITIVE_INFINITY,
): Pick<Frame, 'axisY' | 'lanes' | 'height'> {
  const axisY = size === 'lab' ? 28 : 20;
  const under = size === 'thumb' ? 2 : 8;
  const lanes = lanesUnder(run, size, axisY, view, room - under);
  return { axisY, lanes, height: Math.ceil(lanes.bottom + under) };
}

/** Lays one diagram out. Pure; a few milliseconds at most. */
export function makeFrame(options: FrameOptions): Frame {
  return litFrame(plainFrame(options), options);
}

/** A diagram of which everything is lit: all that does not depend on the selection. */
export function plainFrame(options: Omit<FrameOptions, keyof LightOptions>): Frame {
  const { run, focus, size, fromUs, untilUs, width, witness, id } = options;
  const { left, right } = fieldOf(run, size, width, options.lanes);
  const scale = linearScale([fromUs, Math.max(untilUs, fromUs + 1)], [left, right]);
  return {
    run,
    focus,
    size,
    fromUs,
    untilUs,
    left,
    right,
    ...verticalLayout(run, size, options.lanes, options.room),
    ages: agesIn(run, focus, fromUs, untilUs),
    cone: undefined,
    story: undefined,
    witness,
    proof: witness === undefined ? undefined : proofOf(run, focus, witness),
    crowded: scale.at(runIndex(run).flightUsMedian) - scale.at(0) < 12,
    arrowsMax: size === 'lab' ? Math.max(ARROWS_LEAST, Math.round((right - left) * ARROWS_PER_PX)) : ARROWS_MAX,
    id,
    x: scale.at,
    us: scale.invert,
  };
}

/** The same diagram under another light. */
export function litFrame(frame: Frame, { selectedStep, story }: LightOptions): Frame {
  const { run } = frame;
  const length = run.timeline?.length ?? 0;
  const step = selectedStep !== undefined && selectedStep >= 0 && selectedStep < length ? selectedStep : undefined;
  if (story !== undefined) return { ...frame, story, cone: storyCone(run, story, step) };
  return step === undefined ? frame : { ...frame, cone: coneOf(run, step) };
}
