import { expect, type Locator, type Page, test } from '@playwright/test';
import { findings } from '../helpers/axe.ts';

/** Five replicas, calm at step 100. */
const LINK = '/lab/quorum?scenario=quorum-read-inversion&variant=off&step=100';

async function open(page: Page, link = LINK): Promise<void> {
  await page.goto(link);
  await expect(page.locator('[data-phase="ready"]')).toBeVisible();
}

const stage = (page: Page) => page.getByRole('group', { name: /^Stage at/ });
const host = (page: Page, id: string) => page.locator(`[data-host="${id}"]`);
const menu = (page: Page) => page.getByTestId('hand-menu');
const note = (page: Page) => page.getByTestId('hand-note');
const faults = (page: Page) => page.getByTestId('faults');
const branches = (page: Page) => page.getByTestId('branches').getByRole('listitem');
const status = (page: Page) => page.getByTestId('hand-status');

async function middle(locator: Locator): Promise<{ x: number; y: number }> {
  const box = (await locator.boundingBox())!;
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** A line beside two hosts, from above the stage's middle to below it: it parts r1, r2 and a from the others. */
async function stroke(page: Page): Promise<readonly [{ x: number; y: number }, { x: number; y: number }]> {
  const box = (await stage(page).boundingBox())!;
  const scale = Math.min(box.width / 400, box.height / 330);
  const at = (x: number, y: number) => ({
    x: box.x + box.width / 2 + (x - 200) * scale,
    y: box.y + box.height / 2 + (y - 165) * scale,
  });
  return [at(210, 20), at(130, 318)];
}

async function drawCut(page: Page): Promise<void> {
  const [from, to] = await stroke(page);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
  await page.mouse.move(to.x, to.y, { steps: 4 });
}

test.describe('a cut drawn by hand', () => {
  test('shows what it would part while it is drawn, then holds from this moment on, on a branch', async ({ page }) => {
    await open(page);
    await drawCut(page);
    await expect(page.getByTestId('stroke')).toContainText('r1 r2 a');
    await page.mouse.up();
    await expect(note(page)).toContainText('cut r1 r2 a | r3 r4 r5 b');
    await expect(faults(page)).toContainText('cut r1 r2 a | r3 r4 r5 b');
    await expect(branches(page)).toHaveCount(2);
    await expect(page.locator('[data-torn="2"]')).toBeVisible();
    await expect(status(page)).toContainText('on a branch');
    expect(await findings(page)).toEqual([]);
  });

  test('is made one way and given an end on the spot; one undo takes all of it back', async ({ page }) => {
    await open(page);
    await drawCut(page);
    await page.mouse.up();
    await note(page).getByLabel('only what r1 r2 a sends').check();
    await expect(page.getByTestId('stage-one-way')).toBeVisible();
    await expect(page.locator('[data-torn]')).toHaveCount(0);
    await note(page).getByRole('radio', { name: /^for/ }).check();
    await note(page).getByRole('textbox').fill('40');
    await note(page).getByRole('textbox').press('Enter');
    await expect(faults(page)).toContainText('278.2–318.2');
    await note(page).getByRole('button', { name: 'Done' }).click();
    await page.keyboard.press('Control+z');
    await expect(branches(page)).toHaveCount(0);
    await expect(page.locator('[data-fault="cut-1"]')).toHaveCount(0);
    await page.keyboard.press('Control+Shift+z');
    await expect(branches(page)).toHaveCount(2);
    await expect(faults(page)).toContainText('cut r1 r2 a > r3 r4 r5 b');
  });

  test('with shift goes one way; Escape gives the stroke up; a stroke across nothing does nothing', async ({
    page,
  }) => {
    await open(page);
    await drawCut(page);
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('stroke')).toHaveCount(0);
    await page.mouse.up();
    await expect(page.locator('[data-fault="cut-1"]')).toHaveCount(0);
    await page.keyboard.down('Shift');
    await drawCut(page);
    await page.mouse.up();
    await page.keyboard.up('Shift');
    await expect(faults(page)).toContainText(' > ');
  });
});

