import { expect, type Locator, test } from '@playwright/test';

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

test('nothing moves on a phone while a question comes above the transport (390 px)', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.addInitScript(() => {
    const shifts = { total: 0 };
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.total += (entry as PerformanceEntry & { value: number }).value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto('/lab/consensus?scenario=raft-member-race');
  await page.getByRole('button', { name: 'Commit and see' }).waitFor();
  await expect(page.getByRole('region', { name: 'Transport' })).toBeVisible();
  await page.waitForTimeout(500);
  const total = await page.evaluate(() => (window as unknown as { shifts: { total: number } }).shifts.total);
  expect(total).toBeLessThan(0.01);
});

for (const width of [390, 1024])
  test(`no button of the transport moves while a reader steps (${width} px)`, async ({ page }) => {
    await page.setViewportSize({ width, height: 844 });
    await page.goto('/lab/consensus?scenario=paxos-gaps&variant=ignored&step=120');
    await page.locator('[data-phase="ready"]').waitFor();
    const forward = page.getByRole('button', { name: 'Step forward' });
    const below = page.getByRole('region', { name: 'Space-time', exact: true });
    const top = (part: Locator) => part.evaluate((box) => box.getBoundingClientRect().top + scrollY);
    const tops = async () => [await top(forward), await top(below)];
    const before = await tops();
    for (let step = 0; step < 10; step++) {
      await forward.click();
      expect(await tops()).toEqual(before);
    }
  });

/** Two with long names of knobs. */
const LONG = [
  ['consensus', 'scenario=raft-compaction&variant=never&verdict=log-bounded'],
  ['consensus', 'scenario=raft-member-race&variant=at-once&verdict=leader-completeness'],
] as const;

test('the setting of each variant and the claim are read in full in the bar (1440 px)', async ({ page }) => {
  for (const [model, query] of [...RUNS, ...LONG]) {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(`/lab/${model}?${query}`);
    await page.locator('[data-phase="ready"]').waitFor();
    const cut = await page.locator('header').evaluate((bar) =>
      [...bar.querySelectorAll('label span, button span')]
        .filter((part) => getComputedStyle(part).overflow === 'hidden' && part.scrollWidth > part.clientWidth)
        .filter((part) => part.clientWidth > 1)
        .map((part) => part.textContent),
    );
    expect(cut, query).toEqual([]);
  }
});

test('whatever takes a press in the strip of the whole run and in the witness is 24 px wide and high', async ({
  page,
}) => {
  await page.goto('/lab/multi-leader?scenario=global-counter&variant=pn-counter&verdict=limit-never-exceeded');
  const handle = page.getByRole('slider', { name: 'Window of the space-time diagram' });
  const box = (await handle.boundingBox())!;
  expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(24);
  await page.goto('/lab/quorum?scenario=quorum-read-inversion&variant=off&verdict=linearizable');
  for (const row of await page.getByRole('button', { name: /^Show (read|write) \d+ of/ }).all()) {
    expect((await row.boundingBox())!.height).toBeGreaterThanOrEqual(24);
  }
});

/** The titles that need the most room in the bar, and the variants that leave the least. */
const TITLES = [
  ['replication', 'scenario=profile-stale-read&variant=unspecified'],
  ['replication', 'scenario=async-failover-orders&variant=async'],
  ['consensus', 'scenario=raft-figure-8&variant=any'],
  ['consensus', 'scenario=raft-snapshot-sessions&variant=keys'],
  ['consensus', 'scenario=global-counter-raft&variant=three'],
  ['quorum', 'scenario=feed-quorum-staleness&variant=guess'],
] as const;

for (const width of [1190, 1260, 1340, 1400, 1440])
  test(`a long title is read in full in the bar, and nothing else of the bar is cut for it (${width} px)`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 800 });
    for (const [model, query] of TITLES) {
      await page.goto(`/lab/${model}?${query}&step=5`);
      await page.locator('[data-phase="ready"]').waitFor();
      const bar = page.locator('header').first();
      const cut = await bar.evaluate((head) =>
        [...head.querySelectorAll('h1, label span, button span')]
          .filter((part) => getComputedStyle(part).overflow === 'hidden' && part.clientWidth > 1)
          .filter((part) => part.scrollWidth > part.clientWidth || part.scrollHeight > part.clientHeight + 2)
          .map((part) => part.textContent),
      );
      expect(cut, query).toEqual([]);
      const title = (await bar.getByRole('heading', { level: 1 }).boundingBox())!;
      const frame = (await bar.boundingBox())!;
      expect(title.y, query).toBeGreaterThanOrEqual(frame.y);
      expect(title.y + title.height, query).toBeLessThanOrEqual(frame.y + frame.height);
    }
  });

