import { CodeLine, indentOf } from '../_shell/code-line.tsx';
import { CommandLine } from '../_shell/command-line.tsx';
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
            <CodeLine indent={0}>
              <span className="quiet">$</span>{' '}
              <b>
                <CommandLine text={command} />
              </b>
            </CodeLine>
            {output.map((text) => (
              <CodeLine key={text} indent={indentOf(text)}>
                {text}
              </CodeLine>
            ))}
          </span>
        ))}
      </code>
    </pre>
  );
}
