'use client';

import { useEffect } from 'react';
import { useActions } from '../state/context.tsx';

/** What the keys of a keyboard and of a presenter's remote do; undefined: nothing. */
function presenterMove(key: string): 'next' | 'previous' | 'leave' | undefined {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown':
    case 'PageDown':
    case ' ':
    case '.':
      return 'next';
    case 'ArrowLeft':
    case 'ArrowUp':
    case 'PageUp':
    case ',':
      return 'previous';
    case 'Escape':
    case 'p':
      return 'leave';
    default:
      return undefined;
  }
}

/** Steps from caption to caption by key. A focused button keeps the space bar for itself. */
export function usePresenterKeys(): void {
  const { stepCaption, present } = useActions();
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const move = presenterMove(event.key);
      if (move === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === ' ' && event.target instanceof Element && event.target.closest('button') !== null) return;
      event.preventDefault();
      if (move === 'leave') present(false);
      else stepCaption(move === 'next' ? 1 : -1);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [stepCaption, present]);
}
