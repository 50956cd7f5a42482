'use client';

import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react';
import type { ExplainedEvent } from '../../../../simulations/index.ts';
import { unbroken } from '../../../_prose/rehype-no-break.js';
import { StoryMark } from '../../../_stage/marks/story-mark.tsx';
import { useActions, useLab } from '../state/context.tsx';
import { formatTime, unitOf } from '../state/format.ts';
import { useStepInView } from '../state/hooks.ts';
import styles from './event-list.module.css';

const WORDS = { cause: '', absence: 'missing', witness: 'seen' } as const;

/** The events of an explanation, in order; pressing one selects its step. Arrows, Home and End walk through them. */
export function EventList({ events }: { readonly events: readonly ExplainedEvent[] }) {
  const step = useStepInView();
  const list = useRef<HTMLOListElement>(null);
  const { pause, select } = useActions();
  const current = events.findIndex((event) => event.step === step);
  useInSight(list, current);
  const go = (index: number) => {
    pause();
    select(events[index]!.step);
  };
  const walk = (event: KeyboardEvent) => {
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    const to = placeAfter(event.key, buttons.indexOf(document.activeElement as HTMLButtonElement), events.length);
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    // The lab's own keys step through time; here they walk the list.
    event.stopPropagation();
    buttons[to]?.focus();
    go(to);
  };
  return (
    <ol ref={list} className={styles.events} onKeyDown={walk} data-testid="events">
      {events.map((event, index) => (
        <Row
          key={`${event.step} ${event.host} ${event.sentence}`}
          event={event}
          number={index + 1}
          current={index === current}
          reachable={index === Math.max(0, current)}
          onSelect={() => go(index)}
        />
      ))}
    </ol>
  );
}

/** Keeps the row of the step in view inside its pane, without moving the page. */
function useInSight(list: RefObject<HTMLOListElement | null>, current: number): void {
  useEffect(() => {
    const row = list.current?.children[current]?.getBoundingClientRect();
    const box = list.current?.closest('[data-scrolls]');
    if (row === undefined || box === undefined || box === null) return;
    const { top, bottom } = box.getBoundingClientRect();
    if (row.top < top) box.scrollTop += row.top - top;
    else if (row.bottom > bottom) box.scrollTop += row.bottom - bottom;
  }, [list, current]);
}

/** The row that a key leads to; undefined for keys that lead nowhere. */
function placeAfter(key: string, from: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return Math.min(from + 1, count - 1);
    case 'ArrowUp':
      return Math.max(from - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
  }
  return undefined;
}

interface RowProps {
  readonly event: ExplainedEvent;
  readonly number: number;
  /** Whether it is the step in view. */
  readonly current: boolean;
  /** Whether Tab reaches it: one of the list does. */
  readonly reachable: boolean;
  onSelect(): void;
}

function Row({ event, number, current, reachable, onSelect }: RowProps) {
  const endUs = useLab((state) => state.run?.simulatedUs ?? 0);
  const { role, necessary, atUs, host, sentence } = event;
  const unit = unitOf(endUs);
  return (
    <li>
      <button
        type="button"
        className={current ? styles.now : undefined}
        aria-current={current ? 'step' : undefined}
        tabIndex={reachable ? 0 : -1}
        data-role={role}
        data-necessary={necessary === true}
        onClick={onSelect}
      >
        <svg width="18" height="18" viewBox="-9 -9 18 18" aria-hidden="true">
          <StoryMark number={number} event={event} />
        </svg>
        <span className={`data ${styles.time}`}>
          {formatTime(atUs, unit)}
          <span className="sr"> {unit.name},</span>
        </span>
        <span className={`data ${styles.host}`}>{host}</span>
        <span className={styles.sentence}>
          {WORDS[role] !== '' && <span className={`data ${styles.role}`}>{WORDS[role]} </span>}
          {necessary === true && <span className="sr">needed: </span>}
          {unbroken(sentence)}
        </span>
      </button>
    </li>
  );
}