/** The longest names of scenarios too. */
const NAMES = [
  ...TITLES,
  ['consensus', 'scenario=raft-snapshot-sessions&variant=sessions'],
  ['consensus', 'scenario=paxos-forgotten-promise&variant=memory'],
] as const;

for (const width of [1190, 1200, 1260, 1300, 1440, 1600])
  test(`the parts of the bar stand at least 6 px apart (${width} px)`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    for (const [model, query] of NAMES) {
      await page.goto(`/lab/${model}?${query}&step=5`);
      await page.locator('[data-phase="ready"]').waitFor();
      // What is seen of each part: its words, its signs, and the edges of what is pressed.
      const seen = await page.locator('header').evaluate((bar) =>
        [...bar.children].map((part) => {
          const words = document.createRange();
          const boxes = [...part.querySelectorAll('svg, input:not([type="radio"]), label, button, a')]
            .filter((one) => one.localName !== 'button' || getComputedStyle(one).borderLeftWidth !== '0px')
            .map((one) => one.getBoundingClientRect());
          const walk = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
          while (walk.nextNode()) {
            if (walk.currentNode.parentElement!.closest('select') !== null) continue;
            words.selectNodeContents(walk.currentNode);
            boxes.push(...words.getClientRects());
          }
          const drawn = boxes.filter((box) => box.width > 1 && box.height > 1);
          return [Math.min(...drawn.map(({ left }) => left)), Math.max(...drawn.map(({ right }) => right))];
        }),
      );
      for (const [at, [left]] of seen.entries())
        if (at > 0) expect(left! - seen[at - 1]![1]!, `${query}: part ${at}`).toBeGreaterThanOrEqual(6);
    }
  });

test('the longest sentence of a run is read in full above the row of steps, inside its pane (1440 px)', async ({
  page,
}) => {
  await page.goto('/lab/consensus?scenario=paxos-gaps&variant=ignored&step=127');
  await page.locator('[data-phase="ready"]').waitFor();
  const sentence = page.getByTestId('step').locator('xpath=..');
  await expect(sentence).toContainText('Entry 2 is committed and applied on r2.');
  expect(await sentence.evaluate((line) => line.scrollHeight - line.clientHeight)).toBeLessThanOrEqual(0);
  const pane = (await page.getByRole('region', { name: 'Transport' }).boundingBox())!;
  const words = (await sentence.boundingBox())!;
  const steps = (await page.getByRole('slider', { name: 'Step' }).boundingBox())!;
  expect(words.y).toBeGreaterThanOrEqual(pane.y);
  expect(words.y + words.height).toBeLessThanOrEqual(steps.y + 4);
  expect(steps.y + steps.height).toBeLessThanOrEqual(pane.y + pane.height);
});

for (const width of [1240, 1440])
  test(`every value of a knob is as wide as its control (${width} px)`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    for (const query of [
      'multi-leader?scenario=cart-multiregion&variant=lww-wall',
      'replication',
      'consensus',
      'quorum',
    ]) {
      await page.goto(`/lab/${query}${query.includes('?') ? '&' : '?'}step=5`);
      await page.locator('[data-phase="ready"]').waitFor();
      const cut = await page.locator('[data-knob] select').evaluateAll((selects) =>
        selects
          .filter((select) => {
            const shown = select.clientWidth;
            (select as HTMLElement).style.maxWidth = 'none';
            (select as HTMLElement).style.alignSelf = 'start';
            return (select as HTMLElement).clientWidth > shown;
          })
          .map((select) => select.closest('[data-knob]')!.getAttribute('data-knob')),
      );
      expect(cut, query).toEqual([]);
    }
  });
