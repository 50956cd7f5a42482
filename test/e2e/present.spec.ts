import { expect, type Page, test } from '@playwright/test';
import { findingsInBothThemes } from '../helpers/axe.ts';

const SCENARIO = '/lab/quorum?scenario=quorum-read-inversion&variant=off&step=0';

async function open(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await expect(page.locator('[data-phase="ready"]')).toBeVisible();
}

const presenter = (page: Page) => page.getByTestId('presenter');
const position = (page: Page) => page.getByTestId('position');

test.describe('presenting', () => {
  test('p opens it, a remote steps from caption to caption, Escape leaves it at the same moment', async ({ page }) => {
    await open(page, SCENARIO);
    await page.locator('main').focus();
    await page.keyboard.press('p');
    await expect(presenter(page)).toBeVisible();
    await expect(position(page)).toHaveText('0 of 8');
    for (const key of ['PageDown', 'ArrowRight', ' ']) await page.keyboard.press(key);
    await expect(position(page)).toHaveText('3 of 8');
    await expect(page.getByTestId('presented')).toContainText('r2 crashes');
    for (const key of ['PageUp', 'ArrowLeft']) await page.keyboard.press(key);
    await expect(position(page)).toHaveText('1 of 8');
    await page.keyboard.press('Escape');
    await expect(presenter(page)).toHaveCount(0);
    await expect(page.getByTestId('caption-position')).toHaveText('1 of 8');
  });

  test('the button opens it, buttons step, and Leave leaves', async ({ page }) => {
    await open(page, SCENARIO);
    await page.getByTestId('present').click();
    await presenter(page).getByRole('button', { name: 'Next' }).click();
    await expect(position(page)).toHaveText('1 of 8');
    await presenter(page).getByRole('button', { name: 'Previous' }).click();
    await expect(position(page)).toHaveText('0 of 8');
    await presenter(page)
      .getByRole('button', { name: /^Leave/ })
      .click();
    await expect(presenter(page)).toHaveCount(0);
  });

  test('a link opens it, and the address keeps it true', async ({ page }) => {
    await open(page, `${SCENARIO}&present=1`);
    await expect(presenter(page)).toBeVisible();
    await page.keyboard.press('PageDown');
    await expect(page).toHaveURL(/step=144&.*present=1/);
    await page.keyboard.press('Escape');
    await expect(page).not.toHaveURL(/present/);
  });

  test('on a run without captions it steps event by event', async ({ page }) => {
    await open(page, '/lab/quorum?seed=3&step=5&present=1');
    await expect(position(page)).toHaveText(/^step 5 of/);
    await page.keyboard.press('ArrowRight');
    await expect(position(page)).toHaveText(/^step 6 of/);
  });
});

for (const [width, height] of [
  [1024, 768],
  [1920, 1080],
] as const) {
  test(`everything fits ${width} by ${height}: every caption, type of 22 px or more, axe finds nothing`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await open(page, `${SCENARIO}&present=1`);
    await expect(position(page)).toHaveText('0 of 8');
    const caption = page.getByTestId('presented');
    for (let at = 1; at <= 8; at++) {
      await page.keyboard.press('PageDown');
      await expect(position(page)).toHaveText(`${at} of 8`);
      const cut = await caption.evaluate((box) => box.scrollHeight - box.clientHeight);
      expect(cut, `caption ${at} is cut off`).toBeLessThanOrEqual(1);
    }
    expect(await caption.evaluate((box) => Number.parseFloat(getComputedStyle(box).fontSize))).toBeGreaterThanOrEqual(
      22,
    );
    const overflow = await page.evaluate(() => {
      const { scrollWidth, scrollHeight, clientWidth, clientHeight } =
        document.querySelector('[data-testid="presenter"]')!;
      return [scrollWidth - clientWidth, scrollHeight - clientHeight];
    });
    expect(overflow).toEqual([0, 0]);
    expect(await findingsInBothThemes(page)).toEqual([]);
  });
}

for (const link of [SCENARIO.replace('step=0', 'step=233'), '/lab/multi-leader?scenario=cart-multiregion&step=200'])
  test(`at 1024 by 768 stage, diagram and caption are there without scrolling (${link})`, async ({ page }) => {
    await page.setViewportSize({ width: 1024, height: 768 });
    await open(page, `${link}&present=1`);
    await expect(presenter(page).getByRole('img', { name: /space-time/i })).toBeVisible();
    const hidden = () =>
      presenter(page).evaluate((box) =>
        [box, ...box.querySelectorAll('div, p, footer')]
          .filter((part) => part.clientHeight > 0 && part.scrollHeight > part.clientHeight + 1)
          .map((part) => `${part.className}: ${part.scrollHeight} in ${part.clientHeight}`),
      );
    await expect.poll(hidden).toEqual([]);
    for (const part of ['presented', 'position']) {
      const box = (await page.getByTestId(part).boundingBox())!;
      expect(box.y + box.height).toBeLessThanOrEqual(768);
    }
  });

test('captions stand over their events on every lane, whichever is selected; the one in view is filled', async ({
  page,
}) => {
  await open(page, `${SCENARIO}&from=0&to=1000000&present=1`);
  await expect(position(page)).toHaveText('0 of 8');
  const tabs = presenter(page).locator('[data-caption]');
  await expect(tabs).toHaveCount(8);
  const rows = await tabs.evaluateAll(
    (all) => new Set(all.map((tab) => Math.round(tab.getBoundingClientRect().y))).size,
  );
  expect(rows).toBeGreaterThan(1);
  for (let at = 1; at <= 2; at++) {
    await page.keyboard.press('PageDown');
    await expect(position(page)).toHaveText(`${at} of 8`);
  }
  await expect(presenter(page).locator('[data-caption="2"][class]')).toHaveCount(1);
  await expect(presenter(page).locator('[data-caption][class]')).toHaveCount(1);
});
