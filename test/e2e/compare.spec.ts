import { readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { findings, findingsInBothThemes } from '../helpers/axe.ts';
import { clipboardOf } from '../helpers/clipboard.ts';

const SCENARIO = '/lab/quorum?scenario=quorum-read-inversion&variant=off';
const COMPARED = `${SCENARIO}&step=176&compare=variant.blocking`;

async function open(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await expect(page.locator('[data-phase="ready"]')).toBeVisible();
}

const digestOf = async (page: Page) => (await page.getByTestId('digest').textContent()) ?? '';
const stepOf = async (page: Page) =>
  Number(/step ([\d,]+) of/.exec((await page.getByTestId('step').textContent()) ?? '')?.[1]?.replace(',', ''));
const branch = (page: Page, index: number) => page.locator(`[data-branch="${index}"]`);

/** Crashes the host of the step in view, on a branch of its own. */
async function fork(page: Page): Promise<void> {
  const before = await digestOf(page);
  await page.getByRole('button', { name: /^Fork the run/ }).click();
  await page.getByTestId('fork-crash').click();
  await expect(page.getByTestId('digest')).not.toHaveText(before);
}

test.describe('two variants', () => {
  test('stand one above the other with what set them apart, and a reload keeps them', async ({ page }) => {
    await open(page, `${SCENARIO}&step=176`);
    await page.getByTestId('compare-with').selectOption({ label: 'Blocking write-back' });
    const cause = page.getByTestId('cause');
    await expect(cause).toContainText('the same event makes r1/read-a6 send ReadReply to a in “off”');
    await expect(cause).toContainText('Read repair is off in “off” and blocking in “blocking”.');
    await expect(
      page.getByRole('img', { name: /^175 steps the same; then 6 only in off, 13 only in blocking/ }),
    ).toBeVisible();
    await expect(page.locator('[data-verdict-pair="linearizable"] td')).toHaveText(['violated', 'holds']);
    await expect(page.locator('[data-table="metrics"]')).toContainText('+1.8 ms');
    await expect(page).toHaveURL(/compare=variant\.blocking/);
    await page.reload();
    await expect(cause).toContainText('Read repair is off in “off”');
    await page.getByTestId('compare-end').click();
    await expect(page.locator('#stage-head')).toBeVisible();
    await expect(page).not.toHaveURL(/compare=/);
  });

  test('share one time and one selection: what is selected in one shows its counterpart in the other', async ({
    page,
  }) => {
    await open(page, COMPARED);
    await page.getByTestId('go-part').click();
    expect(await stepOf(page)).toBe(174);
    await expect(page.getByTestId('told')).toHaveCount(2);
    await page.getByRole('button', { name: 'Step forward' }).click();
    await page.getByRole('button', { name: 'Step forward' }).click();
    const flags = page.locator('svg[role="img"] text').filter({ hasText: /^632\.0$/ });
    await expect(flags).toHaveCount(2);
    const lower = page.getByRole('application', { name: /^blocking, space-time diagram/ });
    await page.getByTestId('go-part').click();
    await lower.focus();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => stepOf(page)).toBeLessThan(174);
    await expect(page.locator('section[aria-label="What differs"]')).toContainText(/step 1\d\d ·.*step 1\d\d ·/s);
  });

  test('a step that only the lower run has is told as such, and the upper run stands at its instant', async ({
    page,
  }) => {
    await open(page, COMPARED);
    await page.getByTestId('go-part').click();
    await page.getByRole('application', { name: /^blocking, space-time diagram/ }).focus();
    // What the step sets off below, a repair, is not set off above.
    await page.keyboard.press('ArrowDown');
    await expect(page.getByTestId('told').first()).toHaveText('It does not happen here.');
    await expect(page.getByTestId('told').last()).toContainText('repair');
    expect(await stepOf(page)).toBeGreaterThan(174);
  });

  test('swap brings the lower run into view', async ({ page }) => {
    await open(page, COMPARED);
    await expect(page.getByTestId('cause')).toBeVisible();
    const digest = await digestOf(page);
    await page.getByRole('button', { name: 'Swap' }).click();
    await expect(page).toHaveURL(/variant=blocking.*compare=variant\.off/);
    expect(await digestOf(page)).not.toBe(digest);
    await expect(page.getByTestId('cause')).toContainText('Read repair is blocking in “blocking” and off in “off”.');
  });

  test('another seed can be typed', async ({ page }) => {
    await open(page, `${SCENARIO}&step=176&compare=seed.2013`);
    await page.getByRole('textbox', { name: 'Seed of the other run' }).fill('7');
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('cause')).toContainText('The seeds differ, 2012 and 7');
    await expect(page).toHaveURL(/compare=seed\.7/);
  });

  test('a variant that is not there is named with those that are', async ({ page }) => {
    await page.goto(`${SCENARIO}&compare=variant.blokcing`);
    await expect(page.locator('[data-problem="compare"]')).toContainText('off, async, blocking');
  });
});

