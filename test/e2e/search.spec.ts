import { expect, type Page, test } from '@playwright/test';
import { findings } from '../helpers/axe.ts';

const SCENARIO = '/lab/quorum?scenario=quorum-read-inversion';

async function open(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await expect(page.locator('[data-phase="ready"]')).toBeVisible();
}

const rate = (page: Page, id: string) => page.locator(`[data-rate="${id}"]`);
const said = (page: Page) => page.getByTestId('search-said');
const digest = async (page: Page) => (await page.getByTestId('digest').textContent()) ?? '';

async function sweep(page: Page, seeds: string, stopAtFirst: boolean): Promise<void> {
  await page.getByTestId('sweep-seeds').fill(seeds);
  await page.getByLabel('Stop at the first violation').setChecked(stopAtFirst);
  await page.getByTestId('sweep').click();
}

test.describe('over many seeds', () => {
  test('on blocking none is found, and the bound is said; on another variant that is no longer shown', async ({
    page,
  }) => {
    await open(page, `${SCENARIO}&variant=blocking`);
    await page.getByRole('button', { name: 'Find a violation' }).click();
    await sweep(page, '100', true);
    await expect(said(page)).toHaveText('All 100 seeds have run. None of them violates a check.');
    await expect(rate(page, 'linearizable')).toContainText(/0 of \d+/);
    await expect(rate(page, 'linearizable')).toContainText(/none; at most [\d.]+ %/);
    await expect(page.getByTestId('witnessed')).toContainText('of 100 seeds, those in which');

    await page.getByRole('radio', { name: 'Read repair off' }).check();
    await expect(page.getByTestId('sweep-elsewhere')).toContainText('another setup (Blocking write-back)');
    await expect(rate(page, 'linearizable')).toContainText('not measured');
    await page.getByRole('radio', { name: 'Blocking write-back' }).check();
    await expect(rate(page, 'linearizable')).toContainText(/none; at most [\d.]+ %/);
  });

  test('on off the first violating seed opens as a violated run, with every knob as it was turned', async ({
    page,
  }) => {
    await open(page, `${SCENARIO}&variant=off&set.latencyMax=15 ms&seed=1`);
    await page.getByRole('button', { name: 'Find a violation' }).click();
    await sweep(page, '1,000', true);
    await expect(said(page)).toContainText('first by seed');
    const before = await digest(page);
    const first = rate(page, 'linearizable').getByRole('button').first();
    const seed = (await first.textContent()) ?? '';
    await first.click();
    await expect(page.getByTestId('seed')).toHaveValue(seed);
    await expect(page.getByTestId('overall')).toHaveAttribute('data-status', 'violated');
    expect(await digest(page)).not.toBe(before);
    await expect(page).toHaveURL(new RegExp(`set\\.latencyMax=.*seed=${seed}|seed=${seed}.*set\\.latencyMax=`));
    // Another seed is not another setup: the result stays. Seeds that end with a violation give no rate; all of them do.
    await expect(rate(page, 'linearizable')).toHaveAttribute('data-violated', 'true');
    await expect(rate(page, 'linearizable')).not.toContainText('%');
    await page.getByTestId('measure').click();
    await expect(rate(page, 'linearizable')).toContainText(/[\d.]+ %, [\d.]+ to [\d.]+ %/);
  });

  test('a long sweep shows live figures, and keeps what was measured when it is cancelled', async ({ page }) => {
    await open(page, `${SCENARIO}&variant=off`);
    await page.getByRole('button', { name: 'How often' }).click();
    await sweep(page, '100000', false);
    await expect(page.getByTestId('sweep-progress')).toContainText(/of 100,000 seeds, \d+ a second/);
    await expect(rate(page, 'linearizable')).toContainText(/[\d.]+ %, [\d.]+ to [\d.]+ %/);
    await page.getByTestId('sweep').click();
    await expect(page.getByTestId('sweep-end')).toContainText(/Cancelled after [\d,]+ of 100,000 seeds/);
    await expect(rate(page, 'linearizable')).toContainText(/[\d.]+ %, [\d.]+ to [\d.]+ %/);
    await expect(page.getByTestId('sweep')).toHaveText('Measure the rate');
  });

  test('a number of seeds that is none is refused in words', async ({ page }) => {
    await open(page, `${SCENARIO}&variant=off`);
    await page.locator('[data-search="seeds"]').click();
    await page.getByTestId('sweep-seeds').fill('many');
    await page.getByTestId('sweep').click();
    await expect(
      page.getByText('"many" is no number of seeds. Write a whole number from 1 to 1,000,000.'),
    ).toBeVisible();
    await expect(page.getByTestId('sweep-progress')).toHaveCount(0);
  });
});

