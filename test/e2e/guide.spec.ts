import { expect, type Page, test } from '@playwright/test';
import { guides } from '../../app/guides/guides.ts';
import { findingsAtThisWidth, findingsInBothThemes } from '../helpers/axe.ts';

const GUIDE = '/guides/measure-quorum-tradeoffs';
/** What a guide may transfer before the reader starts a simulation, in bytes. */
const SCRIPT_BYTES_MAX = 150_000;

/** What a guide may transfer of faces at first, in bytes: the whole Latin of the four would be 146 KB. */
const FACE_BYTES_MAX = 90_000;

const inversion = (page: Page) => page.getByTestId('run-pair').first();
const overflowOf = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
/** Bytes of the files with that ending that the page has fetched, as transferred. */
const bytesOf = (page: Page, ending: '.js' | '.woff2') =>
  page.evaluate(
    (end) =>
      performance
        .getEntriesByType('resource')
        .filter((entry) => new URL(entry.name).pathname.endsWith(end))
        .reduce((sum, entry) => sum + (entry as PerformanceResourceTiming).encodedBodySize, 0),
    ending,
  );

async function play(page: Page): Promise<void> {
  await inversion(page).getByRole('button', { name: 'Play both' }).click();
  await expect(inversion(page)).toHaveAttribute('data-phase', 'live');
}

