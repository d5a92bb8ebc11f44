import { describe, expect, test } from 'vitest';
import type { Body } from './body.ts';
import { compileBody } from './compile.ts';
import type { BodyOptions } from './source.ts';
import { plainText } from './text.ts';

const compile = (text: string, format: 'md' | 'mdx' = 'md', options: Partial<BodyOptions> = {}) =>
  compileBody(
    { text, format, file: 'content/stories/x/index.md', firstLine: 11 },
    { language: 'en', base: '', ...options },
  );

/** A body as one text, with the parts that are not HTML in [ ]. */
const shown = (body: Body): string =>
  body
    .map((part) => {
      if (part.kind === 'html') return part.html;
      if (part.kind === 'picture') return `[${[part.src, part.alt, part.caption].filter(Boolean).join('|')}]`;
      if (part.kind === 'link') return `[${part.target}${part.fragment}: ${shown(part.children)}]`;
      return `[${part.name} ${JSON.stringify(part.attributes)} ${shown(part.children)}]`;
    })
    .join('');

const html = (...given: Parameters<typeof compile>): string => shown(compile(...given).body).trim();
const said = (...given: Parameters<typeof compile>): string[] =>
  compile(...given).problems.map(({ severity, rule, line }) => `${severity} ${rule} ${line}`);

describe('headings', () => {
  test('the first level becomes h2, and none is skipped', () => {
    expect(html('# A\n\n### B\n\n## C\n\n# D').match(/<h\d/g)).toEqual(['<h2', '<h3', '<h3', '<h2']);
    expect(html('#### A\n\n## B\n\n<h6>C</h6>').match(/<h\d/g)).toEqual(['<h2', '<h2', '<h3']);
  });
  test('ids are unique and do not conflict with those of the page', () => {
    expect(html('## Vote\n\n## Vote\n\n## Main\n\n## Über uns').match(/id="[^"]*"/g)).toEqual([
      'id="vote"',
      'id="vote-1"',
      'id="main-1"',
      'id="über-uns"',
    ]);
  });
  test('an id of an archive stays, and one that scripts know is renamed together with its links', () => {
    expect(html('<a name="old"></a>Text <b id="location">x</b> [to](#location) [o](#old)')).toBe(
      '<p><span id="old"></span>Text <b id="text-location">x</b> <a href="#text-location">to</a> <a href="#old">o</a></p>',
    );
  });
});

describe('links', () => {
  test('a path on the site gets the path of the site’s address in front', () => {
    expect(
      html('[a](/about/) [b](https://h.example/) [c](x.pdf) [d](mailto:a@h.example)', 'md', { base: '/paper' }),
    ).toBe(
      '<p><a href="/paper/about/">a</a> <a href="https://h.example/">b</a> <a href="x.pdf">c</a> <a href="mailto:a@h.example">d</a></p>',
    );
  });
  test('a link to a story is a part of the body, with its line in the file', () => {
    const { body, links } = compile('One\n\nTwo [the *storm*](story:2025/02/f%C3%B6hn#end "T") x');
    expect(shown(body)).toBe('<p>One</p>\n<p>Two [2025/02/föhn#end: the <em>storm</em>] x</p>');
    expect(links).toEqual([{ target: '2025/02/föhn', fragment: '#end', line: 13 }]);
    expect(body[1]).toMatchObject({ kind: 'link', title: 'T', line: 13 });
  });
  test('a link that would run something or lead nowhere is reported with its line, and its text stays', () => {
    const text =
      'a\n\n[x](javascript:alert(1))\n[y](../other.mdx)\n[z]()\n[f](#none)\n<a href="data:x">d</a>\n[s](story:)';
    expect(said(text)).toEqual(
      expect.arrayContaining([
        'error link-scheme 13',
        'error link-to-source 14',
        'warning link-empty 15',
        'warning link-fragment 16',
        'error link-scheme 17',
        'error link-story-empty 18',
      ]),
    );
    expect(html(text)).toContain('<p>x\ny\nz\n<a href="#none">f</a>\nd\ns</p>');
    expect(compile('[x](javascript:alert(1))').problems[0]?.message).toContain('javascript:alert(1)');
  });
});

