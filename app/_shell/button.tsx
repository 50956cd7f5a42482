import type { ComponentProps } from 'react';
import styles from './button.module.css';

/** How prominent and how large. */
export interface ButtonLook {
  /** `primary` is the accent: at most one in a view. Default plain. */
  readonly look?: 'primary' | 'plain';
  /** `large` is 40 px high, for a page's main act; `normal` is 32. On a touch screen both are 44. Default normal. */
  readonly size?: 'normal' | 'large';
}

/** Something to press. Takes everything a `button` takes; it never submits a form unless told so. */
export function Button({ look, size, className, type = 'button', ...rest }: ComponentProps<'button'> & ButtonLook) {
  return <button type={type} className={buttonClass({ look, size }, className)} {...rest} />;
}

/** The classes of a look. For links that look like buttons. */
export function buttonClass({ look, size }: ButtonLook, extra?: string): string {
  const classes = [styles.button, look === 'primary' && styles.primary, size === 'large' && styles.large, extra];
  return classes.filter(Boolean).join(' ');
}
