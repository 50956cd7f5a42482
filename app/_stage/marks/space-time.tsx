'use client';

import { type KeyboardEvent, memo, useId, useMemo, useRef, useState } from 'react';
import {
  fieldOf,
  type MessagePaths,
  messagePaths,
  type SeamPaths,
  type StrataPaths,
  seamPaths,
  strataPaths,
} from '../../../simulations/index.ts';
import { type Frame, makeFrame } from '../layout/frame.ts';
import { narrowWindow, panWindow, type Window } from '../layout/narrow.ts';
import { type Move, moveStep } from '../layout/step-moves.ts';
import { formatCount, formatMs, formatMsShort } from '../layout/time-axis.ts';
import { GlyphLayer, MessageLayer } from './message-layer.tsx';
import { OperationLayer } from './operation-layer.tsx';
import { Patterns } from './patterns.tsx';
import { PlayheadFlag, PlayheadLine } from './playhead.tsx';
import { EvidenceLayer, ProofLayer, SelectionLayer } from './selection-layer.tsx';
import styles from './space-time.module.css';
import type { SpaceTimeProps } from './space-time-props.ts';
import { StoryLayer } from './story-layer.tsx';
import { LaneWordsLayer, StrataLayer } from './strata-layer.tsx';
import { TimeLayer } from './time-layer.tsx';
import { useGestures } from './use-gestures.ts';
import { useWidth } from './use-width.ts';

/** Widths in px at which the server draws. */
const FIRST_WIDTH = { lab: 836, figure: 520, thumb: 336 } as const;

/**
 * A window of a run: one lane a host, a real time scale. Disks are strata, messages arrows, client operations bars, a cut a seam along which
 * the lanes below drop. The static part is drawn anew only when run, window, focus or selection change.
 */
export function SpaceTime(props: SpaceTimeProps) {
  const { run, focus, size, nowUs, selectedStep, witness, story, onSelectStep, onWindow } = props;
  const box = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const id = useId();
  const width = useWidth(box, FIRST_WIDTH[size]);
  const [shown, setShown] = useState<number | undefined>(undefined);
  const window = useShown(props, width, shown);
  if (window.fromUs !== shown && window.fromUs !== props.fromUs) setShown(window.fromUs);
  const { fromUs, toUs } = window;
  const frame = useMemo(
    () => makeFrame({ run, focus, size, fromUs, untilUs: toUs, width, selectedStep, witness, story, id }),
    [run, focus, size, fromUs, toUs, width, selectedStep, witness, story, id],
  );
  const picture = useMemo(() => drawn(frame), [frame]);
  const { panning, handlers } = useGestures({
    ...props,
    frame,
    window: { fromUs: props.fromUs, toUs: props.toUs },
    svg,
    onShift: (byUs) => setShown((from) => (from === undefined ? undefined : from + byUs)),
  });
  const active = onSelectStep !== undefined || onWindow !== undefined || props.onSeek !== undefined;
  const label = props.label ?? labelOf(frame);
  const height = props.height ?? frame.height;
  const svgPicture = (
    <svg
      ref={svg}
      className={`${styles.picture} ${active ? styles.active : ''} ${panning ? styles.panning : ''}`}
      height={height}
      role="img"
      aria-label={label}
      {...(active ? handlers : {})}
    >
      <desc>{describe(frame, picture.messages)}</desc>
      <defs>
        <Patterns id={id} />
        <clipPath id={`${id}-field`}>
          <rect x={frame.left} y={-10} width={Math.max(0, frame.right - frame.left)} height={height + 20} />
        </clipPath>
      </defs>
      <Ground frame={frame} picture={picture} />
      {nowUs !== undefined && <PlayheadLine frame={frame} nowUs={nowUs} />}
      <Figures frame={frame} glyphs={picture.messages.glyphs} />
      {props.onSeek !== undefined && (
        <rect className={styles.seekable} x={frame.left} width={frame.right - frame.left} height={frame.axisY + 4} />
      )}
      {nowUs !== undefined && <PlayheadFlag frame={frame} nowUs={nowUs} />}
    </svg>
  );
  if (!active) {
    return (
      <div ref={box} className={styles.frame}>
        {svgPicture}
      </div>
    );
  }
  return (
    <div
      ref={box}
      className={styles.frame}
      role="application"
      aria-label={`${label}. ${KEYS}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes the focus, so that arrow keys can walk its steps.
      tabIndex={0}
      onKeyDown={keysOf(props)}
    >
      {svgPicture}
    </div>
  );
}

const KEYS =
  'Arrow keys: left and right along a lane, up to the cause, down to the effect. Plus and minus zoom, escape deselects.';

/** Everything that is drawn as paths. */
interface Picture {
  readonly strata: StrataPaths;
  readonly seams: readonly SeamPaths[];
  readonly messages: MessagePaths;
}

function drawn(frame: Frame): Picture {
  return { strata: strataPaths(frame), seams: seamPaths(frame), messages: messagePaths(frame) };
}

/** What stands under the playhead. */
const Ground = memo(function Ground({ frame, picture }: { frame: Frame; picture: Picture }) {
  const { strata, seams, messages } = picture;
  return (
    <>
      <TimeLayer frame={frame} />
      <g clipPath={`url(#${frame.id}-field)`}>
        <StrataLayer frame={frame} paths={strata} seams={seams} />
        <MessageLayer paths={messages} />
      </g>
      <ProofLayer frame={frame} />
      <g clipPath={`url(#${frame.id}-field)`}>
        <LaneWordsLayer paths={strata} seams={seams} />
      </g>
    </>
  );
});

/** What stands over it. */
const Figures = memo(function Figures({ frame, glyphs }: { frame: Frame; glyphs: MessagePaths['glyphs'] }) {
  return (
    <g clipPath={`url(#${frame.id}-field)`}>
      <OperationLayer frame={frame} />
      <GlyphLayer glyphs={glyphs} />
      <EvidenceLayer frame={frame} />
      <SelectionLayer frame={frame} />
      <StoryLayer frame={frame} />
    </g>
  );
});

function useShown(props: SpaceTimeProps, width: number, shownFromUs: number | undefined): Window {
  const { run, size, fromUs, toUs, nowUs, selectedStep, witness } = props;
  const { left, right } = fieldOf(run, size, width);
  const last = witness?.operations.map((operation) => run.record.operations[operation]?.invokedAt ?? 0) ?? [];
  const selectedUs = selectedStep === undefined ? undefined : run.timeline?.timeUs(selectedStep);
  const anchorUs = nowUs ?? selectedUs ?? (last.length > 0 ? Math.max(...last) : fromUs);
  return narrowWindow({ fromUs, toUs }, { size, fieldPx: right - left, anchorUs, shownFromUs });
}

const MOVES: Readonly<Record<string, Move>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'cause',
  ArrowDown: 'effect',
};

