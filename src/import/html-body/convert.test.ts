import { describe, expect, test } from 'vitest';
import { compileBody } from '../../story/body/compile.ts';
import { convertHtml, htmlLine, htmlWords } from './convert.ts';
import { facts } from './html-body.fixture.ts';
import { HtmlLimitError } from './tree.ts';

/** Pictures whose address is complete are missing, and others are beside the story. */
const convert = (html: string, more: Partial<Parameters<typeof convertHtml>[1]> = {}) =>
  convertHtml(html, {
    link: (url) =>
      /^https?:|^mailto:/.test(url)
        ? { kind: 'keep' }
        : url.startsWith('/story/')
          ? { kind: 'story', url: `story:${url.slice(7)}` }
          : { kind: 'dead' },
    picture: (url) =>
      /^https?:/.test(url) ? { kind: 'away', url } : { kind: 'local', name: url.split('/').at(-1) ?? '', facts },
    ...more,
  });
const text = (html: string, more?: Partial<Parameters<typeof convertHtml>[1]>) => convert(html, more).text.trimEnd();

test.each([
  ['emphasis, with its spaces outside', '<p>On <b>Monday </b>the <i> ferry</i></p>', 'On **Monday** the *ferry*'],
  [
    'emphasis as a style',
    '<p><span style="font-weight: 700">Bold</span> <b style="font-weight:normal">not</b></p>',
    '**Bold** not',
  ],
  ['emphasis around a paragraph', '<b><p>One</p><p>Two</p></b>', '**One**\n\n**Two**'],
  ['a line break, and two as a paragraph', '<p>a<br>b<br> <br>c</p>', 'a\\\nb\n\nc'],
  ['loose text beside blocks', 'One<div>Two<p>Three</p>Four</div>Five', 'One\n\nTwo\n\nThree\n\nFour\n\nFive'],
  [
    'a link to a story',
    '<a href="/story/2019/01/x">Read</a> and <a href="/gone">gone</a>',
    '[Read](story:2019/01/x) and gone',
  ],
  [
    'a heading of the first level, which is the headline’s',
    '<h1><b>Next</b></h1><h3>Then</h3><h2></h2>',
    '## Next\n\n### Then',
  ],
  [
    'a nested list, also beside its item',
    '<ul><li>a<ol start="3"><li>b</ol></li><ul><li>c</ul></ul>',
    '- a\n\n  3. b\n  - c',
  ],
  [
    'elements that Markdown has no sign for',
    '<p>H<sub>2</sub>O <mark>now</mark></p>',
    'H<sub>2</sub>O <mark>now</mark>',
  ],
  [
    'a quotation with its source',
    '<blockquote><p>To be.</p><cite>— Ann</cite></blockquote>',
    '<BlockQuote by="Ann">\n  To be.\n</BlockQuote>',
  ],
  [
    'a quotation that names a work inside',
    '<blockquote><p>In <cite>Hamlet</cite> they say</p></blockquote>',
    '> In <cite>Hamlet</cite> they say',
  ],
  [
    'a pull quote',
    '<figure class="wp-block-pullquote"><blockquote><p>We were <b>lucky</b>.</p><p>Very.</p><cite>Ann</cite></blockquote></figure>',
    '<PullQuote by="Ann">\n  We were **lucky**. Very.\n</PullQuote>',
  ],
  [
    'a table with a caption below',
    '<figure class="wp-block-table"><table><thead><tr><th>A<th>B</thead><tr><td>1<br>2<td style="text-align:right">x|y</table><figcaption>Two rows</figcaption></figure>',
    '<Table caption="Two rows">\n  | A | B |\n  | - | -: |\n  | 1<br />2 | x\\|y |\n</Table>',
  ],
  ['a table without a header row', '<table><tr><td>a<td>b</table>', '| | |\n| - | - |\n| a | b |'],
  ['a table that arranges other things', '<table><tr><td><p>One</p><p>Two</p></td></tr></table>', 'One\n\nTwo'],
  ['code', '<pre><code class="language-js">let a = {};\n</code></pre>', '```js\nlet a = {};\n```'],
  [
    'a frame',
    '<iframe src="//www.youtube.com/embed/abcdefg123?rel=0" title="The storm"></iframe>',
    '<Embed url="https://www.youtube.com/watch?v=abcdefg123" title="The storm" provider="YouTube" />',
  ],
  [
    'a post of another site',
    '<blockquote class="twitter-tweet"><p>Hello</p>&mdash; Ann (@ann) <a href="https://twitter.com/ann/status/1?ref_src=x">May 3</a></blockquote><script src="x"></script>',
    '<Embed url="https://twitter.com/ann/status/1" title="Ann (@ann) May 3" provider="X" text="Hello" />',
  ],
  ['an unknown element', '<strange-thing data-x>Words <another>more</another></strange-thing>', 'Words more'],
  ['a pull quote that is only its source', '<aside class="pullquote"><figcaption>Ann</figcaption></aside>', 'Ann'],
  ['scripts and styles', 'a<script>x</script><style>y</style><noscript>b</noscript>', 'ab'],
  ['what is hidden', '<p>a</p><p style="display:none">secret</p><p hidden>secret</p>', 'a'],
  [
    'text that would be Markdown',
    '<p>1. *a* [b](c) {d} &lt;e&gt; # f</p>',
    '1\\. \\*a\\* [b](c) {d} \\<e> # f'.replace('[b](c)', '\\[b]\\(c)'),
  ],
])('%s', (_, html, expected) => {
  expect(text(html)).toBe(expected);
}); // prettier-ignore

