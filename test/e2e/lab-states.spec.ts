import { expect, type Page, test } from '@playwright/test';
import { findingsInBothThemes } from '../helpers/axe.ts';

const INVERSION = '/lab/quorum?scenario=quorum-read-inversion&variant=off&verdict=linearizable';
const FIGURE_8 = '/lab/consensus?scenario=raft-figure-8&variant=any&verdict=state-machine-safety';
const CART = '/lab/multi-leader?scenario=cart-multiregion&variant=lww-wall&verdict=no-acked-add-lost';

interface State {
  readonly name: string;
  readonly link: string;
  readonly width?: number;
  /** What a person does to come there. */
  act(page: Page): Promise<void>;
}

const press = (name: string | RegExp) => async (page: Page) => {
  await page.getByRole('button', { name }).first().click();
};

const pressTab = (name: string) => async (page: Page) => {
  await page.getByRole('tab', { name }).click();
};

const STATES: readonly State[] = [
  { name: 'the shortcut sheet', link: INVERSION, act: press('Keyboard shortcuts') },
  { name: 'the menu "Copy as"', link: INVERSION, act: press('Copy as') },
  { name: 'the menu "Copy as" on a phone', link: CART, width: 390, act: press('Copy as') },
  { name: 'the export menu', link: INVERSION, act: press('Export') },
  { name: 'the lanes menu', link: FIGURE_8, act: press(/^lanes/) },
  { name: 'the legend', link: INVERSION, act: press('legend') },
  { name: 'the enlarged chart', link: FIGURE_8, act: press(/^enlarge/) },
  { name: 'the logs on the stage', link: FIGURE_8, act: press('Logs') },
  { name: 'the stores side by side on the stage, on a phone', link: CART, width: 390, act: press(/^Stores/) },
  { name: 'the script as a timeline', link: FIGURE_8, act: pressTab('Timeline') },
  { name: 'the script as text', link: FIGURE_8, act: pressTab('Text') },
  { name: 'an explanation', link: INVERSION, act: press('Explain') },
  { name: 'many seeds, not measured yet', link: FIGURE_8, width: 1024, act: press('How often') },
];

for (const { name, link, width = 1440, act } of STATES)
  test(`axe finds nothing in ${name} (${width} px)`, async ({ page }) => {
    test.slow();
    await page.setViewportSize({ width, height: 900 });
    await page.goto(link);
    await expect(page.locator('[data-phase="ready"]')).toBeVisible();
    await act(page);
    await page.waitForTimeout(1200);
    expect(await findingsInBothThemes(page)).toEqual([]);
  });