test.describe('the guide to quorums', () => {
  test('predict by keyboard, commit, and both runs play to different verdicts', async ({ page }) => {
    await page.goto(GUIDE);
    await page.getByRole('radio').first().focus();
    await page.keyboard.press('ArrowDown');
    await expect(page.getByRole('radio', { name: 'Version 5 or version 4.' })).toBeChecked();
    const commit = page.getByRole('button', { name: 'Commit and run' });
    await expect(commit).toBeEnabled();
    await commit.focus();
    await page.keyboard.press('Enter');
    await expect(page.getByText('Right.', { exact: true })).toBeVisible();
    await inversion(page).scrollIntoViewIfNeeded();
    await expect(inversion(page).getByRole('button', { name: 'Pause' })).toBeVisible();
    const said = inversion(page).getByTestId('said');
    await expect(said.nth(0)).toContainText('violated', { timeout: 30_000 });
    await expect(said.nth(0)).toContainText('Read 10 returned v4 after read 9 had returned v5.');
    await expect(said.nth(1)).toContainText('holds', { timeout: 30_000 });
    await expect(inversion(page).getByRole('button', { name: 'Play both' })).toBeVisible();
  });

  test('what is pressed before the scripts have come is done when they are there, once', async ({ page }) => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/*.js', async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(GUIDE, { waitUntil: 'commit' });
    await page.getByRole('radio', { name: 'Version 5 or version 4.' }).check();
    const step = inversion(page).getByRole('button', { name: 'Step forward' });
    await step.click();
    release();
    await expect(page.getByRole('button', { name: 'Commit and run' })).toBeEnabled();
    await expect(page.getByRole('radio', { name: 'Version 5 or version 4.' })).toBeChecked();
    const slider = inversion(page).getByRole('slider', { name: 'Step' });
    await expect(slider).toHaveAttribute('aria-valuetext', /^step 1 of /);
    await step.click();
    await expect(slider).toHaveAttribute('aria-valuetext', /^step 2 of /);
  });

  test('nothing runs by itself, on the first visit or on the next', async ({ page }) => {
    await page.goto(GUIDE);
    await page.getByRole('radio').first().check();
    await page.getByRole('button', { name: 'Commit and run' }).click();
    await page.reload();
    await inversion(page).scrollIntoViewIfNeeded();
    await page.waitForTimeout(600);
    await expect(inversion(page)).toHaveAttribute('data-phase', 'resting');
    await expect(inversion(page).getByTestId('said').first()).toHaveText('Press play.');
  });

  test('steps, scrubs and speaks; a picture that takes the place of another moves nothing', async ({ page }) => {
    await page.goto(GUIDE);
    const height = (await inversion(page).boundingBox())?.height;
    await inversion(page).getByRole('button', { name: 'Step forward' }).click();
    const slider = inversion(page).getByRole('slider', { name: 'Step' });
    await expect(slider).toHaveAttribute('aria-valuetext', /^step 1 of \d+, 5\d\d\.\d ms\. Broken: .+ Fixed: .+/);
    await slider.focus();
    await page.keyboard.press('ArrowRight');
    await expect(slider).toHaveAttribute('aria-valuetext', /^step 2 of /);
    await page.keyboard.press('End');
    await expect(inversion(page).getByTestId('said').first()).toContainText('violated');
    await page.keyboard.press('Home');
    await expect(inversion(page).getByTestId('said').first()).not.toContainText('violated');
    await page.keyboard.press('Space');
    await expect(inversion(page).getByRole('button', { name: 'Pause' })).toBeVisible();
    expect((await inversion(page).boundingBox())?.height).toBe(height);
  });

  test('with reduced motion it goes from step to step', async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto(GUIDE);
    await play(page);
    const slider = inversion(page).getByRole('slider', { name: 'Step' });
    // Between two steps time stands still: each step has one time.
    const moments = new Set<string>();
    await expect(async () => {
      const spoken = (await slider.getAttribute('aria-valuetext')) ?? '';
      moments.add(/^step \d+ of \d+, [\d,.]+ ms/.exec(spoken)?.[0] ?? spoken);
      expect(moments.size).toBeGreaterThan(4);
    }).toPass({ intervals: [40], timeout: 30_000 });
    const steps = new Set([...moments].map((moment) => moment.split(',')[0]));
    expect(steps.size).toBe(moments.size);
  });

  test('each side opens in the lab at the same digest and verdict', async ({ page }) => {
    for (const [at, status] of [
      [0, 'violated'],
      [1, 'ok'],
    ] as const) {
      await page.goto(GUIDE);
      await play(page);
      const half = inversion(page).getByRole('region').nth(at);
      const digest = await half.getByText(/^[0-9a-f]{16}$/).textContent();
      await half.getByRole('link', { name: 'Open in the lab' }).click();
      await expect(page.locator('[data-phase="ready"]')).toBeVisible();
      await expect(page.getByTestId('digest')).toHaveText(digest ?? '');
      await expect(page.locator('[data-verdict="linearizable"]')).toHaveAttribute('data-status', status);
    }
  });

  test('the challenge opens without faults and without a violation', async ({ page }) => {
    await page.goto(GUIDE);
    await page.getByRole('link', { name: 'The lab is set up for it' }).click();
    await expect(page.locator('[data-phase="ready"]')).toBeVisible();
    await expect(page.locator('[data-verdict="linearizable"]')).toHaveAttribute('data-status', 'ok');
  });

  test('transfers at most 150 KB of scripts before a run, and the engine only for it', async ({ page }) => {
    await page.goto(GUIDE, { waitUntil: 'networkidle' });
    const before = await bytesOf(page, '.js');
    expect(before).toBeGreaterThan(50_000);
    expect(before).toBeLessThanOrEqual(SCRIPT_BYTES_MAX);
    await play(page);
    expect(await bytesOf(page, '.js')).toBeGreaterThan(before + 30_000);
  });

  test('transfers at most 90 KB of faces, each of the four once', async ({ page }) => {
    await page.goto(GUIDE, { waitUntil: 'networkidle' });
    await page.evaluate(() => document.fonts.ready);
    expect(await bytesOf(page, '.woff2')).toBeLessThanOrEqual(FACE_BYTES_MAX);
    const loaded = await page.evaluate(() =>
      [...document.fonts]
        .filter(({ family, status }) => status === 'loaded' && family.includes('Faultline'))
        .map(({ family, style }) => `${family} ${style}`),
    );
    expect(loaded.sort()).toEqual([
      'Commissioner Faultline normal',
      'Martian Mono Faultline normal',
      'STIX Two Faultline italic',
      'STIX Two Faultline normal',
    ]);
  });

  test('without a script the pictures, the curves and their tables are there', async ({ browser }) => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(GUIDE);
    await expect(page.getByRole('img', { name: 'Broken, Read repair off' }).filter({ visible: true })).toHaveCount(1);
    const curves = page.getByRole('img', { name: /^Share of reads that return an older value/ });
    await expect(curves.filter({ visible: true })).toHaveCount(1);
    await page.getByText('As a table').first().click();
    await expect(page.getByRole('row', { name: /^100 4\.5 % 4\.21 % 0\.191 % 0 %/ })).toBeVisible();
    await context.close();
  });

  for (const width of [1440, 390]) {
    test(`is accessible and fits, before and after a run (${width} px)`, async ({ page }) => {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(GUIDE);
      expect(await overflowOf(page)).toBeLessThanOrEqual(0);
      expect(await findingsAtThisWidth(page)).toEqual([]);
      await play(page);
      await inversion(page).getByRole('slider').focus();
      await page.keyboard.press('End');
      await expect(inversion(page).getByTestId('said').first()).toContainText('violated');
      expect(await overflowOf(page)).toBeLessThanOrEqual(0);
      expect(await findingsAtThisWidth(page)).toEqual([]);
    });
  }
});

for (const { slug, title } of guides) {
  test(`${slug}: fits a phone, is accessible, and its first run plays to a violation`, async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`/guides/${slug}`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    const first = page.getByTestId('run-pair').first();
    await first.getByRole('button', { name: 'Play both' }).click();
    await expect(first).toHaveAttribute('data-phase', 'live');
    await first.getByRole('slider').focus();
    await page.keyboard.press('End');
    await expect(first.getByTestId('said').first()).toContainText('violated');
    expect(await findingsInBothThemes(page)).toEqual([]);
  });

  test(`${slug}: ends with the scenarios of its rule and two ways on, all of which are there`, async ({
    page,
    request,
  }) => {
    await page.goto(`/guides/${slug}`);
    const scenarios = page.getByRole('region', { name: 'Scenarios of this rule' }).getByRole('link');
    const guidesBeside = page.getByRole('navigation', { name: 'Other guides' }).getByRole('link');
    expect(await scenarios.count()).toBeGreaterThan(0);
    await expect(guidesBeside).toHaveCount(2);
    for (const link of [...(await scenarios.all()), ...(await guidesBeside.all())])
      expect((await request.get((await link.getAttribute('href')) ?? '')).status()).toBe(200);
  });
}

test('the index of guides leads to the guide and is accessible', async ({ page }) => {
  await page.goto('/guides');
  expect(await findingsInBothThemes(page)).toEqual([]);
  await expect(page.getByText(`Guides for the other ${31 - guides.length} rules are not written yet.`)).toBeVisible();
  await page.getByRole('link', { name: 'Measure the consistency you buy' }).click();
  await expect(page).toHaveURL(GUIDE);
});

test.describe('pictures that the server has drawn', () => {
  test('travel once: in the HTML of a guide, and not in its data', async ({ request }) => {
    const html = await (await request.get(GUIDE)).text();
    const told = html.match(/<desc id="[^"]+">([^<]+)/)![1]!;
    expect(told).toContain(' ms, lanes ');
    const data = html.slice(html.indexOf('self.__next_f'));
    expect(data).toContain('run-it-twice');
    expect(data).not.toContain(told);
  });

  test('are there, whole, when a link of the site leads to them', async ({ page }) => {
    await page.goto(GUIDE);
    const picture = inversion(page).getByRole('img').filter({ visible: true }).first();
    const drawn = await picture.innerHTML();
    expect(drawn).toContain('<path');
    await page.goto('/guides');
    await page.evaluate(() => Object.assign(window, { sameDocument: true }));
    await page.locator(`main a[href="${GUIDE}"]`).first().click();
    await expect(picture.locator('path').first()).toBeAttached();
    expect(await picture.innerHTML()).toBe(drawn);
    expect(await page.evaluate(() => 'sameDocument' in window)).toBe(true);
  });

  test('are left as they are by a page that comes alive', async ({ page }) => {
    const said: string[] = [];
    page.on('console', (message) => message.type() === 'error' && said.push(message.text()));
    page.on('pageerror', ({ message }) => said.push(message));
    const html = await (await page.request.get(GUIDE)).text();
    await page.goto(GUIDE);
    await inversion(page).getByRole('button', { name: 'Play both' }).focus();
    const marks = await page.locator('svg[id] path').count();
    expect(marks).toBeGreaterThan(100);
    expect(html.match(/<path/g)!.length).toBeGreaterThanOrEqual(marks);
    expect(said).toEqual([]);
  });
});
