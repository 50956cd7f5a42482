'use client';

import { type KeyboardEvent, memo, type PointerEvent, useMemo, useRef } from 'react';
import { formatMsShort, type Run, tenth, timeAxis, wordPx } from '../../../simulations/index.ts';
import { VerdictShape } from '../../_shell/verdict-mark.tsx';
import { BRUSH_LEAST, type BrushPart, brushPart } from '../layout/brush.ts';
import { panWindow, type Window, zoomWindow } from '../layout/narrow.ts';
import ink from './ink.module.css';
import styles from './minimap.module.css';
import { STRIP_LEFT, type StripPaths, type StripScale, stripPaths, stripScale } from './minimap-strip.ts';
import { useWidth } from './use-width.ts';

export interface MinimapProps {
  readonly run: Run;
  /** The window of the space-time diagram, in microseconds. */
  readonly fromUs: number;
  readonly toUs: number;
  readonly nowUs?: number;
  /** Called while the brush is dragged, resized or moved by key. Without it the strip is a picture. */
  onWindow?(fromUs: number, toUs: number): void;
  /** Called for a click without a drag. */
  onSeek?(us: number): void;
  /** Leave out where violations are: the reader is asked for them. */
  readonly veiled?: boolean;
}

/** How far beside an end of the window a press still takes it, in px: of a pointer, and of a finger. */
const REACH = { fine: 8, coarse: 14 };
/** A window that shows more of the run than this is not moved by a drag: a new one is marked. */
const WHOLE = 0.98;

/** The whole run as a strip of ticks, one line a host, with the window as a brush. */
export function Minimap({ run, fromUs, toUs, nowUs, onWindow, onSeek, veiled = false }: MinimapProps) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box, 836);
  const scale = useMemo(() => stripScale(run, width), [run, width]);
  const strip = useMemo(() => stripPaths(run, scale), [run, scale]);
  const drag = useBrush({ run, fromUs, toUs, onWindow, onSeek, scale });
  const from = scale.x(fromUs);
  const until = Math.max(scale.x(toUs), from + 3);
  const words = `${formatMsShort(fromUs)} to ${formatMsShort(toUs)} ms of ${formatMsShort(scale.endUs)} ms`;
  const height = strip.height;
  const handle = Math.max(BRUSH_LEAST, until - from);
  return (
    <div ref={box} className={styles.box}>
      <svg
        className={styles.strip}
        height={height + 15}
        role="img"
        aria-label={`The whole run; the window shows ${words}`}
        {...drag}
      >
        <Strip veiled={veiled} strip={strip} scale={scale} width={width} />
        <rect className={styles.window} x={tenth(from)} y="0.5" width={tenth(until - from)} height={height - 1} />
        {onWindow !== undefined && (
          <path
            className={styles.grip}
            d={`M${tenth(from)} ${height / 2 - 5}v10M${tenth(until)} ${height / 2 - 5}v10`}
          />
        )}
        {nowUs !== undefined && <path className={styles.now} d={`M${tenth(scale.x(nowUs))} 0V${height}`} />}
      </svg>
      {onWindow !== undefined && (
        <div
          className={styles.handle}
          style={{ left: (from + until - handle) / 2, width: handle, height: Math.max(BRUSH_LEAST, height) }}
          role="slider"
          tabIndex={0}
          aria-label="Window of the space-time diagram"
          aria-valuemin={0}
          aria-valuemax={Math.round(scale.endUs / 1000)}
          aria-valuenow={Math.round(fromUs / 1000)}
          aria-valuetext={words}
          onKeyDown={keysOf({ run, fromUs, toUs, onWindow })}
        />
      )}
    </div>
  );
}

interface StripProps {
  readonly strip: StripPaths;
  readonly scale: StripScale;
  readonly width: number;
  readonly veiled: boolean;
}

const Strip = memo(function Strip({ strip, scale, width, veiled }: StripProps) {
  const { unit, ticks } = timeAxis(0, scale.endUs, scale.right - scale.left, 130);
  const labels = labelsOf(ticks, unit, { x: scale.x, width });
  return (
    <g>
      <text className={ink.axisWord} x={STRIP_LEFT - 6} y={strip.height / 2 + 3.5} textAnchor="end">
        run
      </text>
      <path className={styles.line} d={strip.lines} />
      <path className={styles.tick} d={strip.ticks} />
      <path className={styles.cut} d={strip.cuts} />
      <path className={styles.fault} d={strip.faults} />
      {(veiled ? [] : strip.violations).map((x) => (
        <g key={x} transform={`translate(${x - 4} ${strip.height - 9}) scale(.5)`}>
          <VerdictShape status="violated" />
        </g>
      ))}
      {labels.map(({ us, text, x }) => (
        <text key={us} className={ink.axisWord} x={tenth(x)} y={strip.height + 11}>
          {text}
        </text>
      ))}
    </g>
  );
});

