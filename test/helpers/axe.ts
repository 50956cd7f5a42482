import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

type Scheme = 'light' | 'dark';

interface Where {
  /** Only what this selector finds. Default: the whole page. */
  readonly within?: string;
}

/** What axe finds wrong, as rule and markup of each place. */
export async function findings(page: Page, { within }: Where = {}): Promise<readonly string[]> {
  return said(page, within);
}

/**
 * What axe finds wrong in both themes, one load for the two: every rule in the light one, contrast in the dark one, since a theme changes
 * nothing but colors. The page is left dark.
 */
export async function findingsInBothThemes(page: Page, { within }: Where = {}): Promise<readonly string[]> {
  const found: string[] = [];
  for (const scheme of ['light', 'dark'] as const) {
    await show(page, scheme);
    const rules = scheme === 'light' ? undefined : ['color-contrast'];
    found.push(...(await said(page, within, rules)).map((line) => `${scheme}: ${line}`));
  }
  return found;
}

/**
 * For pages that are looked at in two widths: what axe finds by all its rules, in the light theme where the window is wide and in the dark one on a phone. A
 * theme changes nothing but colors and a width nothing but places, so both are seen, each once. The page is left in that theme.
 */
export async function findingsAtThisWidth(page: Page, { within }: Where = {}): Promise<readonly string[]> {
  const scheme = (page.viewportSize()?.width ?? 0) < 600 ? 'dark' : 'light';
  await show(page, scheme);
  return (await said(page, within)).map((line) => `${scheme}: ${line}`);
}

/** Changes the theme without the transitions that would give axe colors in between. */
async function show(page: Page, scheme: Scheme): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
}

/** Legacy mode checks the page where it stands. The other one opens a second page for the sake of frames of other origins, of which we have none. */
async function said(page: Page, within?: string, rules?: string[]): Promise<readonly string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({
    resultTypes: ['violations'],
    // Sheets of other origins and media that play by themselves: there are none.
    preload: false,
    ...(rules !== undefined && { runOnly: { type: 'rule', values: rules } }),
  });
  const { violations } = await (within === undefined ? axe : axe.include(within)).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}
