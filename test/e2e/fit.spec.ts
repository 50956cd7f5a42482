import { expect, test } from '@playwright/test';

/** Runs with long clocks, long titles, many switches and many words, by model. */
const RUNS = [
  ['multi-leader', 'scenario=cart-multiregion&variant=lww-wall&verdict=no-acked-add-lost'],
  ['replication', 'scenario=async-failover-orders&variant=async&verdict=no-lost-acknowledged-write'],
  ['consensus', 'scenario=raft-fsync-off&variant=off&verdict=election-safety'],
] as const;

for (const [model, query] of RUNS) {
  test.describe(`${model}?${query}`, () => {
    test('nothing is wider than a phone (390 px)', async ({ page }) => {
      await page.setViewportSize({ width: 390, height: 844 });
      await page.goto(`/lab/${model}?${query}`);
      await page.locator('[data-phase="ready"]').waitFor();
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(wide).toBeLessThanOrEqual(0);
    });

    test('the switches of the stage do not lie over its picture on a phone (390 px)', async ({ page }) => {
      await page.setViewportSize({ width: 390, height: 844 });
      await page.goto(`/lab/${model}?${query}`);
      await page.locator('[data-phase="ready"]').waitFor();
      const stage = page.getByRole('region', { name: 'Stage', exact: true });
      const switches = await stage.getByRole('button', { name: 'Nodes' }).boundingBox();
      const host = await stage.locator('[data-host]').first().boundingBox();
      const tops = await stage.locator('svg[aria-label^="Stage at"]').boundingBox();
      expect(host).not.toBeNull();
      expect(switches!.y + switches!.height).toBeLessThanOrEqual(tops!.y + 1);
    });

    test('the parts of the bar do not overlap (1024 px)', async ({ page }) => {
      await page.setViewportSize({ width: 1024, height: 768 });
      await page.goto(`/lab/${model}?${query}`);
      await page.locator('[data-phase="ready"]').waitFor();
      const seed = await page.getByRole('button', { name: 'Next seed' }).boundingBox();
      const evidence = await page.getByRole('link', { name: 'Evidence' }).boundingBox();
      expect(seed!.x + seed!.width).toBeLessThanOrEqual(evidence!.x);
    });
  });
}

test('a long prediction keeps its buttons in view (1440 × 900)', async ({ page }) => {
  await page.goto('/lab/consensus?scenario=raft-member-race');
  const pane = await page.getByTestId('teach').boundingBox();
  const button = await page.getByRole('button', { name: 'Commit and see' }).boundingBox();
  expect(button!.y + button!.height).toBeLessThanOrEqual(pane!.y + pane!.height);
});

test('a violation that steps prove is told with the step that completes it, which its press opens', async ({
  page,
}) => {
  await page.goto('/lab/consensus?scenario=raft-double-vote&variant=memory&step=1');
  const verdict = page.locator('[data-verdict="election-safety"]');
  await expect(verdict).toContainText(/violated, step \d+/);
  const told = /step ([\d,]*\d)/.exec((await verdict.textContent()) ?? '')?.[1];
  await verdict.click();
  await expect(page.getByTestId('step')).toContainText(`step ${told} of`);
});