/** The last label carries the unit and keeps its place; one before it that would run into it gives way. */
function labelsOf(
  ticks: readonly { readonly us: number; readonly label?: string; readonly major: boolean }[],
  unit: string,
  { x, width }: { x: (us: number) => number; width: number },
): readonly { readonly us: number; readonly text: string; readonly x: number }[] {
  const majors = ticks.filter(({ major }) => major);
  const placed = majors.map(({ us, label = '' }, at) => {
    const text = at === majors.length - 1 ? `${label} ${unit}` : label;
    return { us, text, x: Math.min(x(us), width - wordPx(text) - 6) };
  });
  const last = placed.at(-1);
  return placed.filter((one) => one === last || last === undefined || one.x + wordPx(one.text) + 8 < last.x);
}

type BrushOptions = MinimapProps & { readonly scale: StripScale };

interface Grab {
  readonly kind: BrushPart;
  readonly atUs: number;
  readonly fromUs: number;
  readonly toUs: number;
  moved: boolean;
}

/** An end of the window is dragged, the window is moved, or a new one is marked: beside it, with shift, and where it is the whole run. */
function useBrush({ run, fromUs, toUs, onWindow, onSeek, scale }: BrushOptions) {
  const grabbed = useRef<Grab | undefined>(undefined);
  if (onWindow === undefined) return {};
  const usOf = (event: PointerEvent<SVGSVGElement>) => {
    const us = scale.us(event.clientX - event.currentTarget.getBoundingClientRect().left);
    return Math.max(0, Math.min(scale.endUs, us));
  };
  const kindOf = (atUs: number, { shiftKey, pointerType }: PointerEvent): BrushPart => {
    if (shiftKey) return 'mark';
    const ends = { from: scale.x(fromUs), until: scale.x(toUs) };
    const reach = pointerType === 'touch' ? REACH.coarse : REACH.fine;
    return brushPart({ at: scale.x(atUs), ...ends, reach, whole: toUs - fromUs >= scale.endUs * WHOLE });
  };
  return {
    onPointerDown(event: PointerEvent<SVGSVGElement>) {
      const atUs = usOf(event);
      event.currentTarget.setPointerCapture(event.pointerId);
      grabbed.current = { kind: kindOf(atUs, event), atUs, fromUs, toUs, moved: false };
    },
    onPointerMove(event: PointerEvent<SVGSVGElement>) {
      const grab = grabbed.current;
      if (grab === undefined) return;
      const us = usOf(event);
      if (!grab.moved && Math.abs(scale.x(us) - scale.x(grab.atUs)) < 3) return;
      grab.moved = true;
      const next = draggedTo(grab, us, { leastUs: scale.us(6) - scale.us(0), endUs: scale.endUs, run });
      onWindow(Math.round(next.fromUs), Math.round(next.toUs));
    },
    onPointerUp() {
      const grab = grabbed.current;
      grabbed.current = undefined;
      if (grab === undefined || grab.moved) return;
      if (onSeek !== undefined) onSeek(Math.round(grab.atUs));
      else if (grab.kind === 'mark') {
        const next = panWindow({ fromUs, toUs }, grab.atUs - (fromUs + toUs) / 2, run.record.endUs);
        onWindow(next.fromUs, next.toUs);
      }
    },
    onPointerCancel() {
      grabbed.current = undefined;
    },
  };
}

function draggedTo(
  { kind, atUs, fromUs, toUs }: Grab,
  us: number,
  { leastUs, endUs, run }: { readonly leastUs: number; readonly endUs: number; readonly run: Run },
): Window {
  switch (kind) {
    case 'move':
      return panWindow({ fromUs, toUs }, us - atUs, run.record.endUs);
    case 'from':
      return { fromUs: Math.max(0, Math.min(toUs - leastUs, fromUs + us - atUs)), toUs };
    case 'to':
      return { fromUs, toUs: Math.min(endUs, Math.max(fromUs + leastUs, toUs + us - atUs)) };
    case 'mark':
      return { fromUs: Math.min(us, atUs), toUs: Math.max(us, atUs, Math.min(us, atUs) + leastUs) };
  }
}

function keysOf({ run, fromUs, toUs, onWindow }: MinimapProps) {
  return (event: KeyboardEvent) => {
    const endUs = run.record.endUs;
    const spanUs = toUs - fromUs;
    const middleUs = (fromUs + toUs) / 2;
    const byUs = {
      ArrowLeft: -spanUs / 8,
      ArrowRight: spanUs / 8,
      PageUp: -spanUs,
      PageDown: spanUs,
      Home: -endUs,
      End: endUs,
    }[event.key];
    const factor = { ArrowUp: 1 / 1.25, ArrowDown: 1.25, '+': 1 / 1.25, '-': 1.25 }[event.key];
    if (byUs === undefined && factor === undefined) return;
    const window = { fromUs, toUs };
    const next = byUs === undefined ? zoomWindow(window, middleUs, factor!, endUs) : panWindow(window, byUs, endUs);
    event.preventDefault();
    event.stopPropagation();
    onWindow?.(next.fromUs, next.toUs);
  };
}
