import { describe, expect, test } from 'vitest';
import { readSource } from '../../yaml/source.ts';
import { compileBody } from '../body/compile.ts';
import { lostInStory } from './lost-in-story.ts';

const problemsOf = (body: string, format: 'md' | 'mdx' = 'md', front = 'headline: One\n') => {
  const source = readSource('a.md', new TextEncoder().encode(`---\n${front}---\n${body}`));
  if ('problems' in source) throw new Error(source.problems[0]?.message);
  const compiled = compileBody(
    { text: source.body, format, file: 'a.md', firstLine: source.bodyLine },
    { language: 'en', base: '' },
  );
  const { lost, warnings } = lostInStory({ file: 'a.md', format, source, body: compiled, language: 'en' });
  return [...lost, ...warnings];
};
/** The place and the text. The body begins on line 4. */
const told = (body: string, format?: 'md' | 'mdx', front?: string) =>
  problemsOf(body, format, front).map(
    ({ line, column, message }) => `${line}:${column} ${/“([\s\S]*?)” is/.exec(message)?.[1] ?? message}`,
  );

describe('markup that was meant and would be printed as typed gets a warning with its place', () => {
  test.each([
    ['a picture whose name has a space', '![A weir](my photo.jpg "Cap")', '4:1 ![A weir](my photo.jpg “Cap”)'],
    ['a link whose address has a space', 'See [the map](my map.html).', '4:5 [the map](my map.html)'],
    ['a link with a gap', 'See [the map] (https://a.example/x).', '4:5 [the map] (…)'],
    ['a footnote that is not there', 'One[^missing] two.', '4:4 [^missing]'],
    ['a heading without a space', 'One.\n\n##No space', '6:1 ##No space'],
    ['one with one sign', '#Weather for tomorrow\n\nRain.', '4:1 #Weather for tomorrow'],
    ['bold that never ends', 'One **two three.\n\nFour.', '4:5 **two three.'],
    ['bold with spaces inside', 'One ** two ** three.', '4:5 ** two **'],
    ['bold beside Chinese', '是**“重点”**的。', '4:2 **“重点”**'],
    ['bold in a block of HTML', '<div>\nOne **two** three.\n</div>', '5:5 **two**'],
    ['struck out that never ends', 'One ~~two three.', '4:5 ~~two three.'],
    ['a highlight', 'One ==two== three.', '4:5 ==two=='],
    ['half a tag', 'One <figure class="x two.', '4:5 <figure class=“x two.'],
    ['a comment that never ends in its paragraph', 'One <!-- two.\n\nThree.', '4:5 <!– two.'],
    ['a comment of MDX', 'One {/* two */} three.', '4:5 {/* two */} three.'],
    ['a shortcode of Hugo', '{{< youtube abc >}}', '4:1 {{< youtube abc >}}'],
    ['another', '{{% note %}}\nOne.\n{{% /note %}}', '4:1 {{% note %}},6:1 {{% /note %}}'],
    ['a tag of Liquid', 'One {% include two.html %}', '4:5 {% include two.html %}'],
    ['a value of a template', 'One {{ page.title }}', '4:5 {{ page.title }}'],
    ['a link to one', '[One]({{ "/two/" | url }})', '4:1 [One]({{ “/two/” | url }})'],
    ['a shortcode of WordPress', '[caption id="a"]One[/caption]', '4:1 [caption id=“a”],4:20 [/caption]'],
    ['a gallery of WordPress', '[gallery]', '4:1 [gallery]'],
    ['a box', ':::note\nOne.\n:::', '4:1 :::note'],
    ['a box of MkDocs', '!!! note "One"', '4:1 !!! note “One”'],
    ['a box of GitHub', '> [!NOTE]\n> One.', '4:3 [!NOTE]'],
    ['classes in braces', 'One.\n{: .lead}', '5:1 {: .lead}'],
    ['a name in braces', '## One {#two}', '4:8 {#two}'],
    ['a table of contents', '[[toc]]', '4:1 [[toc]]'],
    ['a wiki link', 'One [[Two three|four]].', '4:5 [[Two three|four]]'],
    ['a wiki picture', '![[two.jpg]]', '4:1 ![[two.jpg]]'],
    ['an entity without its end', 'One&nbsp two.', '4:4 &nbsp'],
    ['an entity that was escaped twice', 'One &amp;amp; two&amp;nbsp;three.', '4:5 &amp;,4:18 &nbsp;'],
    ['a table without its line', '| One | two |\n| three | four |', '4:1 | One | two |'],
    ['a table whose line is too short', '| One | two |\n| --- |\n| three | four |', '4:1 | One | two |'],
    ['a reference to nothing', 'See [the map][map].', '4:5 [the map][map]'],
    ['code inside a paragraph', 'One\ntwo ``` three', '5:5 ``` three'],
    ['the directive of another markup', '.. image:: two.jpg', '4:1 .. image:: two.jpg'],
    ['a value of a program', `Dear \${name}`, `4:6 \${name}`],
    ['in a caption', '![One](two.jpg "Three [four](my page.html)")', '4:23 [four](my page.html)'],
    ['in a footnote', 'One[^a].\n\n[^a]: Two [three][four].', '6:11 [three][four]'],
    ['in a list, behind the same words', 'A weir.\n\n- A weir [x][y]', '6:10 [x][y]'],
  ])('%s', (_, body, expected) => expect(told(body).join()).toBe(expected));

  test('with the correct form', () => {
    expect(problemsOf('![A weir](my photo.jpg "Cap")')).toEqual([
      {
        rule: 'markup-leftover',
        severity: 'warning',
        file: 'a.md',
        line: 4,
        column: 1,
        message:
          '“![A weir](my photo.jpg “Cap”)” is printed as text. It is not a picture, because the file name contains a space.',
        hint: 'Rename the file, or write  ![A weir](<my photo.jpg> "Cap") .',
      },
    ]);
    expect(problemsOf('##No space')[0]?.hint).toBe('Write  ## No space .');
    expect(problemsOf('One[^x]')[0]?.hint).toContain('[^x]: text of the footnote');
    expect(problemsOf('One &amp;copy; two')[0]?.hint).toBe('Write the character itself:  © .');
    expect(problemsOf('[a][b]')[0]?.hint).toContain('[b]: https://');
  });

  test('and each place is reported once, a few of each kind', () => {
    expect(told('[^a] and [^a] and [^a]')).toEqual(['4:1 [^a]', '4:10 [^a]', '4:19 [^a]']);
    expect(told('[^a]\n\n'.repeat(40))).toHaveLength(5);
  });
});

