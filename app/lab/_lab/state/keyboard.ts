'use client';

import { useEffect } from 'react';
import type { LabActions } from './context.tsx';
import type { LabStore } from './store.ts';

/** A row of the shortcut sheet. */
export interface Shortcut {
  readonly keys: readonly string[];
  readonly does: string;
}

export const shortcuts: readonly Shortcut[] = [
  { keys: ['Space'], does: 'Play or pause' },
  { keys: ['Left', 'Right'], does: 'One step back or forward' },
  { keys: ['Shift Left', 'Shift Right'], does: 'Ten steps back or forward' },
  { keys: ['Home', 'End'], does: 'To the start or the end of the run' },
  { keys: ['[', ']'], does: 'To the witness of the previous or next violated check' },
  { keys: [',', '.'], does: 'To the previous or next caption' },
  { keys: ['P'], does: 'Present: stage, diagram and captions alone' },
  { keys: ['M'], does: 'Metrics in the place of the space-time diagram, or back' },
  { keys: ['+', '-', '0'], does: 'Zoom the space-time diagram in or out, or show the whole run' },
  { keys: ['Shift arrows'], does: 'On the diagram: move its window' },
  { keys: ['Shift drag'], does: 'On the axis or the strip of the whole run: show what is marked' },
  { keys: ['Double click'], does: 'On the diagram: the witness, or the whole run' },
  { keys: ['Escape'], does: 'Let go of the selected step' },
  { keys: ['Ctrl Z', 'Ctrl Shift Z'], does: 'Undo or redo an edit of the faults' },
  { keys: ['F'], does: 'On a host of the stage: the menu of its faults' },
  { keys: ['?'], does: 'This sheet' },
];

/** The lab's keys. Whatever a control needs for itself stays with the control. */
export function useKeyboard(store: LabStore, actions: LabActions, openSheet: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const state = store.getState();
      if (event.defaultPrevented || event.altKey || state.phase.kind !== 'ready' || state.presenting) return;
      const target = event.target instanceof Element ? event.target : document.body;
      if (target.closest('dialog') !== null || keepsKey(target, event)) return;
      const act = actionOf(event, { store, state, actions, openSheet });
      if (act === undefined) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [store, actions, openSheet]);
}

interface Reach {
  readonly store: LabStore;
  readonly state: ReturnType<LabStore['getState']>;
  readonly actions: LabActions;
  readonly openSheet: () => void;
}

function actionOf(event: KeyboardEvent, reach: Reach): (() => void) | undefined {
  const { store, state, actions, openSheet } = reach;
  if (event.ctrlKey || event.metaKey) {
    if (event.key.toLowerCase() !== 'z') return undefined;
    return event.shiftKey ? actions.redo : actions.undo;
  }
  switch (event.key) {
    case ' ':
      return actions.toggle;
    case '+':
    case '=':
      return () => actions.zoom(1 / 1.5);
    case '-':
      return () => actions.zoom(1.5);
    case '0':
      return () => actions.showWindow({ fromUs: 0, toUs: state.run?.simulatedUs ?? 0 });
    case '?':
      return openSheet;
    case 'p':
      return () => actions.present(true);
    case 'm':
      return () => store.setState({ lower: state.lower === 'spaceTime' ? 'metrics' : 'spaceTime' });
    case 'Escape':
      return () => actions.select(undefined);
  }
  const move = moveOf(event, reach);
  if (move === undefined) return undefined;
  return () => {
    actions.pause();
    move();
  };
}

function moveOf(event: KeyboardEvent, { state, actions }: Reach): (() => void) | undefined {
  const far = event.shiftKey ? 10 : 1;
  switch (event.key) {
    case 'ArrowLeft':
      return () => actions.stepBy(-far);
    case 'ArrowRight':
      return () => actions.stepBy(far);
    case 'Home':
      return () => actions.goTo(0);
    case 'End':
      return () => actions.goTo(state.run?.timeline?.length ?? 0);
    case ',':
      return () => actions.stepCaption(-1);
    case '.':
      return () => actions.stepCaption(1);
    case '[':
      return () => actions.cycleVerdict(-1);
    case ']':
      return () => actions.cycleVerdict(1);
  }
  return undefined;
}

/** Fields keep their typing, sliders their arrows, buttons their space. The scrubber is ours. */
function keepsKey(target: Element, event: KeyboardEvent): boolean {
  if (target.closest('[data-scrubber]') !== null) return false;
  if (target.matches('input, select, textarea, [contenteditable]')) return true;
  return event.key === ' ' && target.closest('button, a, summary, [role="button"]') !== null;
}
