import { expect, test } from 'vitest';
import type { PictureFacts } from '../../pictures/picture.ts';
import { answerLink, type LinkMap } from '../links.ts';
import { lineCounter, unspliced } from '../splice.ts';
import type { PictureAnswer } from './context.ts';
import { convertBody } from './convert.ts';

const facts = (words: PictureFacts['words'] = {}): PictureFacts => ({
  digest: '0'.repeat(32),
  format: 'jpeg',
  widthPx: 9,
  heightPx: 9,
  hasAlpha: false,
  isAnimated: false,
  words,
});
const map = (origin?: string): LinkMap => ({
  byAddress: new Map([
    ['/en/blog/storm', '2015/03/storm'],
    ['/en/blog/calm', '2015/03/calm'],
  ]),
  byFile: new Map([
    ['storm.md', '2015/03/storm'],
    ['sea/calm.md', '2015/03/calm'],
  ]),
  languages: ['en'],
  origins: origin === undefined ? [] : [new URL(origin)],
});

function convert(text: string, { origin, words = {} }: { origin?: string; words?: PictureFacts['words'] } = {}) {
  const picture = (url: string): PictureAnswer =>
    /^https?:/.test(url)
      ? { kind: 'away', url }
      : url.startsWith('have')
        ? { kind: 'local', name: url, facts: facts(words) }
        : { kind: 'away', url: origin && `${origin}/${url}` };
  const place = { file: 'sea/here.md', address: '/en/blog/here/' };
  return convertBody(unspliced(text), {
    file: 'sea/here.md',
    headline: 'The headline',
    lineOf: lineCounter(text),
    link: (url) => answerLink(url, place, map(origin)),
    picture,
  });
}
const kinds = (text: string, options?: Parameters<typeof convert>[1]) =>
  convert(text, options).changes.map(({ kind }) => kind);

test('what need not change stays byte for byte', () => {
  const text =
    '*  odd   list\n* * *\nText__x__ <b>y</b> [a]( https://x.example/y  "T" )\n\n| a|b |\n|--|:-|\n| 1 | 2 |\n';
  expect(convert(text).text).toBe(text);
});

test.each([
  ['[a](/en/blog/storm/)', '[a](story:2015/03/storm)'],
  ['[a](/blog/storm)', '[a](story:2015/03/storm)'],
  ['[a](https://www.old.example/en/blog/storm/#part "T")', '[a](story:2015/03/storm#part "T")'],
  ['[a](../storm.md)', '[a](story:2015/03/storm)'],
  ['[a](calm.md#x)', '[a](story:2015/03/calm#x)'],
  ['[a](../storm)', '[a](story:2015/03/storm)'],
  ['[**a** `b`](storm.md)', '[**a** `b`](story:2015/03/storm)'],
  ['[a][s]\n\n[s]: /en/blog/storm "T"', '[a][s]\n\n[s]: story:2015/03/storm "T"'],
  ['<https://old.example/en/blog/storm>', '[https:\\//old.example/en/blog/storm](story:2015/03/storm)'],
  ['<a class="x" href="/en/blog/storm">a</a>', '<a class="x" href="story:2015/03/storm">a</a>'],
])('an internal link leads to the story: %s', (before, after) => {
  expect(convert(before, { origin: 'https://old.example' }).text).toBe(after);
});

test('a dead internal link leads to the old site, or is words when there is none', () => {
  expect(convert('[a](/gone/?x=1#y)', { origin: 'https://old.example' }).text).toBe(
    '[a](https://old.example/gone/?x=1#y)',
  );
  expect(convert('See [a **b**](/gone/) and [c][d].\n\n[d]: gone.md').text.trim()).toBe('See a **b** and c.');
  expect(convert('<a href="/gone/">a</a>').text).toBe('<a>a</a>');
  expect(convert('[1. a](/gone/)').text).toBe('1\\. a');
});

test('links of others, of mail and within the page stay', () => {
  const text = '[a](https://x.example/a) [b](mailto:a@b.example) [c](#d) https://x.example\n\n![x](gone.png)';
  expect(convert(text).text).toBe(text.replace('![x](gone.png)', 'Picture: x'));
});

test.each([
  '[a](javascript:alert(1))',
  '[a](<java\tscript:alert(1)>)',
  '[a](JaVaScRiPt&colon;alert(1))',
  '[a](&#106;avascript:alert(1))',
  '[a](vbscript:x)',
  '[a](data:text/html,x)',
  '[a][b]\n\n[b]: javascript:alert(1)',
  '<a href="javascript:alert(1)">a</a>',
  '<a href=" java&#10;script:alert(1)">a</a>',
])('a link that runs code becomes words: %s', (text) => {
  const { text: out, changes } = convert(text);
  expect(out).not.toMatch(/script|data:/i);
  expect(out).toContain('a');
  expect(changes[0]?.kind).toBe('link-unsafe');
});

