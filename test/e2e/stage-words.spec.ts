import { expect, test } from '@playwright/test';

/** Moments at which a host is down or a cut is open, with words that have little room. */
const MOMENTS = [
  'quorum?scenario=quorum-read-inversion&variant=off&step=180',
  'quorum?scenario=quorum-read-inversion&variant=off&step=195',
  'multi-leader?scenario=global-counter&variant=pn-counter&step=95',
  'multi-leader?scenario=global-counter&variant=pn-counter&step=130',
  'replication?scenario=async-failover-orders&variant=async&step=150',
  'consensus?scenario=raft-split-brain&variant=half&step=250',
] as const;

interface Place {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

for (const width of [390, 1440])
  test(`since when a host is down or a cut is open stands clear of all else on the stage (${width} px)`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 900 });
    let told = 0;
    for (const query of MOMENTS) {
      await page.goto(`/lab/${query}`);
      await page.locator('[data-phase="ready"]').waitFor();
      const { words, others } = await page.locator('svg[aria-label^="Stage at"]').evaluate((stage) => {
        const placeOf = (part: Element): Place => {
          const { left, right, top, bottom } = part.getBoundingClientRect();
          return { text: part.textContent || part.tagName, left, right, top, bottom };
        };
        const texts = [...stage.querySelectorAll('text')];
        const isTold = ({ textContent }: Element) => / since |^cut at /.test(textContent ?? '');
        const pressed = [...stage.closest('[role="region"], section')!.querySelectorAll('button, a')];
        return {
          words: texts.filter(isTold).map(placeOf),
          others: [
            ...texts.filter((text) => !isTold(text)),
            // Version chips and the squares of clients and votes.
            ...stage.querySelectorAll('g rect[height]:not([height="13"])'),
            ...pressed.filter((part) => part.getBoundingClientRect().width > 1),
          ].map(placeOf),
        };
      });
      told += words.length;
      for (const word of words)
        for (const other of [...others, ...words.filter((one) => one !== word)])
          expect(
            word.right <= other.left ||
              other.right <= word.left ||
              word.bottom <= other.top ||
              other.bottom <= word.top,
            `${query}: "${word.text}" and "${other.text}"`,
          ).toBe(true);
    }
    expect(told).toBeGreaterThanOrEqual(MOMENTS.length);
  });
