import { expect, type Page, test } from '@playwright/test';
import { findingsAtThisWidth } from '../helpers/axe.ts';

const LINK = '/lab/quorum?scenario=quorum-read-inversion&variant=off&step=214';

async function open(page: Page): Promise<void> {
  await page.goto(LINK);
  await expect(page.locator('[data-phase="ready"]')).toBeVisible();
  await page.getByRole('button', { name: 'Metrics', exact: true }).click();
  await expect(metrics(page)).toBeVisible();
}

const metrics = (page: Page) => page.getByTestId('metrics');
const row = (page: Page, id: string) => metrics(page).locator(`[data-series="${id}"]`);
const inspector = (page: Page) => page.getByRole('complementary', { name: 'Inspector' });

test('metrics stand in the place of the diagram, by button and by key, and go again', async ({ page }) => {
  await open(page);
  await expect(page.getByRole('region', { name: 'Metrics' })).toBeVisible();
  await expect(row(page, 'latency-read')).toContainText('16 known, 1 unknown');
  await expect(row(page, 'messages-sent')).toContainText('lost');
  await page.keyboard.press('m');
  await expect(page.getByRole('region', { name: 'Space-time' })).toBeVisible();
  await expect(metrics(page)).toHaveCount(0);
  await page.keyboard.press('m');
  await expect(metrics(page)).toBeVisible();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toContainText('Metrics in the place of the space-time diagram');
});

test('a click on the axis seeks, and the playhead stands there', async ({ page }) => {
  await open(page);
  const axis = (await metrics(page).locator('[data-axis] svg').first().boundingBox())!;
  await page.mouse.click(axis.x + 200, axis.y + 20);
  const now = (await page.getByTestId('metrics-now').boundingBox())!;
  expect(Math.abs(now.x - (axis.x + 200))).toBeLessThan(1.5);
});

test('a click on a point selects its operation, in the inspector too, and lights it in every row', async ({ page }) => {
  await open(page);
  // The witness is marked: its marks say where points are.
  const point = row(page, 'latency-read').locator('[data-lit]').first();
  const id = await point.getAttribute('data-lit');
  const box = (await point.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await expect(page.getByTestId('metrics-pointed')).toContainText(
    new RegExp(`^read ${id} at [\\d.]+ ms: [\\d.]+ ms, ok$`),
  );
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await expect(inspector(page)).toContainText(`read ${id}`);
  await expect(row(page, 'staleness-versions').locator(`[data-lit="${id}"] circle`)).toHaveCount(2);
});

test('arrow keys walk the operations in the order in which they ended; plus zooms', async ({ page }) => {
  await open(page);
  const picture = page.getByRole('application', { name: /^Metrics over time/ });
  await picture.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(page).toHaveURL(/step=\d+/);
  const before = page.url();
  await page.keyboard.press('ArrowLeft');
  await expect(page).not.toHaveURL(before);
  const title = row(page, 'messages-sent').getByRole('heading');
  const wide = await title.textContent();
  for (let press = 0; press < 4; press++) await page.keyboard.press('+');
  await expect(title).not.toHaveText(wide!);
});

test('the text form has every series as a sentence and its values as a table', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Metrics as text' }).click();
  const text = page.getByRole('region', { name: 'Metrics as text' });
  await expect(text).toContainText('Read latency, ms over time, 16 known, 1 unknown, p50');
  await text.locator('summary').first().click();
  await expect(text.getByRole('table').first()).toContainText('read 9');
});

test('over many seeds: first an offer, then the run within the seeds that have run', async ({ page }) => {
  await open(page);
  const pane = page.getByRole('region', { name: 'Metrics' });
  await pane.getByRole('button', { name: 'Over many seeds' }).click();
  await pane.getByRole('button', { name: 'Run many seeds' }).click();
  const search = page.getByTestId('search');
  await search.getByText('100', { exact: true }).click();
  await expect(search.getByLabel('Stop at the first violation')).not.toBeChecked();
  await search.getByTestId('sweep').click();
  await expect(search.getByTestId('sweep-end')).toContainText('All 100 seeds have run');
  const seeds = page.getByTestId('metrics-seeds').getByRole('row', { name: /^Read latency, median/ });
  await expect(seeds).toContainText(/[\d.]+ ms[\d.]+ %[\d.]+ ms/);
});

for (const [width, height] of [
  [1440, 900],
  [390, 844],
] as const) {
  test(`metrics have no accessibility findings and do not widen the page (${width} px)`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await open(page);
    expect(await findingsAtThisWidth(page, { within: 'section[aria-labelledby="spacetime-head"]' })).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });
}
