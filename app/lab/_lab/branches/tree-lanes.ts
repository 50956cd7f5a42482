import type { LabBranch } from '../state/tree.ts';

/** A branch as a row of the tree: where it stands and which lines pass it. */
export interface TreeRow {
  readonly index: number;
  readonly parent: number | undefined;
  /** Column of its mark: the depth in the tree. */
  readonly depth: number;
  /** Columns of branches above from which others below still leave. */
  readonly passing: readonly number[];
  /** Whether a branch below leaves this one. */
  readonly open: boolean;
}

/** The branches in the order in which they are read: each under the one that it left, older ones first. */
export function lanesOfTree(branches: readonly LabBranch[]): readonly TreeRow[] {
  const rows: TreeRow[] = [];
  const visit = (index: number, depth: number, passing: readonly number[]) => {
    const children = branches.flatMap(({ parent }, child) => (parent === index ? [child] : []));
    rows.push({ index, parent: branches[index]!.parent, depth, passing, open: children.length > 0 });
    children.forEach((child, at) => {
      visit(child, depth + 1, at < children.length - 1 ? [...passing, depth] : passing);
    });
  };
  visit(0, 0, []);
  return rows;
}