test.describe('make it smaller', () => {
  test('finds a smaller run, opens it explained, and Back leads to the large one', async ({ page }) => {
    await open(page, `${SCENARIO}&variant=off&verdict=linearizable`);
    const large = await digest(page);
    await page.getByRole('button', { name: 'Make it smaller' }).click();
    await expect(page.getByTestId('small-run')).toBeVisible({ timeout: 30_000 });
    const sizes = page.getByTestId('small-run').getByRole('row', { name: /^events/ });
    const [before, after] = ((await sizes.textContent()) ?? '').match(/\d+/g)!.map(Number);
    expect(after).toBeLessThanOrEqual(60);
    expect(after).toBeLessThan(before!);

    const download = page.waitForEvent('download');
    await page.getByTestId('download-small').click();
    expect((await download).suggestedFilename()).toBe('quorum-read-inversion-shrunk.yaml');

    await page.getByTestId('open-small').click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('the smallest run found');
    await expect(page.getByTestId('overall')).toHaveAttribute('data-status', 'violated');
    await expect(page.getByTestId('events').getByRole('button').first()).toBeVisible();
    expect(await digest(page)).not.toBe(large);
    await page.waitForTimeout(500);
    await page.goBack();
    await expect(page.getByTestId('digest')).toHaveText(large);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Quorum reads that go backwards');
    await page.goForward();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('the smallest run found');
  });
});

test.describe('explain', () => {
  test('lists the events, selects what is pressed, lights them in the diagram, and gives the look back', async ({
    page,
  }) => {
    await open(page, `${SCENARIO}&variant=off&step=100&verdict=linearizable`);
    const step = await page.getByTestId('step').textContent();
    await page.getByRole('button', { name: 'Explain' }).click();
    const events = page.getByTestId('events').getByRole('button');
    await expect(events.first()).toBeVisible({ timeout: 30_000 });
    expect(await events.count()).toBeLessThanOrEqual(12);
    await expect(page.getByTestId('explanation')).toContainText('without any one of them nothing would be wrong');
    await expect(page.getByText(/Lit: the \d+ events of the explanation/)).toBeAttached();

    const lost = page.locator('[data-role="absence"][data-necessary="true"]').first();
    await lost.click();
    await expect(lost).toHaveAttribute('aria-current', 'step');
    await expect(page.getByRole('complementary')).toContainText('was lost on the way');
    await page.getByRole('button', { name: 'Close' }).click();
    await expect(page.getByTestId('step')).toHaveText(step!);
    await expect(page.getByText(/Lit: the \d+ events/)).toHaveCount(0);
  });

  test('by keyboard alone: opened, walked through with arrows, closed, with the focus back where it was', async ({
    page,
  }) => {
    await open(page, `${SCENARIO}&variant=off&verdict=linearizable`);
    await page.locator('[data-search="explain"]').focus();
    await page.keyboard.press('Enter');
    const events = page.getByTestId('events').getByRole('button');
    await expect(events.first()).toHaveAttribute('aria-current', 'step', { timeout: 30_000 });
    await expect(page.getByRole('button', { name: 'Explain', exact: true })).toBeFocused();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await expect(events.first()).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await expect(events.nth(2)).toBeFocused();
    await expect(events.nth(2)).toHaveAttribute('aria-current', 'step');
    await page.keyboard.press('End');
    await expect(events.last()).toHaveAttribute('aria-current', 'step');
    await page.keyboard.press('Shift+Tab');
    await expect(page.getByRole('button', { name: 'Close' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.locator('[data-search="explain"]')).toBeFocused();
  });
});

/** What each view of the pane shows when it is done. */
const views = {
  explain: async (page: Page) => expect(page.getByTestId('events')).toBeVisible({ timeout: 30_000 }),
  smaller: async (page: Page) => expect(page.getByTestId('small-run')).toBeVisible({ timeout: 30_000 }),
  seeds: async (page: Page) => {
    await sweep(page, '100', false);
    await expect(page.getByTestId('sweep-end')).toContainText('All 100 seeds', { timeout: 30_000 });
  },
};

for (const width of [1440, 390]) {
  for (const [view, done] of Object.entries(views)) {
    test(`the view "${view}" has no accessibility violations and does not widen the page (${width} px)`, async ({
      page,
    }) => {
      await page.setViewportSize({ width, height: 900 });
      await open(page, `${SCENARIO}&variant=off&verdict=linearizable`);
      await page.locator(`[data-search="${view}"]`).click();
      await done(page);
      expect(await findings(page, { within: '[data-testid="search"]' })).toEqual([]);
      const wider = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
      expect(await page.evaluate(wider)).toBe(0);
    });
  }
}