test.describe('the menu of a host', () => {
  test('opens with F, walks by arrows and letters, gives the focus back on Escape', async ({ page }) => {
    await open(page);
    await host(page, 'r3').focus();
    await page.keyboard.press('f');
    await expect(menu(page).getByRole('menuitem', { name: 'Crash', exact: true })).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect(menu(page).getByRole('menuitem', { name: /^Pause/ })).toBeFocused();
    await page.keyboard.press('End');
    await expect(menu(page).getByRole('menuitem', { name: 'Link to b' })).toBeFocused();
    await page.keyboard.press('i');
    await expect(menu(page).getByRole('menuitem', { name: 'Isolate' })).toBeFocused();
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(menu(page)).toHaveCount(0);
    await expect(host(page, 'r3')).toBeFocused();
    await page.keyboard.press('Shift+F10');
    await expect(menu(page)).toBeVisible();
  });

  test('crashes a host by keyboard alone, then offers to restart it', async ({ page }) => {
    await open(page);
    await host(page, 'r3').focus();
    await page.keyboard.press('f');
    await expect(menu(page).getByRole('menuitem', { name: 'Crash', exact: true })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(host(page, 'r3')).toHaveAccessibleName(/down/);
    await expect(note(page)).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(host(page, 'r3')).toBeFocused();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('f');
    await expect(menu(page).getByRole('menuitem', { name: 'Restart (crash-1)' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(host(page, 'r3')).not.toHaveAccessibleName(/down/);
    await expect(status(page)).toContainText('Ended');
    await expect(branches(page)).toHaveCount(3);
  });

  test('leads to the links of the host; a link also has its own menu under the right button', async ({ page }) => {
    await open(page);
    await host(page, 'r3').focus();
    await page.keyboard.press('f');
    await expect(menu(page).getByRole('menuitem').first()).toBeFocused();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowRight');
    await expect(menu(page)).toHaveAccessibleName('Faults of the link r3 – b');
    await page.keyboard.press('ArrowLeft');
    await expect(menu(page)).toHaveAccessibleName('Faults of r3');
    await page.keyboard.press('Escape');
    const [a, b] = [
      await middle(host(page, 'r1').locator('circle').first()),
      await middle(host(page, 'r3').locator('circle').first()),
    ];
    await page.mouse.click(a.x + (b.x - a.x) * 0.4, a.y + (b.y - a.y) * 0.4, { button: 'right' });
    await expect(menu(page)).toHaveAccessibleName(/Faults of the link/);
    await menu(page).getByRole('menuitem', { name: 'Cut', exact: true }).click();
    await expect(page.getByTestId('stage-bars')).toBeAttached();
    await expect(faults(page)).toContainText(/cut r\d \| r\d/);
  });
});

test.describe('touch', () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 } });

  /** Touches of a finger, as the browser gets them. */
  async function finger(page: Page) {
    const client = await page.context().newCDPSession(page);
    const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: { x: number; y: number }[]) =>
      client.send('Input.dispatchTouchEvent', { type, touchPoints: points });
    return {
      down: (at: { x: number; y: number }) => send('touchStart', [at]),
      move: (at: { x: number; y: number }) => send('touchMove', [at]),
      up: () => send('touchEnd', []),
    };
  }

  test('a long press on a host opens its menu, with targets of 44 px', async ({ page }) => {
    await open(page);
    await host(page, 'r3').scrollIntoViewIfNeeded();
    const touch = await finger(page);
    await touch.down(await middle(host(page, 'r3').locator('circle').first()));
    await expect(menu(page)).toHaveAccessibleName('Faults of r3');
    await touch.up();
    await expect(menu(page)).toBeVisible();
    const box = await menu(page).getByRole('menuitem', { name: 'Isolate' }).boundingBox();
    expect(box!.height).toBeGreaterThanOrEqual(44);
    await menu(page).getByRole('menuitem', { name: 'Isolate' }).tap();
    await expect(faults(page)).toContainText('cut r3 |');
  });

  test('a fault made with a finger leaves the page where it is, wherever the focus was', async ({ page }) => {
    await open(page);
    await page.getByRole('button', { name: 'Zoom in' }).tap();
    await page.evaluate(() => scrollTo(0, 0));
    const touch = await finger(page);
    await touch.down(await middle(host(page, 'r3').locator('circle').first()));
    await expect(menu(page)).toBeVisible();
    await touch.up();
    await menu(page).getByRole('menuitem', { name: 'Crash', exact: true }).tap();
    await expect(note(page)).toBeVisible();
    expect(await page.evaluate(() => scrollY)).toBe(0);
  });

  test('a finger that rests first draws a cut, and the page does not scroll', async ({ page }) => {
    await open(page);
    await stage(page).scrollIntoViewIfNeeded();
    const before = await page.evaluate(() => scrollY);
    const [from, to] = await stroke(page);
    const touch = await finger(page);
    await touch.down(from);
    await page.waitForTimeout(650);
    for (const part of [0.25, 0.5, 0.75, 1]) {
      await touch.move({ x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part });
    }
    await expect(page.getByTestId('stroke')).toBeVisible();
    await touch.up();
    await expect(faults(page)).toContainText('cut r1 r2 a | r3 r4 r5 b');
    expect(await page.evaluate(() => scrollY)).toBe(before);
  });
});

