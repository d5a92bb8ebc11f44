import fc from 'fast-check';
import type { PhrasingContent, Root } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkStringify from 'remark-stringify';
import { unified } from 'unified';
import { expect, test } from 'vitest';
import { printBody } from './print.ts';

const library = unified()
  .use(remarkGfm, { tablePipeAlign: false, singleTilde: false })
  .use(remarkStringify, { bullet: '-', emphasis: '*', rule: '-', listItemIndent: 'one', fences: true });

test('a text is printed as the library prints it, whatever signs it has', () => {
  const signs = fc.constantFrom(...'\\`*_{}[]()#+-.!|<>~&@:/"\'=\n 1aw', 'www.', 'http://', '\u00a0', 'é', 'm@x.org');
  const value = fc.array(signs, { minLength: 1, maxLength: 8 }).map((list) => list.join(''));
  const text = value.map((words): PhrasingContent => ({ type: 'text', value: words }));
  const run = fc.array(
    fc.oneof(
      text,
      text.map((child): PhrasingContent => ({ type: 'emphasis', children: [child] })),
      text.map((child): PhrasingContent => ({ type: 'link', url: 'https://x.example/', children: [child] })),
    ),
    { minLength: 1, maxLength: 4 },
  );
  fc.assert(
    fc.property(run, run, (one, other) => {
      const blocks: Root['children'] = [
        { type: 'heading', depth: 2, children: one },
        { type: 'paragraph', children: other },
      ];
      const expected = library.stringify({ type: 'root', children: structuredClone(blocks) });
      expect(printBody(blocks as never).text).toBe(expected);
    }),
    { numRuns: 2000 },
  );
});
