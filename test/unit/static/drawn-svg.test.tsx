import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { drawingOf, keepDrawing } from '../../../app/_static/drawings.ts';
import { DrawnSvg } from '../../../app/_static/drawn-svg.tsx';

test('a picture has in the HTML what was kept for it, and the number alone in its properties', () => {
  const drawing = keepDrawing(<path d="M0 0H9" />);
  expect(renderToStaticMarkup(<DrawnSvg id="p" viewBox="0 0 9 9" drawing={drawing} />)).toBe(
    '<svg id="p" viewBox="0 0 9 9"><path d="M0 0H9"></path></svg>',
  );
});

test('each drawing has a number of its own; a number of none stops the build instead of leaving a hole', () => {
  const [first, second] = [keepDrawing('one'), keepDrawing('two')];
  expect([drawingOf(first), drawingOf(second)]).toEqual(['one', 'two']);
  expect(() => drawingOf(second + 1)).toThrow(`The drawing ${second + 1} is not kept.`);
});
