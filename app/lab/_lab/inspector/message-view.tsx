import type { StepView } from '../../../../simulations/index.ts';
import { formatTimeUnit, type TimeUnit } from '../state/format.ts';
import styles from './inspector.module.css';
import { compare, TREE_DEPTH } from './state-rows.ts';
import { StateTree } from './state-tree.tsx';

export interface MessageViewProps {
  readonly step: StepView;
  readonly unit: TimeUnit;
}

/** What the message of a step carried, and how long it was under way. */
export function MessageView({ step, unit }: MessageViewProps) {
  const { type, ...fields } = step.message!;
  const took = step.sentUs === undefined ? '' : `sent ${formatTimeUnit(step.sentUs, unit)}`;
  return (
    <details className={styles.message}>
      <summary className="data">
        {type}, {step.from} to {step.to}
        <span className={styles.quiet}> {took}</span>
      </summary>
      <StateTree rows={compare(undefined, fields, TREE_DEPTH)} label={`Content of ${type}`} />
    </details>
  );
}
