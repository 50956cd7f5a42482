interface Declared {
  /** Unique in the model, and none of the names that every run's own series have: `latency-`, `availability`, `operations-`, `messages-`. */
  readonly id: string;
  readonly title: string;
  readonly unit: 'us' | 'count' | 'ratio';
}

/** A value for each of some operations, drawn where the operation ended. */
export interface DeclaredPoints extends Declared {
  readonly kind: 'points';
  /** In any order, at most one of an operation. */
  readonly points: readonly {
    readonly operation: number;
    /** In the unit, at least 0; undefined: it is unknown and stays so. */
    readonly value: number | undefined;
  }[];
}

/** A value that holds from one instant to the next: a lag, the length of a queue. It is 0 before the first change. */
export interface DeclaredLevel extends Declared {
  readonly kind: 'level';
  /** By rising time; of several at one instant the last counts. */
  readonly changes: readonly { readonly atUs: number; readonly value: number }[];
}

/** What a model measures over the time of a run, beside what every run has. */
export type DeclaredSeries = DeclaredPoints | DeclaredLevel;
