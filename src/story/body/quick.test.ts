import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Body } from './body.ts';
import { compileWithTree } from './compile.ts';
import { compileQuick } from './quick.ts';
import { countWords } from './text.ts';

// The fast path and the tree give the same result for the same text.

const pieces = [
  'The harbour vote',
  ' was taken',
  ' "it is done"',
  " don't",
  " 'so'",
  ' --- ',
  '...',
  ' **bold**',
  ' *it*',
  ' ***x***',
  ' ~~gone~~',
  ' `code "x"`',
  ' [link](https://h.example/a?b=1&c=2)',
  ' [about](/about/ "The \'title\'")',
  ' [forecast](story:2025/02/forecast#x)',
  ' [f](story:a)',
  ' [ref]',
  ' www.h.example/x',
  ' a@h.example',
  ' & < ',
  ' &amp; &copy; &lt;',
  '\\*',
  ' é“ü”',
  ' «x»',
  ' ;',
  ' : ',
  ' ![a](b.jpg)',
  '\n',
  '\n\n',
  '\n\n# One "head"\n\n',
  '\n\n### Three\n\n',
  '\n\nSet\n===\n\n',
  '\n\n## *Two* & [x](/y)\n\n',
  '\n- item',
  '\n- other\n\n  more',
  '\n  - nested',
  '\n1. one',
  '\n7) seven',
  '\n> quoted',
  '\n>> twice',
  '\n\n```js\nlet a = "b" && c;\n```\n\n',
  '\n\n    indented "code"\n\n',
  '\n\n---\n\n',
  '  \nbreak',
  '\\\nbreak',
  '\n\n![A man ties a rope](rope.jpg "Dockers \'make\' fast")\n\n',
  '\n\n![](a%20b.jpg)\n\n',
  '\n\n![x](<c d#1.jpg>)\n\n',
  '\n\n[ref]: /target "T"\n\n',
  '\n\n[s]: story:b\n\n',
  ' [s]',
  '| a | b |\n|-|-|\n| 1 | 2 |\n',
  '- [x] done\n',
  ' [#](#one-head)',
  '\n\n{x}\n',
  'import x',
  '\texport',
  ' 日本',
  ' \u00a0x',
  '\\[x](y)',
  ' story: x',
  '\n\n<ReadMore>\n- [x](story:c)\n- y\n</ReadMore>\n\n',
  '\n\n<FactBox title="A \'b\'">\n## In "it"\n\nText\n\n![p](q.jpg)\n</FactBox>\n\n',
  '\n\n<Picture src="a%20b.jpg" alt="x" decorative />\n\n',
  '<ReadMore>\n',
  '\n</ReadMore>\n',
  '\n\n<ReadMore>\n',
  '\n</ReadMore>\n\n',
  '\n\n<PullQuote by="x">\nText\n</PullQuote>\n\n',
  '\n<Picture src="x.jpg" alt="y" />',
  '\n\n<FactBox title="A">\n> quoted\n</FactBox>\n\n',
  '\n\n<KeyPoints>\n- one\n- two\n</KeyPoints>\n\n',
  '\n\n<KeyPoints title="K">\nnone\n</KeyPoints>\n\n',
  '\n\n<BlockQuote by="x" source="y">\n> In\n\nText\n</BlockQuote>\n\n',
  '\n\n<RichLink to="story:d#e" title="t" />\n\n',
  '\n\n<RichLink url="/x/" title="story: t" />\n\n',
  '\n\n<Profile name="N" author="ann" picture="p.jpg" />\n\n',
  '\n\n<Profile name="N">\n## Head\n\nText\n</Profile>\n\n',
  '\n\n<Table src="a.csv" caption="c" columns="x, y" />\n\n',
  '\n\n<Table src="../../../a.csv" caption="c" />\n\n',
  '\n\n<Embed url="https://v.example/" title="t" />\n\n',
  '\n\n<Warning text="w">\nText\n</Warning>\n\n',
  '\n\n<Picture src="a.jpg" alt="x" size="wide" />\n\n',
  '\n\n> words & more\n> — Ann, "mayor"\n\n',
  '\n\n> words\n>\n> — Bob\n\n',
  '\n\n> — only\n\n',
  '\n> -- dashed',
  '\n> --- long *em*',
  '\n\n> [!NOTE]\n> x\n\n',
  '\n\n##### Five\n\n',
  ' ![',
  '](x)',
  ' [',
  '"',
  "'",
  ' *Le Monde* : il dit',
  ' « *x* » ?',
  ' 5\'10"',
  " '90s",
  " rock 'n' roll",
  ' צה"ל',
  ' ב"הארץ"',
  " ג'ירפה",
  ' \\"q\\"',
  " \\'q\\'",
  ' \\-\\- \\...',
  ' `a\\"b`',
  ' [x](/a\\"b "t\\"u v")',
  '\n\n![al\\"t "x"](b.jpg "c\\"d")\n\n',
  ' www.x.example/a--b...',
  ' "`c`"',
  '\n\n## "Head" *b* : c\n\n',
];

const text = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 14 }).map((found) => found.join(''));

test('the quick way gives what the tree gives, whatever the text, the format and the language', () => {
  let quicks = 0;
  fc.assert(
    fc.property(
      text,
      fc.constantFrom('md', 'mdx'),
      fc.constantFrom('en', 'de', 'fr', 'sv', 'he', 'nl', 'ar'),
      fc.constantFrom('', '/paper'),
      (body, format, language, base) => {
        const source = { text: body, format: format as 'md', file: 'x', firstLine: 1 };
        const quick = compileQuick(source, { language, base });
        if (!quick) return;
        quicks++;
        const { problems, words, ...tree } = compileWithTree(source, { language, base });
        expect(quick.problems.map((found) => ({ ...found, file: 'x' }))).toEqual(problems);
        expect(quick.needs).toEqual(tree.needs);
        expect(joined(quick.body)).toEqual(joined(tree.body));
        expect(quick.links).toEqual(tree.links);
        expect(quick.pictures).toEqual(tree.pictures);
        expect(countWords(quick.body)).toBe(words);
      },
    ),
    { numRuns: 4000, seed: 20250212 },
  );
  expect(quicks).toBeGreaterThan(400); // canary: the fast path was really used
});

/** Space between blocks does not matter. */
const joined = (body: Body): unknown =>
  body.map((part) =>
    part.kind === 'html' ? part.html : 'children' in part ? { ...part, children: joined(part.children) } : part,
  );
