import type { Witness } from '../../checkers/verdict.ts';
import type { Operation } from '../../kernel/history.ts';
import type { Focus } from '../../models/model.ts';
import type { Version } from '../../models/scene.ts';
import type { Run } from '../../run/execute.ts';

/** Why a witness is a violation, as times: after `atUs` an answer is constrained, and `closing` began later and broke it. */
export interface Proof {
  /** The witness's operations by invocation. */
  readonly operations: readonly Operation[];
  /** The operation that completes the violation. */
  readonly closing: Operation;
  /** The last operation that ended before `closing` began; undefined when the answer is wrong on its own. */
  readonly binding: Operation | undefined;
  readonly version: Version | undefined;
  /** Of the witness's key, which need not be the one in view: versions are numbered key by key. */
  readonly focus: Focus;
  /** The proof boundary, in microseconds. */
  readonly atUs: number | undefined;
  /** From the boundary to the beginning of `closing`. */
  readonly gapUs: number | undefined;
}

const focuses = new WeakMap<Run, Map<string, Focus>>();

/** The focus on a witness's key: the one in view where they are the same. Diagrams ask for it once a frame. */
function focusOn(run: Run, inView: Focus, key: string = inView.key): Focus {
  if (key === inView.key) return inView;
  const known = focuses.get(run) ?? new Map<string, Focus>();
  focuses.set(run, known);
  const focus = known.get(key) ?? run.input.model.focus(run.record.operations, key);
  known.set(key, focus);
  return focus;
}

/** The proof behind a witness of operations; undefined when the witness names none. `inView` is the focus of the picture around it. */
export function proofOf(run: Run, inView: Focus, witness: Witness): Proof | undefined {
  const focus = focusOn(run, inView, witness.key);
  const operations = witness.operations
    .map((id) => run.record.operations[id])
    .filter((operation): operation is Operation => operation !== undefined)
    .sort((a, b) => a.invokedOrder - b.invokedOrder);
  // The sentence begins with the operation that went wrong where it can; the latest answer is the same one.
  const closing = operations.findLast(({ outcome }) => outcome === 'ok') ?? operations.at(-1);
  if (closing === undefined) return undefined;
  // Only what was found can be too old: a write after another one is bound by nothing.
  const finds = closing.f === 'read' || closing.f === 'cas';
  const binding = operations
    .filter(({ completedOrder }) => finds && completedOrder < closing.invokedOrder)
    .sort((a, b) => b.completedOrder - a.completedOrder)[0];
  return {
    operations,
    closing,
    binding,
    focus,
    version: binding === undefined ? undefined : run.input.model.versionOf(binding, focus),
    atUs: binding?.completedAt,
    gapUs: binding === undefined ? undefined : closing.invokedAt - binding.completedAt,
  };
}

/** What the boundary says: `v5 was returned`, `v5 was acknowledged`. */
export function boundaryWords({ binding, version }: Proof): string {
  const what = version?.label ?? 'an answer';
  return `${what} was ${binding?.f === 'read' ? 'returned' : 'acknowledged'}`;
}
