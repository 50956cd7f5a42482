import lighthouse, { desktopConfig, type Flags } from 'lighthouse';
import type { Site } from './site.ts';

/** Named figures, as `faultline bench` has them. */
export type Figures = Readonly<Record<string, number>>;

/** The pages that are measured, by the name under which their figures stand. */
export const pages = {
  home: '/',
  guide: '/guides/measure-quorum-tradeoffs',
  scenario: '/scenarios/quorum-read-inversion',
  lab: '/lab/quorum',
  embed: '/embed/quorum?scenario=quorum-read-inversion',
} as const;

export type PageName = keyof typeof pages;

/**
 * What Lighthouse looks at a page on. `phone` is its default: the page loads at full speed, and what a slow phone would make of it is reckoned from that, with everything that
 * came before a paint counted as awaited. `slowedPhone` loads it over the slow network, on the slow processor.
 */
const forms = {
  desktop: { flags: {}, config: desktopConfig },
  phone: { flags: {}, config: undefined },
  slowedPhone: { flags: { throttlingMethod: 'devtools', onlyCategories: ['performance'] }, config: undefined },
} as const satisfies Record<string, { flags: Flags; config: typeof desktopConfig | undefined }>;

type Form = keyof typeof forms;

/** The forms in which a page is measured: on a slowed phone, which takes a while, the one that is held to a paint. */
export function formsOf(name: PageName): readonly Form[] {
  return name === 'guide' ? ['desktop', 'phone', 'slowedPhone'] : ['desktop', 'phone'];
}

/** Scores from 0 to 100 and the largest contentful paint, as Lighthouse measures them; of several runs the median by performance. */
export async function lighthouseFigures(site: Site, name: PageName, form: Form, count: number): Promise<Figures> {
  const { flags, config } = forms[form];
  const all: Flags = { port: site.debugPort, output: 'json', logLevel: 'error', ...flags };
  const runs = [];
  for (let turn = 0; turn < count; turn++) {
    const result = await lighthouse(site.url(pages[name]), all, config);
    if (result === undefined) throw new Error(`Lighthouse gave no result for ${pages[name]}.`);
    runs.push(result.lhr);
  }
  runs.sort((a, b) => (a.categories.performance?.score ?? 0) - (b.categories.performance?.score ?? 0));
  const { categories, audits } = runs[runs.length >> 1]!;
  const prefix = `${name}.${form}`;
  const scores = Object.entries(categories).map(([id, { score }]) => [
    `${prefix}.${id}`,
    Math.round((score ?? 0) * 100),
  ]);
  return {
    ...Object.fromEntries(scores),
    [`${prefix}.largestContentfulPaintMs`]: audits['largest-contentful-paint']?.numericValue ?? Number.NaN,
    [`${prefix}.cumulativeLayoutShift`]: audits['cumulative-layout-shift']?.numericValue ?? Number.NaN,
  };
}

/** Kilobytes of script that a page loads before the reader does anything, as they travel. */
export async function scriptFigures(site: Site, name: PageName): Promise<Figures> {
  const context = await site.browser.newContext();
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    const scripts = new Set<string>();
    let bytes = 0;
    session.on('Network.responseReceived', ({ requestId, type, response }) => {
      if (type === 'Script' || response.mimeType.includes('javascript')) scripts.add(requestId);
    });
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      if (scripts.has(requestId)) bytes += encodedDataLength;
    });
    await page.goto(site.url(pages[name]), { waitUntil: 'networkidle' });
    return { [`${name}.scriptKilobytes`]: bytes / 1024 };
  } finally {
    await context.close();
  }
}
