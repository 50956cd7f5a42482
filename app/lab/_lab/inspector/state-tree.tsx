import { plural } from '../state/format.ts';
import { Fold } from './fold.tsx';
import { type TreeNode, treeOf } from './state-nodes.ts';
import type { ChangedRow } from './state-rows.ts';
import styles from './state-tree.module.css';

export interface StateTreeProps {
  readonly rows: readonly ChangedRow[];
  /** What the tree is of, for those who do not see its head. */
  readonly label: string;
}

/** A branch with more lines than this is folded until it changes. */
const OPEN_MAX = 8;
/** Lines of a branch that stand open at once; what has changed always does. */
const SHOWN_MAX = 16;

/** A state as a tree. Branches fold; a line that the step changed shows what it was, struck out, before what it is. */
export function StateTree({ rows, label }: StateTreeProps) {
  if (rows.length === 0) return <p className="data quiet">nothing</p>;
  return (
    <div className={styles.tree}>
      <Branch nodes={treeOf(rows)} label={label} />
    </div>
  );
}

function Branch({ nodes, label }: { readonly nodes: readonly TreeNode[]; readonly label: string }) {
  const shown = nodes.length <= SHOWN_MAX ? nodes : nodes.filter((node, at) => at < SHOWN_MAX || node.changes > 0);
  const isShown = new Set(shown);
  const rest = nodes.filter((node) => !isShown.has(node));
  return (
    <>
      <ul aria-label={label}>
        {shown.map((node) => (
          <Node key={node.path} node={node} />
        ))}
      </ul>
      {rest.length > 0 && (
        <Fold open={false} summary={`${plural(rest.length, 'line')} more, unchanged`} summaryClass={styles.more}>
          {() => (
            <ul aria-label={`More of ${label}`}>
              {rest.map((node) => (
                <Node key={node.path} node={node} />
              ))}
            </ul>
          )}
        </Fold>
      )}
    </>
  );
}

function Node({ node }: { readonly node: TreeNode }) {
  const { name, path, row, children, changes, lines } = node;
  if (row !== undefined) return <Leaf name={name} row={row} />;
  return (
    <li>
      <Fold
        open={changes > 0 || lines <= OPEN_MAX}
        summaryClass={styles.branch}
        summary={
          <>
            <span className={styles.name}>{name}</span>
            <span className={styles.detail}>
              {plural(lines, 'line')}
              {changes > 0 && `, ${changes} changed`}
            </span>
          </>
        }
      >
        {() => <Branch nodes={children} label={path} />}
      </Fold>
    </li>
  );
}

function Leaf({ name, row }: { readonly name: string; readonly row: ChangedRow }) {
  const { text, before, changed } = row;
  return (
    <li className={`${styles.leaf} ${changed ? styles.changed : ''}`}>
      <span className={styles.name}>{name}</span>
      <span className={styles.value}>
        {before !== undefined && (
          <>
            <span className="sr">was </span>
            <s>{before}</s>
            <span className="sr">, is</span>{' '}
          </>
        )}
        {text}
      </span>
      {changed && (
        <span className={styles.detail}>{before === 'none' ? 'new' : text === 'none' ? 'gone' : 'changed'}</span>
      )}
    </li>
  );
}