test('what two runs measure stands in pairs on one scale, in the link too', async ({ page }) => {
  await open(page, COMPARED);
  await expect(page.getByTestId('cause')).toBeVisible();
  await page.getByRole('button', { name: 'Metrics', exact: true }).click();
  const pairs = page.getByTestId('metrics-beside').locator('section');
  await expect(pairs.first()).toBeVisible();
  expect(await pairs.count()).toBeGreaterThan(3);
  for (const pair of await pairs.all()) {
    const ticks = await pair
      .locator('svg[role="img"]')
      .evaluateAll((plots) => plots.map((plot) => [...plot.querySelectorAll('text')].map((text) => text.textContent)));
    if (ticks.length === 2) expect(ticks[0]).toEqual(ticks[1]);
  }
  await expect(page).toHaveURL(/lower=metrics/);
  await page.reload();
  await expect(pairs.first()).toBeVisible();
  expect(await findings(page)).toEqual([]);
});

test.describe('branches', () => {
  test('a fork keeps the run that it left; both are in the link, and a reload restores tree and view', async ({
    page,
  }) => {
    await open(page, `${SCENARIO}&step=170`);
    const first = await digestOf(page);
    await fork(page);
    const second = await digestOf(page);
    await expect(branch(page, 1)).toContainText(/crash r\d/);
    await branch(page, 0).getByRole('button', { name: /^Show/ }).click();
    await expect(page.getByTestId('digest')).toHaveText(first);
    await expect(page).toHaveURL(/#z1\./);
    await page.waitForTimeout(500);
    await page.reload();
    await expect(page.getByTestId('digest')).toHaveText(first);
    await branch(page, 1).getByRole('button', { name: /^Show/ }).click();
    await expect(page.getByTestId('digest')).toHaveText(second);
    expect(await stepOf(page)).toBe(170);
  });

  test('a knob begins a branch that is called after it; a branch is compared with the run that it left', async ({
    page,
  }) => {
    await open(page, `${SCENARIO}&step=170`);
    await page.locator('[data-knob="readRepair"] select').selectOption('blocking');
    await expect(branch(page, 1)).toContainText('Read repair: blocking');
    await branch(page, 0)
      .getByRole('button', { name: /^Compare with/ })
      .click();
    await expect(page.getByTestId('cause')).toContainText('Read repair is blocking in “Read repair: blocking”');
    await expect(page).toHaveURL(/compare=branch\.0/);
  });

  test('a branch can be renamed, deleted, and brought back', async ({ page }) => {
    await open(page, `${SCENARIO}&step=170`);
    await fork(page);
    await branch(page, 1)
      .getByRole('button', { name: /Rename$/ })
      .click();
    await page.getByRole('textbox', { name: /^Name of the branch/ }).fill('the coordinator dies');
    await page.keyboard.press('Enter');
    await expect(branch(page, 1)).toContainText('the coordinator dies');
    await branch(page, 1).getByRole('button', { name: 'Delete the coordinator dies' }).click();
    await expect(branch(page, 1)).toHaveCount(0);
    await page.getByTestId('branch-restore').click();
    await expect(branch(page, 1)).toContainText('the coordinator dies');
    await page.waitForTimeout(500);
    await page.reload();
    await expect(branch(page, 1)).toContainText('the coordinator dies');
  });
});

test.describe('exports', () => {
  test('a ShiViz log of the whole run is downloaded and is not empty', async ({ page }) => {
    await open(page, `${SCENARIO}&step=176`);
    await page.getByTestId('export').click();
    await page.getByRole('radio', { name: /^The whole run/ }).check();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download ShiViz log' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('quorum-read-inversion-off-2012.log');
    const text = readFileSync(await download.path(), 'utf8');
    expect(text.split('\n').length).toBeGreaterThan(400);
    expect(text).toContain('faultline replay');
    await expect(
      page.getByRole('status').filter({ hasText: /^Saved quorum-read-inversion-off-2012\.log/ }),
    ).toBeVisible();
  });

  test('every format is written for the window in view and copied', async ({ page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await open(page, `${SCENARIO}&step=176`);
    await page.getByTestId('export').click();
    const menu = page.getByRole('dialog', { name: 'Export this run' });
    const copies = menu.getByRole('button', { name: /^Copy/ });
    await expect(copies).toHaveCount(8);
    let text = await clipboardOf(page);
    for (const copy of await copies.all()) {
      await copy.click();
      await expect(menu.getByRole('status')).toHaveText(/^Copied, [\d,]+ KB\.$/);
      await expect.poll(() => clipboardOf(page), 'another text than that of the format before').not.toBe(text);
      text = await clipboardOf(page);
      expect(text.length).toBeGreaterThan(200);
    }
  });

  test('what a format cannot hold is refused with what to do', async ({ page }) => {
    await open(page, `${SCENARIO}&step=176`);
    await page.getByTestId('export').click();
    await page.getByRole('radio', { name: /^The whole run/ }).check();
    await page.getByRole('button', { name: 'Copy Sequence diagram, Mermaid' }).click();
    const said = page.getByRole('dialog', { name: 'Export this run' }).getByRole('status');
    await expect(said).toContainText('at most 200 messages in a sequence diagram. Export the window in view instead.');
  });

  test('the menu is opened, used and closed by keyboard, and axe finds nothing in it', async ({ page }) => {
    await open(page, `${SCENARIO}&step=176`);
    await page.getByTestId('export').focus();
    await page.keyboard.press('Enter');
    const menu = page.getByRole('dialog', { name: 'Export this run' });
    await expect(menu.getByRole('button', { name: 'Copy ShiViz log' })).toBeVisible();
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(menu).toBeHidden();
    await expect(page.getByTestId('export')).toBeFocused();
  });
});

test.describe('every size and theme', () => {
  test('axe finds nothing in a comparison with branches at 1440 px', async ({ page }) => {
    await open(page, COMPARED);
    await page.locator('[data-knob="persistTime"] input').first().fill('5');
    await page.keyboard.press('Enter');
    await expect(branch(page, 1)).toBeVisible();
    await expect(page.getByTestId('cause')).toBeVisible();
    expect(await findingsInBothThemes(page)).toEqual([]);
  });

  test('at 390 px a comparison stacks, nothing is wider than the screen, and axe finds nothing', async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await open(page, COMPARED);
    await expect(page.getByTestId('cause')).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(await findings(page)).toEqual([]);
  });
  for (const beside of ['variant.blocking', 'seed.2013'])
    test(`at 390 px both buttons of a comparison stand on one line (${beside})`, async ({ page }) => {
      await page.setViewportSize({ width: 390, height: 844 });
      await open(page, `${SCENARIO}&step=176&compare=${beside}`);
      const swap = (await page.getByRole('button', { name: 'Swap' }).boundingBox())!;
      const end = (await page.getByTestId('compare-end').boundingBox())!;
      expect(end.y).toBe(swap.y);
      expect(end.x + end.width).toBeLessThanOrEqual(390 - 16);
    });

  for (const width of [390, 1440])
    test(`an amount stands on one line with its unit, inside its table (${width} px)`, async ({ page }) => {
      await page.setViewportSize({ width, height: 844 });
      await open(page, '/lab/replication?scenario=profile-stale-read&variant=unspecified&compare=variant.session');
      const table = page.locator('[data-table="metrics"]');
      await expect(table).toContainText('+1,910.9 ms');
      const { broken, wide } = await table.evaluate((metrics) => {
        const words = document.createRange();
        const linesOf = (cell: Element) => {
          words.selectNodeContents(cell);
          return new Set([...words.getClientRects()].map(({ top }) => Math.round(top))).size;
        };
        const cells = [...metrics.querySelectorAll('td')].filter((cell) => linesOf(cell) > 1);
        return {
          broken: cells.map((cell) => cell.textContent),
          wide: metrics.scrollWidth - metrics.parentElement!.clientWidth,
        };
      });
      expect(broken).toEqual([]);
      expect(wide).toBeLessThanOrEqual(0);
    });
});
