import { describe, expect, test } from 'vitest';
import rehypeNoBreak from '../../../app/_prose/rehype-no-break.js';

const text = (value: string) => ({ type: 'text', value });
/** What the plugin makes of a text, with `_` for each space that does not break. */
function bound(value: string, tagName = 'p'): string {
  const leaf = text(value);
  rehypeNoBreak()({ type: 'root', children: [{ type: 'element', tagName, children: [leaf] }] });
  return leaf.value.replaceAll('\u00a0', '_');
}

describe('lines of a guide do not break', () => {
  test.each([
    [
      'between a number and its unit',
      'takes 71.6 ms instead of 50 ms, 99.9 % of 20 s',
      'takes 71.6_ms instead of 50_ms, 99.9_% of 20_s',
    ],
    ['at a sign', 'N = 3 and R + W > N', 'N_=_3 and R_+_W_>_N'],
    ['between a noun and its number', 'In figure 1, read 10 of rule 16', 'In figure_1, read_10 of rule_16'],
  ])('%s', (_, written, kept) => {
    expect(bound(written)).toBe(kept);
  });

  test('but a number before another word may', () => {
    expect(bound('5 seconds, 3 members, 2 Paxos groups')).toBe('5 seconds, 3 members, 2 Paxos groups');
  });

  test('and code keeps its spaces', () => {
    expect(bound('wait 20 ms', 'code')).toBe('wait 20 ms');
  });
});
