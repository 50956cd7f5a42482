/*
 * The history of operations on one register, kept only as far as linearizability needs it: per client its completed operations and the one in
 * flight, each with the number of operations that every other client had completed when it began. Two runs whose operations overlap in the
 * same way thus end in the same state, whatever the order of their messages.
 *
 * After Stateright, src/semantics/linearizability.rs. It is the part of a state that decides how many there are, so it has to be the same.
 * The general checker in checkers/ works on whole histories with times instead; a test holds the two against each other.
 */

/** Null is the register's value before any write. */
export type RegisterValue = string | null;

/** What was asked: to write a value, or to read. */
export type Asked = { readonly f: 'write'; readonly value: RegisterValue } | { readonly f: 'read' };

interface InFlight {
  readonly asked: Asked;
  /** By client: how many operations it had completed when this one began. */
  readonly after: readonly number[];
}

export interface Completed extends InFlight {
  /** What a read returned; null for a write. */
  readonly returned: RegisterValue;
}

export interface RegisterHistory {
  readonly completed: readonly (readonly Completed[])[];
  readonly inFlight: readonly (InFlight | null)[];
}

export function emptyHistory(clients: number): RegisterHistory {
  return { completed: Array.from({ length: clients }, () => []), inFlight: Array(clients).fill(null) };
}

export function invoked(history: RegisterHistory, client: number, asked: Asked): RegisterHistory {
  const after = history.completed.map((operations, other) => (other === client ? 0 : operations.length));
  return { ...history, inFlight: history.inFlight.with(client, { asked, after }) };
}

export function returned(history: RegisterHistory, client: number, value: RegisterValue): RegisterHistory {
  const { asked, after } = history.inFlight[client]!;
  const completed = [...history.completed[client]!, { asked, after, returned: value }];
  return { completed: history.completed.with(client, completed), inFlight: history.inFlight.with(client, null) };
}

/**
 * Whether some order of the completed operations, and of any of those in flight, explains what the reads returned: each operation comes
 * after all those that had completed when it began.
 */
export function isLinearizable(history: RegisterHistory): boolean {
  const place = (value: RegisterValue, placed: readonly number[]): boolean => {
    if (history.completed.every((operations, client) => placed[client]! >= operations.length)) return true;
    return placed.some((count, client) => {
      const completed = history.completed[client]![count];
      const operation = completed ?? (count === history.completed[client]!.length ? history.inFlight[client] : null);
      if (operation === null || operation === undefined) return false;
      if (operation.after.some((least, other) => placed[other]! < least)) return false;
      const { asked } = operation;
      if (asked.f === 'read' && completed !== undefined && completed.returned !== value) return false;
      return place(asked.f === 'write' ? asked.value : value, placed.with(client, count + 1));
    });
  };
  return place(
    null,
    history.completed.map(() => 0),
  );
}
