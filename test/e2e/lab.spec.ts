import { expect, type Locator, type Page, test } from '@playwright/test';
import { findings, findingsInBothThemes } from '../helpers/axe.ts';
import { copied } from '../helpers/clipboard.ts';

/** The scenario that the tests read: five replicas, one cut, one violation on its pinned seed. */
const SCENARIO = '/lab/quorum?scenario=quorum-read-inversion';

async function open(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await expect(page.locator('[data-phase="ready"]')).toBeVisible();
}

const textOf = async (locator: Locator) => (await locator.textContent()) ?? '';
const digestOf = (page: Page) => textOf(page.getByTestId('digest'));
const timeOf = (page: Page) => textOf(page.getByTestId('time'));
/** What the transport says of the step in view, without its number. */
const sentenceOf = async (page: Page) =>
  (await textOf(page.getByRole('region', { name: 'Transport' }).locator('p').first())).split(':').slice(1).join(':');
const stepOf = async (page: Page) =>
  Number(/step ([\d,]+) of/.exec(await textOf(page.getByTestId('step')))?.[1]?.replace(',', ''));
const verdictOf = (page: Page, id: string) => page.locator(`[data-verdict="${id}"]`);

/** Waits until the address says the same as the page. */
async function settled(page: Page): Promise<string> {
  const step = await stepOf(page);
  await expect(page).toHaveURL(new RegExp(`[?&]step=${step}(&|#|$)`));
  return page.url();
}

