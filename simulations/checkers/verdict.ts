/** What a violation rests on: ids of operations and trace steps, in the order in which the sentence tells them. */
export interface Witness {
  readonly operations: readonly number[];
  readonly steps: readonly number[];
  /** The key that the operations share, when there is one. */
  readonly key?: string;
}

/**
 * The answer of a checker. `unknown` says that the budget ran out or that nothing was there to judge, and never counts as ok.
 * `sentence` is one plain English sentence for a reader: "Read 17 returned v4 after read 15 had returned v5."
 */
export type Verdict =
  | { readonly status: 'ok'; readonly sentence: string }
  | { readonly status: 'violated'; readonly sentence: string; readonly witness: Witness }
  | { readonly status: 'unknown'; readonly sentence: string; readonly spent: number };
