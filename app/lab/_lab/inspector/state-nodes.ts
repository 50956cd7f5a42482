import type { ChangedRow } from './state-rows.ts';

/** A line of a state, or a branch of lines. */
export interface TreeNode {
  readonly path: string;
  /** The last part of the path. */
  readonly name: string;
  /** Undefined: a branch. */
  readonly row: ChangedRow | undefined;
  readonly children: readonly TreeNode[];
  /** Lines in it, itself included where it is one, and how many of them the step changed. */
  readonly lines: number;
  readonly changes: number;
}

/** Groups lines by the parts of their paths, in order. What is alone in its branch stands under both names. */
export function treeOf(rows: readonly ChangedRow[], prefix = ''): readonly TreeNode[] {
  const groups = new Map<string, ChangedRow[]>();
  for (const row of rows) {
    const rest = row.path.slice(prefix.length);
    const name = rest.includes('.') ? rest.slice(0, rest.indexOf('.')) : rest;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [row]);
    else group.push(row);
  }
  return [...groups].map(([name, group]): TreeNode => {
    const [first] = group;
    const changes = group.filter(({ changed }) => changed).length;
    if (group.length === 1) return leafOf(first!, first!.path.slice(prefix.length));
    const path = `${prefix}${name}`;
    // A value that became a branch, or was one: its own line stands first among the others.
    const own = group.filter((row) => row.path === path);
    const inner = treeOf(
      group.filter((row) => row.path !== path),
      `${path}.`,
    );
    const children = [...own.map((row) => leafOf(row, name)), ...inner];
    const [only] = children;
    if (children.length === 1) return { ...only!, name: `${name}.${only!.name}` };
    return { path, name, row: undefined, children, lines: group.length, changes };
  });
}

function leafOf(row: ChangedRow, name: string): TreeNode {
  return { path: row.path, name, row, children: [], lines: 1, changes: row.changed ? 1 : 0 };
}
