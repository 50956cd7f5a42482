import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { barsIn, laneY } from '../../../simulations/index.ts';
import type { Frame } from '../layout/frame.ts';
import { nearestStep, REACH } from '../layout/hit.ts';
import { panWindow, type Window, zoomWindow } from '../layout/narrow.ts';
import type { SpaceTimeProps } from './space-time-props.ts';

/** A pointer that moved less than this has clicked. */
const CLICK_PX = 4;

interface Gesture {
  readonly kind: 'seek' | 'pan' | 'pinch' | 'brush';
  readonly startX: number;
  readonly startY: number;
  readonly window: Window;
  readonly distance: number;
  moved: boolean;
}

type Handlers = Pick<SpaceTimeProps, 'onSelectStep' | 'onSelectOperation' | 'onSeek' | 'onWindow' | 'onFrame'>;

/** A stretch being marked, in px. */
export interface BrushSpan {
  readonly from: number;
  readonly until: number;
}

export interface GestureOptions extends Handlers {
  readonly frame: Frame;
  /** The whole window; the frame may show a part of it. */
  readonly window: Window;
  readonly svg: RefObject<SVGSVGElement | null>;
  /** Told how far the part in view has moved, in microseconds. */
  onShift(byUs: number): void;
}

/**
 * Pointers and wheel on a space-time diagram: the axis seeks, with shift it marks a window, a drag pans, a pinch or the wheel zooms, a click
 * selects, a double click frames.
 */
export function useGestures(options: GestureOptions) {
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  const pointers = useRef(new Map<number, { x: number; y: number }>());
  const gesture = useRef<Gesture | undefined>(undefined);
  const [panning, setPanning] = useState(false);
  const [brush, setBrush] = useState<BrushSpan | undefined>(undefined);
  useWheel(latest, options.svg);

  const onPointerDown = (event: PointerEvent<SVGSVGElement>) => {
    if (event.button !== 0) return;
    const at = pointOf(event);
    pointers.current.set(event.pointerId, at);
    event.currentTarget.setPointerCapture(event.pointerId);
    gesture.current = begin(latest.current, [...pointers.current.values()], event.shiftKey);
    if (gesture.current.kind === 'seek') latest.current.onSeek?.(seekUs(latest.current.frame, at.x));
  };
  const onPointerMove = (event: PointerEvent<SVGSVGElement>) => {
    const current = gesture.current;
    if (current === undefined || !pointers.current.has(event.pointerId)) return;
    pointers.current.set(event.pointerId, pointOf(event));
    const [first] = pointers.current.values();
    if (first === undefined) return;
    if (Math.hypot(first.x - current.startX, first.y - current.startY) > CLICK_PX) current.moved = true;
    if (current.kind === 'seek') latest.current.onSeek?.(seekUs(latest.current.frame, first.x));
    else if (current.kind === 'brush') setBrush(brushOf(latest.current.frame, current, first.x));
    else if (current.moved || current.kind === 'pinch') {
      setPanning(current.kind === 'pan' && latest.current.onWindow !== undefined);
      follow(latest.current, current, [...pointers.current.values()]);
    }
  };
  const onPointerUp = (event: PointerEvent<SVGSVGElement>) => {
    const current = gesture.current;
    pointers.current.delete(event.pointerId);
    setPanning(false);
    gesture.current = undefined;
    setBrush(undefined);
    if (current?.kind === 'brush' && event.type !== 'pointercancel')
      showBrushed(latest.current, current, pointOf(event).x);
    if (current === undefined || current.moved || current.kind !== 'pan' || event.type === 'pointercancel') return;
    select(latest.current, pointOf(event), event.pointerType === 'touch' ? REACH.coarse : REACH.fine);
  };
  const onDoubleClick = () => latest.current.onFrame?.();
  return {
    panning,
    brush,
    handlers: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: onPointerUp, onDoubleClick },
  };
}

function pointOf(event: { readonly clientX: number; readonly clientY: number; readonly currentTarget: Element }) {
  const box = event.currentTarget.getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}

