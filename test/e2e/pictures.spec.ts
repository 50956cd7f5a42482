import { expect, type Locator, type Page, test } from '@playwright/test';

/**
 * Pictures of each kind of scene as it was last looked at and found right. `npx playwright test pictures --update-snapshots` records them
 * anew: look at every changed file before you keep it. Browsers smooth edges differently, so a small share of the pixels may differ.
 */
const TOLERANCE = { maxDiffPixelRatio: 0.03, threshold: 0.3 } as const;

const MOMENT = '/lab/quorum?scenario=quorum-read-inversion&variant=off&step=176&verdict=linearizable';

async function open(page: Page, link: string, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await page.goto(link);
  await expect(page.locator('[data-phase="ready"]')).toBeVisible();
  await page.evaluate(() => document.fonts.ready);
}

const stage = (page: Page) => page.getByRole('region', { name: 'Stage' }).locator('svg').last();

interface Picture {
  readonly name: string;
  readonly link: string;
  /** What a reader does to see it. */
  readonly reach?: (page: Page) => Promise<void>;
  readonly find: (page: Page) => Locator;
}

const pictures: readonly Picture[] = [
  { name: 'topology', link: MOMENT, find: stage },
  {
    name: 'space-time',
    link: MOMENT,
    find: (page) => page.getByRole('region', { name: 'Space-time' }),
  },
  {
    name: 'statechart',
    link: MOMENT,
    find: (page) => page.getByRole('complementary', { name: 'Inspector' }).locator('svg[class*="chart"]').first(),
  },
  {
    name: 'series',
    link: MOMENT,
    reach: async (page) => {
      await page.keyboard.press('m');
      await expect(page.getByRole('heading', { name: 'Metrics' })).toBeVisible();
    },
    find: (page) => page.getByRole('region', { name: 'Metrics' }),
  },
  {
    name: 'log-matrix',
    link: '/lab/replication?scenario=async-failover-orders&step=400',
    reach: (page) => page.getByRole('button', { name: 'WAL by LSN' }).click(),
    find: (page) => page.getByRole('region', { name: 'WAL by LSN' }),
  },
  {
    name: 'sheet',
    link: '/lab/multi-leader?scenario=cart-multiregion&from=11900000&to=14400000&step=119',
    reach: (page) => page.getByRole('button', { name: /^Stores side by side/ }).click(),
    find: (page) => page.getByRole('region', { name: /^Stores side by side/ }),
  },
  { name: 'witness', link: MOMENT, find: (page) => page.getByRole('region', { name: 'Verdict' }) },
];

for (const { name, link, reach, find } of pictures) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`the ${name} picture is the one that was looked at, ${colorScheme}`, async ({ page }) => {
      await open(page, link, colorScheme);
      await reach?.(page);
      await expect(find(page)).toHaveScreenshot(`${name}-${colorScheme}.png`, TOLERANCE);
    });
  }
}
