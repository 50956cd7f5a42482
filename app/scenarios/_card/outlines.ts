import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Face, Font, Blob as FontBlob, Buffer as ShapeBuffer, shape, Variation } from 'harfbuzzjs';
import decompress from 'woff2-encoder/decompress';

/** The three voices of the product: instrument, author, run. */
export type Voice = 'ui' | 'prose' | 'data';

/** How a line of text is set. */
export interface Setting {
  readonly voice: Voice;
  readonly sizePx: number;
  readonly weight: number;
}

/** A line of text as curves, so that whatever draws it needs no font. */
export interface Outline {
  /** Path data, from the origin given. */
  readonly d: string;
  readonly widthPx: number;
}

/** Sets lines of text in the product's faces. */
export interface Setter {
  outline(text: string, setting: Setting, x?: number, y?: number): Outline;
}

const FILES: Readonly<Record<Voice, string>> = {
  ui: 'commissioner/files/commissioner-latin-flar-normal.woff2',
  prose: 'stix-two-text/files/stix-two-text-latin-wght-normal.woff2',
  data: 'martian-mono/files/martian-mono-latin-wdth-normal.woff2',
};

/** Beside the weight, each voice has one position on another axis: flared headings, condensed data (app/tokens.css). */
const AXES: Readonly<Record<Voice, readonly (readonly [axis: string, value: number])[]>> = {
  ui: [['FLAR', 100]],
  prose: [],
  data: [['wdth', 75]],
};

let loading: Promise<Setter> | undefined;

/** The setter, with the faces read from their packages. While pages are built only; read once in a process. */
export function loadSetter(): Promise<Setter> {
  loading ??= readFaces().then((faces) => {
    const fonts = new Map<string, Font>();
    return {
      outline: (text, setting, x = 0, y = 0) => {
        const key = `${setting.voice} ${setting.weight}`;
        const font = fonts.get(key) ?? instance(faces[setting.voice], setting);
        fonts.set(key, font);
        return set(font, text, { scale: setting.sizePx / faces[setting.voice].upem, x, y });
      },
    };
  });
  return loading;
}

async function readFaces(): Promise<Readonly<Record<Voice, Face>>> {
  const [ui, prose, data] = await Promise.all([readFace('ui'), readFace('prose'), readFace('data')]);
  return { ui, prose, data };
}

async function readFace(voice: Voice): Promise<Face> {
  const packed = readFileSync(join(process.cwd(), 'node_modules/@fontsource-variable', FILES[voice]));
  const bytes = await decompress(packed);
  return new Face(new FontBlob(new Uint8Array(bytes).buffer));
}

function instance(face: Face, { voice, weight }: Setting): Font {
  const font = new Font(face);
  font.setVariations([['wght', weight] as const, ...AXES[voice]].map(([axis, value]) => new Variation(axis, value)));
  return font;
}

/** Signs that the Latin faces lack, and what is set for them. A reader's browser takes them from another face. */
const STAND_INS: Readonly<Record<string, string>> = { '⟨': '(', '⟩': ')' };
/** The glyph of every sign that a face lacks. */
const MISSING = 0;

interface Place {
  /** Px for each unit of the font. */
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

function set(font: Font, text: string, { scale, x, y }: Place): Outline {
  const buffer = new ShapeBuffer();
  buffer.addText(text.replace(/[⟨⟩]/g, (bracket) => STAND_INS[bracket] ?? bracket));
  buffer.guessSegmentProperties();
  shape(font, buffer);
  const positions = buffer.getGlyphPositions();
  let [d, pen] = ['', 0];
  buffer.getGlyphInfos().forEach(({ codepoint: glyph }, at) => {
    if (glyph === MISSING)
      throw new Error(`The faces of a card have no sign for one of "${text}": give it a stand-in.`);
    const { xAdvance = 0, xOffset = 0, yOffset = 0 } = positions[at] ?? {};
    const origin = { scale, x: x + (pen + xOffset) * scale, y: y - yOffset * scale };
    d += placed(font.glyphToPath(glyph), origin);
    pen += xAdvance;
  });
  return { d, widthPx: pen * scale };
}

const PAIR = /(-?[\d.]+(?:e-?\d+)?)[ ,](-?[\d.]+(?:e-?\d+)?)/g;

/** Fonts count upwards, pictures downwards. */
function placed(path: string, { scale, x, y }: Place): string {
  return path.replace(
    PAIR,
    (_, px: string, py: string) => `${hundredth(x + Number(px) * scale)} ${hundredth(y - Number(py) * scale)}`,
  );
}

function hundredth(value: number): number {
  return Math.round(value * 100) / 100;
}
