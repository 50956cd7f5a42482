/** A face that exported pictures name, and where its file is. */
interface FaceFile {
  readonly family: string;
  readonly url: URL;
  /** Ranges of its axes, as a `@font-face` rule states them. */
  readonly ranges: string;
}

const faces: readonly FaceFile[] = [
  {
    family: 'Martian Mono',
    url: new URL(
      '../../../node_modules/@fontsource-variable/martian-mono/files/martian-mono-latin-wdth-normal.woff2',
      import.meta.url,
    ),
    ranges: 'font-weight:100 800;font-stretch:75% 112.5%',
  },
  {
    family: 'Commissioner',
    url: new URL(
      '../../../node_modules/@fontsource-variable/commissioner/files/commissioner-latin-flar-normal.woff2',
      import.meta.url,
    ),
    ranges: 'font-weight:100 900',
  },
  {
    family: 'STIX Two Text',
    url: new URL(
      '../../../node_modules/@fontsource-variable/stix-two-text/files/stix-two-text-latin-wght-normal.woff2',
      import.meta.url,
    ),
    ranges: 'font-weight:400 700',
  },
];

let loading: Promise<string> | undefined;

/** A picture with its faces inside: an image fetches nothing, so without them it would be set in whatever the machine has. */
export async function withFonts(svg: string): Promise<string> {
  loading ??= Promise.all(faces.map(rule)).then((rules) => rules.join('\n'));
  const rules = await loading.catch((error: unknown) => {
    // The next attempt may succeed.
    loading = undefined;
    throw error;
  });
  return svg.replace('<style>', () => `<style>${rules}`);
}

async function rule({ family, url, ranges }: FaceFile): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`the typeface ${family} did not load (${response.status})`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return `@font-face{font-family:'${family}';src:url(data:font/woff2;base64,${btoa(binary)}) format('woff2');${ranges}}`;
}
