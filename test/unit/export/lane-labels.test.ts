import { describe, expect, test } from 'vitest';
import { isBetweenLanes } from '../../../simulations/export/picture/arrows.ts';
import { makeFrame } from '../../../simulations/export/picture/frame.ts';
import { messagesIn } from '../../../simulations/export/picture/messages.ts';
import { strataPaths, wordPx } from '../../../simulations/export/picture/strata-paths.ts';
import { runOf, scenarios, variants } from '../../helpers/scenarios.ts';

/** Half the width of the widest glyph, in px. */
const GLYPH = 4.4;

/** A scenario's diagram over a part of its view, as it is copied. */
function frameOf(id: string, variant: string, [first, last]: readonly [number, number]) {
  const run = runOf(id, variant);
  const { model } = run.input;
  const { key, fromUs = 0, toUs = run.record.endUs } = scenarios.find((scenario) => scenario.id === id)!.view;
  const { operations } = run.record;
  const focus = model.focus(operations, key ?? model.keys(operations)[0] ?? '');
  const at = (part: number) => fromUs + (toUs - fromUs) * part;
  return makeFrame({ run, focus, fromUs: at(first), untilUs: at(last), width: 1092, axisY: 40 });
}

const WINDOWS = [
  [0, 1],
  [0, 0.5],
  [0.33, 0.66],
] as const;

describe('version labels on lanes', () => {
  test.each(variants)('%s, %s: none lies under a glyph or past the end of the picture', (id, variant) => {
    for (const window of WINDOWS) {
      const frame = frameOf(id, variant, window);
      const { flights } = messagesIn(frame.run, frame.fromUs, frame.untilUs);
      for (const { key, x, text } of strataPaths(frame).labels) {
        const host = Number(key.split(' ')[0]);
        const under = flights
          .filter(({ from, to }) => from === host && isBetweenLanes(frame.lanes, from, to))
          .map(({ sentUs }) => frame.x(sentUs))
          .filter((glyph) => glyph + GLYPH > x && glyph - GLYPH < x + wordPx(text));
        expect(under, `${text} on lane ${host} at ${x}`).toEqual([]);
        expect(x + wordPx(text)).toBeLessThanOrEqual(frame.right);
      }
    }
  });

  test('raft-split-brain, half: 22 labels stand past the glyphs at which their strata begin, and none is left out', () => {
    expect(strataPaths(frameOf('raft-split-brain', 'half', [0, 1])).labels).toHaveLength(22);
  });
});