test.describe('a link', () => {
  test('opens the run, its verdict and the moment that it names', async ({ page }) => {
    await open(page, `${SCENARIO}&variant=off&step=176&verdict=linearizable`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Quorum reads that go backwards');
    expect(await digestOf(page)).toMatch(/^[0-9a-f]{16}$/);
    expect(await stepOf(page)).toBe(176);
    await expect(verdictOf(page, 'linearizable')).toHaveAttribute('data-status', 'violated');
    await expect(page.getByTestId('claim')).toContainText('after');
  });

  test('without a query opens the first scenario, paused', async ({ page }) => {
    await open(page, '/lab/quorum');
    await expect(page).toHaveURL(/scenario=/);
    const time = await timeOf(page);
    await page.waitForTimeout(400);
    expect(await timeOf(page)).toBe(time);
  });

  test('opened in a fresh context gives the same digest and the same view, edited faults included', async ({
    page,
    browser,
  }) => {
    await open(page, `${SCENARIO}&variant=off&step=170`);
    await page.getByRole('button', { name: /^Fork the run/ }).click();
    await page.getByTestId('fork-pause').click();
    await page.keyboard.press('ArrowRight');
    const link = await settled(page);
    expect(link).toContain('#z1.');
    const [digest, time] = [await digestOf(page), await timeOf(page)];
    const fresh = await (await browser.newContext()).newPage();
    await open(fresh, link);
    expect(await digestOf(fresh)).toBe(digest);
    expect(await timeOf(fresh)).toBe(time);
    expect(await stepOf(fresh)).toBe(await stepOf(page));
    expect(fresh.url()).toBe(link);
    await fresh.context().close();
  });

  test('that is wrong names each problem and two ways on', async ({ page }) => {
    await page.goto('/lab/quorum?scenario=quorum-read-inversion&set.readQuorum=99&set.readRepiar=off');
    const problem = page.locator('[data-problem="knobs.readQuorum"]');
    await expect(problem).toContainText('99');
    await expect(problem).toContainText('from 1 to 7');
    await expect(page.locator('[data-problem="knobs.readRepiar"]')).toContainText('Did you mean readRepair?');
    await page.getByRole('button', { name: 'Open the scenario as it is' }).click();
    await expect(page.locator('[data-phase="ready"]')).toBeVisible();
    // As it is, it asks before it tells.
    await page.getByRole('button', { name: 'Skip' }).click();
    await expect(verdictOf(page, 'linearizable')).toHaveAttribute('data-status', 'violated');
  });

  test('with a damaged fault script is refused, and the defaults open instead', async ({ page }) => {
    await page.goto('/lab/quorum?seed=3#z1.AAAA');
    await expect(page.locator('[data-phase="refused"]')).toBeVisible();
    await page.getByRole('button', { name: /^Open the defaults/ }).click();
    await expect(page.locator('[data-phase="ready"]')).toBeVisible();
    await expect(page).not.toHaveURL(/#z1/);
  });
});

test.describe('the transport', () => {
  test('plays and pauses by button and by space', async ({ page }) => {
    await open(page, `${SCENARIO}&step=100`);
    const before = await timeOf(page);
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await expect(page.getByTestId('time')).not.toHaveText(before);
    await page.getByRole('button', { name: 'Pause' }).click();
    const paused = await timeOf(page);
    await page.waitForTimeout(300);
    expect(await timeOf(page)).toBe(paused);
    await page.locator('main').focus();
    await page.keyboard.press('Space');
    await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
    await page.keyboard.press('Space');
    await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  });

  test('steps both ways by button and key', async ({ page }) => {
    await open(page, `${SCENARIO}&step=100`);
    await page.getByRole('button', { name: 'Step forward' }).click();
    expect(await stepOf(page)).toBe(101);
    await page.getByRole('button', { name: 'Step back' }).click();
    await page.getByRole('button', { name: 'Step back' }).click();
    expect(await stepOf(page)).toBe(99);
    await page.locator('main').focus();
    await page.keyboard.press('Shift+ArrowRight');
    expect(await stepOf(page)).toBe(109);
    await page.keyboard.press('ArrowLeft');
    expect(await stepOf(page)).toBe(108);
    await page.keyboard.press('Home');
    expect(await stepOf(page)).toBe(0);
    await page.keyboard.press('End');
    await expect(page.getByTestId('step')).toHaveText(/step ([\d,]+) of \1:/);
  });

  test('scrubs by pointer, and the slider speaks the step', async ({ page }) => {
    await open(page, `${SCENARIO}&step=0`);
    const slider = page.getByRole('slider', { name: 'Step', exact: true });
    const box = (await slider.boundingBox())!;
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    const step = await stepOf(page);
    expect(step).toBeGreaterThan(100);
    await expect(slider).toHaveAttribute('aria-valuetext', new RegExp(`^step ${step} of \\d+: .+`));
    await slider.focus();
    await page.keyboard.press('ArrowRight');
    expect(await stepOf(page)).toBe(step + 1);
  });

  test('announces a step only when paused', async ({ page }) => {
    await open(page, `${SCENARIO}&step=100`);
    await page.getByRole('button', { name: 'Step forward' }).click();
    await expect(page.getByTestId('live')).toHaveText(/^step 101 of/);
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await page.waitForTimeout(700);
    await expect(page.getByTestId('live')).toHaveText(/^step 101 of/);
  });

  test('with reduced motion jumps from step to step', async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await open(page, `${SCENARIO}&step=100`);
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await expect.poll(() => stepOf(page)).toBeGreaterThanOrEqual(102);
    expect(await stepOf(page)).toBeLessThan(106);
  });
});

test.describe('faults by hand', () => {
  test('without its cut the run is linearizable; a cut drawn in the editor breaks it again; undo takes it back', async ({
    page,
  }) => {
    await open(page, `${SCENARIO}&variant=off&step=176`);
    const linearizable = verdictOf(page, 'linearizable');
    await page.getByRole('button', { name: /^Remove cut:/ }).click();
    await expect(linearizable).toHaveAttribute('data-status', 'ok');
    await page.getByRole('button', { name: /^Fork the run/ }).click();
    await page.getByTestId('fork-other').click();
    const editor = page.getByRole('dialog');
    for (const host of ['a', 'r1', 'r2'])
      await editor.locator('[data-side="1"]').getByLabel(host, { exact: true }).check();
    for (const host of ['b', 'r3', 'r4', 'r5'])
      await editor.locator('[data-side="2"]').getByLabel(host, { exact: true }).check();
    await editor.getByLabel('At', { exact: true }).fill('632');
    await editor.getByLabel('For', { exact: true }).fill('136');
    await editor.getByTestId('save-fault').click();
    await expect(linearizable).toHaveAttribute('data-status', 'violated');
    await expect(page.getByTestId('faults')).toContainText('cut r1 r2 a | r3 r4 r5 b');
    await page.getByTestId('faults-undo').click();
    await expect(linearizable).toHaveAttribute('data-status', 'ok');
    await page.getByTestId('faults-redo').click();
    await expect(linearizable).toHaveAttribute('data-status', 'violated');
    await page.getByTestId('faults-reset').click();
    await expect(page.getByTestId('faults')).toContainText('cut a r1 r2 | r3 r4 r5 b');
  });

  test('a fork keeps the step in view and every step before it', async ({ page }) => {
    await open(page, `${SCENARIO}&variant=off&step=170`);
    const [digest, sentence] = [await digestOf(page), await sentenceOf(page)];
    await page.getByRole('button', { name: /^Fork the run/ }).click();
    await page.getByTestId('fork-crash').click();
    await expect(page.getByTestId('digest')).not.toHaveText(digest);
    expect(await stepOf(page)).toBe(170);
    expect(await sentenceOf(page)).toBe(sentence);
    await page.getByRole('button', { name: 'Step forward' }).click();
    expect(await sentenceOf(page)).toContain('crash r5 began');
  });

  test('the editor says what is wrong and runs nothing', async ({ page }) => {
    await open(page, `${SCENARIO}&step=100`);
    const digest = await digestOf(page);
    await page.getByRole('button', { name: /^Fork the run/ }).click();
    await page.getByTestId('fork-other').click();
    await page.getByRole('dialog').getByLabel('For', { exact: true }).fill('soon');
    await page.getByTestId('save-fault').click();
    await expect(page.getByRole('dialog').getByRole('alert')).toContainText('"soon"');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    expect(await digestOf(page)).toBe(digest);
  });
});

test.describe('the controls', () => {
  test('the fix changes the verdict on the same seed', async ({ page }) => {
    await open(page, `${SCENARIO}&variant=off`);
    await expect(page.getByTestId('overall')).toHaveAttribute('data-status', 'violated');
    await page.getByRole('radio', { name: /^Blocking write-back/ }).check();
    await expect(page.getByTestId('overall')).toHaveAttribute('data-status', 'ok');
    await expect(page).toHaveURL(/variant=blocking/);
  });

  test('a knob changes the run; an impossible value says why and keeps the last good run; reset brings it back', async ({
    page,
  }) => {
    await open(page, SCENARIO);
    const digest = await digestOf(page);
    const field = page.locator('[data-knob="readQuorum"]').getByRole('textbox');
    await field.fill('2');
    await field.press('Enter');
    await expect(page.getByTestId('digest')).not.toHaveText(digest);
    const turned = await digestOf(page);
    await expect(page).toHaveURL(/set\.readQuorum=2/);
    await field.fill('6');
    await field.press('Enter');
    await expect(page.locator('[data-knob="readQuorum"]').getByRole('alert')).toBeVisible();
    expect(await digestOf(page)).toBe(turned);
    await page.getByRole('button', { name: 'reset' }).first().click();
    await expect(page.getByTestId('digest')).toHaveText(digest);
  });

  test('a seed can be typed and counted on', async ({ page }) => {
    await open(page, SCENARIO);
    await page.getByTestId('seed').fill('17');
    await page.getByTestId('seed').press('Enter');
    await expect(page).toHaveURL(/seed=17/);
    await page.getByRole('button', { name: 'Next seed' }).click();
    await expect(page.getByTestId('seed')).toHaveValue('18');
  });

  test('a check opens its witness and the bracket keys find it', async ({ page }) => {
    await open(page, `${SCENARIO}&step=0`);
    await verdictOf(page, 'linearizable').click();
    const step = await stepOf(page);
    expect(step).toBeGreaterThan(100);
    await page.locator('main').focus();
    await page.keyboard.press('Home');
    await page.keyboard.press(']');
    expect(await stepOf(page)).toBe(step);
  });

  test('the shortcut sheet opens with ? and closes with Escape', async ({ page }) => {
    await open(page, SCENARIO);
    await page.locator('main').focus();
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog', { name: 'Keys' })).toHaveCount(0);
  });

  test('sharing puts the whole link on the clipboard', async ({ page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await open(page, `${SCENARIO}&step=120`);
    await page.getByTestId('share').click();
    await expect(page.getByTestId('share')).toContainText('Link copied');
    const link = await copied(page, /step=120/);
    expect(link).toContain('/lab/quorum?scenario=quorum-read-inversion');
  });
});

test.describe('every size and theme', () => {
  test('axe finds nothing at 1440 px', async ({ page }) => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await open(page, `${SCENARIO}&step=176`);
    expect(await findingsInBothThemes(page)).toEqual([]);
  });

  test('axe finds nothing in the text forms', async ({ page }) => {
    await open(page, `${SCENARIO}&step=176`);
    await page.getByRole('button', { name: 'Stage as text' }).click();
    await page.getByRole('button', { name: 'Space-time diagram as text' }).click();
    await expect(page.getByRole('region', { name: 'Stage as text' })).toContainText('r1');
    await expect(page.getByRole('region', { name: 'Space-time diagram as text' }).locator('li')).not.toHaveCount(0);
    expect(await findings(page)).toEqual([]);
  });

  test('axe finds nothing in the fault editor', async ({ page }) => {
    await open(page, `${SCENARIO}&step=176`);
    await page.getByRole('button', { name: /^Fork the run/ }).click();
    await page.getByTestId('fork-other').click();
    await expect(page.getByRole('dialog')).toBeVisible();
    expect(await findings(page)).toEqual([]);
  });

  test('axe finds nothing on a bad link', async ({ page }) => {
    await page.goto('/lab/quorum?seed=x');
    await expect(page.locator('[data-phase="refused"]')).toBeVisible();
    expect(await findings(page)).toEqual([]);
  });

  test('at 390 px the panes stack and nothing is wider than the screen', async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await open(page, `${SCENARIO}&step=176`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    const tops = await page.evaluate(() =>
      ['stage-head', 'spacetime-head', 'verdict-head', 'inspector-head'].map(
        (id) => document.getElementById(id)!.getBoundingClientRect().top,
      ),
    );
    expect(tops).toEqual(tops.toSorted((a, b) => a - b));
    expect(await findings(page)).toEqual([]);
  });
});

test('at 390 px no two words of faults overlap on the row of steps, and all of them are in its description', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/lab/quorum?scenario=quorum-read-inversion&variant=off&step=0');
  await expect(page.locator('[data-phase="ready"]')).toBeVisible();
  const scrubber = page.locator('[data-scrubber]');
  const words = scrubber.locator('[data-word]');
  await expect(words.first()).toBeVisible();
  const boxes = await words.evaluateAll((all) =>
    all.map((word) => word.getBoundingClientRect()).map(({ left, right }) => [left, right] as const),
  );
  boxes.sort(([a], [b]) => a - b);
  for (const [at, [left]] of boxes.slice(1).entries()) expect(left).toBeGreaterThanOrEqual(boxes[at]![1]);
  await expect(scrubber.getByRole('slider')).toHaveAccessibleDescription(/^Faults: \w+ at /);
});
