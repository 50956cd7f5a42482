import { session } from './terminal-session.ts';
import styles from './ways.module.css';

/** Commands and their output, as a terminal shows them. */
export function Terminal() {
  return (
    <pre className={styles.terminal}>
      <code>
        {session.map(({ command, output }, at) => (
          <span key={command}>
            {at > 0 && '\n'}
            <span className="quiet">$</span> <b>{command}</b>
            {`\n${output.map((text) => `${text}\n`).join('')}`}
          </span>
        ))}
      </code>
    </pre>
  );
}
