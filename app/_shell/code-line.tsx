import type { CSSProperties, ReactNode } from 'react';
import styles from './code-line.module.css';

export interface CodeLineProps {
  /** How far the line is indented, in characters. */
  readonly indent: number;
  readonly children: ReactNode;
}

/** A line of code. Where the window is too narrow for it, it goes on two characters further in than it began. */
export function CodeLine({ indent, children }: CodeLineProps) {
  return (
    <span className={styles.line} style={{ '--indent': `${indent + 2}ch` } as CSSProperties}>
      {children}
      {'\n'}
    </span>
  );
}

/** How many spaces a line begins with. */
export function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
