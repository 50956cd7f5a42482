'use client';

import { memo, useEffect, useId, useMemo, useRef, useState } from 'react';
import {
  type ClockPaths,
  clockPaths,
  fieldOf,
  type MessagePaths,
  messagePaths,
  type OperationPaths,
  operationPaths,
  type SeamPaths,
  type StrataPaths,
  seamPaths,
  strataPaths,
} from '../../../simulations/index.ts';
import { type Frame, litFrame, plainFrame } from '../layout/frame.ts';
import { narrowWindow, type Window } from '../layout/narrow.ts';
import { CaptionLayer, type CaptionMark, captionWords } from './caption-layer.tsx';
import { signsOf } from './legend-signs.ts';
import { GlyphLayer, MessageLayer, MessageWordsLayer } from './message-layer.tsx';
import { OperationLayer } from './operation-layer.tsx';
import { Patterns } from './patterns.tsx';
import { PlayheadFlag, PlayheadLine } from './playhead.tsx';
import { EvidenceLayer, ProofLayer, SelectionLayer } from './selection-layer.tsx';
import styles from './space-time.module.css';
import { keysOf } from './space-time-keys.ts';
import type { SpaceTimeProps } from './space-time-props.ts';
import { describe, KEYS, labelOf } from './space-time-words.ts';
import { StoryLayer } from './story-layer.tsx';
import { LaneWordsLayer, StrataLayer, VersionsLayer } from './strata-layer.tsx';
import { ClockLayer, ClockWordsLayer, FaultWordsLayer, LaneHeads, TimeLayer } from './time-layer.tsx';
import { useGestures } from './use-gestures.ts';
import { useWidth } from './use-width.ts';

/** Widths in px at which the server draws. */
const FIRST_WIDTH = { lab: 836, figure: 520, thumb: 336 } as const;

const NO_CAPTIONS: NonNullable<SpaceTimeProps['captions']> = [];

/**
 * A window of a run: one lane a host, a real time scale. Disks are strata, messages arrows, client operations bars, a cut a seam along which
 * the lanes below drop. The static part is drawn anew only when run, window, focus or selection change.
 */
