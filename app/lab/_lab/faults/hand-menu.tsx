'use client';

import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { momentAt } from '../../../_run/moment.ts';
import type { HandTarget } from '../../../_stage/marks/stage-hands.tsx';
import { useLabStore } from '../state/context.tsx';
import { type HandAct, handActs } from './by-hand.ts';
import styles from './hand-menu.module.css';
import type { Hands } from './use-hands.ts';

/** The menu of faults of a host or a link. Keys as in any menu: arrows, Home, End, a letter, Enter, Escape; left goes back from a link. */
export function HandMenu({ hands }: { readonly hands: Hands }) {
  const { menu, closeMenu } = hands;
  const [path, setPath] = useState<readonly HandTarget[]>(menu === undefined ? [] : [menu.target]);
  const box = useRef<HTMLDivElement>(null);
  const touched = useRef(false);
  const store = useLabStore();
  const target = path.at(-1);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null || menu === undefined) return;
    element.showPopover();
    placeAt(element, menu.at);
  }, [menu]);
  useEffect(() => {
    const leave = (event: PointerEvent) => {
      if (menu !== undefined && !(event.target instanceof Node && box.current?.contains(event.target))) closeMenu(menu);
    };
    document.addEventListener('pointerdown', leave, { capture: true });
    return () => document.removeEventListener('pointerdown', leave, { capture: true });
  }, [menu, closeMenu]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each list of items gets the focus when it comes into view.
  useEffect(() => items(box.current)[0]?.focus(), [target]);
  const { run, steps } = store.getState();
  if (menu === undefined || target === undefined || run?.timeline === undefined) return null;
  const groups = handActs(run, momentAt(run.timeline, steps), target);
  const close = () => {
    // The popover's own way back to the focus does not lead into a picture. A finger leaves the focus elsewhere: the page stays with the finger.
    if (menu.origin instanceof SVGElement || menu.origin instanceof HTMLElement)
      menu.origin.focus({ preventScroll: true });
    closeMenu(menu);
  };
  const back = () => path.length > 1 && setPath(path.slice(0, -1));
  const choose = (act: HandAct) => {
    if (act.do === 'open') return setPath([...path, act.target]);
    close();
    hands.act(act, menu);
  };
  const press = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Escape' || event.key === 'Tab') close();
    else if (event.key === 'ArrowLeft') back();
    else if (event.key === 'ArrowRight') {
      const focused = document.activeElement;
      if (focused instanceof HTMLElement && focused.getAttribute('aria-haspopup') === 'menu') focused.click();
    } else if (!moveFocus(items(box.current), event.key)) return;
    event.preventDefault();
  };
  return (
    <div
      ref={box}
      // Not "auto": the pointer that asked for the menu by a long press would close it when it is lifted.
      popover="manual"
      role="menu"
      tabIndex={-1}
      aria-label={titleOf(target)}
      className={styles.menu}
      data-testid="hand-menu"
      onKeyDown={press}
      onPointerDown={() => {
        touched.current = true;
      }}
      onContextMenu={(event) => event.preventDefault()}
    >
      <p className={`data ${styles.title}`} aria-hidden="true">
        {titleOf(target)}
      </p>
      {groups.map((group) => (
        // biome-ignore lint/a11y/useSemanticElements: a group inside a menu; a fieldset is of forms.
        <div key={group[0]!.id} role="group" className={styles.group} aria-label={groupName(group[0]!)}>
          {group.map((act) => (
            <button
              key={act.id}
              type="button"
              role="menuitem"
              tabIndex={-1}
              aria-haspopup={act.do === 'open' ? 'menu' : undefined}
              onClick={({ detail }) => {
                // The finger whose long press opened the menu chooses nothing when it is lifted over it.
                if (detail === 0 || touched.current) choose(act);
              }}
              onPointerMove={(event) => event.pointerType === 'mouse' && event.currentTarget.focus()}
            >
              {act.label}
              {act.do === 'open' && <span aria-hidden="true">›</span>}
            </button>
          ))}
        </div>
      ))}
    </div>
  );
}

function titleOf(target: HandTarget): string {
  return target.kind === 'host' ? `Faults of ${target.host}` : `Faults of the link ${target.from} – ${target.to}`;
}

function groupName(act: HandAct): string {
  if (act.do === 'end') return 'In force';
  return act.do === 'open' ? 'Links' : 'From this moment on';
}

function items(menu: HTMLElement | null): readonly HTMLElement[] {
  return menu === null ? [] : [...menu.querySelectorAll<HTMLElement>('[role="menuitem"]')];
}

/** Moves the focus as a key asks; false when the key means nothing here. */
function moveFocus(all: readonly HTMLElement[], key: string): boolean {
  const at = all.indexOf(document.activeElement as HTMLElement);
  const next = {
    ArrowDown: (at + 1) % all.length,
    ArrowUp: (at - 1 + all.length) % all.length,
    Home: 0,
    End: all.length - 1,
  }[key];
  if (next !== undefined) {
    all[next]?.focus();
    return true;
  }
  if (key.length !== 1 || key === ' ') return false;
  const named = [...all.slice(at + 1), ...all.slice(0, at + 1)];
  named.find((item) => item.textContent?.toLowerCase().startsWith(key.toLowerCase()))?.focus();
  return true;
}

/** Puts a popover beside a point of the window, wholly inside the window. In px. */
export function placeAt(element: HTMLElement, { x, y }: { readonly x: number; readonly y: number }): void {
  const { width, height } = element.getBoundingClientRect();
  element.style.left = `${Math.max(8, Math.min(x + 4, innerWidth - width - 8))}px`;
  element.style.top = `${Math.max(8, Math.min(y + 4, innerHeight - height - 8))}px`;
}