describe('pictures', () => {
  test.each([
    [
      'a caption, with the credit at its end',
      '<figure><img src="x.jpg" alt="A boat"><figcaption>Out at <em>sea</em>. (Photo: Ann Ex/Getty)</figcaption></figure>',
      '<Picture src="x.jpg" alt="A boat" caption="Out at *sea*." credit="Ann Ex/Getty" />',
    ],
    [
      'a credit as an element of its own',
      '<div class="wp-caption"><img src="x.jpg" alt="A"><p class="wp-caption-text">Out <span class="image-credit">Photo by Bo</span></p></div>',
      '<Picture src="x.jpg" alt="A" caption="Out" credit="Bo" />',
    ],
    ['no credit', '<p>a <img src="x.jpg" alt="A boat"> b</p>', 'a\n\n![A boat](x.jpg)\n\nb'],
    [
      'a picture that is not there keeps its place and its words',
      '<figure><img src="https://far.example/g.jpg" alt="A boat"><figcaption>Out. © Ann</figcaption></figure>',
      '<Figure wanted="https://far.example/g.jpg" alt="A boat" caption="Out." credit="Ann" />',
    ],
    ['a link to the picture itself', '<a href="/big/x.jpg"><img src="x.jpg" alt="A"></a>', '![A](x.jpg)'],
    ['a link to its larger version', '<a href="/img/big.jpg"><img src="small.jpg" alt="A"></a>', '![A](big.jpg)'],
    [
      'a link to a larger version that is not there',
      '<figure><a href="https://far.example/big.jpg"><img src="small.jpg" alt="A"></a></figure>',
      '![A](small.jpg)',
    ],
    [
      'in a caption, after the figure',
      '<figure><img src="1.jpg" alt="one"><figcaption>Out <a href="/img/2.jpg"><img src="2.jpg" alt="two"></a> at sea</figcaption></figure>',
      '![one](1.jpg "Out at sea")\n\n![two](2.jpg)',
    ],
    [
      'in a caption, as the only picture of its figure',
      '<figure><figcaption><img src="1.jpg" alt="one"> Out at sea</figcaption></figure>',
      '![one](1.jpg "Out at sea")',
    ],
    [
      'in the title of what unfolds',
      '<details><summary>More <img src="1.jpg" alt="one"></summary><p>Words</p></details>',
      '<details>\n  <summary>\n    More\n  </summary>\n\n  ![one](1.jpg)\n\n  Words\n</details>',
    ],
    [
      'in code, in lines as typed, and in the name of a source',
      '<p><code>a <img src="1.jpg" alt="one"></code></p><pre>b <img src="2.jpg" alt="two"></pre><blockquote><p>c</p><cite>Ann <img src="3.jpg" alt="three"></cite></blockquote>',
      '`a`\n\n![one](1.jpg)\n\n```\nb \n```\n\n![two](2.jpg)\n\n<BlockQuote by="Ann">\n  c\n\n  ![three](3.jpg)\n</BlockQuote>',
    ],
    [
      'in the caption of a table',
      '<table><caption>T <img src="1.jpg" alt="one"></caption><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>',
      '<Table caption="T">\n  | a | b |\n  | - | - |\n  | 1 | 2 |\n</Table>\n\n![one](1.jpg)',
    ],
    [
      'a link to something else',
      '<a href="/story/a" title="The story"><img src="x.jpg" alt="A"></a>',
      '![A](x.jpg)\n\n[The story](story:a)',
    ],
    [
      'one that is loaded late',
      '<img src="data:image/gif;base64,R0" data-src="x.jpg" alt="A"><noscript><img src="x.jpg" alt="A"></noscript>',
      '![A](x.jpg)',
    ],
    ['the largest of a set', '<img srcset="s.jpg 100w, l.jpg 900w" alt="A">', '![A](l.jpg)'],
    [
      'a gallery',
      '<div class="gallery"><figure><img src="1.jpg" alt="one"><figcaption>Cap</figcaption></figure><figure><img src="2.jpg" alt="two"></figure></div>',
      '<Gallery>\n  ![one](1.jpg "Cap")\n\n  ![two](2.jpg)\n</Gallery>',
    ],
    [
      'a figure with two pictures',
      '<figure><img src="1.jpg" alt="one"><img src="2.jpg" alt="two"><figcaption>Both</figcaption></figure>',
      '<Gallery caption="Both">\n  ![one](1.jpg)\n\n  ![two](2.jpg)\n</Gallery>',
    ],
    [
      'a picture without an address',
      '<figure><img><figcaption>The *words* stay</figcaption></figure>',
      'The \\*words\\* stay',
    ],
  ])('%s', (_, html, expected) => {
    expect(text(html)).toBe(expected);
  }); // prettier-ignore

  test('one without alt text is decorative, unless another use of the file has a text', () => {
    expect(convert('<img src="x.jpg">').decorative).toEqual(['x.jpg']);
    const twice = convert('<img src="x.jpg"><p>a</p><img src="x.jpg" alt="A boat">');
    expect(twice.decorative).toEqual([]);
    expect(twice.text).toBe('![A boat](x.jpg)\n\na\n\n![A boat](x.jpg)\n');
  });

  test('a body that begins with the lead picture does not repeat it, and gives it its words', () => {
    const html = '<figure><img src="x.jpg" alt="A"><figcaption>Cap (Photo: Ann)</figcaption></figure><p>a</p>';
    const { text: body, lead } = convert(html, { lead: 'x.jpg' });
    expect(body).toBe('a\n');
    expect(lead).toMatchObject({ alt: 'A', caption: 'Cap', credit: 'Ann' });
    expect(text('<p>a</p><img src="x.jpg" alt="A">', { lead: 'x.jpg' })).toBe('a\n\n![A](x.jpg)');
  });
});

