import { readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';

/** What a browser makes of a moving picture: its size, its length, and the pixels of pictures at some moments. */
interface Played {
  readonly width: number;
  readonly height: number;
  readonly seconds: number;
  /** RGB of every pixel looked at, in one row, for each moment. */
  readonly looks: readonly (readonly number[])[];
}

const SECONDS = 5;
/** The last picture stands for two seconds more. */
const STANDS = 2;

// Every picture is drawn and encoded in the page, and then decoded there.
test.setTimeout(120_000);

/** Saves the run in view as a moving picture of five seconds. */
async function saved(page: Page, form: 'GIF' | 'WebM'): Promise<string> {
  await page.goto('/lab/quorum?scenario=quorum-read-inversion&variant=off&seed=2012');
  await page.getByRole('button', { name: 'Copy as', exact: true }).click();
  const menu = page.getByRole('dialog', { name: 'Copy this run as' });
  await menu.getByLabel('plays in').selectOption(`${SECONDS} s`);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    menu.getByRole('button', { name: `Download ${form}` }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(form === 'GIF' ? /\.gif$/ : /\.webm$/);
  return readFileSync(await file.path()).toString('base64');
}

/** Shares of the pixels that have the colour of most, and of those that another picture has otherwise. */
function ground(look: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const colour of look) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  return Math.max(...counts.values()) / look.length;
}

function differing(one: readonly number[], other: readonly number[]): number {
  return one.filter((colour, at) => colour !== other[at]).length / one.length;
}

function expectPlayed({ width, height, seconds, looks }: Played): void {
  expect([width, height]).toEqual([880, expect.any(Number)]);
  expect(height).toBeGreaterThan(200);
  expect(seconds).toBeCloseTo(SECONDS + STANDS, 0);
  const [first, middle, last] = looks;
  for (const look of [first!, middle!, last!]) {
    // A blank picture is all ground, noise has none.
    expect(ground(look)).toBeLessThan(0.99);
    expect(ground(look)).toBeGreaterThan(0.2);
  }
  // The run is drawn as far as it has come.
  expect(differing(first!, middle!)).toBeGreaterThan(0.01);
  expect(differing(middle!, last!)).toBeGreaterThan(0.01);
}

test('the WebM of a run plays in a browser for as long as was asked, and its pictures show the run move', async ({
  page,
}) => {
  const film = await saved(page, 'WebM');
  const code = readFileSync('node_modules/mediabunny/dist/bundles/mediabunny.mjs', 'utf8');
  const played = await page.evaluate(
    async ({ film, code, moments }): Promise<Played> => {
      const bytes = Uint8Array.from(atob(film), (letter) => letter.charCodeAt(0));
      const video = document.createElement('video');
      await new Promise((resolve, reject) => {
        video.addEventListener('canplaythrough', resolve, { once: true });
        video.addEventListener('error', () => reject(new Error(video.error?.message)), { once: true });
        video.src = URL.createObjectURL(new Blob([bytes], { type: 'video/webm' }));
      });
      const { videoWidth: width, videoHeight: height, duration: seconds } = video;
      // A video that was told to seek shows the picture of that moment at some time after it says so; the browser's decoder gives the picture itself.
      const script = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
      const { ALL_FORMATS, BufferSource, CanvasSink, Input }: typeof import('mediabunny') = await import(script);
      const input = new Input({ source: new BufferSource(bytes), formats: ALL_FORMATS });
      const sink = new CanvasSink((await input.getPrimaryVideoTrack())!);
      const looks: number[][] = [];
      for (const moment of moments) {
        const { canvas } = (await sink.getCanvas(moment))!;
        const context = (canvas as OffscreenCanvas).getContext('2d')!;
        const { data } = context.getImageData(0, 0, width, height);
        // Coarse colours: an encoder changes what it keeps by a little.
        looks.push(
          Array.from({ length: data.length / 4 }, (_, at) =>
            [0, 1, 2].reduce((sum, band) => sum * 8 + (data[at * 4 + band]! >> 5), 0),
          ),
        );
      }
      return { width, height, seconds, looks };
    },
    { film, code, moments: [0.02, SECONDS / 2, SECONDS + 1] },
  );
  expectPlayed(played);
});

test('the GIF of a run plays in a browser for as long as was asked, and its pictures show the run move', async ({
  page,
}) => {
  const film = await saved(page, 'GIF');
  const played = await page.evaluate(async (film): Promise<Played> => {
    const data = Uint8Array.from(atob(film), (letter) => letter.charCodeAt(0));
    const decoder = new ImageDecoder({ data, type: 'image/gif' });
    await decoder.tracks.ready;
    await decoder.completed;
    const count = decoder.tracks.selectedTrack!.frameCount;
    let [width, height, seconds] = [0, 0, 0];
    const looks: number[][] = [];
    for (let frameIndex = 0; frameIndex < count; frameIndex++) {
      const { image } = await decoder.decode({ frameIndex });
      [width, height] = [image.displayWidth, image.displayHeight];
      seconds += (image.duration ?? 0) / 1e6;
      if ([0, Math.floor(count / 2), count - 1].includes(frameIndex)) {
        const context = new OffscreenCanvas(width, height).getContext('2d')!;
        context.drawImage(image, 0, 0);
        const { data: pixels } = context.getImageData(0, 0, width, height);
        looks.push(
          Array.from({ length: pixels.length / 4 }, (_, at) =>
            [0, 1, 2].reduce((sum, band) => sum * 8 + (pixels[at * 4 + band]! >> 5), 0),
          ),
        );
      }
      image.close();
    }
    return { width, height, seconds, looks };
  }, film);
  expectPlayed(played);
});
