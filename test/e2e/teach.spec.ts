import { expect, type Page, test } from '@playwright/test';
import { findingsInBothThemes } from '../helpers/axe.ts';
import { copied } from '../helpers/clipboard.ts';

const INVERSION = '/lab/quorum?scenario=quorum-read-inversion';
const FEED = '/lab/quorum?scenario=feed-quorum-staleness';
const FRESHNESS = '/lab/quorum?scenario=quorum-freshness';

async function open(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await expect(page.locator('[data-phase="ready"]')).toBeVisible();
}

const pane = (page: Page) => page.getByTestId('teach');
const commit = (page: Page) => pane(page).getByRole('button', { name: 'Commit and see' });
const outcome = (page: Page) => page.getByTestId('predict-outcome');

test.describe('a prediction', () => {
  test('is asked first, hides the verdict, and the run answers, explains and shows its evidence', async ({ page }) => {
    await open(page, INVERSION);
    await expect(page.getByTestId('overall')).toHaveText(/Predict first/);
    await expect(page.locator('[data-verdict]')).toHaveCount(0);
    await pane(page)
      .getByText(/A read misses a write/)
      .click();
    await commit(page).click();
    await expect(outcome(page)).toHaveAttribute('data-right', 'false');
    await expect(outcome(page)).toContainText('the next read, with another quorum');
    await expect(page.getByTestId('overall')).toHaveAttribute('data-status', 'violated');
    await expect(page).toHaveURL(/verdict=linearizable/);
    await expect(page.getByTestId('caption')).toContainText('the value went back in time');
  });

  test('shows why at once, over its buttons, none of which is covered (1440 × 900)', async ({ page }) => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await open(page, INVERSION);
    await pane(page)
      .getByText(/A read misses a write/)
      .click();
    await commit(page).click();
    const why = (await outcome(page).boundingBox())!;
    const shown = (await pane(page).boundingBox())!;
    expect(why.y).toBeGreaterThanOrEqual(shown.y);
    for (const name of ['Show it', 'Answer again', 'Close']) {
      const button = pane(page).getByRole('button', { name, exact: true });
      const box = (await button.boundingBox())!;
      expect(box.y).toBeGreaterThan(why.y + 40);
      expect(box.y + box.height).toBeLessThanOrEqual(shown.y + shown.height);
      const top = await button.evaluate((one) => {
        const { x, y, width, height } = one.getBoundingClientRect();
        return one.contains(document.elementFromPoint(x + width / 2, y + height / 2));
      });
      expect(top, name).toBe(true);
    }
  });

  test('is kept: the next visit is not asked, and finds its answer', async ({ page }) => {
    await open(page, INVERSION);
    await pane(page)
      .getByText(/A later read can return an older/)
      .click();
    await commit(page).click();
    await expect(outcome(page)).toHaveAttribute('data-right', 'true');
    await open(page, INVERSION);
    await expect(pane(page)).toHaveCount(0);
    await expect(page.getByTestId('overall')).toHaveAttribute('data-status', 'violated');
    await page.getByRole('button', { name: 'Predict', exact: true }).click();
    await expect(outcome(page)).toHaveAttribute('data-right', 'true');
    await pane(page).getByRole('button', { name: 'Answer again' }).click();
    await expect(outcome(page)).toHaveCount(0);
  });

  test('can be skipped, and does not stop a reader who comes for a moment', async ({ page }) => {
    await open(page, INVERSION);
    await pane(page).getByRole('button', { name: 'Skip' }).click();
    await expect(page.locator('[data-verdict="linearizable"]')).toBeVisible();
    await open(page, `${INVERSION}&step=176`);
    await expect(pane(page)).toHaveCount(0);
    await expect(page.locator('[data-verdict="linearizable"]')).toBeVisible();
  });

  test('of a number: by keyboard to the end of the scale, and the answer stands beside the guess', async ({ page }) => {
    await open(page, FRESHNESS);
    const slider = pane(page).getByRole('slider', { name: 'Your guess' });
    await slider.focus();
    await page.keyboard.press('Home');
    await expect(slider).toHaveAttribute('aria-valuetext', '0 ms');
    await page.keyboard.press('End');
    await expect(slider).toHaveAttribute('aria-valuetext', '500 ms');
    await commit(page).click();
    await expect(outcome(page)).toHaveAttribute('data-right', 'false');
    await expect(page.getByTestId('predict-number')).toContainText(/run: [\d.]+ ms; right within 50 ms/);
    await expect(page).toHaveURL(/variant=two/);
  });
});

test.describe('an order', () => {
  const rows = (page: Page) => pane(page).locator('li[data-item]');
  const order = (page: Page) => rows(page).evaluateAll((all) => all.map((row) => row.getAttribute('data-item')));

  test('is made with arrow keys and buttons, and only the right one is right', async ({ page }) => {
    await open(page, FEED);
    await expect(rows(page)).toHaveCount(4);
    expect(await order(page)).toEqual(['gave-up', 'shown-old', 'written', 'shown-new']);
    const handle = pane(page).getByRole('button', { name: /^The writing client gives up, position/ });
    await handle.focus();
    for (const _ of [1, 2, 3]) await page.keyboard.press('ArrowDown');
    expect(await order(page)).toEqual(['shown-old', 'written', 'shown-new', 'gave-up']);
    await expect(handle).toBeFocused();
    const down = pane(page).getByRole('button', { name: 'Move down: A reader is shown the version before it' });
    await down.click();
    await down.click();
    expect(await order(page)).toEqual(['written', 'shown-new', 'shown-old', 'gave-up']);
    await commit(page).click();
    await expect(outcome(page)).toHaveAttribute('data-right', 'true');
  });

  test('is made by dragging, and a wrong one says where each comes', async ({ page }) => {
    await open(page, FEED);
    await expect(rows(page)).toHaveCount(4);
    const from = (await rows(page).nth(0).getByRole('button').first().boundingBox())!;
    const to = (await rows(page).nth(2).boundingBox())!;
    await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await page.mouse.down();
    await page.mouse.move(from.x + 8, to.y + to.height / 2, { steps: 12 });
    await page.mouse.up();
    expect(await order(page)).toEqual(['shown-old', 'written', 'gave-up', 'shown-new']);
    await commit(page).click();
    await expect(outcome(page)).toHaveAttribute('data-right', 'false');
    await expect(rows(page).nth(1)).toContainText('comes 1.');
  });
});

