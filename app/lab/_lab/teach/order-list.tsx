'use client';

import { useEffect, useRef, useState } from 'react';
import { Verdict } from '../../../_shell/verdict-mark.tsx';
import styles from './order-list.module.css';

export interface OrderListProps {
  readonly items: readonly { readonly id: string; readonly text: string }[];
  /** The items by id, in the reader's order. */
  readonly order: readonly string[];
  /** The items in the order of the run; undefined while the question is open. */
  readonly right: readonly string[] | undefined;
  onChange(order: readonly string[]): void;
}

/** Items to put into order: by dragging a handle, with arrow keys on it, or with the buttons. */
export function OrderList({ items, order, right, onChange }: OrderListProps) {
  const list = useRef<HTMLOListElement>(null);
  const [said, setSaid] = useState('');
  const textOf = (id: string) => items.find((item) => item.id === id)?.text ?? id;
  const move = (id: string, to: number) => {
    if (to < 0 || to >= order.length || order[to] === id) return;
    onChange(order.filter((other) => other !== id).toSpliced(to, 0, id));
    setSaid(`${textOf(id)}: position ${to + 1} of ${order.length}`);
  };
  const drag = useDrag(list, move);
  return (
    <>
      <ol ref={list} className={styles.list}>
        {order.map((id, at) => (
          <li key={id} data-item={id} data-dragged={drag.dragged === id || undefined}>
            <span className={`data ${styles.number}`}>{at + 1}</span>
            {right === undefined && (
              <button
                type="button"
                className={styles.grip}
                aria-label={`${textOf(id)}, position ${at + 1} of ${order.length}. Arrow keys move it.`}
                onKeyDown={(event) => {
                  const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
                  if (by === 0) return;
                  event.preventDefault();
                  move(id, at + by);
                }}
                {...drag.handlers(id)}
              >
                <svg width="10" height="14" viewBox="0 0 10 14" aria-hidden="true">
                  <path d="M1 3h8M1 7h8M1 11h8" />
                </svg>
              </button>
            )}
            <span>{textOf(id)}</span>
            {right === undefined ? (
              <span className={styles.moves}>
                <Move
                  label={`Move up: ${textOf(id)}`}
                  path="M2 8l4-4 4 4"
                  disabled={at === 0}
                  onMove={() => move(id, at - 1)}
                />
                <Move
                  label={`Move down: ${textOf(id)}`}
                  path="M2 4l4 4 4-4"
                  disabled={at === order.length - 1}
                  onMove={() => move(id, at + 1)}
                />
              </span>
            ) : (
              <Verdict status={right[at] === id ? 'ok' : 'violated'}>
                {right[at] === id ? 'right' : `comes ${right.indexOf(id) + 1}.`}
              </Verdict>
            )}
          </li>
        ))}
      </ol>
      <span className="sr" role="status">
        {said}
      </span>
    </>
  );
}

interface MoveProps {
  readonly label: string;
  readonly path: string;
  readonly disabled: boolean;
  onMove(): void;
}

function Move({ label, path, disabled, onMove }: MoveProps) {
  return (
    <button type="button" aria-label={label} aria-disabled={disabled} onClick={onMove}>
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        <path d={path} />
      </svg>
    </button>
  );
}

/**
 * Dragging by pointer: the item goes where the pointer is among the others, at once. The window is listened to, because a row that moves in
 * the document loses whatever pointer it had captured.
 */
function useDrag(list: { readonly current: HTMLOListElement | null }, move: (id: string, to: number) => void) {
  const [dragged, setDragged] = useState<string>();
  const latest = useRef(move);
  latest.current = move;
  useEffect(() => {
    if (dragged === undefined) return;
    const follow = ({ clientY }: PointerEvent) => {
      const rows = [...(list.current?.children ?? [])].map((row) => row.getBoundingClientRect());
      const over = rows.findIndex(({ top, bottom }) => clientY >= top && clientY <= bottom);
      if (over !== -1) latest.current(dragged, over);
    };
    const end = () => setDragged(undefined);
    addEventListener('pointermove', follow);
    addEventListener('pointerup', end);
    addEventListener('pointercancel', end);
    return () => {
      removeEventListener('pointermove', follow);
      removeEventListener('pointerup', end);
      removeEventListener('pointercancel', end);
    };
  }, [dragged, list]);
  return { dragged, handlers: (id: string) => ({ onPointerDown: () => setDragged(id) }) };
}
