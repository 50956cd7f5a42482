import { CopyButton } from '../../_shell/copy-button.tsx';
import { iframeSnippet, markdownLink } from '../snippets.ts';
import styles from './text-copies.module.css';

export interface TextCopiesProps {
  /** Absolute address of the run in the lab. */
  readonly link: string;
  /** Absolute address of the same run embedded. */
  readonly src: string;
  readonly title: string;
  /** What the checker found, where it found something. */
  readonly finding?: string;
}

/** A run as text that documents take: its link, a frame, a line of Markdown with the finding. */
export function TextCopies({ link, src, title, finding }: TextCopiesProps) {
  const says = finding === undefined ? '' : `: ${finding}`;
  return (
    <div className={styles.texts}>
      <CopyButton label="Link" text={link} />
      <CopyButton label="iframe" text={iframeSnippet({ src, title })} />
      <CopyButton label="Markdown" text={`${markdownLink(title, link)}${says}`} />
    </div>
  );
}
