import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { makeFrame } from '../../../app/_stage/layout/frame.ts';
import { SpaceTime } from '../../../app/_stage/marks/space-time.tsx';
import { crossingsIn } from '../../../simulations/export/picture/crossings.ts';
import { seamPaths } from '../../../simulations/export/picture/seam-paths.ts';
import type { Run } from '../../../simulations/index.ts';
import { runOf } from '../../helpers/scenarios.ts';

const keyX = (run: Run) => run.input.model.focus(run.record.operations, 'x');

function frameOf(run: Run, [fromMs, untilMs]: readonly [number, number], width: number) {
  const window = { fromUs: fromMs * 1000, untilUs: untilMs * 1000 };
  const lit = { selectedStep: undefined, witness: undefined };
  return makeFrame({ run, focus: keyX(run), size: 'lab', ...window, width, ...lit, id: 't' });
}

describe('words in the seam of a cut', () => {
  test.each([
    ['quorum-read-inversion', 'off', [420, 780], 836],
    ['quorum-read-inversion', 'blocking', [420, 780], 836],
    ['quorum-read-inversion', 'off', [560, 780], 390],
    ['raft-fsync-off', 'off', [0, 1200], 836],
    ['cart-multiregion', 'lww-wall', [0, 9000], 836],
  ] as const)('%s, %s, %j ms at %i px: no message ends in them', (id, variant, window, width) => {
    const frame = frameOf(runOf(id, variant), window, width);
    const words = seamPaths(frame).flatMap((seam) => seam.words ?? []);
    expect(words.length).toBeGreaterThan(0);
    for (const { x, y, width: wide, title } of words) {
      const field = { from: x - wide, until: x, top: y - 8, bottom: y + 2 };
      const messages = crossingsIn(frame, field).filter(([left, right]) => left < x && right > x - wide);
      expect(messages, title).toEqual([]);
    }
  });

  test('the sides stand before the end of the seam where messages leave room for them, else no sides do', () => {
    const roomy = frameOf(runOf('quorum-read-inversion', 'off'), [630, 770], 1200);
    const { cut } = roomy.lanes.seams[0]!;
    const [seam] = seamPaths(roomy);
    expect(seam!.words!.sides).toBe('a r1 r2 | r3 r4 r5 b');
    expect(seam!.words!.x).toBeGreaterThan((roomy.x(cut.fromUs) + roomy.x(cut.untilUs)) / 2);
    const close = seamPaths(frameOf(runOf('quorum-read-inversion', 'off'), [420, 780], 836));
    expect(close.map(({ words }) => [words!.title, words!.sides])).toEqual([['cut', '']]);
  });
});

test('the playhead strikes out no words: those of messages, lanes and seams are painted after it', () => {
  const run = runOf('quorum-read-inversion', 'off');
  const props = { run, focus: keyX(run), fromUs: 560_000, toUs: 780_000, nowUs: 632_000, size: 'lab' } as const;
  const markup = renderToStaticMarkup(<SpaceTime {...props} />);
  const playhead = markup.indexOf('nowGlow');
  expect(playhead).toBeGreaterThan(0);
  for (const words of ['>+18 ms', '×2', 'crashed at 524', 'slow r5 to r1, +18 ms', '>cut<'])
    expect(markup.lastIndexOf(words), words).toBeGreaterThan(playhead);
});

test('the pin of a step at which the window begins is whole: no clip of the field lies around it', () => {
  const run = runOf('quorum-read-inversion', 'off');
  const fromUs = run.timeline!.timeUs(203);
  const props = { run, focus: keyX(run), fromUs, toUs: fromUs + 200_000, selectedStep: 203, size: 'lab' } as const;
  const markup = renderToStaticMarkup(<SpaceTime {...props} />);
  const before = markup.slice(0, markup.indexOf('r="9"'));
  const open: string[] = [];
  for (const [tag] of before.matchAll(/<\/?g\b[^>]*>/g)) {
    if (tag === '</g>') open.pop();
    else open.push(tag);
  }
  expect(before.length).toBeLessThan(markup.length - 1);
  expect(open.filter((tag) => tag.includes('clip-path'))).toEqual([]);
});
