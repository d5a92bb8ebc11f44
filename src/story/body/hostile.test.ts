import { readFileSync } from 'node:fs';
import { type DefaultTreeAdapterTypes, parseFragment, serialize } from 'parse5';
import { expect, test } from 'vitest';
import type { Body } from './body.ts';
import { compileBody } from './compile.ts';
import { printedTags } from './sanitise.ts';

// Whatever is written in a story, its page contains only allowed elements and attributes. The cases are in hostile.txt,
// separated by lines of ====. Each is compiled as Markdown and as MDX.

const cases = readFileSync(new URL('./hostile.txt', import.meta.url), 'utf8')
  .split(/^====.*\n/m)
  .slice(1)
  .flatMap((text) => [
    { text, format: 'md' as const },
    { text, format: 'mdx' as const },
  ]);

const flat = (body: Body): string =>
  body
    .map((part) => {
      if (part.kind === 'html') return part.html;
      if (part.kind === 'picture') return '<hr>';
      return part.kind === 'link' ? `<a href="/x">${flat(part.children)}</a>` : `<div>${flat(part.children)}</div>`;
    })
    .join('');

const attributes =
  /^(?:id|lang|dir|href|title|hreflang|aria-describedby|aria-label|class|datetime|start|reversed|type|value|colspan|rowspan|scope|span|open|checked|disabled|role|tabindex)$/;

/** What is wrong with finished HTML, as a browser reads it. */
function wrongs(html: string): string[] {
  const found: string[] = [];
  // A body is inside elements of ours. It must not close any of them, and none of its elements may contain what
  // follows.
  const page = `<main><article>${html}</article></main><footer></footer>`;
  const tree = parseFragment(page);
  const main = tree.childNodes[0] as DefaultTreeAdapterTypes.Element;
  const article = main?.childNodes[0] as DefaultTreeAdapterTypes.Element;
  if (tree.childNodes.length !== 2 || main.childNodes.length !== 1) found.push('breaks out of the page');
  if (
    serialize(article).replaceAll('\u00a0', '&nbsp;') !==
    html.replaceAll('\u00a0', '&nbsp;').replaceAll(/ (checked|disabled|open|reversed)(?=[ >])/g, ' $1=""')
  )
    found.push(`is read otherwise than written: ${serialize(article)}`);
  const look = (node: DefaultTreeAdapterTypes.Node): void => {
    if (node.nodeName === '#comment') found.push('a comment');
    if ('tagName' in node) {
      if (!printedTags.has(node.tagName) || node.namespaceURI !== 'http://www.w3.org/1999/xhtml')
        found.push(`<${node.tagName}>`);
      for (const { name, value } of node.attrs) {
        if (!attributes.test(name)) found.push(`${node.tagName} ${name}`);
        // The test does not use our own address check: the URL parser decides.
        if (name === 'href' && !/^(?:https?|mailto|tel|sms):$/.test(new URL(value, 'https://site.example/').protocol))
          found.push(`href ${value}`);
        if (name === 'id' && /^(?:main|location|body|cookie|__proto__|forms)$/i.test(value)) found.push(`id ${value}`);
      }
    }
    if ('childNodes' in node) node.childNodes.forEach(look);
  };
  article.childNodes.forEach(look);
  return found;
}

test.each(cases)('$format: $text', ({ text, format }) => {
  const { body } = compileBody({ text, format, file: 'x', firstLine: 1 }, { language: 'en', base: '' });
  expect(wrongs(flat(body))).toEqual([]);
});

test('canary: the check detects what it must', () => {
  for (const html of [
    '<script>x</script>',
    '<p onclick="x">a</p>',
    '<a href="java\tscript:x">a</a>',
    '</article>x',
    '<div>',
    '<!-- x -->',
    '<svg></svg>',
    '<p style="x">a</p>',
    '<b id="location">x</b>',
    '<a href="data:text/html,x">x</a>',
    '<p><p>x</p></p>',
  ])
    expect(wrongs(html), html).not.toEqual([]);
  expect(wrongs('<p>Fine <a href="https://h.example/">x</a>.</p>')).toEqual([]);
});

test('text around something hostile is kept', () => {
  const { body, problems } = compileBody(
    {
      text: 'Before <b onclick="x">bold</b> <script>x()</script> after\n\nLast.',
      format: 'md',
      file: 'x',
      firstLine: 1,
    },
    { language: 'en', base: '' },
  );
  expect(flat(body)).toBe('<p>Before <b>bold</b>  after</p>\n<p>Last.</p>');
  expect(problems.map(({ rule, severity }) => `${severity} ${rule}`)).toEqual(['warning html-removed']);
});
