import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { type Series, spreadOf } from '../../../../simulations/index.ts';
import { panWindow, zoomWindow } from '../../../_stage/layout/narrow.ts';
import { valueAxis } from '../../../_stage/layout/series-axis.ts';
import type { SeriesFrame } from '../../../_stage/layout/series-frame.ts';
import { nearestPoint } from '../../../_stage/layout/series-paths.ts';
import { useActions, useLabStore } from '../state/context.tsx';
import { pointWords } from './point-words.ts';

/** A pointer that moved less than this has clicked; a point is reached from this far. Both in px. */
const CLICK_PX = 4;
const REACH_PX = 12;

export interface SeriesGestures {
  readonly frame: SeriesFrame;
  readonly series: readonly Series[];
  readonly bucketUs: number;
  readonly box: RefObject<HTMLDivElement | null>;
  /** On a narrow screen: how far the part in view has moved, in microseconds. */
  shift(byUs: number): void;
  onPointed(words: string): void;
}

interface Drag {
  readonly x: number;
  readonly onAxis: boolean;
  readonly fromUs: number;
  readonly toUs: number;
  moved: boolean;
}

/** Pointer and wheel on the rows: the axis seeks, a drag pans, ctrl and the wheel zoom, a click takes a point or seeks. */
export function useSeriesGestures(options: SeriesGestures) {
  const { frame, box } = options;
  const store = useLabStore();
  const { pause, seek, selectOperation, showWindow } = useActions();
  const drag = useRef<Drag | undefined>(undefined);
  const [hoverX, setHover] = useState<number | undefined>(undefined);
  const [panning, setPanning] = useState(false);
  useWheel(options);
  const xOf = (event: PointerEvent) => event.clientX - box.current!.getBoundingClientRect().left;
  const seekTo = (x: number) => {
    pause();
    seek(Math.max(0, Math.min(frame.run.record.endUs, frame.us(x))));
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    const x = xOf(event);
    if (event.button !== 0 || x < frame.left - 4 || x > frame.right + 4) return;
    const onAxis = (event.target as Element).closest('[data-axis]') !== null;
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { x, onAxis, ...store.getState().window, moved: false };
    if (onAxis) seekTo(x);
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const x = xOf(event);
    const held = drag.current;
    if (held === undefined) {
      const inside = x >= frame.left && x <= frame.right;
      setHover(inside && event.pointerType !== 'touch' ? x : undefined);
      options.onPointed(inside ? wordsAt(options, event, x) : '');
      return;
    }
    if (held.onAxis) seekTo(x);
    else if (held.moved || Math.abs(x - held.x) > CLICK_PX) {
      held.moved = true;
      setPanning(true);
      setHover(undefined);
      const next = panWindow(held, frame.us(held.x) - frame.us(x), frame.run.record.endUs);
      options.shift(next.fromUs - store.getState().window.fromUs);
      showWindow(next);
    }
  };
  const onPointerUp = (event: PointerEvent<HTMLElement>) => {
    const held = drag.current;
    drag.current = undefined;
    setPanning(false);
    if (held === undefined || held.moved || held.onAxis || event.type === 'pointercancel') return;
    const x = xOf(event);
    const found = pointAt(options, event, x);
    if (found === undefined) seekTo(x);
    else {
      pause();
      selectOperation(found.series.operations[found.place]!);
    }
  };
  const onPointerLeave = () => {
    setHover(undefined);
    options.onPointed('');
  };
  return {
    hoverX,
    panning,
    handlers: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: onPointerUp, onPointerLeave },
  };
}

/** The row under the pointer. With a captured pointer the event's own target is the box. */
function rowAt({ series }: SeriesGestures, { clientX, clientY }: PointerEvent) {
  const row = document.elementFromPoint(clientX, clientY)?.closest<HTMLElement>('[data-series]');
  const one = series.find(({ id }) => id === row?.dataset.series);
  const top = row?.querySelector('svg')?.getBoundingClientRect().top;
  return one === undefined || top === undefined ? undefined : { series: one, y: clientY - top };
}

function pointAt(options: SeriesGestures, event: PointerEvent, x: number) {
  const row = rowAt(options, event);
  if (row?.series.kind !== 'points') return undefined;
  const { series, y } = row;
  const axis = valueAxis(series, spreadOf(series), options.bucketUs);
  const place = nearestPoint(series, options.frame, axis, { x, y, reach: REACH_PX });
  return place === undefined ? undefined : { series, place };
}

function wordsAt(options: SeriesGestures, event: PointerEvent, x: number): string {
  const row = rowAt(options, event);
  if (row === undefined) return '';
  const point = pointAt(options, event, x);
  return pointWords(options.frame.run, row.series, {
    atUs: options.frame.us(x),
    place: point?.place,
    bucketUs: options.bucketUs,
  });
}

/** Ctrl or meta and the wheel zoom around the pointer; sideways it pans. Plainly it scrolls the rows. */
function useWheel({ frame, box, shift }: SeriesGestures): void {
  const store = useLabStore();
  const { showWindow } = useActions();
  const latest = useRef({ frame, shift });
  useEffect(() => {
    latest.current = { frame, shift };
  });
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const onWheel = (event: WheelEvent) => {
      const { frame: now, shift: moveBy } = latest.current;
      const { window } = store.getState();
      const endUs = now.run.record.endUs;
      const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey;
      if (!sideways && !event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      if (sideways) {
        const px = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
        const next = panWindow(window, now.us(px) - now.us(0), endUs);
        moveBy(next.fromUs - window.fromUs);
        showWindow(next);
        return;
      }
      const factor = 2 ** (Math.max(-60, Math.min(60, event.deltaY)) * 0.012);
      const atUs = now.us(event.clientX - element.getBoundingClientRect().left);
      showWindow(zoomWindow(window, atUs, factor, endUs));
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [box, store, showWindow]);
}
