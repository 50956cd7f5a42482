import { type ComponentProps, isValidElement, type ReactNode } from 'react';
import { CodeLine, indentOf } from '../_shell/code-line.tsx';
import { CommandLine } from '../_shell/command-line.tsx';
import { CopyButton } from '../_shell/copy-button.tsx';
import { SectionHeading } from './section.tsx';
import styles from './text.module.css';

/** `# Title` of a guide. */
export function Title(props: ComponentProps<'h1'>) {
  return <h1 className={styles.title} {...props} />;
}

/** `## Section`: links to itself, so that a section can be cited. rehype-slug gives the id. */
export function Heading({ id, children }: ComponentProps<'h2'>) {
  return (
    <SectionHeading id={id} className={styles.heading}>
      {children}
    </SectionHeading>
  );
}

export function Subheading(props: ComponentProps<'h3'>) {
  return <h3 className={styles.subheading} {...props} />;
}

export function Paragraph(props: ComponentProps<'p'>) {
  return <p className={styles.paragraph} {...props} />;
}

export function UnorderedList(props: ComponentProps<'ul'>) {
  return <ul className={styles.unordered} {...props} />;
}

export function OrderedList(props: ComponentProps<'ol'>) {
  return <ol className={styles.ordered} {...props} />;
}

/** A Markdown table, ruled as the table of guarantees. Scrolls by itself, also by keyboard, where the window is too narrow. */
export function Table(props: ComponentProps<'table'>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls, and a landmark for each table is too many.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard (WCAG 2.1.1).
    <div className={styles.tableFrame} role="group" aria-label="Table" tabIndex={0}>
      <table className={styles.table} {...props} />
    </div>
  );
}

export function TableHead(props: ComponentProps<'th'>) {
  return <th scope="col" {...props} />;
}

/** A fenced block: something to copy, with the button for it. */
export function CodeBlock({ children }: ComponentProps<'pre'>) {
  const text = textOf(children).trimEnd();
  return (
    <div className={styles.codeFrame}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard (WCAG 2.1.1). */}
      <pre className={styles.code} tabIndex={0}>
        <code>
          {[...text.matchAll(/.+|^$/gm)].map(({ 0: line, index }) => (
            <CodeLine key={index} indent={indentOf(line)}>
              <CommandLine text={line} />
            </CodeLine>
          ))}
        </code>
      </pre>
      <CopyButton text={text} />
    </div>
  );
}

/** A quotation: the only thing in the prose that is not the author's voice. */
export function Quote(props: ComponentProps<'blockquote'>) {
  return <blockquote className={styles.quote} {...props} />;
}

function textOf(node: ReactNode): string {
  if (typeof node === 'string' || typeof node === 'number') return String(node);
  if (Array.isArray(node)) return node.map(textOf).join('');
  return isValidElement<{ children?: ReactNode }>(node) ? textOf(node.props.children) : '';
}
