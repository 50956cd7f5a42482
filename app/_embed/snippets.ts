/** Size of an embedded run in px, before whoever embeds it says otherwise. */
export const EMBED_SIZE = { width: 760, height: 520 } as const;

/** A frame in another page. */
export interface FrameOptions {
  /** Absolute address of the embedded run. */
  readonly src: string;
  /** What the frame holds, for whoever does not see it. */
  readonly title: string;
  /** In px. Default 760 by 520. Never wider than where it stands. */
  readonly width?: number;
  readonly height?: number;
}

/** The markup that embeds a run: loaded when it comes into view, and allowed to copy. */
export function iframeSnippet({ src, title, width, height }: FrameOptions): string {
  const { width: wide, height: high } = { width: width ?? EMBED_SIZE.width, height: height ?? EMBED_SIZE.height };
  return `<iframe src="${escapeHtml(src)}" title="${escapeHtml(title)}" width="${wide}" height="${high}" style="max-width:100%;border:0" loading="lazy" allow="clipboard-write"></iframe>`;
}

/** A link in Markdown. */
export function markdownLink(text: string, address: string): string {
  return `[${escapeMarkdown(text)}](${address})`;
}

/** A picture in Markdown that leads to where it can be played. */
export function markdownPicture(options: { alt: string; picture: string; address: string }): string {
  return `[![${escapeMarkdown(options.alt)}](${options.picture})](${options.address})`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function escapeMarkdown(text: string): string {
  return text.replaceAll(/[\\[\]`*_<>]/g, '\\$&');
}