function begin(
  { frame, window, onSeek, onWindow }: GestureOptions,
  points: readonly { x: number; y: number }[],
  shift: boolean,
): Gesture {
  const [first, second] = points;
  const { x, y } = first!;
  const onAxis = y <= frame.axisY + 4;
  const distance = second === undefined ? 0 : Math.hypot(second.x - x, second.y - y);
  const kind =
    second !== undefined
      ? 'pinch'
      : onAxis && shift && onWindow !== undefined
        ? 'brush'
        : onAxis && onSeek !== undefined
          ? 'seek'
          : 'pan';
  return { kind, startX: x, startY: y, window, distance, moved: kind === 'pinch' };
}

function follow(
  options: GestureOptions,
  { kind, startX, window, distance }: Gesture,
  points: readonly { x: number; y: number }[],
) {
  const { frame, onWindow, onShift } = options;
  const [first, second] = points;
  if (onWindow === undefined || first === undefined) return;
  const endUs = frame.run.record.endUs;
  if (kind === 'pinch' && second !== undefined) {
    const apart = Math.max(10, Math.hypot(second.x - first.x, second.y - first.y));
    const next = zoomWindow(window, frame.us((first.x + second.x) / 2), distance / apart, endUs);
    onWindow(next.fromUs, next.toUs);
    return;
  }
  const next = panWindow(window, frame.us(startX) - frame.us(first.x), endUs);
  onShift(next.fromUs - options.window.fromUs);
  onWindow(next.fromUs, next.toUs);
}

function brushOf({ left, right }: Frame, { startX }: Gesture, x: number): BrushSpan {
  const within = (at: number) => Math.max(left, Math.min(right, at));
  return { from: within(Math.min(startX, x)), until: within(Math.max(startX, x)) };
}

function showBrushed({ frame, onWindow }: GestureOptions, gesture: Gesture, x: number): void {
  const { from, until } = brushOf(frame, gesture, x);
  if (until - from > CLICK_PX) onWindow?.(Math.round(frame.us(from)), Math.round(frame.us(until)));
}

function select(
  { frame, onSelectStep, onSelectOperation }: GestureOptions,
  { x, y }: { x: number; y: number },
  reach: number,
) {
  if (x < frame.left - 4) return;
  const bar =
    onSelectOperation &&
    barsIn(frame.run, frame.focus, frame.us(x), frame.us(x)).find(({ host }) => {
      const isShown = frame.lanes.positionOf[host]! >= 0;
      return isShown && Math.abs(laneY(frame.lanes, host, x, frame.x) - y) <= frame.lanes.slices[host]!.bar / 2;
    });
  if (bar !== undefined) onSelectOperation?.(bar.operation.id);
  else onSelectStep?.(nearestStep(frame, x, y, reach));
}

function seekUs(frame: Frame, x: number): number {
  return Math.round(Math.max(0, Math.min(frame.run.record.endUs, frame.us(x))));
}

/** The wheel zooms with ctrl or meta (a pinch on a trackpad), and plainly where the page itself does not scroll; sideways it pans. */
function useWheel(latest: RefObject<GestureOptions>, svg: RefObject<SVGSVGElement | null>): void {
  useEffect(() => {
    const element = svg.current;
    if (element === null) return;
    const onWheel = (event: WheelEvent) => {
      const { frame, window, onWindow, onShift } = latest.current;
      if (onWindow === undefined) return;
      const endUs = frame.run.record.endUs;
      const page = document.scrollingElement;
      const pageScrolls = page !== null && page.scrollHeight > page.clientHeight + 1;
      const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey;
      if (!sideways && pageScrolls && !event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      if (sideways) {
        const px = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
        const next = panWindow(window, frame.us(px) - frame.us(0), endUs);
        onShift(next.fromUs - window.fromUs);
        onWindow(next.fromUs, next.toUs);
        return;
      }
      const factor = 2 ** (Math.max(-60, Math.min(60, event.deltaY)) * (event.ctrlKey ? 0.012 : 0.004));
      const next = zoomWindow(
        window,
        frame.us(pointOf({ clientX: event.clientX, clientY: 0, currentTarget: element }).x),
        factor,
        endUs,
      );
      onWindow(next.fromUs, next.toUs);
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [latest, svg]);
}
