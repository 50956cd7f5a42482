import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Face, Blob as FontBlob } from 'harfbuzzjs';
import { describe, expect, test } from 'vitest';
import decompress from 'woff2-encoder/decompress';
import { UNCUT_SIGN } from '../../../app/_embed/copy/inline-fonts.ts';
import { type Subset, subsetFace } from '../../helpers/faces.ts';

/** What every page fetches: letters and signs of English text, the names of the sources, and the signs of the interface. */
const signs = `${Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at)).join('')}\u00a0°±µ·×ßäçèéíñóöøüÖÜ–—‘’“”•…›−`;

const faces: readonly (Pick<Subset, 'axes'> & { readonly name: string; readonly from: string })[] = [
  {
    name: 'commissioner',
    from: 'commissioner/files/commissioner-latin-flar-normal.woff2',
    axes: { wght: [400, 700] },
  },
  {
    name: 'stix-two-text',
    from: 'stix-two-text/files/stix-two-text-latin-wght-normal.woff2',
    axes: { wght: [400, 700] },
  },
  {
    name: 'stix-two-text-italic',
    from: 'stix-two-text/files/stix-two-text-latin-wght-italic.woff2',
    axes: { wght: [400, 700] },
  },
  {
    name: 'martian-mono',
    from: 'martian-mono/files/martian-mono-latin-wdth-normal.woff2',
    axes: { wght: [400, 700], wdth: [75, 75] },
  },
];

const fileOf = (name: string) => `app/_shell/faces/${name}.woff2`;
const packageFile = (from: string) => readFileSync(`node_modules/@fontsource-variable/${from}`);

async function signsOf(woff2: Uint8Array): Promise<ReadonlySet<number>> {
  const bytes = await decompress(woff2);
  return new Set(new Face(new FontBlob(new Uint8Array(bytes).buffer)).collectUnicodes());
}

/** Of what readers see: guides and scenarios. */
const written = ['content/guides', 'content/scenarios']
  .flatMap((folder) => readdirSync(folder).map((file) => readFileSync(`${folder}/${file}`, 'utf8')))
  .join('');

describe.each(faces)('the face $name', ({ name, from, axes }) => {
  test('is what its package has, cut down; RECORD=1 writes it anew', async () => {
    const cut = Buffer.from(await subsetFace(packageFile(from), { signs, axes }));
    if (process.env.RECORD === '1') writeFileSync(fileOf(name), cut);
    expect(existsSync(fileOf(name))).toBe(true);
    expect(readFileSync(fileOf(name)).equals(cut), 'run RECORD=1 npx vitest run test/unit/app/faces.test.ts').toBe(
      true,
    );
    expect(cut.length).toBeLessThan(packageFile(from).length * 0.7);
  });

  test('has every sign of guides and scenarios that its package has', async () => {
    const [cut, whole] = await Promise.all([signsOf(readFileSync(fileOf(name))), signsOf(packageFile(from))]);
    const missing = [...new Set(written)].filter(
      (sign) => sign >= ' ' && whole.has(sign.codePointAt(0)!) && !cut.has(sign.codePointAt(0)!),
    );
    expect(missing).toEqual([]);
  });
});

describe('the ranges that app/_shell/fonts.ts declares', () => {
  const source = readFileSync('app/_shell/fonts.ts', 'utf8');
  const ranges = [...source.matchAll(/src: '([^']+)'.*?'(U\+[^']+)'/gs)].map(([, src = '', range = '']) => ({
    own: src.startsWith('./faces/'),
    signs: new Set(range.split(', ').flatMap(signsIn)),
  }));

  test('a file of faces/ serves exactly the signs that it has, four files, four of packages', () => {
    const wanted = new Set([...signs].map((sign) => sign.codePointAt(0)));
    expect(ranges.map(({ own }) => own)).toEqual([true, false, true, false, true, false, true, false]);
    for (const { own, signs: declared } of ranges) if (own) expect(declared).toEqual(wanted);
  });

  test('no sign is in two files of a face: the browser would fetch both', () => {
    const [own, rest] = ranges;
    expect([...rest!.signs].filter((sign) => own!.signs.has(sign))).toEqual([]);
    expect(rest!.signs.has('é'.codePointAt(0)!)).toBe(false);
    expect(rest!.signs.has('â'.codePointAt(0)!)).toBe(true);
  });
});

test('exported pictures know which signs the files of faces/ have, so that they take whole files for any other', () => {
  const known = Array.from({ length: 0x3000 }, (_, at) => String.fromCharCode(at)).filter(
    (sign) => !UNCUT_SIGN.test(sign) && sign !== '\n',
  );
  expect(known.sort()).toEqual([...new Set(signs)].sort());
});

/** `U+41-43` as three code points. */
function signsIn(range: string): readonly number[] {
  const [from = '', to = from] = range.replace('U+', '').split('-');
  const first = Number.parseInt(from, 16);
  return Array.from({ length: Number.parseInt(to, 16) - first + 1 }, (_, at) => first + at);
}
