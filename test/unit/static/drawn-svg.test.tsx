import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { ChartWidths } from '../../../app/_embed/chart-widths.tsx';
import { drawingOf, keepDrawing } from '../../../app/_static/drawings.ts';
import { DrawnBox, DrawnSvg } from '../../../app/_static/drawn-svg.tsx';

test('a picture has in the HTML what was kept for it, and the number alone in its properties', () => {
  const drawing = keepDrawing(<path d="M0 0H9" />);
  expect(renderToStaticMarkup(<DrawnSvg id="p" viewBox="0 0 9 9" drawing={drawing} />)).toBe(
    '<svg id="p" viewBox="0 0 9 9"><path d="M0 0H9"></path></svg>',
  );
});

test('a chart has in the HTML what was kept for both of its widths', () => {
  const drawing = keepDrawing(<p>drawn</p>);
  expect(renderToStaticMarkup(<DrawnBox id="c" className="wide" drawing={drawing} />)).toBe(
    '<div id="c" class="wide"><p>drawn</p></div>',
  );
  const chart = (
    <ChartWidths wide={[560, 300]} narrow={[336, 280]} draw={({ width, height }) => `${width}×${height}`} />
  );
  expect(
    renderToStaticMarkup(chart)
      .replaceAll(/<[^>]+>/g, ' ')
      .trim(),
  ).toBe('560×300  336×280');
});

test('each drawing has a number of its own; a number of none stops the build instead of leaving a hole', () => {
  const [first, second] = [keepDrawing('one'), keepDrawing('two')];
  expect([drawingOf(first), drawingOf(second)]).toEqual(['one', 'two']);
  expect(() => drawingOf(second + 1)).toThrow(`The drawing ${second + 1} is not kept.`);
});
