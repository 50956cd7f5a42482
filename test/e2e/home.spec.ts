import { expect, type Page, test } from '@playwright/test';
import { findingsAtThisWidth } from '../helpers/axe.ts';

const SENTENCE = 'Read 10 returned v4 after read 9 had returned v5.';

/** Px by which the page is wider than the window. */
const overflowOf = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

/** The theme changes on a press, which only a running script can do. */
async function expectAlive(page: Page): Promise<void> {
  const toggle = page.getByRole('button', { name: /theme/i }).filter({ visible: true }).first();
  const before = await toggle.getAttribute('aria-label');
  await expect(async () => {
    await toggle.click();
    expect(await toggle.getAttribute('aria-label')).not.toBe(before);
  }).toPass();
}

test.describe('home', () => {
  test('leads to a live run in one click, which shows the verdict that the picture shows', async ({ page }) => {
    await page.goto('/');
    await expect(page.getByRole('heading', { level: 1 })).toContainText(
      'break a rule, watch a checker find the damage',
    );
    await expect(page.getByRole('img', { name: SENTENCE }).filter({ visible: true })).toHaveCount(1);
    await page.getByRole('link', { name: 'Open this run' }).click();
    await expect(page).toHaveURL(/\/lab\/quorum\?scenario=quorum-read-inversion&variant=off&seed=2012/);
    await expect(page.locator('[data-phase="ready"]')).toBeVisible();
    await expect(page.locator('[data-verdict="linearizable"]')).toHaveAttribute('data-status', 'violated');
    await expect(page.locator('body')).toContainText(SENTENCE.slice(0, -1));
  });

  test('is set in its own three faces, which come from packages', async ({ page }) => {
    await page.goto('/');
    const loaded = () =>
      page.evaluate(async () => {
        await document.fonts.ready;
        return [...document.fonts].filter(({ status }) => status === 'loaded').map(({ family }) => family);
      });
    await expect
      .poll(async () => (await loaded()).filter((family) => family.includes('Faultline')).length)
      .toBeGreaterThanOrEqual(2);
  });

  test('the picture tells its run in words: faults, operations, call-outs', async ({ page }) => {
    await page.goto('/');
    const words = page.getByRole('img', { name: SENTENCE }).filter({ visible: true }).locator('desc');
    await expect(words).toContainText('crash r2');
    await expect(words).toContainText('Client b: read 10 returned v4');
    await expect(words).toContainText('the network is cut');
  });

  for (const width of [1024, 1440])
    test(`words in the picture lie on no arrow (${width} px)`, async ({ page }) => {
      await page.setViewportSize({ width, height: 900 });
      await page.goto('/');
      const picture = page.getByRole('img', { name: SENTENCE }).filter({ visible: true });
      const crossed = await picture.evaluate((svg) => {
        const inside = /during write|is cut/;
        const words = [...svg.querySelectorAll('text')].filter(({ textContent }) => inside.test(textContent ?? ''));
        // Arrows are paths of many short lines; a point each px along them is near enough.
        const lines = [...svg.querySelectorAll<SVGPathElement>('path[class*="line"], path[class*="cross"]')];
        const points = lines.flatMap((path) => {
          const matrix = path.getScreenCTM()!;
          return Array.from({ length: Math.floor(path.getTotalLength()) }, (_, at) =>
            path.getPointAtLength(at).matrixTransform(matrix),
          );
        });
        const hits = words.map((word) => {
          const { left, right, top, bottom } = word.getBoundingClientRect();
          return points.filter(({ x, y }) => x > left - 2 && x < right + 2 && y > top && y < bottom).length;
        });
        return { hits, points: points.length };
      });
      expect(crossed.hits).toEqual([0, 0]);
      expect(crossed.points).toBeGreaterThan(500);
    });

  test('every row of the index leads somewhere', async ({ page, request }) => {
    await page.goto('/');
    const links = page.getByRole('region', { name: /rules, \d+ scenarios/ }).getByRole('link');
    const targets = new Set(await links.evaluateAll((found) => found.map((link) => link.getAttribute('href') ?? '')));
    expect(targets.size).toBeGreaterThanOrEqual(5);
    for (const target of targets) expect((await request.get(target)).status(), target).toBe(200);
  });

  for (const path of ['/', '/guides/measure-quorum-tradeoffs', '/scenarios/quorum-read-inversion'])
    test(`shows its text before a script is asked for, and then comes to life: ${path}`, async ({ page }) => {
      await page.goto(path, { waitUntil: 'networkidle' });
      const { paintedMs, askedMs } = await page.evaluate(() => ({
        paintedMs: performance.getEntriesByName('first-contentful-paint')[0]!.startTime,
        // One is preloaded at the lowest priority, and runs with the others.
        askedMs: performance
          .getEntriesByType('resource')
          .filter((entry) => (entry as PerformanceResourceTiming).initiatorType === 'script')
          .map(({ startTime }) => startTime),
      }));
      expect(askedMs.length).toBeGreaterThan(3);
      expect(Math.min(...askedMs)).toBeGreaterThanOrEqual(paintedMs);
      await expectAlive(page);
    });

  test('comes to life in a tab in the background, which is not painted', async ({ page }) => {
    await page.addInitScript(() => {
      Object.defineProperty(Document.prototype, 'hidden', { get: () => true });
      PerformanceObserver.prototype.observe = () => {};
    });
    await page.goto('/');
    await expectAlive(page);
  });

  test('transfers at most 160 KB of scripts: the engine and its schemas are not among them', async ({ page }) => {
    await page.goto('/', { waitUntil: 'networkidle' });
    const bytes = await page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .filter(({ name }) => new URL(name).pathname.endsWith('.js'))
        .reduce((sum, entry) => sum + (entry as PerformanceResourceTiming).encodedBodySize, 0),
    );
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThanOrEqual(160_000);
  });

  test('without a script the picture and the words are there', async ({ browser }) => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto('/');
    await expect(page.getByRole('img', { name: SENTENCE }).filter({ visible: true })).toHaveCount(1);
    await expect(page.getByText('npx faultline check history.jsonl')).toBeVisible();
    await context.close();
  });

  for (const width of [390, 1024, 1440]) {
    test(`fits a window of ${width} px, and shows one picture whose words are at least 8.5 px high`, async ({
      page,
    }) => {
      await page.setViewportSize({ width, height: 900 });
      await page.goto('/');
      expect(await overflowOf(page)).toBeLessThanOrEqual(0);
      const picture = page.getByRole('img', { name: SENTENCE }).filter({ visible: true });
      await expect(picture).toHaveCount(1);
      const scale = await picture.evaluate(
        (svg: SVGSVGElement) => svg.getBoundingClientRect().width / svg.viewBox.baseVal.width,
      );
      expect(scale).toBeGreaterThan(0.85);
      expect(scale).toBeLessThan(1.31);
    });
  }

  for (const width of [1440, 390]) {
    test(`axe finds nothing (${width} px)`, async ({ page }) => {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await page.goto('/');
      expect(await findingsAtThisWidth(page)).toEqual([]);
    });
  }
});
