/** What messages, notes, knobs and histories carry: plain JSON. Numbers are integers wherever they reach a digest. */
export type Value =
  | null
  | boolean
  | number
  | string
  | readonly Value[]
  | { readonly [field: string]: Value | undefined };
