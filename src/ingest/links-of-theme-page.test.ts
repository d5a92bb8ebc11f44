import { expect, test } from 'vitest';
import type { Site } from '../site/site.ts';
import { linksOfThemePage, linksWithoutBase, storiesOfThemePage } from './links-of-theme-page.ts';

const site = { url: 'https://post.example/daily/' } as Site;
const linksIn = (file: string, text: string) =>
  linksOfThemePage(file, text, { site, address: '/contact/' }).map(
    ({ address, fragment, line }) => `${line} ${address}${fragment ? `#${fragment}` : ''}`,
  );

const page = `---
title: Contact
---
import { hrefOf } from 'broadsheet/theme';

[one](/one/), <a class="x" href="/daily/two/#part">two</a>, and [three][3].

[3]: /three/

<Card href='../four/' /> <a href={hrefOf(props.site, '/five/')}>five</a>
`;

test('links of MDX are found with their lines: of Markdown, in tags, and in code', () => {
  expect(linksIn('a.mdx', page).sort()).toEqual(['10 /five/', '10 /four/', '6 /one/', '6 /two/#part', '8 /three/']);
  expect(linksIn('a.mdx', page.replaceAll('\n', '\r\n')).sort()).toHaveLength(5);
});

test('links of a template are found with their lines', () => {
  expect(
    linksIn(
      'a.astro',
      `---\nconst a = hrefOf(site, "/one/");\n---\n<a\n  href="../two/">two</a>\n{x && <a href='../three/'>x</a>}\n`,
    ),
  ).toEqual(['5 /two/', '6 /three/', '2 /one/']);
});

test('other sites, code blocks, comments and what is put together are no links', () => {
  const others = `---\ntitle: A\n---\n\n[a](https://other.example/) [b](mailto:a@b.example) [c](#c)\n\n\`\`\`html\n<a href="/quoted/">\n\`\`\`\n\n\`<a href="/span/">\` {/* <a href="/comment/"> */} <a href={\`/made/\${1}/\`}>x</a>\n`;
  expect(linksIn('a.mdx', others)).toEqual([]);
  expect(linksIn('a.astro', '<!-- <a href="/comment/"> -->\n<a data-href="/data/">x</a>')).toEqual([]);
});

test('MDX that cannot be parsed has only the links of its tags, because its mistake has its own message', () => {
  expect(linksIn('a.mdx', '---\ntitle: A\n---\n\n<a href="../one/">\n\n[two](/two/)\n')).toEqual(['5 /one/']);
});

test('stories by name are found, with the heading that a link leads to', () => {
  const text = '---\ntitle: A\n---\n\n[a](story:2025/02/harbour) [b](story:2025/02/match#half-time)\n';
  expect(storiesOfThemePage('a.mdx', text)).toEqual([
    { name: '2025/02/harbour', line: 5 },
    { name: '2025/02/match', line: 5 },
  ]);
  expect(linksIn('a.mdx', text)).toEqual(['5 story:2025/02/match#half-time']);
});

test('a link that is printed without the path of the site is found, where the site has one', () => {
  const text =
    '---\ntitle: A\n---\n\n[a](/one/) <a href="/two/">b</a> <a href="/daily/three/">c</a> <a href="//x.example/">d</a>\n';
  expect(linksWithoutBase('a.mdx', text, '/daily').map(({ href, line }) => `${line} ${href}`)).toEqual(['5 /two/']);
  expect(linksWithoutBase('a.mdx', text, '')).toEqual([]);
  expect(linksIn('a.mdx', text).sort()).toEqual(['5 /one/', '5 /three/']);
});
