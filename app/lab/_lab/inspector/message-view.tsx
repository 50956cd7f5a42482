import type { StepView } from '../../../../simulations/index.ts';
import styles from './inspector.module.css';
import { flatten } from './state-rows.ts';

/** What the message of a step carried. */
export function MessageView({ step }: { readonly step: StepView }) {
  const { type, ...fields } = step.message!;
  return (
    <details>
      <summary className="data quiet">
        message {type}, {step.from} to {step.to}
      </summary>
      <dl className={styles.rows}>
        {flatten(fields).map(({ path, text }) => (
          <div key={path}>
            <dt>{path}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
