'use client';

import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { type LaneView, laneGroups, PLAIN_LANES, type Run } from '../../../../simulations/index.ts';
import { useActions, useLab } from '../state/context.tsx';
import { foldedAs, movedTo, orderOf, shownAs } from './lane-list.ts';
import styles from './lanes-menu.module.css';

/** Which lanes the diagram shows: each can be hidden and moved, those of one role folded into one. */
export function LanesMenu({ run }: { readonly run: Run }) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLSpanElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const view = useLab((state) => state.lanes);
  useEffect(() => {
    if (!open) return;
    const outside = (event: Event) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) setOpen(false);
    };
    addEventListener('pointerdown', outside);
    return () => removeEventListener('pointerdown', outside);
  }, [open]);
  const close = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !open) return;
    event.stopPropagation();
    setOpen(false);
    button.current?.focus();
  };
  const changed = view.hidden.length + view.folded.length + view.order.length > 0;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: escape closes the menu from whichever of its controls has the focus.
    <span ref={box} className={styles.box} onKeyDown={close}>
      <button
        ref={button}
        type="button"
        className={`data ${styles.switch}`}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        lanes{changed && <span className={styles.changed}> changed</span>}
      </button>
      {open && <Menu run={run} view={view} />}
    </span>
  );
}

function Menu({ run, view }: { readonly run: Run; readonly view: LaneView }) {
  const { showLanes } = useActions();
  const groups = laneGroups(run);
  return (
    <section className={styles.menu} aria-label="Lanes">
      <LaneList run={run} view={view} />
      {groups.map(({ id, hosts }) => (
        <label key={id} className={styles.group}>
          <input
            type="checkbox"
            checked={view.folded.includes(id)}
            onChange={(event) => showLanes(foldedAs(view, id, event.target.checked))}
          />
          One lane for all of role {id} <span className="data quiet">{hosts.length}</span>
        </label>
      ))}
      <button type="button" className={`data ${styles.reset}`} onClick={() => showLanes(PLAIN_LANES)}>
        as they were
      </button>
    </section>
  );
}

function LaneList({ run, view }: { readonly run: Run; readonly view: LaneView }) {
  const { showLanes } = useActions();
  const list = useRef<HTMLOListElement>(null);
  const [dragged, setDragged] = useState<string | undefined>(undefined);
  const order = orderOf(run, view);
  const move = (id: string, position: number) => showLanes(movedTo(run, view, id, position));
  const follow = (event: PointerEvent) => {
    const rows = [...(list.current?.children ?? [])];
    const over = rows.findIndex((row) => event.clientY < row.getBoundingClientRect().bottom);
    const position = over < 0 ? rows.length - 1 : over;
    if (dragged !== undefined && order[position] !== dragged) move(dragged, position);
  };
  const keys = (id: string) => (event: KeyboardEvent) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    move(id, order.indexOf(id) + by);
  };
  return (
    <ol ref={list} className={styles.list}>
      {order.map((id, position) => (
        <li key={id} className={id === dragged ? styles.dragged : undefined}>
          <button
            type="button"
            className={styles.grip}
            aria-label={`Move ${id}, lane ${position + 1} of ${order.length}: arrow up and down`}
            onKeyDown={keys(id)}
            onPointerDown={(event) => {
              event.currentTarget.setPointerCapture(event.pointerId);
              setDragged(id);
            }}
            onPointerMove={follow}
            onPointerUp={() => setDragged(undefined)}
            onPointerCancel={() => setDragged(undefined)}
          >
            <svg width="10" height="12" viewBox="0 0 10 12" aria-hidden="true">
              <path d="M1 3.5H9M1 8.5H9" />
            </svg>
          </button>
          <label>
            <input
              type="checkbox"
              checked={!view.hidden.includes(id)}
              onChange={(event) => showLanes(shownAs(run, view, id, event.target.checked))}
            />
            <span className="data">{id}</span>
          </label>
        </li>
      ))}
    </ol>
  );
}
