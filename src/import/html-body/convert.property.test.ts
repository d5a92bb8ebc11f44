import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileBody } from '../../story/body/compile.ts';
import { convertHtml } from './convert.ts';
import { facts } from './html-body.fixture.ts';

const word = fc.constantFrom(
  'harbour',
  'a*b',
  '_under_',
  '{brace}',
  '<',
  '&amp;',
  'https://x.example/a_b',
  'www.y.example',
  '1.',
  '- dash',
  '# hash',
  '[x]',
  '![y]',
  '|',
  '`tick',
  '~~',
  '\\',
  '$5',
  '“q”',
  'a@b.example',
  '+ plus',
  '> gt',
  '===',
  '---',
  '***',
  'import x',
  'export y',
  ':tada:',
  '[^1]',
  '{% x %}',
  '&lt;b&gt;',
  'e\u0301',
  '\u00a0',
  '!',
  '    deep',
  '\t',
  '\n\n',
  '@user',
  '"q"',
); // prettier-ignore
const inlineTags = [
  'b',
  'i',
  'em',
  'strong',
  'span',
  'a href="https://z.example/"',
  'sub',
  'sup',
  'u',
  'code',
  'del',
  'mark',
  'q',
  'font',
];
const blockTags = [
  'p',
  'div',
  'h1',
  'h3',
  'blockquote',
  'ul',
  'ol',
  'li',
  'table',
  'tr',
  'td',
  'th',
  'figure',
  'figcaption',
  'pre',
  'dl',
  'dt',
  'dd',
  'details',
  'summary',
  'section',
  'center',
  'a',
  'unknown-tag',
  'form',
  'aside class="pullquote"',
  'div class="gallery"',
]; // prettier-ignore
const leaf = fc.oneof(
  { weight: 6, arbitrary: word },
  fc.constantFrom(
    '<br>',
    '<hr>',
    '<img src="a.jpg" alt="A">',
    '<img src="https://far.example/b.jpg" alt="B {x}">',
    '<img>',
    '<iframe src="https://www.youtube.com/embed/abcdefgh"></iframe>',
    '<script>bad()</script>',
    '<!-- c -->',
    '</p>',
    '<p>',
  ), // prettier-ignore
);
const { tree } = fc.letrec<{ tree: string }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc
      .tuple(fc.constantFrom(...inlineTags, ...blockTags), fc.array(tie('tree'), { maxLength: 4 }))
      .map(([tag, children]) => `<${tag}>${children.join(' ')}</${tag.split(' ')[0]}>`),
  ),
}));

/** Letters and digits in order, because Markdown and HTML differ in everything else. */
const wordsOf = (text: string): string[] => text.normalize('NFC').match(/[\p{L}\p{N}]{2,}/gu) ?? [];

test('whatever the HTML is, the body compiles without an error, and no word of it is lost', () => {
  fc.assert(
    fc.property(fc.array(tree, { minLength: 1, maxLength: 6 }), fc.boolean(), (parts, hasLineParagraphs) => {
      const html = parts.join('\n');
      const body = convertHtml(html, {
        hasLineParagraphs,
        link: () => ({ kind: 'keep' }),
        picture: (url) => (url.startsWith('https:') ? { kind: 'away', url } : { kind: 'local', name: 'a.jpg', facts }),
      });
      const compiled = compileBody(
        { text: body.text, format: body.format, file: 'x', firstLine: 1 },
        { language: 'en', base: '' },
      );
      const errors = compiled.problems.filter(({ severity }) => severity === 'error').map(({ message }) => message);
      expect(errors, body.text).toEqual([]);
      const printed = new Map<string, number>();
      const text = `${JSON.stringify(compiled)} ${body.text}`.replace(/\\[nt]/g, ' ');
      for (const found of wordsOf(text)) printed.set(found, (printed.get(found) ?? 0) + 1);
      const visible = html.replace(/<script>.*?<\/script>|<!--.*?-->|<[^<>]*>/gs, ' ').replace(/&\w+;/g, ' ');
      expect(
        wordsOf(visible).filter((found) => !printed.has(found)),
        body.text,
      ).toEqual([]);
    }),
    { numRuns: 400 },
  );
});
