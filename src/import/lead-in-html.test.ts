import { expect, test } from 'vitest';
import { leadInHtml } from './lead-in-html.ts';

test.each([
  ['<p></p><figure><img alt="A" src="/a.jpg"></figure><p>Text</p>', '/a.jpg'],
  ["<div class='separator'>&nbsp;<a href='/b'><img src='/a.jpg?x=1&amp;y=2'></a></div>Text", '/a.jpg?x=1&y=2'],
  ['<img src="https://1.bp.blogspot.com/a/s320/b.jpg" width="400">', 'https://1.bp.blogspot.com/a/s0/b.jpg'],
  ['<h3>Title</h3><img src="/a.jpg">', undefined],
  ['Text <img src="/a.jpg">', undefined],
  ['<iframe src="/v"></iframe><img src="/a.jpg">', undefined],
  ['<figure class="gallery"><img src="/a.jpg"><img src="/b.jpg"></figure>', undefined],
  ['<img src="/icon.png" width="16">', undefined],
  ['<img alt="no address">', undefined],
  ['<img src="data:image/gif;base64,AA">', undefined],
  ['<p>No picture</p>', undefined],
])('%s', (html, src) => expect(leadInHtml(html)).toBe(src));