describe('markup that does not look as it was meant gets a warning', () => {
  test.each([
    ['a paragraph that a line made a heading', 'One two\nthree.\n---\n\nFour.', '4:1 heading-by-accident'],
    ['code that never ends', 'One.\n\n```js\ntwo', '6:1 code-not-closed'],
    ['a link that a slash does not close', 'One <a href="/x/" /> two.', '4:5 html-self-closed'],
    ['italics that a slash does not close', 'One <i class="x"/> two.', '4:5 html-self-closed'],
    ['a comparison that is a tag', 'If a<b>c then.\n\nTwo.', '4:5 html-not-closed'],
    ['italics that never end', 'One <i>two.\n\nThree.', '4:5 html-not-closed'],
    ['the second of two', '<b>One</b> <em>two</em> <b>three', '4:25 html-not-closed'],
    ['an address that is given twice', '[a] [b]\n\n[a]: /one/\n[a]: /two/\n[b]: /x/', '7:1 reference-twice'],
    ['what git left', 'One.\n\n<<<<<<< HEAD\nTwo.\n', '6:1 markup-leftover'],
    ['a second front matter', 'kicker: Two\nstandfirst: Three\n---\n\nFour.', '4:1 markup-leftover'],
    ['an import', "import X from './x.js';\n\nOne.", '4:1 markup-leftover'],
  ])('%s', (_, body, expected) =>
    expect(problemsOf(body).map(({ line, column, rule }) => `${line}:${column} ${rule}`)).toEqual([expected]),
  );
});

describe('the front matter is plain text', () => {
  test.each([
    ['headline: The **big** vote\n', '2:15 **big**'],
    ['headline: The *big* vote\n', '2:15 *big*'],
    ['headline: One\nstandfirst: See [this](https://a.example)\n', '3:17 [this](https://a.example)'],
    ['headline: A<br>B\n', '2:12 <br>'],
    ['headline: R&amp;D\n', '2:12 &amp;'],
    ['headline: "{{ title }}"\n', '2:12 {{ title }}'],
    ['headline: One\nlead:\n  src: a.jpg\n  caption: See [x](my page.html)\n', '5:16 [x](my page.html)'],
  ])('%s', (front, expected) => expect(told('Text.', 'md', front)).toEqual([expected]));

  test.each([
    ['headline: "#MeToo a year on"\n'],
    ['headline: Four * Five & six | seven [updated]\n'],
    ['headline: One\nlead: { src: a.jpg, caption: "See [x](https://a.example), *two*" }\ntopics: ["**"]\n'],
    ['headline: C++ and C# [sic] <3\n'],
    [
      'headline: If a<b and c>d\nstandfirst: a<b>c\nlead: { src: a.jpg, alt: "x <the mayor>", caption: "a<b and c>d, a<i>b" }\n',
    ],
  ])('no message: %s', (front) => expect(told('Text.', 'md', front)).toEqual([]));
});