describe('pictures', () => {
  test('are between paragraphs, never inside one', () => {
    expect(html('![a](x.jpg "Cap")')).toBe('[x.jpg|a|Cap]');
    expect(html('One ![a](x.jpg) two **b ![c](y.jpg) d**')).toBe(
      '<p>One</p>\n[x.jpg|a]\n<p>two <strong>b </strong></p>\n[y.jpg|c]\n<p><strong> d</strong></p>',
    );
    expect(html('![a](x.jpg)\n![b](y.jpg)')).toBe('[x.jpg|a]\n[y.jpg|b]');
    expect(html('- ![a](x.jpg)\n- b')).toBe('<ul>\n<li>[x.jpg|a]</li>\n<li>b</li>\n</ul>');
    expect(html('[![a](x.jpg)](/p/)')).toBe('<a href="/p/">[x.jpg|a]</a>');
    expect(html('## ![a](x.jpg)')).toBe('[x.jpg|a]');
  });
  test('any file name works', () => {
    const names = [
      'a%20b.jpg',
      '<c d.jpg>',
      '<e#1.jpg>',
      '<100%.jpg>',
      '写真.jpg',
      'sub/f.jpg',
      '<g "h".jpg>',
      "i'.jpg",
    ];
    expect(compile(names.map((name) => `![x](${name})`).join('\n\n')).pictures.map(({ src }) => src)).toEqual([
      'a b.jpg',
      'c d.jpg',
      'e#1.jpg',
      '100%.jpg',
      '写真.jpg',
      'sub/f.jpg',
      'g "h".jpg',
      "i'.jpg",
    ]);
  });
  test('empty alt text means the alt text in the file', () => {
    expect(compile('![](x.jpg)').pictures).toEqual([{ kind: 'picture', src: 'x.jpg', decorative: false, line: 11 }]);
  });
  test('a raw picture or figure with a local file is a picture', () => {
    expect(
      html('<figure class="x"><img src="a b.jpg" alt="A" width="3"><figcaption>Cap <b>c</b></figcaption></figure>'),
    ).toBe('[a b.jpg|A|Cap c]');
    expect(html('<p align="center"><img src=/x.jpg></p>')).toBe('');
    expect(html('Text <img src="x.jpg" title="T"> end')).toBe('<p>Text</p>\n[x.jpg|T]\n<p>end</p>');
  });
  test('a component provides all texts', () => {
    expect(compile('\n<Picture src="x.jpg" alt="a" caption="c" credit="d" decorative />', 'mdx').pictures).toEqual([
      { kind: 'picture', src: 'x.jpg', alt: 'a', caption: 'c', credit: 'd', decorative: true, line: 12 },
    ]);
  });
  test('one that is not beside the story is refused, and the message says what to write until it is', () => {
    const text =
      '![a](https://h.example/x.jpg)\n\n<img src="//h.example/x.jpg">\n\n![b](data:image/png;base64,AAAA)\n\n![c](/img/x.jpg)\n\n![d]()';
    expect(said(text).sort()).toEqual([
      'error picture-absolute 17',
      'error picture-remote 11',
      'error picture-remote 13',
      'error picture-remote 15',
      'error picture-without-name 19',
    ]);
    expect(compile(text).problems[0]?.hint).toContain('pictures: { x.jpg: { wanted: ADDRESS } }');
  });
});

describe('raw HTML in Markdown', () => {
  test('is kept if it has a place in news', () => {
    const kept =
      '<p>H<sub>2</sub>O <abbr title="North">N</abbr> <time datetime="2025-02-12">then</time> <mark>m</mark></p>';
    expect(html(kept)).toBe(kept);
    expect(html('<div class="x" style="y">\n\n*a*\n\n</div>')).toBe('<div>\n<p><em>a</em></p>\n</div>');
  });
  test('values without quotation marks work, and are shown as written in code', () => {
    expect(html('<a href=/about/>x</a>')).toBe('<p><a href="/about/">x</a></p>');
    expect(html('`<a href=/b>`')).toBe('<p><code>&lt;a href=/b&gt;</code></p>');
  });
  test('a frame becomes a named link', () => {
    expect(html('<iframe src="https://v.example/1"></iframe>')).toBe(
      '<p><a href="https://v.example/1">Embedded content from v.example</a></p>',
    );
    expect(html('<iframe src="https://v.example/1" title="The storm"></iframe>')).toBe(
      '<p><a href="https://v.example/1">The storm (v.example)</a></p>',
    );
    expect(html('<video><source src="https://v.example/1.mp4"></video>', 'md', { language: 'de' })).toContain(
      '>Video von v.example<',
    );
  });
  test('a capitalised tag that is not HTML is text, and the line is reported', () => {
    expect(html('List<String> and\n<B>b</B>')).toBe('<p>List&lt;String&gt; and\n<b>b</b></p>');
    expect(said('a\n\n<ReadMore>\n- x\n</ReadMore>')).toEqual(['warning html-unknown 13']);
  });
  test('braces, import and export are plain text', () => {
    expect(html('import x from "y"\n\n{a} export')).toBe('<p>import x from “y”</p>\n<p>{a} export</p>');
  });
  test('code written as HTML keeps its characters', () => {
    expect(html('<code>npm --save "x"</code>')).toBe('<p><code>npm --save "x"</code></p>');
  });
});

