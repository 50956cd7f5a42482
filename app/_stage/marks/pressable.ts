import type { KeyboardEvent } from 'react';

/** Props that make a part of a picture a button: pointer, Enter and space. Nothing when there is nothing to do. */
export function pressable(label: string, onPress: (() => void) | undefined) {
  if (onPress === undefined) return {};
  return {
    role: 'button',
    tabIndex: 0,
    'aria-label': label,
    onClick: onPress,
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      event.stopPropagation();
      onPress();
    },
  };
}
