import type { ReactNode } from 'react';
import { decidedUs, type Pair, type PairOptions, type PairSide, runPair } from './pair-sides.ts';
import { RunPicture } from './run-picture.tsx';

// This module brings the engine and the drawing with it: pair-player.tsx loads it when the reader asks for a run.

/** What a side has to say at a moment. */
export interface Said {
  /** What happened last, in the model's words. */
  readonly event: string;
  /** Once it is decided: what the checker found. */
  readonly verdict: { readonly status: 'ok' | 'violated' | 'unknown'; readonly sentence: string } | undefined;
}

/** Both runs, and what they look like at a moment. */
export interface LivePair {
  readonly pair: Pair;
  said(at: 0 | 1, nowUs: number): Said;
  picture(at: 0 | 1, nowUs: number, label: string): ReactNode;
}

/** Runs both variants, here and now. */
export function startPair(options: PairOptions): LivePair {
  const pair = runPair(options);
  return {
    pair,
    said: (at, nowUs) => said(pair, at, nowUs),
    picture: (at, nowUs, label) => (
      <Picture pair={pair} side={pair.sides[at]} options={options} nowUs={nowUs} label={label} />
    ),
  };
}

function said(pair: Pair, at: 0 | 1, nowUs: number): Said {
  const side = pair.sides[at];
  const { run, focus, verdict } = side;
  const steps = run.timeline?.stepsUntil(nowUs) ?? 0;
  const known = nowUs >= decidedUs(side, pair);
  const { status, sentence } = verdict.verdict;
  return { event: narrate(run, focus, steps - 1), verdict: known ? { status, sentence } : undefined };
}

function narrate({ timeline, input }: PairSide['run'], focus: PairSide['focus'], step: number): string {
  if (timeline === undefined || step < 0) return 'Nothing has happened yet.';
  const view = timeline.step(step);
  return input.model.narrate(view, { ...focus, world: timeline.worldAt(step + 1) });
}

interface PictureProps {
  readonly pair: Pair;
  readonly side: PairSide;
  readonly options: PairOptions;
  readonly nowUs: number;
  readonly label: string;
}

function Picture({ pair, side, options, nowUs, label }: PictureProps) {
  const { fromUs, toUs } = options;
  const { verdict } = side.verdict;
  const witness = verdict.status === 'violated' && nowUs >= decidedUs(side, pair) ? verdict.witness : undefined;
  const { run, focus } = side;
  return <RunPicture {...{ run, focus, fromUs, toUs, nowUs, witness, label }} size="figure" />;
}
