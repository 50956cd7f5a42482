import { expect, type Page, test } from '@playwright/test';
import { findingsAtThisWidth } from '../helpers/axe.ts';
import { copied } from '../helpers/clipboard.ts';

const PAGE = '/scenarios/quorum-read-inversion';
const IDS = ['feed-quorum-staleness', 'quorum-freshness', 'quorum-read-inversion', 'tombstone-zombie'];

/** Px by which the page is wider than the window. */
const overflowOf = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

test.describe('a scenario page', () => {
  test('shows the claim, the finding and the variants side by side with their verdicts', async ({ page }) => {
    await page.goto(PAGE);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Quorum reads that go backwards');
    await expect(
      page.getByRole('paragraph').filter({ hasText: 'so a user never sees an older profile' }),
    ).toBeVisible();
    await expect(page.getByText('Refuted as proposed.')).toBeVisible();
    const table = page.getByRole('region', { name: /^Variants/ }).getByRole('table');
    await expect(table.getByRole('columnheader')).toHaveText([
      /Read repair off/,
      /Asynchronous read repair/,
      /Blocking write-back/,
    ]);
    const row = table.getByRole('row', { name: /^Linearizable/ });
    await expect(row.getByRole('cell').nth(0)).toHaveText('violatedRead 10 returned v4 after read 9 had returned v5.');
    await expect(row.getByRole('cell').nth(2)).toHaveText('holds');
  });

  test('every variant opens in the lab, at the same seed and with the same digest', async ({ page }) => {
    await page.goto(PAGE);
    const digest = await page
      .getByRole('region', { name: /^Identity/ })
      .locator('dt:has-text("digest off") + dd')
      .textContent();
    expect(digest).toMatch(/^[0-9a-f]{16}$/);
    await expect(page.getByRole('link', { name: /^Open in the lab/ })).toHaveCount(3);
    await page.getByRole('link', { name: 'Open in the lab: Read repair off' }).click();
    await expect(page.locator('[data-phase="ready"]')).toBeVisible();
    await expect(page.getByTestId('digest')).toHaveText(digest ?? '');
    await expect(page.locator('[data-verdict="linearizable"]')).toHaveAttribute('data-status', 'violated');
  });

  test('says what the fix costs, in figures and as a distribution', async ({ page }) => {
    await page.goto(PAGE);
    const cost = page.getByRole('region', { name: /^Cost of the fix/ });
    await expect(cost.getByRole('listitem')).toHaveText([
      /Read latency, median.*ms.*becomes.*ms/,
      /Read latency, 99 %/,
      /Messages per read/,
    ]);
    await expect(cost.getByRole('img', { name: /^Read latency/ })).toBeVisible();
  });

  test('copies the replay command, a link, a Markdown citation and a MADR confirmation', async ({ page, baseURL }) => {
    await page.goto(PAGE);
    const replay = page.getByRole('region', { name: /^Replay/ });
    await expect(replay).toContainText('npx faultline run quorum-read-inversion --variant off --seed 2012');
    await replay.getByRole('button').first().click();
    await copied(page, 'npx faultline run quorum-read-inversion --variant off --seed 2012');
    const region = page.getByRole('region', { name: /^Copy as/ });
    await region.getByRole('button', { name: 'Link' }).click();
    await copied(page, `${baseURL}${PAGE}`);
    await region.getByRole('button', { name: 'Markdown' }).click();
    await copied(
      page,
      /^\[Quorum reads that go backwards\]\(http.*\): Read 10 returned v4 .*seed 2012, digest [0-9a-f]{16}\)$/,
    );
    await region.getByRole('button', { name: 'MADR' }).click();
    await expect(region.getByRole('status').last()).toHaveText('Copied');
    const madr = await copied(page, /### Confirmation/);
    expect(madr).toContain('Replay: `npx faultline run quorum-read-inversion --variant off --seed 2012`');
    expect(madr).toBe(await region.locator('pre').textContent());
  });

  test('leads on: to the guides of its rules, to other scenarios, to all of them', async ({ page, request }) => {
    await page.goto(PAGE);
    const links = page.getByRole('region', { name: 'Go on' }).getByRole('link');
    const targets = await links.evaluateAll((found) => found.map((link) => link.getAttribute('href') ?? ''));
    expect(targets.filter((target) => target.startsWith('/guides/')).length).toBeGreaterThanOrEqual(2);
    expect(targets.filter((target) => target.startsWith('/scenarios/')).length).toBeGreaterThanOrEqual(3);
    expect(targets).not.toContain(PAGE);
    expect(targets.at(-1)).toBe('/scenarios');
    for (const target of targets) expect((await request.get(target)).status(), target).toBe(200);
  });

  for (const id of IDS) {
    for (const width of [390, 1024]) {
      test(`${id} fits a window of ${width} px`, async ({ page }) => {
        await page.setViewportSize({ width, height: 900 });
        await page.goto(`/scenarios/${id}`);
        expect(await overflowOf(page)).toBeLessThanOrEqual(0);
      });
    }
    for (const width of [1440, 390]) {
      test(`${id}: axe finds nothing (${width} px)`, async ({ page }) => {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ reducedMotion: 'reduce' });
        await page.goto(`/scenarios/${id}`);
        expect(await findingsAtThisWidth(page)).toEqual([]);
      });
    }
  }
});

for (const path of ['/', '/scenarios', PAGE]) {
  test(`${path} brings no engine code: none of its scripts names a model's hazard`, async ({ request }) => {
    const html = await (await request.get(path)).text();
    const scripts = [...new Set(html.match(/\/_next\/static\/[^"\\]+\.js/g))];
    expect(scripts.length).toBeGreaterThan(3);
    for (const script of scripts)
      expect(await (await request.get(script)).text(), script).not.toContain('partial-write-read');
  });
}

test.describe('the index of scenarios', () => {
  test('lists every scenario with its claim, rules and the verdict of each variant', async ({ page }) => {
    await page.goto('/scenarios');
    for (const id of IDS) await expect(page.getByText(new RegExp(`^${id};`))).toBeVisible();
    const row = page
      .getByRole('listitem')
      .filter({ has: page.getByRole('heading', { name: 'Quorum reads that go backwards' }) });
    await expect(row.getByRole('listitem')).toHaveText([
      /Read repair off.*violated/,
      /Asynchronous.*holds/,
      /Blocking.*holds/,
      /linearizable, seed 2012/,
    ]);
    await row.getByRole('link').click();
    await expect(page).toHaveURL(PAGE);
  });

  test('an address without a scenario is not found', async ({ request }) => {
    expect((await request.get('/scenarios/no-such-thing')).status()).toBe(404);
  });

  for (const width of [1440, 390]) {
    test(`axe finds nothing and it fits (${width} px)`, async ({ page }) => {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await page.goto('/scenarios');
      expect(await overflowOf(page)).toBeLessThanOrEqual(0);
      expect(await findingsAtThisWidth(page)).toEqual([]);
    });
  }
});
