import { type Focus, fieldOf, lanesOf, type Run, type Witness } from '../../simulations/index.ts';
import { type Frame, makeFrame } from '../_stage/layout/frame.ts';
import type { Window } from './window.ts';

/** Sizes of a static picture. `hero` has the lab's lanes, room for call-outs around them and no words of its own. */
export type PictureSize = 'hero' | 'figure' | 'thumb';

/** Where the hero's axis stands, and the room under its lanes, where call-outs hang. */
const HERO = { axisY: 50, below: 24 };
/** Narrower than this, call-outs do not fit, and their room is saved. */
export const CALLOUTS_FROM = 800;

export interface StaticFrameOptions {
  readonly run: Run;
  readonly focus: Focus;
  readonly witness?: Witness;
  readonly size: PictureSize;
  readonly width: number;
  readonly id: string;
  windowAt(fieldPx: number): Window;
}

/** Lays a static picture out with the layout of the lab's diagrams. */
export function staticFrame({ run, focus, witness, size, width, id, windowAt }: StaticFrameOptions): Frame {
  const drawn = size === 'hero' ? 'thumb' : size;
  const { left, right } = fieldOf(run, drawn, width);
  const { fromUs, toUs } = windowAt(right - left);
  const options = {
    run,
    focus,
    fromUs,
    untilUs: toUs,
    width,
    witness,
    id,
    size: drawn,
    selectedStep: undefined,
  } as const;
  const frame = makeFrame(options);
  if (size !== 'hero') return frame;
  const roomy = width >= CALLOUTS_FROM;
  const axisY = roomy ? HERO.axisY : frame.axisY;
  const lanes = lanesOf(run, 'lab', axisY);
  return { ...frame, axisY, lanes, height: Math.ceil(lanes.bottom + (roomy ? HERO.below : 4)) };
}
