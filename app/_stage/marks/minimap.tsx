'use client';

import { type KeyboardEvent, memo, type PointerEvent, useMemo, useRef } from 'react';
import { cutsOf, lanesOf, type Run, runIndex, tenth, timeAxis, wordPx } from '../../../simulations/index.ts';
import { panWindow, zoomWindow } from '../layout/narrow.ts';
import { formatMsShort } from '../layout/time-axis.ts';
import ink from './ink.module.css';
import styles from './minimap.module.css';
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
}

const LEFT = 44;
const RIGHT = 12;
const HEIGHT = 48;
const PITCH = 4.4;
const EDGE = 8;

/** The whole run as a strip of ticks, one line a host, with the window as a brush. */
export function Minimap({ run, fromUs, toUs, nowUs, onWindow, onSeek }: MinimapProps) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box, 836);
  const scale = useMemo(() => scaleOf(run, width), [run, width]);
  const strip = useMemo(() => stripOf(run, scale), [run, scale]);
  const drag = useBrush({ run, fromUs, toUs, onWindow, onSeek, scale });
  const from = scale.x(fromUs);
  const until = Math.max(scale.x(toUs), from + 3);
  const words = `${formatMsShort(fromUs)} to ${formatMsShort(toUs)} ms of ${formatMsShort(scale.endUs)} ms`;
  const height = strip.height;
  return (
    <div ref={box} className={styles.box}>
      <svg
        className={styles.strip}
        height={height + 15}
        role="img"
        aria-label={`The whole run; the window shows ${words}`}
        {...drag}
      >
        <Strip strip={strip} scale={scale} width={width} />
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
          style={{ left: from, width: until - from, height }}
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

interface Scale {
  readonly endUs: number;
  readonly left: number;
  readonly right: number;
  x(us: number): number;
  us(x: number): number;
}

function scaleOf(run: Run, width: number): Scale {
  const endUs = Math.max(1, run.record.endUs);
  const [left, right] = [LEFT, Math.max(LEFT + 40, width - RIGHT)];
  const perUs = (right - left) / endUs;
  return { endUs, left, right, x: (us) => left + us * perUs, us: (x) => (x - left) / perUs };
}

interface StripPaths {
  readonly lines: string;
  readonly ticks: string;
  readonly cuts: string;
  readonly height: number;
}

function stripOf(run: Run, scale: Scale): StripPaths {
  const index = runIndex(run);
  const { lanes, seams } = lanesOf(run, 'figure', 0);
  const trace = run.timeline?.trace;
  const torn = new Set(seams.map(({ below }) => below));
  const pitch = Math.min(PITCH, (HEIGHT - 18) / Math.max(1, lanes.length));
  let [y, lines, ticks] = [4, '', ''];
  const middles = new Map<number, number>();
  lanes.forEach(({ host }, position) => {
    if (torn.has(position)) {
      middles.set(position, y + 1);
      y += 3;
    }
    lines += `M${LEFT} ${tenth(y)}H${tenth(scale.right)}`;
    let last = -1;
    for (const step of trace === undefined ? [] : index.stepsOf[host]!) {
      const x = Math.round(scale.x(trace!.timeUs(step)) * 2) / 2;
      // Steps of one half pixel are one tick.
      if (x === last) continue;
      last = x;
      ticks += `M${x} ${tenth(y - 1.4)}v2.8`;
    }
    y += pitch;
  });
  const cuts = cutsOf(run).map((cut) => {
    const seam = seams.find((candidate) => candidate.cut.id === cut.id);
    const at = seam === undefined ? y / 2 : middles.get(seam.below)! - 0.5;
    return `M${tenth(scale.x(cut.fromUs))} ${tenth(at)}H${tenth(scale.x(cut.untilUs))}`;
  });
  return { lines, ticks, cuts: cuts.join(''), height: Math.ceil(y - pitch + 4) };
}

const Strip = memo(function Strip({ strip, scale, width }: { strip: StripPaths; scale: Scale; width: number }) {
  const { unit, ticks } = timeAxis(0, scale.endUs, scale.right - scale.left, 130);
  const labels = labelsOf(ticks, unit, { x: scale.x, width });
  return (
    <g>
      <text className={ink.axisWord} x={LEFT - 6} y={strip.height / 2 + 3.5} textAnchor="end">
        run
      </text>
      <path className={styles.line} d={strip.lines} />
      <path className={styles.tick} d={strip.ticks} />
      <path className={styles.cut} d={strip.cuts} />
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

type BrushOptions = MinimapProps & { readonly scale: Scale };

function useBrush({ run, fromUs, toUs, onWindow, onSeek, scale }: BrushOptions) {
  const grabbed = useRef<
    { kind: 'from' | 'to' | 'move'; atUs: number; fromUs: number; toUs: number; moved: boolean } | undefined
  >(undefined);
  if (onWindow === undefined) return {};
  const usOf = (event: PointerEvent<SVGSVGElement>) =>
    scale.us(event.clientX - event.currentTarget.getBoundingClientRect().left);
  return {
    onPointerDown(event: PointerEvent<SVGSVGElement>) {
      const atUs = usOf(event);
      const x = scale.x(atUs);
      event.currentTarget.setPointerCapture(event.pointerId);
      const near = (us: number) => Math.abs(scale.x(us) - x) < EDGE;
      const inside = atUs >= fromUs && atUs <= toUs;
      const kind = near(toUs) ? 'to' : near(fromUs) ? 'from' : 'move';
      const start =
        inside || kind !== 'move'
          ? { fromUs, toUs }
          : panWindow({ fromUs, toUs }, atUs - (fromUs + toUs) / 2, scale.endUs);
      grabbed.current = { kind, atUs, moved: false, ...start };
      if (start.fromUs !== fromUs) onWindow(start.fromUs, start.toUs);
    },
    onPointerMove(event: PointerEvent<SVGSVGElement>) {
      const grab = grabbed.current;
      if (grab === undefined) return;
      const byUs = usOf(event) - grab.atUs;
      if (!grab.moved && Math.abs(scale.x(byUs) - scale.x(0)) < 3) return;
      grab.moved = true;
      const least = scale.us(6) - scale.us(0);
      const next =
        grab.kind === 'move'
          ? panWindow(grab, byUs, run.record.endUs)
          : grab.kind === 'from'
            ? { fromUs: Math.max(0, Math.min(grab.toUs - least, grab.fromUs + byUs)), toUs: grab.toUs }
            : { fromUs: grab.fromUs, toUs: Math.min(scale.endUs, Math.max(grab.fromUs + least, grab.toUs + byUs)) };
      onWindow(Math.round(next.fromUs), Math.round(next.toUs));
    },
    onPointerUp() {
      const grab = grabbed.current;
      grabbed.current = undefined;
      if (grab !== undefined && !grab.moved) onSeek?.(Math.round(Math.max(0, Math.min(scale.endUs, grab.atUs))));
    },
    onPointerCancel() {
      grabbed.current = undefined;
    },
  };
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
