import { expect, type Page, test } from '@playwright/test';
import { longLink } from '../helpers/long-run.ts';

const SECONDS = 30;
const WHOLE = { fromUs: 0, toUs: SECONDS * 1_000_000 };

async function open(page: Page, window: { readonly fromUs: number; readonly toUs: number } = WHOLE): Promise<void> {
  await page.goto(longLink(SECONDS, window));
  await expect(page.locator('[data-phase="ready"]')).toBeVisible({ timeout: 30_000 });
  await expect(diagram(page)).toBeVisible();
}

const diagram = (page: Page) => page.getByRole('application', { name: /space-time diagram/i });
const picture = (page: Page) => diagram(page).getByRole('img');
const strip = (page: Page) => page.getByRole('img', { name: /^The whole run/ });
const density = (page: Page) => diagram(page).getByTestId('density');

/** The window in the diagram's own words, in ms. */
async function windowOf(page: Page): Promise<readonly [from: number, until: number]> {
  const label = (await picture(page).getAttribute('aria-label')) ?? '';
  const [from, until] = [...label.matchAll(/\d[\d,.]*/g)].map(([number]) => Number(number.replaceAll(',', '')));
  return [from!, until!];
}

async function spanOf(page: Page): Promise<number> {
  const [from, until] = await windowOf(page);
  return until - from;
}

test.describe('the space-time diagram of a long run', () => {
  test('a whole run is a density that keeps its losses; a short window of it is arrows', async ({ page }) => {
    await open(page);
    await expect(density(page)).toBeVisible();
    const legend = page.getByRole('list', { name: 'Legend' });
    await expect(legend).toContainText('stopped by a cut');
    await expect(legend).toContainText('client load');
    await expect(legend).not.toContainText('duplicate');
    await open(page, { fromUs: 1_000_000, toUs: 1_400_000 });
    await expect(density(page)).toHaveCount(0);
    await expect(legend).not.toContainText('client load');
    await expect(legend).toContainText('write');
  });

  test('keys zoom, move the window and show the whole run', async ({ page }) => {
    await open(page, { fromUs: 10_000_000, toUs: 12_000_000 });
    await diagram(page).focus();
    await page.keyboard.press('+');
    await expect.poll(() => spanOf(page)).toBeLessThan(1400);
    const [from] = await windowOf(page);
    await page.keyboard.press('Shift+ArrowRight');
    await expect.poll(async () => (await windowOf(page))[0]).toBeGreaterThan(from);
    await page.keyboard.press('0');
    await expect.poll(() => windowOf(page)).toEqual([0, SECONDS * 1000]);
  });

  test('buttons zoom, as far as the whole run', async ({ page }) => {
    await open(page, { fromUs: 10_000_000, toUs: 12_000_000 });
    await page.getByRole('button', { name: 'Zoom in' }).click();
    await expect.poll(() => spanOf(page)).toBeCloseTo(1000, -1);
    const out = page.getByRole('button', { name: 'Zoom out' });
    for (let time = 0; time < 5; time++) await out.click();
    await expect.poll(() => windowOf(page)).toEqual([0, SECONDS * 1000]);
    await expect(out).toBeDisabled();
  });

  test('the wheel zooms around the pointer, a drag pans, shift on the axis marks a window', async ({ page }) => {
    await open(page, { fromUs: 10_000_000, toUs: 14_000_000 });
    const box = (await picture(page).boundingBox())!;
    const [x, y] = [box.x + box.width / 2, box.y + 150];
    await page.mouse.move(x, y);
    await page.mouse.wheel(0, -240);
    await expect.poll(() => spanOf(page)).toBeLessThan(3800);
    const [before] = await windowOf(page);
    await page.mouse.down();
    await page.mouse.move(x - 120, y, { steps: 4 });
    await page.mouse.up();
    await expect.poll(async () => (await windowOf(page))[0]).toBeGreaterThan(before);
    const span = await spanOf(page);
    await page.keyboard.down('Shift');
    await page.mouse.move(x - 100, box.y + 10);
    await page.mouse.down();
    await page.mouse.move(x + 100, box.y + 10, { steps: 4 });
    await page.mouse.up();
    await page.keyboard.up('Shift');
    await expect.poll(() => spanOf(page)).toBeLessThan(span / 2);
  });

  test('a drag on the strip of a whole run marks a window, a second one moves it', async ({ page }) => {
    await open(page);
    const box = (await strip(page).boundingBox())!;
    await page.mouse.move(box.x + 200, box.y + 12);
    await page.mouse.down();
    await page.mouse.move(box.x + 300, box.y + 12, { steps: 5 });
    await page.mouse.up();
    await expect.poll(() => spanOf(page)).toBeLessThan(SECONDS * 250);
    const [[from], span] = [await windowOf(page), await spanOf(page)];
    await page.mouse.move(box.x + 250, box.y + 12);
    await page.mouse.down();
    await page.mouse.move(box.x + 350, box.y + 12, { steps: 5 });
    await page.mouse.up();
    await expect.poll(async () => (await windowOf(page))[0]).toBeGreaterThan(from);
    expect(await spanOf(page)).toBeCloseTo(span, -1);
  });

  test('lanes are hidden, moved by key and folded by role', async ({ page }) => {
    await open(page, { fromUs: 1_000_000, toUs: 1_400_000 });
    const lanes = () => picture(page).locator('desc').textContent();
    await page.getByRole('button', { name: /^lanes/ }).click();
    const menu = page.getByRole('region', { name: 'Lanes' });
    await menu.getByRole('checkbox', { name: 'r1' }).uncheck();
    await expect.poll(lanes).not.toContain('r1,');
    await menu.getByRole('button', { name: /^Move d,/ }).focus();
    for (let time = 0; time < 8; time++) await page.keyboard.press('ArrowUp');
    await expect.poll(lanes).toMatch(/^Lanes d, /);
    await menu.getByRole('checkbox', { name: /role replica/ }).check();
    await expect.poll(lanes).toContain('r2-r5');
    await menu.getByRole('button', { name: 'as they were' }).click();
    await expect.poll(lanes).toContain('r1,');
    await page.keyboard.press('Escape');
    await expect(menu).toHaveCount(0);
  });
});

test.describe('by touch', () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 } });

  test('a tap on the strip moves the window there', async ({ page }) => {
    await open(page, { fromUs: 1_000_000, toUs: 1_400_000 });
    const box = (await strip(page).boundingBox())!;
    await strip(page).tap({ position: { x: box.width - 40, y: 12 } });
    await expect.poll(async () => (await windowOf(page))[0]).toBeGreaterThan(15_000);
  });
});
