import { Fragment } from 'react';
import { unbroken } from '../_prose/rehype-no-break.js';

/** A text in the author's voice: the variables of quorums stand in italic, and no line breaks in an equation or before a unit. */
export function Prose({ children }: { children: string }) {
  return unbroken(children)
    .split(/\b([NRWk])\b(?=\u00a0[=+>]|[,.)])/)
    .map((part, at) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one constant text.
      <Fragment key={at}>{at % 2 === 1 ? <i>{part}</i> : part}</Fragment>
    ));
}
