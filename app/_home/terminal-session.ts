/** A command and what it prints, word for word: test/unit/static/terminal-session.test.ts runs each and compares. */
export interface Command {
  readonly command: string;
  readonly output: readonly string[];
}

/** What the home page shows of the command line. The history is one of Knossos', from test/fixtures/histories/knossos/bad-analysis.jsonl. */
export const session: readonly Command[] = [
  {
    command: 'npx faultline check history.jsonl --model register',
    output: [
      'NOT LINEARIZABLE: Read 8 returned 2 after write 4 of 0 was acknowledged.',
      '9 operations in history.jsonl',
      '  operation 8, process 21: read returned 2',
      '  operation 4, process 9: write 0',
      '  operation 0, process 4: write 2',
    ],
  },
  {
    command: 'npx faultline verify quorum-read-inversion --seeds 20',
    output: [
      'quorum-read-inversion',
      '  as claimed  off (Read repair off): 19 of 20 seeds witnessed',
      '      linearizable: violated in 3 of 19 (5.52 % to 37.57 %)',
      '      monotonic-reads: violated in 1 of 19 (0.94 % to 24.64 %)',
      '  as claimed  async (Asynchronous read repair): 19 of 20 seeds witnessed',
      '      linearizable: violated in 0 of 19 (at most 16.82 %)',
      '  as claimed  blocking (Blocking write-back): 19 of 20 seeds witnessed',
      '      linearizable: violated in 0 of 19 (at most 16.82 %)',
      'the scenario shows what it claims, on 20 seeds a variant',
    ],
  },
];