test.describe('the script', () => {
  test('as a timeline: edges move by keys and by dragging, the delete key takes a fault away', async ({ page }) => {
    await open(page);
    await page.getByRole('tab', { name: 'List' }).focus();
    await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('tab', { name: 'Timeline' })).toBeFocused();
    const edge = page.getByRole('slider', { name: 'crash-r2 ends' });
    await expect(edge).toHaveAttribute('aria-valuetext', '712.0 ms');
    await edge.focus();
    await page.keyboard.press('ArrowRight');
    await expect(edge).toHaveAttribute('aria-valuetext', '713.0 ms');
    await page.keyboard.press('Shift+ArrowLeft');
    await expect(edge).toHaveAttribute('aria-valuetext', '703.0 ms');
    await expect(edge).toBeFocused();
    const at = await middle(edge);
    await page.mouse.move(at.x, at.y);
    await page.mouse.down();
    await page.mouse.move(at.x + 30, at.y, { steps: 3 });
    await page.mouse.up();
    await expect(edge).not.toHaveAttribute('aria-valuetext', '703.0 ms');
    expect(Number(await edge.getAttribute('aria-valuenow'))).toBeGreaterThan(900);
    expect(await findings(page)).toEqual([]);
    await edge.focus();
    await page.keyboard.press('Delete');
    await expect(page.getByRole('slider', { name: 'crash-r2 ends' })).toHaveCount(0);
    await page.keyboard.press('Control+z');
    await expect(page.getByRole('slider', { name: 'crash-r2 ends' })).toHaveCount(1);
  });

  test('as text: a wrong name is shown at its line, nothing is lost, and a right one runs', async ({ page }) => {
    await open(page);
    await page.getByRole('tab', { name: 'Text' }).click();
    const text = page.getByTestId('fault-text');
    await expect(text).toHaveValue(/- id: crash-r2/);
    await text.fill('faults:\n  - do: pause\n    target: r9\n    at: 40 ms\n    for: 20 ms\n');
    await page.getByTestId('apply-text').click();
    await expect(page.getByRole('button', { name: 'line 3' })).toBeVisible();
    expect(await findings(page)).toEqual([]);
    await page.getByRole('tab', { name: 'List' }).click();
    await expect(faults(page)).toContainText('crash r2');
    await page.getByRole('tab', { name: 'Text' }).click();
    await expect(text).toHaveValue(/target: r9/);
    await text.fill((await text.inputValue()).replace('r9', 'r4'));
    await text.press('Control+Enter');
    await page.getByRole('tab', { name: 'List' }).click();
    await expect(faults(page).getByRole('listitem')).toHaveCount(1);
    await expect(faults(page)).toContainText('pause r4');
  });

  test('a fault that waits for a predicate stands where it happened', async ({ page }) => {
    await open(page);
    await page.getByRole('tab', { name: 'Text' }).click();
    await page.getByTestId('fault-text').fill('faults:\n  - { do: pause, target: nobody, at: 1 ms }\n');
    await page.getByTestId('apply-text').click();
    const allowed = await page.getByRole('alert').filter({ hasText: 'faults[0]' }).textContent();
    expect(allowed).toContain('r1, r2');
    await page
      .getByTestId('fault-text')
      .fill('faults:\n  - { do: pause, target: r1, when: no-such-thing, for: 20 ms }\n');
    await page.getByTestId('apply-text').click();
    const said = (await page.getByRole('alert').filter({ hasText: 'when' }).textContent()) ?? '';
    const predicate = /allowed: ([\w.-]+)/.exec(said)?.[1] ?? '';
    await page
      .getByTestId('fault-text')
      .fill(`faults:\n  - { do: pause, target: r1, when: ${predicate}, for: 20 ms }\n`);
    await page.getByTestId('apply-text').click();
    await page.getByRole('tab', { name: 'Timeline' }).click();
    const begins = page.getByRole('slider', { name: 'pause-1 begins' });
    const nowMs = Number(await begins.getAttribute('aria-valuenow'));
    await expect(page.getByTestId('fault-timeline')).toContainText(predicate);
    await begins.focus();
    await page.keyboard.press('ArrowRight');
    await expect(begins).toHaveAttribute('aria-valuenow', String(nowMs + 1));
  });
});

test('the text form of the stage says what is cut from what', async ({ page }) => {
  await open(page);
  await drawCut(page);
  await page.mouse.up();
  await note(page).getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: 'Stage as text' }).click();
  await expect(page.getByRole('region', { name: 'Stage as text' })).toContainText(
    'nothing passes between r1 r2 a and r3 r4 r5 b',
  );
});
