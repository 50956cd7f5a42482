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
    slug: 'explicit-eventual-consistency',
    number: 4,
    title: 'Make eventual consistency explicit',
    rule: 'Where copies take writes on their own, write down which of two concurrent writes survives, how long copies may differ, and what nobody can promise meanwhile.',
    minutes: 20,
    facts: [
      { term: 'Model', value: 'multi-leader' },
      { term: 'Held to', value: 'no acknowledged add lost' },
      { term: 'Time', value: '20 min' },
    ],
  },
  {
    slug: 'distributed-consensus',
    number: 11,
    title: 'Use consensus where nodes must agree',
    rule: 'Where several nodes must decide one thing, let a majority decide, keep what each node has promised on its disk, and let whoever acts on the decision check that it still holds.',
    minutes: 25,
    facts: [
      { term: 'Model', value: 'consensus' },
      { term: 'Held to', value: 'one leader in a term' },
      { term: 'Time', value: '25 min' },
    ],
  },
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
  {
    slug: 'compaction-bounds-growth',
    number: 18,
    title: 'Compact to bound growth',
    rule: 'A log grows with time, the state that it leads to does not. Replace what is superseded by a snapshot, and put everything into the snapshot that the log had decided.',
    minutes: 20,
    facts: [
      { term: 'Model', value: 'consensus' },
      { term: 'Held to', value: 'at most 64 entries' },
      { term: 'Time', value: '20 min' },
    ],
  },
  {
    slug: 'consensus-is-not-free',
    number: 20,
    title: "Don't treat consensus as free",
    rule: 'Every decision of a group costs a round trip to a majority and is not to be had without one. Pay it for what must be agreed on, and for nothing else.',
    minutes: 20,
    facts: [
      { term: 'Models', value: 'consensus, multi-leader' },
      { term: 'Held to', value: 'half within 40 ms' },
      { term: 'Time', value: '20 min' },
    ],
  },
  {
    slug: 'explicit-consistency-contract',
    number: 22,
    title: "Don't assume a consistency guarantee",
    rule: 'For each operation write down what it promises, to whom, and what happens when it cannot be kept. What is not written down is not promised.',
    minutes: 20,
    facts: [
      { term: 'Model', value: 'replication' },
      { term: 'Held to', value: 'the contract is kept' },
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