describe('footnotes', () => {
  test.each([
    [
      'a list of notes with links back',
      'Text<sup id="r1"><a href="#n1">1</a></sup> here.<h2>Notes</h2><ol><li id="n1">The note. <a href="#r1">↩</a></li></ol>',
    ],
    [
      'Word’s',
      '<p>Text<a href="#_ftn1" name="_ftnref1">[1]</a> here.</p><div><p><a href="#_ftnref1" name="_ftn1">[1]</a> The note.</p></div>',
    ],
  ])('%s', (_, html) => {
    expect(text(html)).toBe('Text[^1] here.\n\n[^1]: The note.');
  }); // prettier-ignore

  test.each([
    ['Hugo’s', '1', 'fnref:1', 'fnref1:1', '↩︎'],
    ['kramdown’s', '1', 'fnref:1', 'fnref:1:1', '↩<sup>2</sup>'],
    ['GitHub’s', '1', 'user-content-fnref-1', 'user-content-fnref-1-2', '↩<sup>2</sup>'],
  ])('%s, used twice: all links back go', (_, label, first, second, back) => {
    const reference = (id: string) => `<sup id="${id}"><a href="#n1">${label}</a></sup>`;
    expect(
      text(
        `<p>One${reference(first)} and two${reference(second)}.</p><ol><li id="n1"><p>The note. <a href="#${first}">↩</a> <a href="#${second}">${back}</a></p></li></ol>`,
      ),
    ).toBe('One[^1] and two[^1].\n\n[^1]: The note.');
  });

  test('that are stored apart from the body', () => {
    const html = '<p>Text<sup data-fn="u" class="fn"><a href="#u" id="u-link">1</a></sup> here.</p>';
    expect(text(html, { footnotes: new Map([['u', 'The <em>note</em>.']]) })).toBe(
      'Text[^1] here.\n\n[^1]: The *note*.',
    );
  });

  test('a link to a heading is none', () => {
    expect(text('<a href="#a">1</a><h2 id="a">A <a href="#top">top</a></h2>')).toBe('1\n\n## A top');
  });
});

