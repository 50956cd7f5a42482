import { Fragment } from 'react';

/** A text in the author's voice: the variables of quorums stand in italic, and an equation never breaks. */
export function Prose({ children }: { children: string }) {
  const bound = children.replaceAll(/ ([=+>]) /g, '\u00a0$1\u00a0');
  return bound.split(/\b([NRWk])\b(?=\u00a0[=+>]|[,.)])/).map((part, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one constant text.
    <Fragment key={at}>{at % 2 === 1 ? <i>{part}</i> : part}</Fragment>
  ));
}
