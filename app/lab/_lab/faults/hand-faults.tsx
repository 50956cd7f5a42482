'use client';

import { HandMenu } from './hand-menu.tsx';
import { HandNote } from './hand-note.tsx';
import type { Hands } from './use-hands.ts';

export interface HandFaultsProps {
  readonly hands: Hands;
  /** Whether what was done is open to be made exact. */
  readonly noteOpen: boolean;
  onCloseNote(): void;
}

/** What opens over the stage while faults are made by hand. Loaded when the first one is. */
export function HandFaults({ hands, noteOpen, onCloseNote }: HandFaultsProps) {
  const { menu, done } = hands;
  return (
    <>
      {menu !== undefined && <HandMenu key={`menu ${menu.number}`} hands={hands} />}
      {menu === undefined && done !== undefined && noteOpen && (
        <HandNote key={`note ${done.number}`} hands={hands} done={done} onClose={onCloseNote} />
      )}
    </>
  );
}
