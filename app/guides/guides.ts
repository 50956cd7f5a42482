import type { Fact } from '../_prose/guide-layout.tsx';

/** What the index and the frame of a guide say about it. The guide itself is `content/guides/<slug>.mdx`. */
export interface GuideEntry {
  readonly slug: string;
  /** Of its rule, among the 31. */
  readonly number: number;
  readonly title: string;
  /** The rule in one sentence, as plain text. */
  readonly rule: string;
  readonly minutes: number;
  readonly facts: readonly Fact[];
}

/** The guides that are written, in the order of their rules. */
export const guides: readonly GuideEntry[] = [
  {
    slug: 'measure-quorum-tradeoffs',
    number: 16,
    title: 'Measure the consistency you buy',
    rule: 'Choose R and W from measured staleness and latency, not from a formula, and write down what the choice does not promise.',
    minutes: 20,
    facts: [
      { term: 'Model', value: 'quorum' },
      { term: 'Held to', value: '99.9 % fresh at 100 ms' },
      { term: 'Time', value: '20 min' },
    ],
  },
];

/** The guide of that slug. Throws when there is none: pages are generated from the list, so that would be our own mistake. */
export function guideBySlug(slug: string): GuideEntry {
  const guide = guides.find((candidate) => candidate.slug === slug);
  if (guide === undefined) throw new Error(`There is no guide "${slug}".`);
  return guide;
}