test.describe('captions', () => {
  test('are stepped through with comma and full stop', async ({ page }) => {
    await open(page, `${INVERSION}&variant=off&step=0`);
    await expect(page.getByTestId('caption-position')).toHaveText('0 of 8');
    await page.locator('main').focus();
    await page.keyboard.press('.');
    await expect(page.getByTestId('caption')).toContainText('Write 7 is acknowledged');
    await page.keyboard.press('.');
    await expect(page.getByTestId('caption-position')).toHaveText('2 of 8');
    await page.keyboard.press(',');
    await expect(page.getByTestId('caption-position')).toHaveText('1 of 8');
  });

  test('belong to the run as written, and say so on another seed', async ({ page }) => {
    await open(page, `${INVERSION}&seed=3&step=10`);
    await expect(page.getByTestId('caption')).toContainText('tell the run on seed 2012');
  });
});

test.describe('a challenge', () => {
  test('starts empty, is solved by a cut, and its solution is a link that is solved', async ({ page }) => {
    await page.goto('/scenarios');
    await page.getByRole('link', { name: /at most one fault: make a read go back in time/ }).click();
    await expect(page.locator('[data-phase="ready"]')).toBeVisible();
    await pane(page).getByRole('button', { name: 'Start here' }).click();
    const state = page.getByTestId('challenge');
    await expect(state).toHaveAttribute('data-solved', 'false');
    await expect(state).toContainText('Not yet');
    await pane(page).getByRole('button', { name: 'It cannot be done' }).click();
    await expect(state).toContainText('It can be done');
    const script = await page.evaluate(solution);
    await open(page, `${INVERSION}&variant=off&seed=2012&teach=challenge#z1.${script}`);
    await expect(state).toHaveAttribute('data-solved', 'true');
    await pane(page).getByRole('button', { name: 'Show the witness' }).click();
    await expect(page).toHaveURL(/verdict=linearizable/);
    await pane(page).getByRole('button', { name: 'Copy the solution' }).click();
    const link = await copied(page, /teach=challenge#/);
    await open(page, link);
    await expect(state).toHaveAttribute('data-solved', 'true');
  });

  test('that cannot be solved is solved by saying so', async ({ page }) => {
    await open(page, `${FRESHNESS}&teach=challenge`);
    await pane(page).getByRole('button', { name: 'It cannot be done' }).click();
    await expect(page.getByTestId('challenge')).toHaveAttribute('data-solved', 'true');
    await expect(pane(page)).toContainText('Two and two of three always share one');
  });
});

/** A packed fault script, made in the page as the lab packs it: one cut around the coordinator of write 8. */
async function solution(): Promise<string> {
  const sides = [
    ['a', 'r2'],
    ['r1', 'r3', 'r4', 'r5', 'b'],
  ];
  const action = { do: 'cut', sides, oneWay: false };
  const script = JSON.stringify([{ id: 'cut-1', action, when: { atUs: 495_000 }, forUs: 65_000 }]);
  const stream = new Blob([script]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

for (const [kind, link] of [
  ['a choice', INVERSION],
  ['an order', FEED],
  ['a number', FRESHNESS],
] as const) {
  test(`axe finds nothing where ${kind} is asked, answered and beside a challenge`, async ({ page }) => {
    test.slow();
    await open(page, link);
    await expect(commit(page)).toBeVisible();
    expect(await findingsInBothThemes(page), 'asked').toEqual([]);
    const first = pane(page).getByRole('radio').first();
    if ((await first.count()) > 0) await first.check();
    await commit(page).click();
    await expect(outcome(page)).toBeVisible();
    expect(await findingsInBothThemes(page), 'answered').toEqual([]);
    await page.getByRole('button', { name: 'Challenge', exact: true }).click();
    await expect(page.getByTestId('challenge')).toBeVisible();
    expect(await findingsInBothThemes(page), 'challenge').toEqual([]);
  });
}

test.describe('with a finger, on a phone', () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 } });

  test('the question stands under the stage, takes taps, and nothing is wider than the screen', async ({ page }) => {
    await open(page, INVERSION);
    const stage = (await page.getByRole('region', { name: 'Stage' }).boundingBox())!;
    const asked = (await pane(page).boundingBox())!;
    const transport = (await page.getByRole('region', { name: 'Transport' }).boundingBox())!;
    expect(asked.y).toBeGreaterThanOrEqual(stage.y + stage.height);
    expect(asked.y).toBeLessThan(transport.y);
    await pane(page)
      .getByText(/A later read can return an older/)
      .tap();
    await commit(page).tap();
    await expect(outcome(page)).toHaveAttribute('data-right', 'true');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    for (const button of await pane(page).getByRole('button').all())
      expect((await button.boundingBox())!.height).toBeGreaterThanOrEqual(43.5);
  });
});
