import { expect, type Page, test } from '@playwright/test';
import { longLink } from '../helpers/long-run.ts';

/** About 42,000 steps: too many to be made at once. */
const SECONDS = 60;
const WHOLE = { fromUs: 0, toUs: SECONDS * 1_000_000 };
const SEEKS = 30;

const ready = (page: Page) => expect(page.locator('[data-phase="ready"]')).toBeVisible({ timeout: 45_000 });

// The bounds are counts of work, not times: they hold on a slow machine too.
test.describe('a long run in the lab', () => {
  test('opens in pieces: the page draws frames in between and says how far the run has come', async ({ page }) => {
    await page.addInitScript(() => {
      const said = new Set<string>();
      Object.assign(globalThis, { said });
      const look = () => {
        const words = document.querySelector('[data-testid="making"]')?.textContent;
        if (typeof words === 'string') said.add(words);
        requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
    await page.goto(longLink(SECONDS, WHOLE));
    await ready(page);
    const said = await page.evaluate(() => [...(globalThis as unknown as { said: Set<string> }).said]);
    const shares = said.map((words) => Number(/(\d+) %/.exec(words)?.[1]));
    expect(shares.length).toBeGreaterThan(1);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    await expect(page.getByTestId('making')).toHaveCount(0);
  });

  test(`${SEEKS} seeks without a rest: step and playhead follow each, text and light only the last`, async ({
    page,
  }) => {
    await page.goto(longLink(SECONDS, WHOLE));
    await ready(page);
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    await expect(inspector.getByRole('region', { name: /^Statechart of/ })).toBeVisible();
    // What was loaded last may still be drawn.
    await page.waitForTimeout(1000);
    const counts = await page.evaluate((seeks) => {
      const slider = document.querySelector<HTMLInputElement>('input[aria-label="Step"]')!;
      const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!;
      const watch = (element: Element) => {
        const observer = new MutationObserver(() => {});
        observer.observe(element, { subtree: true, childList: true, attributes: true, characterData: true });
        return observer;
      };
      const text = watch(document.querySelector('[aria-labelledby="inspector-head"]')!);
      const picture = watch(document.querySelector('[role="application"]')!);
      const steps = new Set<string>();
      let [inText, inPicture, most] = [0, 0, 0];
      for (let turn = 1; turn <= seeks; turn++) {
        set.call(slider, String(Math.round((turn / (seeks + 1)) * Number(slider.max))));
        slider.dispatchEvent(new Event('input', { bubbles: true }));
        steps.add(document.querySelector('[data-testid="step"]')!.textContent!);
        inText += text.takeRecords().length;
        inPicture = picture.takeRecords().length;
        most = Math.max(most, inPicture);
      }
      return { steps: steps.size, inText, most, inPicture };
    }, SEEKS);
    expect(counts.steps).toBe(SEEKS);
    expect(counts.inText).toBe(0);
    expect(counts.inPicture).toBeGreaterThan(0);
    // The line and the flag of the playhead: some attributes, whatever the picture holds.
    expect(counts.most).toBeLessThan(15);
    const step = /step ([\d,]+)/.exec((await page.getByTestId('step').textContent()) ?? '')?.[1];
    await expect(inspector).toContainText(`step ${step}`);
    await expect(
      page
        .getByRole('application', { name: /space-time/i })
        .locator('desc')
        .first(),
    ).toContainText(`Step ${step?.replaceAll(',', '')} is selected`);
  });

  test('the run beside is made in pieces as well: the page says how far it is, and answers meanwhile', async ({
    page,
  }) => {
    await page.addInitScript(() => {
      const said = new Set<string>();
      Object.assign(globalThis, { said });
      const look = () => {
        const words = document.querySelector('[data-testid="comparing"]')?.textContent;
        if (typeof words === 'string') said.add(words);
        requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
    await page.goto(longLink(SECONDS, WHOLE).replace('?', '?compare=seed.2&'));
    await ready(page);
    await expect(page.getByTestId('comparing')).toBeVisible({ timeout: 20_000 });
    const step = page.getByTestId('step');
    const before = await step.textContent();
    await page.locator('input[aria-label="Step"]').press('ArrowRight');
    await expect(step).not.toHaveText(before!);
    await expect(page.locator('[aria-labelledby="compare-head"]')).toHaveAttribute('aria-busy', 'false', {
      timeout: 45_000,
    });
    const said = await page.evaluate(() => [...(globalThis as unknown as { said: Set<string> }).said]);
    expect(said.length).toBeGreaterThan(2);
  });
});
