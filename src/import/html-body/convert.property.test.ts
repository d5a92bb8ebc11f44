import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileBody } from '../../story/body/compile.ts';
import { anyHtml } from './any-html.fixture.ts';
import { convertHtml } from './convert.ts';
import { facts } from './html-body.fixture.ts';
import { elementsIn, parseHtml } from './tree.ts';

/** Letters and digits in order, because Markdown and HTML differ in everything else. */
const wordsOf = (text: string): string[] => text.normalize('NFC').match(/[\p{L}\p{N}]{2,}/gu) ?? [];

test('whatever the HTML is, the body compiles without an error, and no word or picture of it is lost', () => {
  fc.assert(
    fc.property(fc.array(anyHtml, { minLength: 1, maxLength: 6 }), fc.boolean(), (parts, hasLineParagraphs) => {
      const html = parts.join('\n');
      let pictures = 0;
      const body = convertHtml(html, {
        hasLineParagraphs,
        link: () => ({ kind: 'keep' }),
        picture: (url) => {
          pictures += 1;
          return url.startsWith('https:') ? { kind: 'away', url } : { kind: 'local', name: 'a.jpg', facts };
        },
      });
      const images = [...elementsIn(parseHtml(html).root)].filter(
        ({ tag, attributes }) => tag === 'img' && attributes.src,
      );
      expect(pictures, body.text).toBe(images.length);
      const compiled = compileBody(
        { text: body.text, format: body.format, file: 'x', firstLine: 1 },
        { language: 'en', base: '' },
      );
      const errors = compiled.problems.filter(({ severity }) => severity === 'error').map(({ message }) => message);
      expect(errors, body.text).toEqual([]);
      const printed = `${JSON.stringify(compiled)} ${body.text}`.replace(/\\[nt]/g, ' ').normalize('NFC');
      const visible = html.replace(/<script>.*?<\/script>|<!--.*?-->|<[^<>]*>/gs, ' ').replace(/&\w+;/g, ' ');
      // Words in a table and outside of its cells are moved before it, and can touch there, as in a browser.
      expect(
        wordsOf(visible).filter((found) => !printed.includes(found)),
        body.text,
      ).toEqual([]);
    }),
    {
      numRuns: 400,
      examples: [
        [['<b><table><b><tr>harbour</tr> <b>harbour</b></b></table></b>'], false],
        [['<h1><figure>harbour <img src="a.jpg" alt="A"></figure></h1>', '<br>'], false],
        [['<aside class="pullquote"><figure><img src="a.jpg" alt="A"> <b>harbour</b></figure></aside>'], false],
      ],
    },
  );
});
