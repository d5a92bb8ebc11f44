import { expect, test } from 'vitest';
import { captionOf } from './caption.ts';

const read = (text: string) => captionOf(text, { language: 'en', base: '/paper' });

test('emphasis and links, and the plain text beside it', () => {
  expect(read('The *first* ferry, see [the times](https://harbour.example/a?b=1&c=2) & more')).toEqual({
    caption: 'The first ferry, see the times & more',
    captionHtml:
      'The <em>first</em> ferry, see <a href="https://harbour.example/a?b=1&amp;c=2">the times</a> &amp; more',
  });
  expect(read('About [us](/about/)')).toMatchObject({ captionHtml: 'About <a href="/paper/about/">us</a>' });
});

test.each([
  ['words alone', 'Two men tie a rope'],
  ['an ampersand', 'Smith & Sons'],
  ['what would begin a list', '1. FC Köln & friends'],
  ['what would begin a heading', '# 5 & counting'],
  ['what would be a quotation', '> 5 metres'],
  ['a star alone', 'A room with a * in the window'],
])('no markup, so no HTML: %s', (_, text) => expect(read(text)).toEqual({ caption: text }));

test('several lines become one', () => expect(read('One\n\ntwo')).toEqual({ caption: 'One two' }));

test.each([
  '<script>alert(1)</script>Fine',
  'Fine<img src=x onerror=alert(1)>',
  '<a href="https://x.example" onclick="alert(1)">Fine</a>',
  '<!-- Fine --> <b>words</b>',
])('HTML is printed, never run: %s', (text) => {
  const { captionHtml = '', caption } = read(text) as { captionHtml?: string; caption: string };
  expect(captionHtml).not.toMatch(/<(?!\/?(?:em|a)\b)/);
  // Quotation marks and dashes are set as in all texts.
  expect(caption.replace(/[“”]/g, '"').replaceAll('–', '--')).toBe(text);
});

test('an address in angle brackets is a link', () =>
  expect(read('See <https://harbour.example>')).toMatchObject({
    captionHtml: 'See <a href="https://harbour.example">https://harbour.example</a>',
  }));

test.each([
  ['a story by name', 'See [this](story:2025/02/x)', 'not to a story by name'],
  ['a scheme that runs', 'See [this](javascript:alert(1))', ''],
  ['a picture', 'See ![this](x.jpg)', 'cannot contain a picture'],
])('refused: %s', (_, text, reason) => {
  const found = read(text);
  expect('reason' in found && found.reason).toContain(reason);
  expect('reason' in found).toBe(true);
});