export function SpaceTime(props: SpaceTimeProps) {
  const { run, focus, size, nowUs, litStep = props.selectedStep, witness, story, lanes, room } = props;
  const { onSelectStep, onWindow } = props;
  const captions = story === undefined ? (props.captions ?? NO_CAPTIONS) : NO_CAPTIONS;
  const box = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const id = useId();
  const width = useWidth(box, FIRST_WIDTH[size]);
  const [shown, setShown] = useState<number | undefined>(undefined);
  const window = useShown(props, width, shown);
  if (window.fromUs !== shown && window.fromUs !== props.fromUs) setShown(window.fromUs);
  const { fromUs, toUs } = window;
  const plain = useMemo(
    () => plainFrame({ run, focus, size, fromUs, untilUs: toUs, width, witness, lanes, room, id }),
    [run, focus, size, fromUs, toUs, width, witness, lanes, room, id],
  );
  const unlit = useMemo(
    () => ({ seams: seamPaths(plain), operations: operationPaths(plain), clocks: clockPaths(plain) }),
    [plain],
  );
  const frame = useMemo(() => litFrame(plain, { selectedStep: litStep, story }), [plain, litStep, story]);
  const picture = useMemo(() => drawn(frame, unlit), [frame, unlit]);
  useSigns(frame, { picture, captions }, props.onSigns);
  const { panning, brush, handlers } = useGestures({
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
      <desc>
        {describe(frame, picture.messages)}
        {captionWords(plain, captions)}
      </desc>
      <defs>
        <Patterns id={id} />
        <clipPath id={`${id}-field`}>
          <rect x={frame.left} y={-10} width={Math.max(0, frame.right - frame.left)} height={height + 20} />
        </clipPath>
      </defs>
      <Ground frame={frame} plain={plain} picture={picture} />
      {nowUs !== undefined && <PlayheadLine frame={frame} nowUs={nowUs} />}
      <Words frame={frame} plain={plain} picture={picture} captions={captions} />
      <Figures frame={frame} picture={picture} />
      <CaptionLayer frame={plain} captions={captions} current={props.caption} />
      {props.onSeek !== undefined && (
        <rect className={styles.seekable} x={frame.left} width={frame.right - frame.left} height={frame.axisY + 4} />
      )}
      {nowUs !== undefined && <PlayheadFlag frame={frame} nowUs={nowUs} />}
      {brush !== undefined && (
        <rect
          className={styles.brush}
          x={brush.from}
          y={1}
          width={Math.max(1, brush.until - brush.from)}
          height={frame.lanes.bottom}
        />
      )}
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

/** Everything that is drawn as paths. */
interface Picture {
  readonly strata: StrataPaths;
  readonly seams: readonly SeamPaths[];
  readonly messages: MessagePaths;
  readonly operations: OperationPaths;
  readonly clocks: ClockPaths;
}

/** `unlit`: what is drawn whatever is selected. */
function drawn(frame: Frame, unlit: Pick<Picture, 'seams' | 'operations' | 'clocks'>): Picture {
  const isLit = frame.cone !== undefined && unlit.operations.detail !== 'load';
  return {
    ...unlit,
    strata: strataPaths(frame),
    messages: messagePaths(frame),
    ...(isLit && { operations: operationPaths(frame) }),
  };
}

interface GroundProps {
  readonly frame: Frame;
  readonly plain: Frame;
  readonly picture: Picture;
  readonly captions: readonly CaptionMark[];
}

/** What stands under the playhead. */
const Ground = memo(function Ground({ frame, plain, picture }: Omit<GroundProps, 'captions'>) {
  const { strata, seams, messages, clocks } = picture;
  return (
    <>
      <TimeLayer frame={plain} />
      <LaneHeads frame={frame} />
      <g clipPath={`url(#${frame.id}-field)`}>
        <StrataLayer frame={frame} paths={strata} seams={seams} />
        <MessageLayer paths={messages} />
        <ClockLayer scales={clocks.scales} />
      </g>
      <ProofLayer frame={plain} />
      <g clipPath={`url(#${frame.id}-field)`}>
        <VersionsLayer labels={strata.labels} />
      </g>
    </>
  );
});

/** The words of faults, and those in the field of lanes. They interrupt the playhead, so that it strikes none of them out. */
const Words = memo(function Words({ frame, plain, picture, captions }: GroundProps) {
  const { strata, seams, messages, clocks } = picture;
  return (
    <g clipPath={`url(#${frame.id}-field)`}>
      <FaultWordsLayer frame={plain} captions={captions} />
      <MessageWordsLayer notes={messages.notes} />
      <ClockWordsLayer words={clocks.words} />
      <LaneWordsLayer notes={strata.notes} seams={seams} />
    </g>
  );
});

/** What stands over it. */
const Figures = memo(function Figures({ frame, picture }: { frame: Frame; picture: Picture }) {
  return (
    <>
      <g clipPath={`url(#${frame.id}-field)`}>
        <OperationLayer frame={frame} paths={picture.operations} />
        <GlyphLayer glyphs={picture.messages.glyphs} />
        <EvidenceLayer frame={frame} />
      </g>
      <SelectionLayer frame={frame} />
      <g clipPath={`url(#${frame.id}-field)`}>
        <StoryLayer frame={frame} />
      </g>
    </>
  );
});

/** Tells which signs stand on the picture, once for each set of them. */
function useSigns(
  frame: Frame,
  { picture, captions }: Pick<GroundProps, 'picture' | 'captions'>,
  onSigns: SpaceTimeProps['onSigns'],
): void {
  const key = useMemo(
    () => (onSigns === undefined ? '' : signsOf(frame, { ...picture, captions }).join('|')),
    [onSigns, frame, picture, captions],
  );
  useEffect(() => {
    if (key !== '') onSigns?.(key.split('|'));
  }, [key, onSigns]);
}

function useShown(props: SpaceTimeProps, width: number, shownFromUs: number | undefined): Window {
  const { run, size, fromUs, toUs, nowUs, selectedStep, witness } = props;
  const { left, right } = fieldOf(run, size, width);
  const last = witness?.operations.map((operation) => run.record.operations[operation]?.invokedAt ?? 0) ?? [];
  const selectedUs = selectedStep === undefined ? undefined : run.timeline?.timeUs(selectedStep);
  const anchorUs = nowUs ?? selectedUs ?? (last.length > 0 ? Math.max(...last) : fromUs);
  return narrowWindow({ fromUs, toUs }, { size, fieldPx: right - left, anchorUs, shownFromUs });
}