describe('MDX', () => {
  test('code is refused with its place', () => {
    const text =
      'import x from "y"\n\n{1 + 1}\n\nText {x} and\n\n<PullQuote by={me}>a</PullQuote>\n\n<ReadMore {...all} />\n\nexport const a = 1';
    expect(compile(text, 'mdx').problems.map(({ rule, line, column }) => `${rule} ${line}:${column}`)).toEqual([
      'story-import 11:1',
      'story-expression 13:1',
      'story-expression 15:6',
      'story-expression 17:1',
      'story-expression 19:1',
      'story-import 21:1',
    ]);
  });
  test('components are called with checked attributes', () => {
    expect(html('<PullQuote by="A" role="b">We **were** "lucky".</PullQuote>', 'mdx')).toBe(
      '[PullQuote {"by":"A","role":"b"} We <strong>were</strong> “lucky”.]',
    );
    expect(html('<FactBox title="T">\n- a\n\n![p](p.jpg)\n</FactBox>', 'mdx')).toBe(
      '[FactBox {"title":"T"} <ul>\n<li>a</li>\n</ul>\n[p.jpg|p]]',
    );
    expect(html('<ReadMore>\n- [x](story:a)\n</ReadMore>', 'mdx')).toBe('[ReadMore {} <ul>\n<li>[a: x]</li>\n</ul>]');
  });
  test('what is unknown, missing, or duplicate is an error that suggests the nearest name', () => {
    const problems = (text: string) => compile(text, 'mdx').problems.map(({ rule, hint }) => `${rule}: ${hint}`);
    expect(problems('<ReadMor>x</ReadMor>')).toEqual(['story-element-unknown: Did you mean  <ReadMore> ?']);
    expect(problems('<FactBox tittle="x">y</FactBox>')).toEqual(['story-attribute-unknown: Did you mean  title ?']);
    expect(problems('<FactBox>y</FactBox>')).toEqual([expect.stringContaining('story-attribute-missing')]);
    expect(problems('<Picture src="a.jpg" src="b.jpg" alt="x" />')).toEqual([
      expect.stringContaining('story-attribute-twice'),
    ]);
    expect(problems('<Picture src="a.jpg" decorative="yes" />')).toEqual([
      expect.stringContaining('story-attribute-wrong'),
    ]);
    expect(problems('<Picture src="a.jpg">x</Picture>')).toEqual([expect.stringContaining('story-element-children')]);
    expect(problems('<PullQuote>\n- x\n</PullQuote>')).toEqual([expect.stringContaining('story-element-children')]);
    expect(problems('<constructor/> <Constructor/> <toString/>').length).toBeGreaterThan(0);
  });
  test('lower-case tags are HTML, and sanitised', () => {
    expect(html('<b className="x" onclick="y">a</b> <kbd>k</kbd><br/>z', 'mdx')).toBe(
      '<p><b>a</b> <kbd>k</kbd><br>z</p>',
    );
    expect(html('<div>\n<p>\n\npara\n\n</p>\n</div>', 'mdx')).toBe('<div><p>para</p></div>');
  });
  test.each([
    ['a\n\n<ReadMore>\n\nb', 13, '<ReadMore> is opened here but not closed'],
    ['a\n\n</b>', 13, '</b> closes a tag that was never opened'],
    ['<ReadMore>\n- a\n</PullQuote>', 13, '<ReadMore> from line 11 is still open'],
    ['<!-- a -->', 11, 'Comments'],
    ['<https://h.example>', 11, 'Addresses in < >'],
    ['a <3 b', 11, 'does not begin a component'],
    ['<img src=x>', 11, 'no quotation marks'],
    ['a\nb {c', 12, 'Text in braces'],
  ])('text that cannot be parsed is explained: %j', (text, line, words) => {
    const { problems } = compile(text, 'mdx');
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ severity: 'error', line, file: 'content/stories/x/index.md' });
    expect(problems[0]?.message).toContain(words);
  });
  test('a comment in braces is not code and is not printed', () => {
    expect(html('a {/* check this */} b', 'mdx')).toBe('<p>a  b</p>');
    expect(said('{/* a */ x()}', 'mdx')).toEqual(['error story-expression 11']);
  });
});

