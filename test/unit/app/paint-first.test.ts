import { expect, test } from 'vitest';
import { paintFirst } from '../../../app/_shell/paint-first.js';

const PAGE =
  '<html><head><script>theme()</script><script src="/a.js" async=""></script><script src="/old.js" noModule=""></script></head>' +
  '<body><p>Text</p><script src="/b.js" async=""></script><script>push("\\u003cscript src=\\"/c.js\\" async>")</script></body></html>';

test('scripts that need not wait are asked for by the last thing in the page', () => {
  const after = paintFirst(PAGE);
  expect(after).not.toContain('async=""');
  expect(after).toMatch(/\(\["\/a\.js","\/b\.js"\],"faultline:awake"\)<\/script><\/body><\/html>$/);
});

test('whatever else the page holds stays, scripts that stand in it among them', () => {
  const after = paintFirst(PAGE);
  for (const part of [
    '<script>theme()</script>',
    '<script src="/old.js" noModule=""></script>',
    'push("\\u003cscript',
  ]) {
    expect(after).toContain(part);
  }
});

test('a page without such scripts, and one that has been here before, stay as they are', () => {
  expect(paintFirst('<html><body>Text</body></html>')).toBe('<html><body>Text</body></html>');
  expect(paintFirst(paintFirst(PAGE))).toBe(paintFirst(PAGE));
});
