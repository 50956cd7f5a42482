import type { Setter, Setting, Voice } from './outlines.ts';

/** Properties of text by the class that sets them, as the style sheet of an exported picture says. */
type Style = ReadonlyMap<string, string>;

const BASE = 'text';

/**
 * An exported picture with its words as curves. It reads the picture's own style sheet for face, size and weight; fill and stroke stay
 * with the classes, which the curves keep.
 */
export function outlined(svg: string, setter: Setter): string {
  const style = styleOf(svg);
  return svg.replace(/<text([^>]*)>(.*?)<\/text>/g, (_, attributes: string, content: string) => {
    const attribute = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1];
    const look = attribute('class') ?? '';
    const setting = settingOf(style, look);
    const pieces = piecesOf(content);
    const widthPx = pieces.reduce((sum, { dx, text }) => sum + dx + setter.outline(text, setting).widthPx, 0);
    const anchor = attribute('text-anchor');
    const shift = anchor === 'middle' ? widthPx / 2 : anchor === 'end' ? widthPx : 0;
    const [x, y] = [Number(attribute('x') ?? 0) - shift, Number(attribute('y') ?? 0)];
    let [d, pen] = ['', x];
    for (const { dx, text } of pieces) {
      const outline = setter.outline(text, setting, pen + dx, y);
      d += outline.d;
      pen += dx + outline.widthPx;
    }
    return `<path class="${look}" d="${d}${struck(style, look) ? strike(x, y, widthPx, setting) : ''}"/>`;
  });
}

/** The words of a text: its own, and those of its spans, which only stand `dx` px further to the right. */
function piecesOf(content: string): readonly { readonly text: string; readonly dx: number }[] {
  const parts = [...content.matchAll(/<tspan dx="([\d.]+)">([^<]*)<\/tspan>|([^<]+)/g)];
  return parts.map(([, dx, inner, own]) => ({ text: plain(inner ?? own ?? ''), dx: Number(dx ?? 0) }));
}

function styleOf(svg: string): Style {
  const sheet = /<style>([\s\S]*?)<\/style>/.exec(svg)?.[1] ?? '';
  return new Map([...sheet.matchAll(/\.?([\w-]+)\{([^}]*)\}/g)].map(([, name, body]) => [name!, body!]));
}

/** The last class in the order of the style sheet that sets a property decides, as in a browser. */
function property(style: Style, look: string, name: string): string | undefined {
  const classes = look.split(' ');
  const bodies = [...style].filter(([key]) => key === BASE || classes.includes(key)).map(([, body]) => body);
  const found = bodies.flatMap((body) => new RegExp(`(?:^|;)${name}:([^;]*)`).exec(body)?.[1] ?? []);
  return found.at(-1);
}

function settingOf(style: Style, look: string): Setting {
  const family = property(style, look, 'font-family') ?? '';
  const voice: Voice = family.startsWith('Commissioner') ? 'ui' : family.startsWith("'STIX") ? 'prose' : 'data';
  const sizePx = Number.parseFloat(property(style, look, 'font-size') ?? '10');
  return { voice, sizePx, weight: Number(property(style, look, 'font-weight') ?? 400) };
}

function struck(style: Style, look: string): boolean {
  return property(style, look, 'text-decoration') === 'line-through';
}

function strike(x: number, y: number, width: number, { sizePx }: Setting): string {
  const top = y - sizePx * 0.36;
  return `M${x} ${top}h${width}v${sizePx * 0.09}h${-width}Z`;
}

function plain(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}