describe('lines that separate paragraphs', () => {
  const lines = (html: string) => text(html, { hasLineParagraphs: true });
  test.each([
    ['One\n\nTwo\nthree', 'One\n\nTwo\\\nthree'],
    ['<b>One\n\nTwo</b>\n\n<ul>\n<li>a</li>\n</ul>\nThree', '**One**\n\n**Two**\n\n- a\n\nThree'],
    ['<pre>a\n\nb</pre>', '```\na\n\nb\n```'],
  ])('%j', (html, expected) => expect(lines(html)).toBe(expected));
});

describe('limits', () => {
  test('what is nested 5,000 deep keeps its words', () => {
    expect(text(`${'<div>'.repeat(5000)}words${'</div>'.repeat(5000)}`)).toBe('words');
    expect(text(`${'<b><i>'.repeat(2500)}words`)).toContain('words');
    expect(text(`${'<ul><li>'.repeat(2500)}words`)).toContain('words');
    expect(text(`${'<blockquote>'.repeat(5000)}words`)).toContain('words');
  });

  test.each([
    ['more than 2 MB', 'x'.repeat(2_000_001), 'more than 2 MB of HTML'],
    ['100,000 deep', '<div>'.repeat(100_000), 'nested more than 20000 deep'],
    [
      'unclosed elements that multiply',
      `<p>${Array.from({ length: 900 }, (_, n) => `<i class=a${n}>`).join('')}${'</p><p>x'.repeat(1000)}`,
      'more than 400000 HTML elements',
    ],
  ])('%s is refused with its reason', (_, html, reason) => {
    expect(() => convert(html)).toThrow(HtmlLimitError);
    expect(() => convert(html)).toThrow(reason);
  }); // prettier-ignore
});

test('a caption or a headline that is HTML', () => {
  expect(htmlLine('Out at <em>sea</em>, <a href="https://x.example/">here</a>.<br>5*4')).toBe(
    'Out at *sea*, [here](https://x.example/). 5\\*4',
  );
  expect(htmlWords('The &#8220;big&#8221; <em>one</em><br>now')).toBe('The “big” one now');
});

test.each([
  ['a heading above the text', '<h1>Harbour <em>reopens</em></h1><p>One.</p>', 'One.'],
  ['a heading below a label and a picture', '<p>Sea</p><h2>HARBOUR reopens.</h2><p>One.</p>', 'Sea\n\nOne.'],
  ['another heading', '<h2>Harbour closes</h2><p>One.</p>', '## Harbour closes\n\nOne.'],
  ['a later heading', '<p>1</p><p>2</p><p>3</p><h2>Harbour reopens</h2>', '1\n\n2\n\n3\n\n## Harbour reopens'],
])('a headline is not printed twice: %s', (_, html, expected) => {
  const { text: body, changes } = convert(html, { headline: 'Harbour reopens' });
  expect(body.trimEnd()).toBe(expected);
  expect(changes.map(({ kind }) => kind)).toEqual(expected.includes('##') ? [] : ['heading-dropped']);
});

test.each([
  ['a sign that begins a tag', '<details><figure>&lt; <img></figure></details>', '<details>\n  \\<\n</details>'],
  ['an address in the caption of nothing', '<details><figure>https://x.example/a <img></figure></details>', undefined],
  [
    'a word that begins code',
    '<details><figure>export y <img></figure></details>',
    '<details>\n  &#101;xport y\n</details>',
  ],
  ['emphasis around emphasis', '<b><figure><b>a</b> <img></figure></b>', '**a**'],
])('in a caption without a picture, %s stays text', (_, html, expected) => {
  const body = convert(html);
  if (expected !== undefined) expect(body.text.trimEnd()).toBe(expected);
  const { problems } = compileBody(
    { text: body.text, format: body.format, file: 'x', firstLine: 1 },
    { language: 'en', base: '' },
  );
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
});
