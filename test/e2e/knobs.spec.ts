import { expect, type Page, test } from '@playwright/test';
import { findings } from '../helpers/axe.ts';

const LINK = '/lab/quorum?scenario=quorum-read-inversion&variant=off&step=204';

async function open(page: Page, width: number, link = LINK): Promise<void> {
  await page.setViewportSize({ width, height: 800 });
  await page.goto(link);
  await page.locator('[data-phase="ready"]').waitFor();
}

const head = (page: Page, group: string) => page.locator(`[data-knobs="${group}"]`).getByRole('button').first();
const knob = (page: Page, name: string) => page.locator(`[data-knob="${name}"]`);

test('beside the other panes every group of knobs stands open, and folds (1440 px)', async ({ page }) => {
  await open(page, 1440);
  await expect(page.locator('[data-knobs] [aria-expanded="false"][aria-controls$="-knobs"]')).toHaveCount(0);
  await head(page, 'repair').click();
  await expect(head(page, 'repair')).toHaveAccessibleName('repair 7 knobs');
  await expect(knob(page, 'readRepair')).toHaveCount(0);
});

for (const width of [390, 1024])
  test(`under the other panes the first group stands open, and every knob is two presses away (${width} px)`, async ({
    page,
  }) => {
    await open(page, width);
    await expect(knob(page, 'readQuorum')).toBeVisible();
    await expect(knob(page, 'persistTime')).toHaveCount(0);
    await head(page, 'network').press('Enter');
    await expect(head(page, 'network')).toHaveAttribute('aria-expanded', 'true');
    await expect(knob(page, 'persistTime')).toBeVisible();
    expect(await findings(page)).toEqual([]);
  });

test('a folded group shows each knob that is not as the scenario says, and one that is turned back until it is folded again', async ({
  page,
}) => {
  await open(page, 1024);
  await head(page, 'network').click();
  const field = knob(page, 'persistTime').getByRole('textbox');
  await field.fill('5');
  await field.press('Enter');
  await head(page, 'network').click();
  await expect(field).toBeVisible();
  await expect(knob(page, 'lossRatio')).toHaveCount(0);
  await expect(head(page, 'network')).toHaveAccessibleName('network 5 more');
  await expect(page).toHaveURL(/set\.persistTime/);
  await page.reload();
  await expect(field).toBeVisible();
  await expect(knob(page, 'lossRatio')).toHaveCount(0);
  await field.fill('2');
  await field.press('Enter');
  await expect(page).not.toHaveURL(/set\.persistTime/);
  await expect(field).toBeVisible();
  await head(page, 'network').click();
  await head(page, 'network').click();
  await expect(field).toHaveCount(0);
});