function keysOf(props: SpaceTimeProps) {
  return (event: KeyboardEvent) => {
    const { run, selectedStep, nowUs, fromUs, toUs, onSelectStep, onWindow } = props;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const move = MOVES[event.key];
    if (move !== undefined && onSelectStep !== undefined && run.timeline !== undefined) {
      const from = selectedStep ?? Math.max(0, run.timeline.stepsUntil(nowUs ?? fromUs) - 1);
      onSelectStep(selectedStep === undefined ? from : moveStep(run, from, move));
    } else if (event.key === 'Escape' && selectedStep !== undefined) onSelectStep?.(undefined);
    else if ((event.key === '+' || event.key === '=' || event.key === '-') && onWindow !== undefined) {
      const span = (toUs - fromUs) * (event.key === '-' ? 1.5 : 1 / 1.5);
      const middle = nowUs ?? (fromUs + toUs) / 2;
      const next = panWindow({ fromUs: middle - span / 2, toUs: middle + span / 2 }, 0, run.record.endUs);
      onWindow(next.fromUs, next.toUs);
    } else return;
    event.preventDefault();
    // The lab's own keys step through time; here they walk the picture.
    event.stopPropagation();
  };
}

function labelOf({ fromUs, untilUs }: Frame): string {
  return `Space-time diagram, ${formatMsShort(fromUs)} to ${formatMsShort(untilUs)} ms`;
}

function describe({ lanes, run, cone, story, fromUs, untilUs }: Frame, { count, density }: MessagePaths): string {
  const names = lanes.lanes.map(({ id }) => id).join(', ');
  const messages = density === '' ? `${formatCount(count)} messages.` : 'More messages than can be drawn one by one.';
  const faults = run.record.faults
    .filter(({ sinceUs, untilUs: endUs }) => sinceUs < untilUs && endUs > fromUs)
    .map(({ fault, sinceUs }) => `Fault ${fault.id} from ${formatMs(sinceUs)} ms.`);
  return [`Lanes ${names}.`, messages, ...faults, litWords(cone, story)].join(' ').trim();
}

function litWords(cone: Frame['cone'], story: Frame['story']): string {
  if (story !== undefined) return `Lit: the ${story.length} events of the explanation.`;
  return cone === undefined
    ? ''
    : `Step ${cone.step + 1} is selected: ${cone.past} before it, ${cone.future} after it.`;
}
