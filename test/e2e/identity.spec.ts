import { existsSync, readFileSync } from 'node:fs';
import { expect, firefox as playwrightFirefox, test } from '@playwright/test';
import puppeteer from 'puppeteer-core';
import { findingsInBothThemes } from '../helpers/axe.ts';

const recorded = JSON.parse(readFileSync('test/golden/digests.json', 'utf8')) as { digests: Record<string, string> };
const FIREFOX = [process.env.FIREFOX_PATH, '/usr/bin/firefox-esr', '/usr/bin/firefox'].find(
  (path) => path !== undefined && existsSync(path),
);

test('chromium: every pinned run has the digest that Node recorded, computed in a worker', async ({ page }) => {
  await page.goto('/identity');
  await page.getByRole('button', { name: 'Check on this machine' }).click();
  await expect(page.getByRole('status')).toContainText('digests are equal', { timeout: 60_000 });
  const digests = await page.$$eval('tr[data-run]', (rows) =>
    rows.map((row) => [row.getAttribute('data-run'), row.getAttribute('data-digest')]),
  );
  expect(Object.fromEntries(digests)).toEqual(recorded.digests);
});

test('firefox: every pinned run has the digest that Node recorded, computed in a worker', async ({ baseURL }) => {
  test.setTimeout(180_000);
  if (FIREFOX === undefined) {
    const browser = await playwrightFirefox.launch();
    const page = await browser.newPage();
    await page.goto(`${baseURL}/identity`);
    await page.getByRole('button', { name: 'Check on this machine' }).click();
    await expect(page.getByRole('status')).toContainText('digests are equal', { timeout: 120_000 });
    await browser.close();
    return;
  }
  const browser = await puppeteer.launch({ browser: 'firefox', executablePath: FIREFOX, headless: true });
  try {
    const page = await browser.newPage();
    await page.goto(`${baseURL}/identity`, { waitUntil: 'load' });
    await page.waitForFunction(() => document.querySelector('main button')?.matches(':enabled'));
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await page.click('main button');
    await page.waitForFunction(() => document.querySelector('[role="status"]')?.textContent?.includes('digests'), {
      timeout: 150_000,
    });
    const digests = await page.$$eval('tr[data-run]', (rows) =>
      rows.map((row) => [row.getAttribute('data-run'), row.getAttribute('data-digest')]),
    );
    expect(Object.fromEntries(digests)).toEqual(recorded.digests);
  } finally {
    await browser.close();
  }
});

test('axe finds nothing on the identity page', async ({ page }) => {
  await page.goto('/identity');
  expect(await findingsInBothThemes(page)).toEqual([]);
});