test('a remote or missing picture becomes a named link; in a link, or without any address, its name', () => {
  expect(convert('![A boat](https://x.example/b.jpg "C")').text).toBe('[Picture: A boat](https://x.example/b.jpg)');
  expect(convert('![](https://x.example/b%20c.jpg)').text).toBe('[Picture: b c.jpg](https://x.example/b%20c.jpg)');
  expect(convert('![a][p]\n\n[p]: gone.jpg', { origin: 'https://old.example' }).text.trim()).toBe(
    '[Picture: a](https://old.example/gone.jpg)',
  );
  expect(convert('![a_b](gone.jpg)').text).toBe('Picture: a\\_b');
  expect(convert('[![a](https://x.example/b.jpg)](https://x.example/)').text).toBe('[Picture: a](https://x.example/)');
  expect(convert('<img alt="A boat" src="https://x.example/b.jpg">').text).toBe(
    '[Picture: A boat](https://x.example/b.jpg)',
  );
  expect(convert('<p><img alt="A&amp;B" src=https://x.example/b.jpg></p>').text).toBe(
    '<p><a href="https://x.example/b.jpg">Picture: A&amp;B</a></p>',
  );
  expect(convert('<a href="https://y.example"><img src="https://x.example/b.jpg"></a>').text).toBe(
    '<a href="https://y.example">Picture: b.jpg</a>',
  );
});

test('a picture that is there stays, without an alt as decoration', () => {
  expect(convert('![A boat](have.jpg "Out at sea")')).toMatchObject({
    text: '![A boat](have.jpg "Out at sea")',
    decorative: [],
  });
  expect(convert('![](have.jpg)')).toMatchObject({ text: '![](have.jpg)', decorative: ['have.jpg'] });
  expect(convert('![](have.jpg)', { words: { alt: 'From the file' } }).decorative).toEqual([]);
  expect(convert('![](have.jpg) and ![A boat](have.jpg)')).toMatchObject({
    text: '![A boat](have.jpg) and ![A boat](have.jpg)',
    decorative: [],
  });
});

test('a caption that is the alt again goes; one that holds it speaks for the picture', () => {
  expect(convert('![A boat](have.jpg "a boat.")').text).toBe('![A boat](have.jpg)');
  expect(convert('![A boat](have.jpg "A boat leaves Galway")')).toMatchObject({
    text: '![](have.jpg "A boat leaves Galway")',
    decorative: ['have.jpg'],
  });
  expect(convert('<figure><img src="have.jpg" alt="A boat"><figcaption>A boat</figcaption></figure>').text).toBe(
    '<figure><img src="have.jpg" alt="A boat"></figure>',
  );
  expect(convert('![A boat](have.jpg)', { words: { caption: 'A boat leaves' } })).toMatchObject({
    text: '![](have.jpg "A boat leaves")',
    decorative: ['have.jpg'],
  });
});

test('scripts and styles go with what is in them, videos become links, frames stay', () => {
  expect(convert('a <script>alert("[x](y)")</script> b').text).toBe('a  b');
  expect(convert('<script>\nlet a = "<b>";\n</script>\n\n<style>p {}</style>\n\ntext').text.trim()).toBe('text');
  expect(convert('<video controls><source src="https://x.example/v.mp4"></video>').text).toBe(
    '<a href="https://x.example/v.mp4">Video: v.mp4</a>',
  );
  expect(convert('<iframe src="//x.example/e"></iframe>').text).toBe('<iframe src="https://x.example/e"></iframe>');
  expect(kinds('<picture><source srcset="https://x.example/a.webp"><img src="have.jpg" alt="A"></picture>')).toEqual([
    'html-changed',
    'html-changed',
    'picture-copied',
    'html-changed',
  ]);
});

test('code is never touched', () => {
  const text =
    '`![a](gone.jpg)`\n\n```md\n[a](/gone)\n<script>x</script>\n```\n\n    ![a](gone.jpg)\n\n![x](gone.png)\n';
  expect(convert(text).text).toBe(text.replace('![x](gone.png)', 'Picture: x'));
});

test('a first heading that repeats the headline goes, another stays', () => {
  expect(convert('# The  headline\n\nText').text).toBe('Text');
  expect(convert('# Another\n\nText').text).toBe('# Another\n\nText');
});

test('each change names its line', () => {
  expect(convert('a\n\nb\n![x](gone.jpg)\n').changes).toEqual([
    { file: 'sea/here.md', line: 4, kind: 'picture-named', before: '![x](gone.jpg)', after: 'Picture: x' },
  ]);
});

test('hostile tags end the search, not the import', () => {
  expect(convert(`${'<a "'.repeat(5000)}\n\n![x](gone.jpg)`).text).toContain('Picture: x');
});
