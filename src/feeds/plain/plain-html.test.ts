import { HtmlValidate } from 'html-validate';
import { expect, test } from 'vitest';
import { wordsOf } from '../../i18n/words.ts';
import type { ShownElement, ShownPart } from '../../queries/results.ts';
import { siteSchema } from '../../site/site.ts';
import { plainHtml } from './plain-html.ts';
import { plainText } from './plain-text.ts';

const site = siteSchema.parse({ name: 'The Example Post', url: 'https://x.example/paper/' });
const facts = {
  ...{ digest: 'a'.repeat(32), format: 'jpeg', widthPx: 900, heightPx: 600, hasAlpha: false, isAnimated: false },
  words: {},
} as never;
const text = (html: string): ShownPart => ({ kind: 'html', html });
const element = (name: string, attributes: Record<string, string> = {}, ...children: ShownPart[]): ShownElement => ({
  ...{ kind: 'element', name, attributes, children },
});
const print = (...body: ShownPart[]) =>
  plainHtml(body, { site, words: wordsOf('en'), language: 'en', page: 'https://x.example/paper/2025/02/ferry/' });

test.each<[string, ShownPart, string]>([
  ['the words in its attributes', element('Dial', { value: '7' }), '<aside><p>7</p></aside>'],
  [
    'its title and its content',
    element('Dial', { title: 'A < B', src: 'a.csv', color: 'red' }, text('<p>x</p>')),
    '<aside><h3>A &lt; B</h3><p>x</p></aside>',
  ],
  ['nothing, if it has no words', element('Dial', { src: 'a.csv', href: '/x/' }), ''],
])('a component of a theme gets %s', (_, part, expected) => expect(print(part)).toBe(expected));

test('every component is valid HTML', async () => {
  const picture: ShownPart = { kind: 'picture', picture: { facts, alt: 'A', captionHtml: '<em>B</em>', credit: 'C' } };
  const html = print(
    picture,
    element('PullQuote', { by: 'Ann', role: 'clerk' }, text('x')),
    element('BlockQuote', { by: 'Ann', source: 'Minutes', url: 'https://c.example/' }, text('<p>x</p>')),
    element('Gallery', { caption: 'All' }, picture, picture),
    element('Pair', {}, picture, picture),
    { ...element('FactBox', { title: 'T' }, text('<p>x</p>')), level: 2 },
    { ...element('Profile', {}), author: { name: 'Ann', role: 'Editor', picture: { facts, alt: 'Ann' }, href: '/a/' } },
    {
      ...element('Table', { caption: 'T', source: 'S' }),
      table: { columns: [{ head: 'a', isFigures: false }], rows: [['1']] },
    },
    element('Embed', { url: 'https://v.example/?a&b', title: 'V' }),
    element('Warning', { text: 'Waves' }, text('<p>x</p>')),
    element('RichLink', { url: '/about/', title: 'About' }),
    text(
      '<div class="table" role="group" tabindex="0" aria-label="T"><p><a href="../b/?q#f">b</a> <a href="#fn">1</a></p></div>',
    ),
    { kind: 'placeholder', placeholder: { caption: 'Lost' } },
  );
  const rules = { extends: ['html-validate:standard'], rules: { 'no-inline-style': 'error' } };
  const { results } = await new HtmlValidate({ ...rules } as never).validateString(html);
  expect(results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId}: ${message}`))).toEqual([]);
  expect(html).toContain('<a href="https://x.example/paper/2025/02/b/?q#f">b</a>');
  expect(html).not.toMatch(/role=|tabindex|<aside><\/aside>/);
  // The site makes only the square of a portrait.
  expect(html).toMatch(/-\d+\.jpg" width="(\d+)" height="\1" alt="Ann"/);
});

test('plain text has an empty line between paragraphs, and a tab between cells', () => {
  expect(plainText('<p>A<br>b  c</p>\n<ul><li>d</li></ul><table><tr><td>1</td><td>2</td></tr></table>')).toBe(
    'A\nb c\n\nd\n\n1\t2',
  );
});