describe('no message', () => {
  test.each([
    ['remarks in brackets', 'He said "[sic] and [the mayor] left […]" [1][2] [Video]'],
    ['signs that were escaped', '\\*\\*one\\*\\* \\[a](b c) \\[^x] \\## \\<div> \\{{x}}'],
    ['signs that were written as entities', '&lt;figure&gt; and &#42;&#42;one&#42;&#42; and &#123;{x}}'],
    ['code', '`**a` `[^x]` `{{x}}` `<div`\n\n    ##code &nbsp\n\n```\n[a][b] {% x %}\n```'],
    ['stars in words', 'f**k and s**t, 2**3, Total**, *Name changed'],
    ['hashtags', '#MeToo is a year old.\n\nUse #Climate2026 #Weather today'],
    ['addresses', 'https://a.example/?x=1&copy=2&lt=3 and <https://a.example/?a=1&nbsp=2>'],
    ['mathematics', 'f[x](y) is a[0][1] and x == y == z, a ~ b, $5 {1, 2}'],
    ['speech and lines', 'A: one\nB: two | three\n\n10:30 :: 11:30\n\n***\n\nOne\n\n---\n\nTwo'],
    ['ordinary headings', 'One\n===\n\nTwo\n---\n\nThree'],
    ['closed code', '```\none\n```\n\n~~~\ntwo\n~~~'],
    ['one address, twice the same', '[a]\n\n[a]: /one/\n[a]: /one/'],
    ['HTML that needs no end', '<br/> <img src="a.jpg" alt="b" /> <a id="x" /> one'],
    ['places that have a name', 'One <a name="two"> three <a id="four"> five'],
    ['tags that are closed', '<b>One</b> <i\nclass="x">two</i> <SUP>3</sup> `<b>`\n\n```\n<i>\n```'],
    ['arrows', 'A --> B and <-- C'],
    ['set braces', 'The files {.h, .cc} and {a, b}'],
    ['dialogue in French', '— Oui ! — Non ?\n\n« Un » !'],
  ])('%s', (_, body) => expect(told(body)).toEqual([]));
});

describe('nothing that an editor can write makes the search slow', () => {
  test.each([
    ['links', '[a](b c) '.repeat(50_000)],
    ['links that were escaped', '\\[a](b c) '.repeat(50_000)],
    ['brackets', '['.repeat(200_000)],
    ['stars', '**a '.repeat(50_000)],
    ['entities', '&amp;nbsp '.repeat(50_000)],
    ['lines of hyphens', 'a\nb\n---\n'.repeat(20_000)],
    ['references', '[a]: /b\n'.repeat(50_000)],
    ['braces', '{{ '.repeat(60_000)],
  ])('%s', (_, text) => {
    const source = { data: {}, yaml: '', yamlLine: 2, body: text, bodyLine: 1, warnings: [] };
    const html = `<p>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</p>`;
    const before = process.cpuUsage();
    lostInStory({
      file: 'a.md',
      format: 'md',
      source,
      body: { body: [{ kind: 'html', html }], problems: [] },
      language: 'en',
    });
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(6);
  });

  test.each([
    ['comments', 'a: b #c d\n'.repeat(30_000)],
    ['names', 'a: &c. d\n'.repeat(30_000)],
    ['markup', 'a: "[x](y z)"\n'.repeat(30_000)],
  ])('%s in front matter', (_, yaml) => {
    const data = Object.fromEntries(Array.from({ length: 30_000 }, (_, at) => [`a${at}`, '[x](y z)']));
    const before = process.cpuUsage();
    lostInStory({
      file: 'a.md',
      format: 'md',
      source: { data, yaml, yamlLine: 2, body: '', bodyLine: 1, warnings: [] },
      body: { body: [], problems: [] },
      language: 'en',
    });
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(6);
  });
});
