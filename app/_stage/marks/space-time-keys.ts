import type { KeyboardEvent } from 'react';
import { panWindow, zoomWindow } from '../layout/narrow.ts';
import { type Move, moveStep } from '../layout/step-moves.ts';
import type { SpaceTimeProps } from './space-time-props.ts';

const MOVES: Readonly<Record<string, Move>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'cause',
  ArrowDown: 'effect',
};

/** Keys on a diagram: arrows walk its steps, with shift they move the window, plus, minus and zero zoom, escape deselects. */
export function keysOf(props: SpaceTimeProps) {
  return (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (!changesWindow(event, props) && !changesStep(event, props)) return;
    event.preventDefault();
    // The lab's own keys step through time; here they walk the picture.
    event.stopPropagation();
  };
}

function changesWindow(
  { key, shiftKey }: KeyboardEvent,
  { run, fromUs, toUs, nowUs, onWindow }: SpaceTimeProps,
): boolean {
  if (onWindow === undefined) return false;
  const { endUs } = run.record;
  const window = { fromUs, toUs };
  const spanUs = toUs - fromUs;
  const isInside = nowUs !== undefined && nowUs >= fromUs && nowUs <= toUs;
  const middleUs = isInside ? nowUs : fromUs + spanUs / 2;
  const next =
    key === '0'
      ? { fromUs: 0, toUs: endUs }
      : key === '+' || key === '='
        ? zoomWindow(window, middleUs, 1 / 1.5, endUs)
        : key === '-'
          ? zoomWindow(window, middleUs, 1.5, endUs)
          : shiftKey && (key === 'ArrowLeft' || key === 'ArrowRight')
            ? panWindow(window, (key === 'ArrowLeft' ? -1 : 1) * (spanUs / 8), endUs)
            : undefined;
  if (next !== undefined) onWindow(next.fromUs, next.toUs);
  return next !== undefined;
}

function changesStep(
  { key }: KeyboardEvent,
  { run, selectedStep, nowUs, fromUs, onSelectStep }: SpaceTimeProps,
): boolean {
  if (onSelectStep === undefined) return false;
  if (key === 'Escape' && selectedStep !== undefined) {
    onSelectStep(undefined);
    return true;
  }
  const move = MOVES[key];
  if (move === undefined || run.timeline === undefined) return false;
  const from = selectedStep ?? Math.max(0, run.timeline.stepsUntil(nowUs ?? fromUs) - 1);
  onSelectStep(selectedStep === undefined ? from : moveStep(run, from, move));
  return true;
}
