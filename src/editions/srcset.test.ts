import { expect, test } from 'vitest';
import { thinSrcset } from './srcset.ts';

const link = (href: string) => `to:${href}`;

test.each([
  ['two widths of four', '/a.jpg 320w, /b.jpg 640w, /c.jpg 960w, /d.jpg 1600w', 'to:/b.jpg 640w, to:/d.jpg 1600w'],
  ['the widest, if none is wide enough', '/a.jpg 200w, /b.jpg 400w', 'to:/b.jpg 400w'],
  ['densities stay as they are', 'a.jpg, b.jpg 1.5x, c.jpg 2x', 'to:a.jpg, to:b.jpg 1.5x, to:c.jpg 2x'],
  ['no space after the comma', '/a.jpg 1x,/b.jpg 2x', 'to:/a.jpg 1x, to:/b.jpg 2x'],
  ['a comma inside an address', '/a,b.jpg 640w,/c.jpg 1280w', 'to:/a,b.jpg 640w, to:/c.jpg 1280w'],
  ['line ends and a comma at the end', '\n/a.jpg 1x,\n  /b.jpg 2x,\n', 'to:/a.jpg 1x, to:/b.jpg 2x'],
  ['an address in the page', 'data:image/gif;base64,R0 1x, /b.jpg 2x', 'to:data:image/gif;base64,R0 1x, to:/b.jpg 2x'],
  ['nothing', '', ''],
])('%s', (_, srcset, thinned) => {
  expect(thinSrcset(srcset, link)).toBe(thinned);
});
