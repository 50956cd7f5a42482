/** A face that exported pictures name, and where its files are. */
interface FaceFile {
  readonly family: string;
  /** The signs and weights of all pages. */
  readonly cut: URL;
  /** Every sign of Latin. */
  readonly whole: URL;
  /** Ranges of its axes, as a `@font-face` rule states them; the same in both files as far as pictures use them. */
  readonly ranges: string;
}

const faces: readonly FaceFile[] = [
  {
    family: 'Martian Mono',
    cut: new URL('../../_shell/faces/martian-mono.woff2', import.meta.url),
    whole: new URL(
      '../../../node_modules/@fontsource-variable/martian-mono/files/martian-mono-latin-wdth-normal.woff2',
      import.meta.url,
    ),
    ranges: 'font-weight:400 700;font-stretch:75%',
  },
  {
    family: 'Commissioner',
    cut: new URL('../../_shell/faces/commissioner.woff2', import.meta.url),
    whole: new URL(
      '../../../node_modules/@fontsource-variable/commissioner/files/commissioner-latin-flar-normal.woff2',
      import.meta.url,
    ),
    ranges: 'font-weight:400 700',
  },
  {
    family: 'STIX Two Text',
    cut: new URL('../../_shell/faces/stix-two-text.woff2', import.meta.url),
    whole: new URL(
      '../../../node_modules/@fontsource-variable/stix-two-text/files/stix-two-text-latin-wght-normal.woff2',
      import.meta.url,
    ),
    ranges: 'font-weight:400 700',
  },
];

/** Finds a sign that the cut files lack, such as an â in the name of a key. Line ends are none. */
export const UNCUT_SIGN = /[^\n\u0020-\u007e\u00a0°±µ·×ßäçèéíñóöøüÖÜ–—‘’“”•…›−]/u;

const loading = new Map<boolean, Promise<string>>();

/**
 * A picture with its faces inside: an image fetches nothing, so without them it would be set in whatever the machine has. A moving stage is
 * such a picture for each of its instants, so the files are the small ones of the pages, where these have all signs.
 */
export async function withFonts(svg: string): Promise<string> {
  const whole = UNCUT_SIGN.test(svg);
  const known =
    loading.get(whole) ?? Promise.all(faces.map((face) => rule(face, whole))).then((rules) => rules.join('\n'));
  loading.set(whole, known);
  const rules = await known.catch((error: unknown) => {
    // The next attempt may succeed.
    loading.delete(whole);
    throw error;
  });
  return svg.replace('<style>', () => `<style>${rules}`);
}

async function rule(face: FaceFile, whole: boolean): Promise<string> {
  const { family, ranges } = face;
  const response = await fetch(whole ? face.whole : face.cut);
  if (!response.ok) throw new Error(`the typeface ${family} did not load (${response.status})`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return `@font-face{font-family:'${family}';src:url(data:font/woff2;base64,${btoa(binary)}) format('woff2');${ranges}}`;
}
