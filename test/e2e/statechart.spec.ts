import { expect, type Page, test } from '@playwright/test';
import { findings, findingsAtThisWidth } from '../helpers/axe.ts';

const LINK = '/lab/quorum?scenario=quorum-read-inversion&variant=off';

/** At step 199 a coordinator counts an answer short of its quorum; step 202 follows, where the client has its answer. */
async function open(page: Page, step: number): Promise<void> {
  await page.goto(`${LINK}&step=${step}`);
  await expect(page.locator('[data-phase="ready"]')).toBeVisible();
  await expect(chartOf(page)).toBeVisible();
}

const pane = (page: Page) => page.getByRole('complementary', { name: 'Inspector' });
const chartOf = (page: Page) => pane(page).getByRole('img', { name: /^Statechart of/ });
const tried = (page: Page) => pane(page).getByRole('list', { name: 'Transitions tried' });
const active = (page: Page) => chartOf(page).locator('[data-active] text').first();

test('the chart lights the active state and tells guards tried in vain', async ({ page }) => {
  await open(page, 199);
  await expect(chartOf(page)).toHaveAccessibleName(/fanout is active.* RResp, stays in fanout/);
  await expect(active(page)).toHaveText('fanout');
  const lines = tried(page).getByRole('listitem');
  await expect(lines.nth(0)).toContainText('RResp');
  await expect(lines.nth(0)).toContainText('ran countAnswer');
  await expect(lines.nth(1)).toContainText('once quorumReached');
  await expect(lines.nth(1)).toContainText('guard failed');
});

test('a chart larger than the window opens where the process is', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto('/lab/consensus?scenario=raft-figure-8&variant=any&verdict=state-machine-safety');
  await chartOf(page).waitFor();
  await page.getByRole('button', { name: /^enlarge/ }).click();
  const picture = page.getByRole('dialog').getByRole('region', { name: 'Chart', exact: true });
  const lit = await picture.locator('[data-active]').first().boundingBox();
  const frame = (await picture.boundingBox())!;
  expect(lit!.x).toBeGreaterThanOrEqual(frame.x);
  expect(lit!.x + lit!.width).toBeLessThanOrEqual(frame.x + frame.width);
  expect(lit!.y).toBeGreaterThanOrEqual(frame.y);
  expect(lit!.y + lit!.height).toBeLessThanOrEqual(frame.y + frame.height);
});

test('one step on, the guard holds, the way that was taken is lit, and counts go on', async ({ page }) => {
  await open(page, 199);
  await expect(chartOf(page)).toContainText('RResp2');
  await page.keyboard.press('ArrowRight');
  await expect(active(page)).not.toHaveText('fanout');
  await expect(chartOf(page).locator('[data-taken]')).not.toHaveCount(0);
  await expect(tried(page)).not.toContainText('once quorumReached to quorumMet, guard failed');
  await page.keyboard.press('ArrowLeft');
  await expect(active(page)).toHaveText('fanout');
  await expect(chartOf(page)).toContainText('RResp2');
});

test('another process of the host can be chosen, until the steps are those of another process', async ({ page }) => {
  await open(page, 199);
  const choice = pane(page).getByRole('button', { name: 'replica', exact: true });
  await choice.click();
  await expect(choice).toHaveAttribute('aria-pressed', 'true');
  await expect(active(page)).toHaveText('up');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await expect(chartOf(page)).not.toHaveAccessibleName(/r5\/read-b5/);
});

test('the chart has a text form with every transition, its count and what just happened', async ({ page }) => {
  await open(page, 199);
  await pane(page).getByRole('button', { name: 'chart as text' }).click();
  const text = pane(page).getByRole('region', { name: /As text$/ });
  await expect(text.getByRole('listitem')).toHaveCount(19);
  await expect(text.getByRole('listitem').filter({ hasText: 'taken' })).toContainText('RResp / countAnswer');
  await expect(text.getByRole('listitem').filter({ hasText: 'guard failed' })).toContainText('once quorumReached');
  await expect(text.getByRole('listitem').first()).toContainText('idle to process.started / fanOut to fanout');
});

test('enlarged, the chart shows every handler, and closes with Escape', async ({ page }) => {
  await open(page, 199);
  await pane(page).getByRole('button', { name: 'enlarge the chart' }).click();
  const dialog = page.getByRole('dialog', { name: 'Statechart of r5/read-b5, coordinator' });
  await expect(dialog.getByRole('img')).toContainText('timer.hint / handOff');
  expect(await findings(page, { within: 'dialog[open]' })).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test('the state is a tree that marks what the step changed and folds', async ({ page }) => {
  await open(page, 199);
  const tree = pane(page).getByRole('list', { name: 'Volatile state' });
  await expect(tree).toContainText('changed');
  const branch = tree.locator('details').first();
  const isOpen = () => branch.evaluate((element) => (element as HTMLDetailsElement).open);
  const before = await isOpen();
  await branch.locator('summary').first().click();
  expect(await isOpen()).toBe(!before);
  await expect(pane(page)).toContainText(/in [\d.]+ (ms|s|min)/);
});

for (const [width, height] of [
  [1440, 900],
  [390, 844],
] as const) {
  test(`the inspector has no accessibility findings and does not widen the page (${width} px)`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await open(page, 199);
    expect(await findingsAtThisWidth(page, { within: 'aside' })).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });
}