describe('GFM', () => {
  test('tables can be scrolled with the keyboard and have no styles', () => {
    expect(html('| Year | Votes | |\n|:-|-:|:-:|\n| 1 | 2 | 3 |')).toBe(
      '<div class="table" role="group" tabindex="0" aria-label="Table: Year, Votes"><table>\n<thead>\n<tr>\n<th scope="col">Year</th>\n<th class="num" scope="col">Votes</th>\n<td class="centre"></td>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td class="num">2</td>\n<td class="centre">3</td>\n</tr>\n</tbody>\n</table></div>',
    );
  });
  test('check boxes have a name', () => {
    expect(html('- [x] a')).toContain(
      '<li class="task-list-item"><input type="checkbox" checked disabled aria-label="Done"> a</li>',
    );
  });
  test('footnotes are in the language of the story, and every link in them works', () => {
    const note = html('a[^ü 1]b[^ü]\n\n[^ü]: "N"', 'md', { language: 'de' });
    expect(note).toContain('<h2 id="footnote-label">Fußnoten</h2>');
    expect(note).toContain('aria-label="Zurück zu Verweis 1"');
    expect(said('a[^n] b[^n]\n\n[^n]: N')).toEqual([]);
    expect(html('a[^n]\n\n[^n]: N')).toMatch(/href="#fn-n" id="fnref-n".*<li id="fn-n">.*href="#fnref-n"/s);
  });
});

describe('limits', () => {
  const within = (ms: number, run: () => unknown) => {
    const start = performance.now();
    run();
    expect(performance.now() - start).toBeLessThan(ms);
  };
  test('a story of 5 MB is refused at once', () => {
    within(1000, () => expect(said('word '.repeat(1_000_000))).toEqual(['error story-too-long 11']));
  });
  test.each([
    ['quotations', `a\n\n${'>'.repeat(10_000)} x`, 13],
    ['quotations with spaces', '> '.repeat(10_000), 11],
    ['lists on a line', '- '.repeat(10_000), 11],
    ['emphasis', '*a '.repeat(10_000) + 'b*'.repeat(10_000), undefined],
    ['elements', '<div>'.repeat(10_000), undefined],
    ['lists by indentation', Array.from({ length: 400 }, (_, at) => `${'  '.repeat(at)}- a`).join('\n'), undefined],
    ['a very wide table', `${'|a'.repeat(5_000)}|\n${'|-'.repeat(5_000)}|\n${'|b\n'.repeat(2_000)}`, 12],
  ])('nothing overflows: %s', (_, text, line) => {
    within(8000, () => {
      const { problems, body } = compile(text);
      expect(problems[0]?.severity).toBe('error');
      expect(body).toEqual([]);
      if (line !== undefined) expect(problems[0]?.line).toBe(line);
    });
  });
  test('a hundred thousand quotation marks do not take minutes', () => {
    within(8000, () => compile('"\'a'.repeat(20_000)));
  });
});

test('plain text and the number of words', () => {
  const { body, words } = compile(
    '## The vote\n\nOne *two* [three](story:x) — “four”, don\'t & 5.\n\n![no](x.jpg "none")\n\n- six\n- seven',
  );
  expect(plainText(body)).toBe('The vote\nOne two three — “four”, don’t & 5.\nsix\nseven');
  expect(words).toBe(10);
  expect(compile('港は月曜日に再開した。').words).toBe(6);
});

test('the number of a footnote is not part of an id, a label, or a date', () => {
  const html = (text: string) =>
    compile(text)
      .body.map((part) => (part.kind === 'html' ? part.html : ''))
      .join('');
  const notes = '\n\n[^1]: One\n[^b]: Two';
  expect(html(`## Heading[^1]\n\n## Two *words*[^b] more${notes}`)).toMatch(
    /<h2 id="heading">.*<h2 id="two-words-more">/s,
  );
  expect(html(`## [^1]Heading\n\n## Heading 1${notes}`)).toMatch(/<h2 id="heading">.*<h2 id="heading-1">/s);
  expect(html(`| Name[^1] | Sum |\n|-|-|\n| a | 1[^b] |${notes}`)).toContain('aria-label="Table: Name, Sum"');
  expect(html(`Table: Sums[^1]\n\n| a | b |\n|-|-|\n| 1 | 2 |${notes}`)).toContain('aria-label="Table: Sums"');
});
