import type { Operation } from '../kernel/history.ts';

/** Under this prefix a numbering maps an operation's name to its number in the history: `operation b7` → 17. */
export const OPERATION = 'operation ';

/** Under this prefix it maps a write's number in the history to that of its version, for writes whose outcome is unknown. */
const WRITTEN = 'written by ';

/** The keys of a run, most used first. */
export function keysOf(operations: readonly Operation[]): readonly string[] {
  const uses = new Map<string, number>();
  for (const { key } of operations) uses.set(key, (uses.get(key) ?? 0) + 1);
  return [...uses].sort((a, b) => b[1] - a[1]).map(([key]) => key);
}

/** The name of each operation, `a14`, by operation id: a client numbers its operations in the order in which it begins them. */
export function operationNames(operations: readonly Operation[]): readonly string[] {
  const counts = new Map<string, number>();
  return operations.map(({ client }) => {
    const count = (counts.get(client) ?? 0) + 1;
    counts.set(client, count);
    return `${client}${count}`;
  });
}

/** The number of an operation in the history by its name, `a14`: what sentences call it. One that the history does not have keeps its name. */
export function operationNumber(name: string, numbering: ReadonlyMap<string, number>): string {
  return `${numbering.get(OPERATION + name) ?? name}`;
}

/** Numbers the operations of a run by name. */
export function numberOperations(operations: readonly Operation[]): Map<string, number> {
  const names = operationNames(operations);
  return new Map(operations.map(({ id }) => [OPERATION + names[id]!, id]));
}

/** The same, and the versions of a key in the order in which their writes began: v1, v2, … A write is named as its operation; deletes count. */
export function numberVersions(operations: readonly Operation[], key: string): ReadonlyMap<string, number> {
  const numbering = numberOperations(operations);
  const names = operationNames(operations);
  let version = 0;
  for (const operation of operations) {
    if (operation.f === 'read' || operation.key !== key) continue;
    numbering.set(names[operation.id]!, ++version);
    numbering.set(WRITTEN + operation.id, version);
  }
  return numbering;
}

/** The version that a write of unknown outcome may have made; undefined of any other operation, and of one on another key. */
export function attemptedVersion(
  { id, outcome }: Operation,
  numbering: ReadonlyMap<string, number>,
): number | undefined {
  return outcome === 'info' ? numbering.get(WRITTEN + id) : undefined;
}
