import { expect, type Page } from '@playwright/test';

/**
 * Waits until the clipboard holds a text that fits, and returns it. A copy ends some time after its button was pressed, and until then the text
 * of an earlier test may be there: pages of one browser share a clipboard.
 */
export async function copied(page: Page, text: string | RegExp): Promise<string> {
  const held = expect.poll(() => clipboardOf(page));
  await (typeof text === 'string' ? held.toBe(text) : held.toMatch(text));
  return clipboardOf(page);
}

/** What the clipboard holds now. */
export const clipboardOf = (page: Page) => page.evaluate(() => navigator.clipboard.readText());
