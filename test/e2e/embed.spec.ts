import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, type Page, test } from '@playwright/test';
import { findingsInBothThemes } from '../helpers/axe.ts';
import { copied } from '../helpers/clipboard.ts';

const RUN = 'scenario=quorum-read-inversion&variant=off&seed=2012';
const EMBED = `/embed/quorum?${RUN}`;

async function open(page: Page, address: string, phase = 'ready') {
  await page.goto(address);
  await expect(page.locator(`[data-phase="${phase}"]`)).toBeVisible();
}

test.describe('an embedded run', () => {
  test('says which run it is and what the checker found, and opens in the lab at the same digest', async ({ page }) => {
    await open(page, EMBED);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Quorum reads that go backwards');
    await expect(page.getByTestId('said')).toHaveText(
      'Violated: linearizable. Read 10 returned v4 after read 9 had returned v5.',
    );
    const digest = await page.getByTestId('digest').textContent();
    const [lab] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('link', { name: 'Open in the lab' }).click(),
    ]);
    await expect(lab.getByTestId('digest')).toHaveText(digest ?? '');
  });

  test('plays from the start, steps and seeks; the verdict comes when it is decided', async ({ page }) => {
    await open(page, EMBED);
    const range = page.getByRole('slider', { name: 'Step' });
    await range.focus();
    await page.keyboard.press('Home');
    await expect(page.getByTestId('said')).not.toContainText('Violated');
    await page.getByRole('button', { name: 'Step forward' }).click();
    await expect(range).toHaveValue('1');
    await page.getByRole('button', { name: 'Play' }).click();
    await expect.poll(async () => Number(await range.inputValue())).toBeGreaterThan(3);
    await page.getByRole('button', { name: 'Pause' }).click();
    await range.focus();
    await page.keyboard.press('End');
    await expect(page.getByTestId('said')).toContainText('Violated: linearizable.');
  });

  test('show=stage draws the cluster, show=pair two runs in step', async ({ page }) => {
    await open(page, `${EMBED}&show=stage`);
    await expect(page.getByRole('img', { name: /^Stage at/ })).toBeVisible();
    await open(page, `${EMBED}&show=pair`);
    await expect(page.getByTestId('said')).toHaveText([/^Violated: linearizable/, /^Linearizable holds/]);
    await page.getByRole('slider', { name: 'Step' }).focus();
    await page.keyboard.press('Home');
    await expect(page.getByTestId('said')).not.toContainText(['Violated', 'holds']);
  });

  test('a wrong link names the field, what is allowed and the fix', async ({ page }) => {
    await open(page, '/embed/quorum?scenario=nope', 'refused');
    await expect(page.locator('[data-problem="scenario"]')).toContainText('quorum-read-inversion');
    await open(page, `${EMBED}&show=moon`, 'refused');
    await expect(page.locator('[data-problem="show"]')).toContainText('space-time, stage, pair');
    expect(await findingsInBothThemes(page)).toEqual([]);
  });

  test('the address decides the theme, not what the reader chose for the site', async ({ page }) => {
    await page.addInitScript(() => localStorage.setItem('faultline.theme', 'light'));
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await page.emulateMedia({ colorScheme: 'light' });
    await open(page, `${EMBED}&theme=dark`);
    expect(await ground()).toBe('rgb(13, 16, 17)');
    await page.emulateMedia({ colorScheme: 'dark' });
    await open(page, `${EMBED}&theme=light`);
    expect(await ground()).toBe('rgb(241, 244, 243)');
    await open(page, EMBED);
    expect(await ground()).toBe('rgb(13, 16, 17)');
  });

  test('runs in a frame of another origin', async ({ page, baseURL }) => {
    const frameTag = `<iframe src="${baseURL}${EMBED.replaceAll('&', '&amp;')}" width="400" height="420"></iframe>`;
    const server = createServer((_, response) => response.setHeader('content-type', 'text/html').end(frameTag));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const frame = page.frameLocator('iframe');
    await expect(frame.getByTestId('said')).toContainText('Violated: linearizable.');
    const headers = (await page.request.get(`${baseURL}${EMBED}`)).headers();
    expect(headers['x-frame-options']).toBeUndefined();
    expect(headers['content-security-policy']).toBeUndefined();
    server.close();
  });

  for (const [width, height, look] of [
    [320, 480, ''],
    [320, 600, '&show=pair'],
    [760, 520, '&show=stage'],
    [1200, 300, ''],
  ] as const) {
    test(`fits ${width} by ${height} px without a shift (${look || 'space-time'})`, async ({ page }) => {
      await page.addInitScript(() => {
        Object.assign(window, { shifted: 0 });
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries())
            (window as unknown as { shifted: number }).shifted += (entry as unknown as { value: number }).value;
        }).observe({ type: 'layout-shift', buffered: true });
      });
      await page.setViewportSize({ width, height });
      await open(page, EMBED + look);
      await expect(page.getByRole('button', { name: /^Play/ })).toBeInViewport();
      const measured = await page.evaluate(() => ({
        wider: document.documentElement.scrollWidth - window.innerWidth,
        higher: document.documentElement.scrollHeight - window.innerHeight,
        shifted: (window as unknown as { shifted: number }).shifted,
      }));
      expect(measured.wider).toBeLessThanOrEqual(0);
      expect(measured.higher).toBeLessThanOrEqual(0);
      expect(measured.shifted).toBeLessThan(0.01);
    });
  }

  for (const look of ['', '&show=pair', '&show=stage']) {
    test(`axe finds nothing (${look || 'space-time'})`, async ({ page }) => {
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await open(page, EMBED + look);
      expect(await findingsInBothThemes(page)).toEqual([]);
    });
  }

  test('is copied as link, iframe and Markdown', async ({ page, baseURL }) => {
    await open(page, `${EMBED}&show=stage`);
    await page.getByRole('button', { name: 'Copy as' }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByRole('button', { name: 'Link' }).click();
    await copied(page, `${baseURL}/lab/quorum?${RUN}`);
    await sheet.getByRole('button', { name: 'iframe' }).click();
    const source = `src="${baseURL}/embed/quorum?${RUN.replaceAll('&', '&amp;')}&amp;show=stage"`;
    expect(await copied(page, /^<iframe /)).toContain(source);
    await sheet.getByRole('button', { name: 'Markdown' }).click();
    await copied(page, /^\[Quorum reads that go backwards: Read repair off\]\(http.*\): Read 10 returned v4/);
  });
});

