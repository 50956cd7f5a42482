import type { CDPSession, Page } from '@playwright/test';
import { crowdLink, LONG_LINK } from './links.ts';
import type { Figures } from './pages.ts';
import type { Site } from './site.ts';

/** From the start, without the question that a bare scenario asks first. */
const RUN = '/lab/quorum?scenario=quorum-read-inversion&variant=off&step=0';
const PLAY_MS = 4000;
const LOOKS = 240;
/** The first ones, in code that the browser has not compiled yet. */
const FIRST_LOOKS = 10;

/** What the lab takes while somebody works in it, at 1440 × 900; each question on a page of its own. */
export async function labFigures(site: Site): Promise<Figures> {
  return {
    ...(await onPage(site, '/lab/quorum', async (_page, _session, openMs) => ({ 'lab.usableMs': openMs }))),
    ...(await onPage(site, RUN, (page, session) => playing(page, session, 'lab.playing'))),
    ...(await onPage(site, crowdLink(), (page, session) => playing(page, session, 'lab.crowd'))),
    ...(await onPage(site, RUN, whileSweeping)),
    ...(await onPage(site, LONG_LINK, onLongRun)),
  };
}

type Measure = (page: Page, session: CDPSession, openMs: number) => Promise<Figures>;

async function onPage(site: Site, path: string, measure: Measure): Promise<Figures> {
  const context = await site.browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    // The loader that runs this file names functions by a helper of its own, which a page does not have.
    await page.addInitScript('globalThis.__name = (named) => named');
    const session = await context.newCDPSession(page);
    await session.send('Performance.enable');
    const start = performance.now();
    await page.goto(site.url(path));
    await page.locator('[data-phase="ready"]').waitFor({ timeout: 60_000 });
    return await measure(page, session, performance.now() - start);
  } finally {
    await context.close();
  }
}

/** Frames while the lab plays: how long they take, and how much of each is our script. */
async function playing(page: Page, session: CDPSession, prefix: string): Promise<Figures> {
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  const before = await scriptMs(session);
  const frames = await framesOver(page, PLAY_MS);
  const spent = (await scriptMs(session)) - before;
  return {
    [`${prefix}.frameMs.p50`]: percentile(frames, 0.5),
    [`${prefix}.frameMs.p95`]: percentile(frames, 0.95),
    [`${prefix}.scriptMsPerFrame`]: spent / frames.length,
  };
}

/** The same while workers run seeds as fast as they can. */
async function whileSweeping(page: Page, session: CDPSession): Promise<Figures> {
  await page.getByRole('button', { name: 'How often' }).click();
  await page.getByLabel('Stop at the first violation').uncheck();
  await page.getByTestId('sweep-seeds').fill('10000');
  await page.getByTestId('sweep').click();
  return playing(page, session, 'lab.sweeping');
}

/**
 * Opens a run of 200,000 events and looks at moments all over it: from the reader's hand to pixels, without the wait for the screen. Panes of
 * text follow when the hand rests, and are not in it.
 */
async function onLongRun(page: Page, _session: CDPSession, openMs: number): Promise<Figures> {
  const opening = { 'lab.long.usableMs': openMs, 'lab.long.longestOpeningTaskMs': await longestTaskMs(page) };
  const [count, looks] = await page.getByRole('slider', { name: 'Step' }).evaluate(async (slider, places) => {
    const input = slider as HTMLInputElement;
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!;
    const spent: number[] = [];
    for (let turn = 0; turn < places; turn++) {
      // A step that is prime to the number of places visits them in no order.
      const value = Math.round((((turn * 91) % places) / places) * Number(input.max));
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const start = performance.now();
      set.call(input, String(value));
      input.dispatchEvent(new Event('input', { bubbles: true }));
      await Promise.resolve();
      document.body.getBoundingClientRect();
      spent.push(performance.now() - start);
    }
    return [Number(input.max), spent] as const;
  }, LOOKS);
  return {
    ...opening,
    'lab.long.steps': count,
    'lab.long.firstSeeksMs.max': Math.max(...looks.slice(0, FIRST_LOOKS)),
    'lab.long.seekMs.p50': percentile(looks, 0.5),
    'lab.long.seekMs.p95': percentile(looks, 0.95),
  };
}

/** The longest time for which the page has not answered since it was opened; 0 when that was never more than 50 ms. */
function longestTaskMs(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const longest = (entries: PerformanceEntryList) => Math.max(0, ...entries.map(({ duration }) => duration));
        new PerformanceObserver((list) => resolve(longest(list.getEntries()))).observe({
          type: 'longtask',
          buffered: true,
        });
        setTimeout(() => resolve(0), 500);
      }),
  );
}

async function scriptMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? Number.NaN) * 1000;
}

function framesOver(page: Page, spanMs: number): Promise<readonly number[]> {
  return page.evaluate(
    (span) =>
      new Promise<number[]>((resolve) => {
        const frames: number[] = [];
        const start = performance.now();
        let last = start;
        const frame = (now: number) => {
          frames.push(now - last);
          last = now;
          if (now - start < span) requestAnimationFrame(frame);
          else resolve(frames.slice(1));
        };
        requestAnimationFrame(frame);
      }),
    spanMs,
  );
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
