import type { VersionLook } from './ages.ts';
import { tenth } from './path.ts';

/** Attributes of an element; numbers are rounded to a tenth, undefined ones left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** Text as it stands between tags or in an attribute. XML has no control characters, not even escaped ones. */
export function escapeXml(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML 1.0 forbids.
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
  );
}

/** An element with its children, which are markup already; none: an empty element. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? tenth(value) : escapeXml(value!)}"`)
    .join('');
  const inner = children.join('');
  return inner === '' ? `<${name}${written}/>` : `<${name}${written}>${inner}</${name}>`;
}

/** A path of a class; nothing where there is nothing to draw. */
export function path(look: string, d: string): string {
  return d === '' ? '' : `${element('path', { class: look, d })}\n`;
}

/** A line of text. */
export function words(look: string, x: number, y: number, text: string, anchor?: 'start' | 'middle' | 'end'): string {
  return `${element('text', { class: look, x, y, 'text-anchor': anchor === 'start' ? undefined : anchor }, escapeXml(text))}\n`;
}

/** A version inside a picture, filled as its stratum is filled. */
export function chip(
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
  age: VersionLook,
  text: string,
): string {
  const box = element('rect', { class: `chip fill-${age}`, x, y, width, height });
  return box + words(`chip-word on-${age}`, x + width / 2, y + height / 2 + 3.9, text, 'middle');
}

/** Width of a chip for its words, in px. */
export function chipWidth(text: string): number {
  return Math.max(22, 9 + text.length * 6.6);
}
