import Link from 'next/link';
import type { ComponentProps } from 'react';
import { type ButtonLook, buttonClass } from './button.tsx';

/** A link that looks like a button. Takes everything `next/link` takes. */
export function LinkButton({ look, size, className, ...rest }: ComponentProps<typeof Link> & ButtonLook) {
  return <Link className={buttonClass({ look, size }, className)} {...rest} />;
}