test.describe('a run in the lab', () => {
  test('is copied in every form: text, and a stretch of it as GIF and as WebM', async ({ page, baseURL }) => {
    await page.goto(`/lab/quorum?${RUN}`);
    await page.getByRole('button', { name: 'Copy as', exact: true }).click();
    const menu = page.getByRole('dialog', { name: 'Copy this run as' });
    await menu.getByLabel('An embedded run shows').selectOption('the stage');
    await menu.getByRole('button', { name: 'iframe' }).click();
    const frame = await copied(page, /^<iframe /);
    expect(frame).toContain(`src="${baseURL}/embed/quorum?`);
    expect(frame).toContain('show=stage');
    await menu.getByLabel('plays in').selectOption('5 s');
    for (const [form, beginning] of [
      ['GIF', '474946383961'],
      ['WebM', '1a45dfa3'],
    ] as const) {
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        menu.getByRole('button', { name: `Download ${form}` }).click(),
      ]);
      expect(readFileSync(await file.path()).toString('hex')).toMatch(new RegExp(`^${beginning}`));
    }
  });

  test('names its oEmbed address', async ({ page }) => {
    await page.goto('/lab/quorum');
    const discovery = page.locator('link[type="application/json+oembed"]');
    await expect(discovery).toHaveAttribute('href', /\/api\/oembed\?url=.*%2Flab%2Fquorum&format=json/);
  });
});

test.describe('pictures of a scenario', () => {
  const saved = async (page: Page, button: string) => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: button }).click(),
    ]);
    return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
  };

  test('are saved as SVG, PNG and a GIF that plays; a long one can be cancelled', async ({ page }) => {
    await page.goto('/scenarios/quorum-read-inversion');
    const svg = await saved(page, 'Download SVG');
    expect(svg.name).toBe('quorum-read-inversion-off-2012-space-time.svg');
    expect(svg.bytes.toString()).toContain('digest 22cd50d17d72c192');
    const png = await saved(page, 'Download PNG');
    expect([png.bytes.readUInt32BE(16), png.bytes.readUInt32BE(20)]).toEqual([2240, 950]);
    await page.getByLabel('plays in').selectOption('5 s');
    const gif = await saved(page, 'Download GIF');
    const played = await page.evaluate(
      async (data) => {
        const decoder = new ImageDecoder({ data: Uint8Array.from(data), type: 'image/gif' });
        await decoder.tracks.ready;
        await decoder.completed;
        const track = decoder.tracks.selectedTrack;
        const { image } = await decoder.decode({ frameIndex: (track?.frameCount ?? 1) - 1 });
        return { pictures: track?.frameCount, width: image.displayWidth };
      },
      [...gif.bytes],
    );
    expect(played).toEqual({ pictures: 63, width: 880 });
    await page.getByLabel('Picture', { exact: true }).selectOption('Stage');
    await page.getByLabel('plays in').selectOption('20 s');
    await page.getByRole('button', { name: 'Download GIF' }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByText('Cancelled.')).toBeVisible();
  });

  test('the card is a PNG of 1200 by 630, named by the page with the oEmbed address', async ({ page, request }) => {
    await page.goto('/scenarios/quorum-read-inversion');
    const meta = (name: string) => page.locator(`meta[property="${name}"]`).getAttribute('content');
    const picture = new URL((await meta('og:image')) ?? '');
    expect(picture.pathname).toBe('/scenarios/quorum-read-inversion/picture.png');
    await expect(page.locator('meta[name="twitter:card"]')).toHaveAttribute('content', 'summary_large_image');
    const png = await request.get(picture.pathname);
    expect(png.headers()['content-type']).toBe('image/png');
    const bytes = await png.body();
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1200, 630]);
    const discovery = await page.locator('link[type="application/json+oembed"]').getAttribute('href');
    const asked = new URL(discovery ?? '');
    const answer = await request.get(asked.pathname + asked.search);
    expect(answer.status()).toBe(200);
    expect(await answer.json()).toMatchObject({ type: 'rich', title: 'Quorum reads that go backwards' });
  });

  test('oEmbed answers for the host that asks, and says no as the specification demands', async ({
    request,
    baseURL,
  }) => {
    const ask = (query: Record<string, string>) => request.get('/api/oembed', { params: query });
    const url = `${baseURL}/lab/quorum?${RUN}`;
    const answer = await (await ask({ url, maxwidth: '400' })).json();
    expect(answer).toMatchObject({ type: 'rich', width: 400 });
    expect(answer.html).toContain(`${baseURL}/embed/quorum?`);
    expect((await ask({ url: `${baseURL}/scenarios/nope` })).status()).toBe(404);
    expect((await ask({ url: 'https://other.example/' })).status()).toBe(404);
    expect((await ask({ url, format: 'xml' })).status()).toBe(501);
  });
});
